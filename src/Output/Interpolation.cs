namespace Cell3D.Output;

/// <summary>How a series is read between its rows.</summary>
public enum Interpolation
{
    /// <summary>Straight lines.</summary>
    Linear,

    /// <summary>
    /// Cubic Hermite pieces with three-point slopes: third order on smooth stretches. Repeated times are jumps,
    /// across which nothing is smoothed.
    /// </summary>
    Cubic,
}

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

        int right = FirstNotBefore(time);
        int left = right - 1;
        double h = _time[right] - _time[left];
        double s = (time - _time[left]) / h;
        if (_slope is null)
            return _value[left] + s * (_value[right] - _value[left]);

        // Where a jump meets a piece, the one-sided slope of that piece is its chord.
        double chord = (_value[right] - _value[left]) / h;
        double start = IsJump(left) ? chord : _slope[left], end = IsJump(right) ? chord : _slope[right];
        double u = 1 - s;
        return (_value[left] * (1 + 2 * s) + h * s * start) * u * u + (_value[right] * (1 + 2 * u) - h * u * end) * s * s;
    }

    private int FirstNotBefore(double time)
    {
        int low = 0, high = _time.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (_time[middle] < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private bool IsJump(int i)
        => (i > 0 && _time[i] == _time[i - 1]) || (i < _time.Length - 1 && _time[i] == _time[i + 1]);

    private static double[] Slopes(double[] t, double[] y)
    {
        int n = t.Length;
        double[] slope = new double[n];
        for (int i = 1; i < n - 1; i++)
        {
            double before = t[i] - t[i - 1], after = t[i + 1] - t[i];
            slope[i] = before > 0 && after > 0
                ? (after * (y[i] - y[i - 1]) / before + before * (y[i + 1] - y[i]) / after) / (before + after)
                : 0;
        }

        slope[0] = End(t[1] - t[0], n > 2 ? t[2] - t[1] : 0, y[0], y[1], n > 2 ? y[2] : 0);
        slope[n - 1] = -End(t[n - 1] - t[n - 2], n > 2 ? t[n - 2] - t[n - 3] : 0, y[n - 1], y[n - 2], n > 2 ? y[n - 3] : 0);
        return slope;
    }

    /// <summary>One-sided three-point slope, pointing inwards; the chord where there is no third point.</summary>
    private static double End(double near, double far, double y0, double y1, double y2)
    {
        if (near <= 0)
            return 0;

        double chord = (y1 - y0) / near;
        return far <= 0 ? chord : chord + (chord - (y2 - y1) / far) * near / (near + far);
    }
}
