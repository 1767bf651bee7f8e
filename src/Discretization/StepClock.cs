namespace Cell3D.Discretization;

/// <summary>How a run is read between its accepted states: by the polynomial through one more of the newest than its order.</summary>
/// <param name="Order">0 where no time has passed.</param>
/// <param name="Clock">What the polynomial is taken in.</param>
public readonly record struct Interpolant(int Order, StepClock Clock = default);

/// <summary>What formulas in time take their polynomials in: the time t itself, or s = √(t − t₀) since a switch at t₀ (see equation 8.2).</summary>
/// <remarks>After a jump of the current a particle's surface and the salt at the ends of a layer follow √(t − t₀): smooth in s, never in t. Long after it a step is short against t − t₀, and both are the same.</remarks>
public readonly struct StepClock
{
    private readonly double _origin;
    private readonly bool _isRoot;

    private StepClock(double origin) => (_origin, _isRoot) = (origin, true);

    /// <summary>s since a switch.</summary>
    /// <param name="origin">t₀ [s].</param>
    public static StepClock Since(double origin) => new(origin);

    /// <summary>What a formula of an order takes: a line in s cannot hold what grows in proportion to t, such as charge, so that the first order stays with t. From the second on t is a polynomial in s.</summary>
    public StepClock For(int order) => order > 1 ? this : default;

    /// <summary>t [s], or s [s^½].</summary>
    /// <param name="time">t, not before t₀ [s].</param>
    public double Read(double time) => _isRoot ? Math.Sqrt(Math.Max(0, time - _origin)) : time;

    /// <summary>What it reads at many times.</summary>
    /// <param name="times">[s].</param>
    /// <param name="readings">Room for as many.</param>
    /// <returns>The part of the room that was filled.</returns>
    public ReadOnlySpan<double> Read(ReadOnlySpan<double> times, Span<double> readings)
    {
        for (int i = 0; i < times.Length; i++)
            readings[i] = Read(times[i]);
        return readings[..times.Length];
    }

    /// <summary>Its rate at a time behind t₀: 1, or ds/dt = 1/(2s) [s^−½].</summary>
    public double RateAt(double time) => _isRoot ? 0.5 / Read(time) : 1;

    /// <summary>The time behind another one [s], by a multiple of how far the clock went between two.</summary>
    /// <param name="start">Start of a step [s].</param>
    /// <param name="end">Its end [s].</param>
    /// <param name="from">Start of another step [s].</param>
    /// <param name="factor">Multiple of the step that the clock saw.</param>
    /// <returns>Length of the other step [s].</returns>
    public double Scale(double start, double end, double from, double factor)
    {
        if (!_isRoot)
            return factor * (end - start);
        // s² − s₀² = (s − s₀)(s + s₀), without cancellation.
        double ahead = factor * (Read(end) - Read(start));
        return ahead * ((2 * Read(from)) + ahead);
    }
}
