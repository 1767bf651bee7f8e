namespace Cell3D.Discretization;

/// <summary>d/dt at the new time as a difference formula: ∂M/∂t ≈ <see cref="Alpha"/>·M(y) + Σ_i <see cref="History"/>[i]·M(y_{n−i}).</summary>
/// <remarks>Variable-step backward differentiation of order k: the derivative at t_{n+1} of the polynomial through the k + 1 newest points, in what a <see cref="StepClock"/> reads.
/// Stage methods fit the same form.</remarks>
public sealed partial class TimeCoefficients
{
    /// <summary>Largest order possible; formulas of higher order are unstable.</summary>
    public const int MostOrder = 5;

    /// <summary>The highest order without a growing mode for any linear system that decays.</summary>
    public const int StableOrder = 2;

    /// <summary>Order of a run that does not say: what diffuses is stable at any order, and above three little is gained at the accuracy usually asked for.</summary>
    public const int DefaultOrder = 3;

    private readonly double[] _history = new double[MostOrder], _predictor = new double[MostOrder + 1], _places = new double[MostOrder + 1];

    /// <summary>t_{n+1} [s].</summary>
    public double Time { get; private set; }

    /// <summary>t_{n+1} − t_n [s].</summary>
    public double Step { get; private set; }

    /// <summary>Order of the formula.</summary>
    public int Order { get; private set; }

    /// <summary>Weight of the new value [s⁻¹].</summary>
    public double Alpha { get; private set; }

    /// <summary>Weights of M(y_n), M(y_{n−1}), … [s⁻¹].</summary>
    public ReadOnlySpan<double> History => _history.AsSpan(0, PastPoints);

    /// <summary>Known values that the formula uses: as many as its order, but for formulas that take a rate from earlier ones.</summary>
    public int PastPoints { get; private set; }

    /// <summary>Weights of y_n, y_{n−1}, … in the predicted y_{n+1}; as many as there are known values, at most order + 1.</summary>
    public ReadOnlySpan<double> Predictor => _predictor.AsSpan(0, PredictorPoints);

    /// <summary>Known values that the predictor uses.</summary>
    public int PredictorPoints { get; private set; }

    /// <summary>Local error / (y_{n+1} − predicted): 1/(1 + α (t_{n+1} − t_{n−k})); NaN when the history is too short to estimate it.</summary>
    public double ErrorConstant { get; private set; }

    /// <summary>What the polynomials of the formula are taken in.</summary>
    public StepClock Clock { get; private set; }

    /// <summary>Whether no time passes, see <see cref="Freeze"/>.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Sets the formula for a step to <paramref name="time"/> from past times t_n, t_{n−1}, … (at least <paramref name="order"/>).</summary>
    /// <param name="time">t_{n+1} [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, … [s].</param>
    /// <param name="order">The order.</param>
    /// <param name="clock">What polynomials are taken in, from the second order on.</param>
    public void Set(double time, ReadOnlySpan<double> pastTimes, int order, StepClock clock = default)
    {
        (Time, Step, Order, PastPoints, Clock, _startPoints) = (time, time - pastTimes[0], order, order, clock.For(order), 0);
        PredictorPoints = Math.Min(order + 1, pastTimes.Length);
        ReadOnlySpan<double> past = Clock.Read(pastTimes[..PredictorPoints], _places);
        double now = Clock.Read(time), alpha = 0, rate = Clock.RateAt(time);
        for (int i = 0; i < order; i++)
            alpha += 1 / (now - past[i]);
        for (int i = 0; i < order; i++)
        {
            double weight = 1 / (past[i] - now);
            for (int m = 0; m < order; m++)
                if (m != i)
                    weight *= (now - past[m]) / (past[i] - past[m]);
            _history[i] = rate * weight;
        }
        Alpha = rate * alpha;
        Weigh(now, past, _predictor);
        ErrorConstant = PredictorPoints == order + 1 ? 1 / (1 + (alpha * (now - past[order]))) : double.NaN;
        IsFrozen = false;
    }

    /// <summary>Sets the formula for a first step, of order 1, of which a longer trial is known.</summary>
    /// <remarks>The step s makes the local error ½ s² ÿ. The line from the start to the trial's end, a backward Euler step of length S
    /// itself, misses the step's result by s (S − s) ÿ. So the error is ½ s/(S − s) of what is seen.</remarks>
    /// <param name="time">End of the step [s].</param>
    /// <param name="startAndScout">t_n, then the end of the trial; not before <paramref name="time"/>.</param>
    public void SetFirst(double time, ReadOnlySpan<double> startAndScout)
    {
        Set(time, startAndScout, 1);
        ErrorConstant = 0.5 * Step / (startAndScout[1] - startAndScout[0] - Step);
    }

    /// <summary>Sets what tells the error that a formula of this order would have made, from a value that another one found.</summary>
    /// <param name="time">t_{n+1} [s].</param>
    /// <param name="pastTimes">t_n, t_{n−1}, …, one more than the order.</param>
    /// <param name="order">The order.</param>
    /// <param name="clock">What polynomials are taken in.</param>
    public void SetComparison(double time, ReadOnlySpan<double> pastTimes, int order, StepClock clock = default)
    {
        Set(time, pastTimes, order, clock);
        ErrorConstant = Clock.RateAt(time) / (Alpha * (Clock.Read(time) - Clock.Read(pastTimes[order])));
    }

