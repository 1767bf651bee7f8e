namespace Cell3D.Discretization;

/// <summary>Pairs of a trapezoidal and a backward formula (TR-BDF2, equation 8.9): of second order, L-stable, and with no memory of the past but the rate at the start, which is
/// continuous where a drive bends.</summary>
public sealed partial class TimeCoefficients
{
    /// <summary>Share of the step that the trapezoidal rule takes: both formulas then have the same α, and the error is the smallest.</summary>
    public const double TrapezoidalShare = 2 - 1.41421356237309505;

    /// <summary>C of the local error C h³ y‴ of a pair.</summary>
    private const double PairError = ((TrapezoidalShare * (4 - (3 * TrapezoidalShare))) - 2) / (12 * (2 - TrapezoidalShare));

    private readonly double[] _algebraicPredictor = new double[MostOrder + 1], _rate = new double[MostOrder + 1];
    private int _algebraicPoints;

    /// <summary>Weights of known values in the predicted one, of a state that follows at once what drives the cell: within a pair it is predicted from what is known behind the last bend.</summary>
    public ReadOnlySpan<double> AlgebraicPredictor => _algebraicPoints > 0 ? _algebraicPredictor.AsSpan(0, _algebraicPoints) : Predictor;

    /// <summary>Known values that the second formula of a pair needs: y at the end of the first, y_n, and what its rate is made of.</summary>
    public static int PointsOfPair(int rateOrder) => rateOrder + 2;

    /// <summary>Sets the trapezoidal rule to <paramref name="time"/>: 2 (M(y) − M(y_n))/(t − t_n) − Ṁ_n.</summary>
    /// <param name="time">End of the first formula [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, … [s], one more than the order of the rate.</param>
    /// <param name="rateOrder">Order of the backward formula that led to t_n, 1 or 2: it gives Ṁ_n.</param>
    public void SetTrapezoidal(double time, ReadOnlySpan<double> pastTimes, int rateOrder)
    {
        (Time, Step, Order, PastPoints, Clock) = (time, time - pastTimes[0], 2, rateOrder + 1, default);
        FillRate(pastTimes, rateOrder);
        Alpha = 2 / Step;
        for (int i = 0; i <= rateOrder; i++)
        {
            _history[i] = -_rate[i] - (i == 0 ? Alpha : 0);
            _predictor[i] = (Step * _rate[i]) + (i == 0 ? 1 : 0);
        }
        PredictorPoints = rateOrder + 1;
        (_algebraicPoints, _algebraicPredictor[0]) = (1, 1);
        (ErrorConstant, IsFrozen) = (double.NaN, false);
    }

    /// <summary>Sets the backward formula of second order that ends a pair. The error of the pair, 2C h [Ṁ_n/γ − Ṁ_m/(γ(1 − γ)) + Ṁ_{n+1}/(1 − γ)] with γ = (t_m − t_n)/h, is
    /// <see cref="ErrorConstant"/> times the miss of the predicted value.</summary>
    /// <param name="time">t_{n+1} [s].</param>
    /// <param name="middle">t_m, the end of the first formula, whose result is the newest known value [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, … [s].</param>
    /// <param name="rateOrder">As for the first formula.</param>
    public void SetSecondOfPair(double time, double middle, ReadOnlySpan<double> pastTimes, int rateOrder)
    {
        Set(time, [middle, pastTimes[0]], 2);
        FillRate(pastTimes, rateOrder);
        double step = time - pastTimes[0], share = (middle - pastTimes[0]) / step, chord = 2 / (middle - pastTimes[0]);
        double atStart = 1 / share, atMiddle = -1 / (share * (1 - share)), atEnd = 1 / (1 - share), own = atEnd * Alpha;
        Span<double> weights = _predictor.AsSpan(0, PointsOfPair(rateOrder));
        weights.Clear();
        weights[0] = (atEnd * _history[0]) + (atMiddle * chord);
        weights[1] = (atEnd * _history[1]) - (atMiddle * chord);
        for (int i = 0; i <= rateOrder; i++)
            weights[1 + i] += (atStart - atMiddle) * _rate[i];
        foreach (ref double weight in weights)
            weight /= -own;
        (Step, PredictorPoints, ErrorConstant) = (step, weights.Length, Math.Abs(2 * PairError * step * own));
        (_algebraicPoints, _algebraicPredictor[0], _algebraicPredictor[1]) = (2, 1 / share, 1 - (1 / share));
    }

    /// <summary>Weights of M(y_n), M(y_{n−1}), … in Ṁ_n as the formula that led there has it.</summary>
    private void FillRate(ReadOnlySpan<double> pastTimes, int order)
    {
        _rate.AsSpan().Clear();
        for (int i = 1; i <= order; i++)
        {
            double weight = 1 / (pastTimes[i] - pastTimes[0]);
            for (int m = 1; m <= order; m++)
                if (m != i)
                    weight *= (pastTimes[0] - pastTimes[m]) / (pastTimes[i] - pastTimes[m]);
            (_rate[i], _rate[0]) = (weight, _rate[0] - weight);
        }
    }
}
