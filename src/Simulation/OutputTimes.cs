namespace Cell3D.Simulation;

/// <summary>Times that a step must end on, in ascending order.</summary>
public sealed class OutputTimes(IEnumerable<double> times)
{
    private readonly double[] _times = [.. times.Order().Distinct()];

    /// <summary>The first time after t; infinite when there is none.</summary>
    public double After(double time)
    {
        double tolerance = 1e-9 * Math.Max(1, Math.Abs(time));
        foreach (double candidate in _times)
            if (candidate > time + tolerance)
                return candidate;
        return double.PositiveInfinity;
    }

    /// <summary>Whether a step has just ended on one of them.</summary>
    public bool Contains(double time) => Array.Exists(_times, t => Math.Abs(t - time) <= 1e-9 * Math.Max(1, Math.Abs(time)));
}