    /// <summary>γ of the stages: the formula of second order is L-stable.</summary>
    public const double StageShare = 1 - 0.70710678118654752;

    /// <summary>Sets the second stage of the singly diagonally implicit Runge–Kutta formula of second order (equation 11.5); the first is a step of order 1 over
    /// <see cref="StageShare"/> of the length. Its result is that of the second stage.</summary>
    /// <param name="start">t_n [s]; the newest known value is that of the first stage, the one before it y_n.</param>
    /// <param name="step">h [s].</param>
    public void SetSecondStage(double start, double step)
    {
        const double ratio = (1 - StageShare) / StageShare;
        (Time, Step, Order, PastPoints, Alpha, ErrorConstant, IsFrozen) = (start + step, step, 2, 2, 1 / (StageShare * step), double.NaN, false);
        (_history[0], _history[1]) = (-ratio * Alpha, (ratio - 1) * Alpha);
        (PredictorPoints, _predictor[0], _startPoints) = (1, 1, 0);
    }

    /// <summary>Lets no time pass: differential states keep their values, and what is left is the algebraic equations.</summary>
    public void Freeze(double time)
    {
        (Time, Step, Order, PastPoints, Alpha, ErrorConstant) = (time, 0, 0, 0, 0, double.NaN);
        (PredictorPoints, _predictor[0], _startPoints) = (1, 1, 0);
        IsFrozen = true;
    }

    /// <summary>∂y/∂t of an entry of a state for a value at the new time, as differences to the newest known one, since α + Σ w_i = 0: less round-off
    /// than the plain sum.</summary>
    public double Rate(StateVariable state, int entry, double value)
    {
        double newest = state.Past(0)[entry], rate = Alpha * (value - newest);
        for (int i = 1; i < PastPoints; i++)
            rate += _history[i] * (state.Past(i)[entry] - newest);
        return rate;
    }

    /// <summary>∂y/∂t of some entries of a state at their present values.</summary>
    /// <param name="state">The state.</param>
    /// <param name="entries">Which.</param>
    /// <param name="rates">Receives as many.</param>
    public void FillRates(StateVariable state, ReadOnlySpan<int> entries, Span<double> rates)
    {
        ReadOnlySpan<double> values = state.Values, newest = state.Past(0);
        for (int k = 0; k < entries.Length; k++)
            rates[k] = Alpha * (values[entries[k]] - newest[entries[k]]);
        for (int i = 1; i < PastPoints; i++)
        {
            ReadOnlySpan<double> older = state.Past(i);
            for (int k = 0; k < entries.Length; k++)
                rates[k] += _history[i] * (older[entries[k]] - newest[entries[k]]);
        }
    }

    /// <summary>Σ w_i M(y_{n−i}) of a state that holds M.</summary>
    public void SumHistory(StateVariable state, Span<double> sum)
    {
        sum.Clear();
        for (int i = 0; i < PastPoints; i++)
            System.Numerics.Tensors.TensorPrimitives.MultiplyAdd(state.Past(i), _history[i], sum, sum);
    }

    /// <summary>Σ w_i (M(y_{n−i}) − M(y_n)) of a state that holds M, so that ∂M/∂t = α (M(y) − M(y_n)) + this, since α + Σ w_i = 0: over thousands of steps
    /// differences lose less to round-off.</summary>
    public void SumDifferences(StateVariable state, Span<double> sum)
    {
        ReadOnlySpan<double> newest = state.Past(0);
        sum.Clear();
        for (int i = 1; i < PastPoints; i++)
        {
            ReadOnlySpan<double> older = state.Past(i);
            for (int k = 0; k < sum.Length; k++)
                sum[k] += _history[i] * (older[k] - newest[k]);
        }
    }

    /// <summary>Weights of accepted values, newest first, in the value at a time between the newest two of them.</summary>
    /// <param name="time">t [s].</param>
    /// <param name="pastTimes">Times of the accepted values, newest first.</param>
    /// <param name="weights">One per time.</param>
    /// <param name="clock">What the polynomial is taken in.</param>
    public static void Interpolate(double time, ReadOnlySpan<double> pastTimes, Span<double> weights, StepClock clock = default)
    {
        Span<double> places = stackalloc double[MostOrder + 1];
        Weigh(clock.Read(time), clock.Read(pastTimes, places), weights);
    }

    /// <summary>Weights of the values at some readings in the polynomial through them.</summary>
    private static void Weigh(double now, ReadOnlySpan<double> past, Span<double> weights)
    {
        for (int i = 0; i < past.Length; i++)
        {
            double weight = 1;
            for (int m = 0; m < past.Length; m++)
                if (m != i)
                    weight *= (now - past[m]) / (past[i] - past[m]);
            weights[i] = weight;
        }
    }
}
