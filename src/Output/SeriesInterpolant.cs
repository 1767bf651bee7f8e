namespace Cell3D.Output;

/// <summary>Reads a series at arbitrary times inside its range.</summary>
public sealed class SeriesInterpolant
{
    private readonly double[] _time;
    private readonly double[] _value;
    private readonly double[]? _slope;

    /// <summary>Prepares a series of at least two rows for reading.</summary>
    /// <param name="time">Times [s], never decreasing.</param>
    /// <param name="value">One finite value per time.</param>
    /// <param name="interpolation">How to read between rows.</param>
    public SeriesInterpolant(double[] time, double[] value, Interpolation interpolation)
    {
        if (time.Length < 2 || time.Length != value.Length)
            throw new ArgumentException($"{time.Length} times and {value.Length} values; at least two of each are needed.", nameof(time));

        _time = time;
        _value = value;
        _slope = interpolation == Interpolation.Cubic ? Slopes(time, value) : null;
    }

    /// <summary>The value at a time; outside the range that of the nearer end, at a jump that before it.</summary>
    public double At(double time)
    {
        if (time <= _time[0])
            return _value[0];
        if (time >= _time[^1])
            return _value[^1];

        int found = Array.BinarySearch(_time, time);
        int right = found < 0 ? ~found : found;
        while (_time[right - 1] >= time)
        {
            right--;
        }

        int left = right - 1;
        double h = _time[right] - _time[left];
        double s = (time - _time[left]) / h, u = 1 - s;
        if (_slope is null)
            return u * _value[left] + s * _value[right];

        return (_value[left] * (1 + 2 * s) + h * s * _slope[left]) * u * u
            + (_value[right] * (1 + 2 * u) - h * u * _slope[right]) * s * s;
    }

    private static double[] Slopes(double[] time, double[] value)
    {
        double[] slopes = new double[time.Length];
        int start = 0;
        for (int end = 1; end <= time.Length; end++)
        {
            if (end < time.Length && time[end] > time[end - 1])
                continue;

            SmoothSlopes(time.AsSpan(start, end - start), value.AsSpan(start, end - start), slopes.AsSpan(start, end - start));
            start = end;
        }

        return slopes;
    }

    /// <summary>Slopes of the parabola through three neighbouring rows, at the ends through the three nearest.</summary>
    private static void SmoothSlopes(ReadOnlySpan<double> t, ReadOnlySpan<double> y, Span<double> slope)
    {
        int last = t.Length - 1;
        if (last < 1)
            return;

        slope[0] = slope[last] = (y[last] - y[0]) / (t[last] - t[0]);
        for (int i = 1; i < last; i++)
        {
            double before = t[i] - t[i - 1], after = t[i + 1] - t[i];
            double left = (y[i] - y[i - 1]) / before, right = (y[i + 1] - y[i]) / after;
            slope[i] = (after * left + before * right) / (before + after);
            if (i == 1)
                slope[0] = 2 * left - slope[1];
            if (i == last - 1)
                slope[last] = 2 * right - slope[i];
        }
    }
}
