namespace Cell3D.Simulation;

/// <summary>Times of a run in ascending order.</summary>
public sealed class TimeList(IEnumerable<double> times)
{
    private const double SameTime = 1e-9;

    private readonly double[] _times = [.. times.Order().Distinct()];

    /// <summary>The first time after t; infinite when there is none.</summary>
    public double After(double time)
    {
        int low = 0, high = _times.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_times[middle] > time && !AreSame(_times[middle], time))
                high = middle;
            else
                low = middle + 1;
        }
        return low < _times.Length ? _times[low] : double.PositiveInfinity;
    }

    /// <summary>Whether two times differ by no more than round-off.</summary>
    public static bool AreSame(double one, double other) => Math.Abs(one - other) <= SameTime * Math.Max(1, Math.Abs(other));
}
