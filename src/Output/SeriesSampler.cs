namespace Cell3D.Output;

/// <summary>Reads a series at given times while its rows come in, holding no more than three of them.</summary>
/// <remarks>The values are those of a <see cref="SeriesInterpolant"/> over all rows, inside its range.</remarks>
public sealed class SeriesSampler : IResumable
{
    private readonly double[] _times;
    private readonly Interpolation _interpolation;
    private readonly double[] _values;
    private (double Time, double Value) _before, _last;
    private double _slope;
    private int _rows;
    private int _next;

    /// <summary>Nothing read yet.</summary>
    /// <param name="times">Where to read [s], never decreasing.</param>
    /// <param name="interpolation">How to read between rows.</param>
    public SeriesSampler(double[] times, Interpolation interpolation)
    {
        (_times, _interpolation, _values) = (times, interpolation, new double[times.Length]);
        Array.Fill(_values, double.NaN);
    }

    /// <summary>First and last time of the rows so far [s]; NaN without any.</summary>
    public (double First, double Last) Range { get; private set; } = (double.NaN, double.NaN);

    /// <inheritdoc/>
    public long LongestState => 9 + _times.Length;

    /// <inheritdoc/>
    public double[] State
    {
        get => [_before.Time, _before.Value, _last.Time, _last.Value, _slope, _rows, _next, Range.First, Range.Last, .. _values];
        set
        {
            if (value.Length != LongestState || !(value[6] >= 0 && value[6] <= _times.Length))
                throw new ArgumentException($"{value.Length} numbers are not those of a series read at {_times.Length} times.", nameof(value));
            (_before, _last, _slope) = ((value[0], value[1]), (value[2], value[3]), value[4]);
            (_rows, _next, Range) = ((int)Math.Min(value[5], 3), (int)value[6], (value[7], value[8]));
            value.AsSpan(9).CopyTo(_values);
        }
    }

    /// <summary>Takes the next row.</summary>
    /// <param name="time">Not before the last one [s]; a repeated time is a jump, across which nothing is smoothed.</param>
    /// <param name="value">A finite value.</param>
    public void Add(double time, double value)
    {
        if (double.IsNaN(Range.First))
        {
            while (_next < _times.Length && _times[_next] < time) _next++;
            while (_next < _times.Length && _times[_next] == time) _values[_next++] = value;
            Range = (time, time);
        }
        else if (time > _last.Time)
        {
            Extend((time, value));
            return;
        }
        else
        {
            Close();
        }

        (_last, _rows) = ((time, value), 1);
    }

    /// <summary>The values; NaN outside the range of the rows. No row may follow.</summary>
    public double[] Finish()
    {
        Close();
        _rows = 0;
        return _values;
    }

    /// <summary>With a third row the parabola through all three gives the slope at the middle one, and the piece before it can be read.</summary>
    private void Extend((double Time, double Value) row)
    {
        Range = (Range.First, row.Time);
        if (_rows >= 2)
        {
            double before = _last.Time - _before.Time, after = row.Time - _last.Time;
            double left = Chord, right = (row.Value - _last.Value) / after;
            double slope = ((after * left) + (before * right)) / (before + after);
            Read(_rows == 2 ? (2 * left) - slope : _slope, slope);
            _slope = slope;
        }

        (_before, _last, _rows) = (_last, row, _rows + 1);
    }

    /// <summary>Reads the last piece of a smooth stretch.</summary>
    private void Close()
    {
        if (_rows == 2) Read(Chord, Chord);
        if (_rows > 2) Read(_slope, (2 * Chord) - _slope);
    }

    private double Chord => (_last.Value - _before.Value) / (_last.Time - _before.Time);

    /// <summary>Answers what lies after one row and up to the next, given the slopes at both.</summary>
    private void Read(double slopeBefore, double slopeLast)
    {
        double h = _last.Time - _before.Time;
        for (; _next < _times.Length && _times[_next] <= _last.Time; _next++)
        {
            double s = (_times[_next] - _before.Time) / h, u = 1 - s;
            _values[_next] = _interpolation == Interpolation.Linear
                ? (u * _before.Value) + (s * _last.Value)
                : (((_before.Value * (1 + (2 * s))) + (h * s * slopeBefore)) * u * u) + (((_last.Value * (1 + (2 * u))) - (h * u * slopeLast)) * s * s);
        }
    }
}
