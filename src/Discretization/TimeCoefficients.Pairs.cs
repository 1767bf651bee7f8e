namespace Cell3D.Discretization;

/// <summary>Pairs of a trapezoidal and a backward formula (TR-BDF2, equation 8.9): of second order, L-stable, and with no memory of the past but the rate at the start, which is
/// continuous where a drive bends.</summary>
public sealed partial class TimeCoefficients
{
    /// <summary>Share of the step that the trapezoidal rule takes: both formulas then have the same α, and the error is the smallest.</summary>
    public const double TrapezoidalShare = 2 - 1.41421356237309505;

    /// <summary>C of the local error C h³ y‴ of a pair.</summary>
    private const double PairError = ((TrapezoidalShare * (4 - (3 * TrapezoidalShare))) - 2) / (12 * (2 - TrapezoidalShare));

    private readonly double[] _start = new double[MostOrder + 1], _rate = new double[MostOrder + 1];
    private int _startPoints;
    private bool _startsAll;

    /// <summary>Known values that the second formula of a pair needs: y at the end of the first, y_n, and what its rate is made of.</summary>
    public static int PointsOfPair(int rateOrder) => rateOrder + 2;

    /// <summary>Weights of known values in the value that a solve starts from.</summary>
    /// <param name="isDifferential">Whether the state keeps its value through a sudden change of current; within a pair one that follows at once what drives the cell starts from what is known behind
    /// the last bend.</param>
    public ReadOnlySpan<double> StartOf(bool isDifferential) => _startPoints > 0 && (_startsAll || !isDifferential) ? _start.AsSpan(0, _startPoints) : Predictor;

    /// <summary>Where nothing bends: solves start from the polynomial through the newest known values, which knows more than what errors are measured against.</summary>
    /// <param name="knownTimes">Their times, newest first [s].</param>
    public void StartFromPolynomial(ReadOnlySpan<double> knownTimes)
    {
        Interpolate(Time, knownTimes, _start.AsSpan(0, knownTimes.Length), Clock);
        (_startPoints, _startsAll) = (knownTimes.Length, true);
    }

    /// <summary>Sets the trapezoidal rule to <paramref name="time"/>: with s what a clock reads and σ = ds/dt, Ṁ = σ [2 (M(y) − M(y_n))/(s − s_n) − Ṁ_n/σ_n].</summary>
    /// <param name="time">End of the first formula [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, … [s], one more than the order of the rate.</param>
    /// <param name="rateOrder">Order of the backward formula that led to t_n, 1 or 2: it gives Ṁ_n.</param>
    /// <param name="clock">What the pair is taken in.</param>
    /// <param name="rateClock">What the formula that led to t_n was taken in.</param>
    public void SetTrapezoidal(double time, ReadOnlySpan<double> pastTimes, int rateOrder, StepClock clock = default, StepClock rateClock = default)
    {
        (Time, Step, Order, PastPoints, Clock) = (time, time - pastTimes[0], 2, rateOrder + 1, clock);
        FillRate(pastTimes, rateOrder, clock, rateClock);
        double ahead = clock.Read(time) - clock.Read(pastTimes[0]), pace = clock.RateAt(time);
        Alpha = 2 * pace / ahead;
        for (int i = 0; i <= rateOrder; i++)
        {
            _history[i] = (-pace * _rate[i]) - (i == 0 ? Alpha : 0);
            _predictor[i] = (ahead * _rate[i]) + (i == 0 ? 1 : 0);
        }
        PredictorPoints = rateOrder + 1;
        (_startPoints, _startsAll, _start[0]) = (1, false, 1);
        (ErrorConstant, IsFrozen) = (double.NaN, false);
    }

    /// <summary>Sets the backward formula of second order that ends a pair. The error of the pair, 2C h [M′_n/γ − M′_m/(γ(1 − γ)) + M′_{n+1}/(1 − γ)] with γ = (s_m − s_n)/h and M′ the rates by s, is
    /// <see cref="ErrorConstant"/> times the miss of the predicted value.</summary>
    /// <param name="time">t_{n+1} [s].</param>
    /// <param name="middle">t_m, the end of the first formula, whose result is the newest known value [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, … [s].</param>
    /// <param name="rateOrder">As for the first formula.</param>
    /// <param name="clock">As for the first formula.</param>
    /// <param name="rateClock">As for the first formula.</param>
    public void SetSecondOfPair(double time, double middle, ReadOnlySpan<double> pastTimes, int rateOrder, StepClock clock = default, StepClock rateClock = default)
    {
        Set(time, [middle, pastTimes[0]], 2, clock);
        FillRate(pastTimes, rateOrder, clock, rateClock);
        double start = clock.Read(pastTimes[0]), step = clock.Read(time) - start, first = clock.Read(middle) - start, share = first / step, chord = 2 / first, pace = clock.RateAt(time);
        double atStart = 1 / share, atMiddle = -1 / (share * (1 - share)), atEnd = 1 / (1 - share), own = atEnd * Alpha / pace;
        Span<double> weights = _predictor.AsSpan(0, PointsOfPair(rateOrder));
        weights.Clear();
        weights[0] = (atEnd * _history[0] / pace) + (atMiddle * chord);
        weights[1] = (atEnd * _history[1] / pace) - (atMiddle * chord);
        for (int i = 0; i <= rateOrder; i++)
            weights[1 + i] += (atStart - atMiddle) * _rate[i];
        foreach (ref double weight in weights)
            weight /= -own;
        (Step, PredictorPoints, ErrorConstant) = (time - pastTimes[0], weights.Length, Math.Abs(2 * PairError * step * own));
        (_startPoints, _startsAll, _start[0], _start[1]) = (2, false, 1 / share, 1 - (1 / share));
    }

    /// <summary>Weights of M(y_n), M(y_{n−1}), … in M′_n, the rate by what the clock reads, as the formula that led there has it.</summary>
    private void FillRate(ReadOnlySpan<double> pastTimes, int order, StepClock clock, StepClock rateClock)
    {
        StepClock own = rateClock.For(order);
        Span<double> places = stackalloc double[MostOrder + 1];
        ReadOnlySpan<double> past = own.Read(pastTimes[..(order + 1)], places);
        double pace = own.RateAt(pastTimes[0]) / clock.RateAt(pastTimes[0]);
        _rate.AsSpan().Clear();
        for (int i = 1; i <= order; i++)
        {
            double weight = pace / (past[i] - past[0]);
            for (int m = 1; m <= order; m++)
                if (m != i)
                    weight *= (past[0] - past[m]) / (past[i] - past[m]);
            (_rate[i], _rate[0]) = (weight, _rate[0] - weight);
        }
    }
}
