namespace Cell3D.Discretization;

/// <summary>d/dt at the new time as a difference formula: ∂M/∂t ≈ <see cref="Alpha"/>·M(y) + Σ_i <see cref="History"/>[i]·M(y_{n−i}).</summary>
/// <remarks>Variable-step backward differentiation of order k: the derivative at t_{n+1} of the polynomial through the k + 1 newest points.
/// Stage methods fit the same form.</remarks>
public sealed class TimeCoefficients
{
    /// <summary>Largest order supported.</summary>
    public const int MaximumOrder = 2;

    private readonly double[] _history = new double[MaximumOrder], _predictor = new double[MaximumOrder + 1];

    /// <summary>t_{n+1} [s].</summary>
    public double Time { get; private set; }

    /// <summary>t_{n+1} − t_n [s].</summary>
    public double Step { get; private set; }

    /// <summary>Order of the formula.</summary>
    public int Order { get; private set; }

    /// <summary>Weight of the new value [s⁻¹].</summary>
    public double Alpha { get; private set; }

    /// <summary>Weights of M(y_n), M(y_{n−1}), … [s⁻¹].</summary>
    public ReadOnlySpan<double> History => _history.AsSpan(0, Order);

    /// <summary>Weights of y_n, y_{n−1}, … in the predicted y_{n+1}; as many as there are known values, at most order + 1.</summary>
    public ReadOnlySpan<double> Predictor => _predictor.AsSpan(0, PredictorPoints);

    /// <summary>Known values that the predictor uses.</summary>
    public int PredictorPoints { get; private set; }

    /// <summary>Local error / (y_{n+1} − predicted): 1/(1 + α (t_{n+1} − t_{n−k})); NaN when the history is too short to estimate it.</summary>
    public double ErrorConstant { get; private set; }

    /// <summary>Sets the formula for a step to <paramref name="time"/> from past times t_n, t_{n−1}, … (at least <paramref name="order"/>).</summary>
    public void Set(double time, ReadOnlySpan<double> pastTimes, int order)
    {
        (Time, Step, Order) = (time, time - pastTimes[0], order);
        Alpha = 0;
        for (int i = 0; i < order; i++)
            Alpha += 1 / (time - pastTimes[i]);
        for (int i = 0; i < order; i++)
        {
            double weight = 1 / (pastTimes[i] - time);
            for (int m = 0; m < order; m++)
                if (m != i)
                    weight *= (time - pastTimes[m]) / (pastTimes[i] - pastTimes[m]);
            _history[i] = weight;
        }
        PredictorPoints = Math.Min(order + 1, pastTimes.Length);
        for (int i = 0; i < PredictorPoints; i++)
        {
            double weight = 1;
            for (int m = 0; m < PredictorPoints; m++)
                if (m != i)
                    weight *= (time - pastTimes[m]) / (pastTimes[i] - pastTimes[m]);
            _predictor[i] = weight;
        }
        ErrorConstant = PredictorPoints == order + 1 ? 1 / (1 + (Alpha * (time - pastTimes[order]))) : double.NaN;
    }
}
