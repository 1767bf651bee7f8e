namespace Cell3D.Output;

/// <summary>
/// A time series of any length in bounded memory, fit for pictures: complete while it is short, later the first and the last
/// row and every column's extremes of each of at least 512 equal stretches of time.
/// </summary>
/// <remarks>Kept rows are the originals, times included, so extremes and jumps stand where they were. Adding allocates nothing.</remarks>
public sealed class SeriesEnvelope : IResumable
{
    private const int MostStretches = 1024;
    private readonly IReadOnlyList<SeriesColumn> _columns;
    private readonly double[] _time;
    private readonly double[][] _values;
    private readonly int[] _kept;

    /// <summary>An empty series.</summary>
    /// <param name="columns">Headers of the columns; the first is <see cref="SeriesColumn.Time"/>.</param>
    public SeriesEnvelope(IReadOnlyList<SeriesColumn> columns)
    {
        if (columns.Count < 2 || columns[0] != SeriesColumn.Time) throw new ArgumentException("The first of several columns is the time.", nameof(columns));
        _columns = columns;
        Capacity = 2 * (MostStretches + 1) * RowSelection.RowsPerStretch(columns.Count - 1);
        _time = new double[Capacity];
        _values = [.. columns.Skip(1).Select(_ => new double[Capacity])];
        _kept = new int[Capacity];
    }

    /// <summary>Most rows that are ever held.</summary>
    public int Capacity { get; }

    /// <summary>Length of the stretches, counted from the first time [s]; 0 while every row is held.</summary>
    public double Stretch { get; private set; }

    /// <summary>Rows held.</summary>
    public int Count { get; private set; }

    /// <inheritdoc/>
    public long LongestState => 1 + ((long)Capacity * (1 + _values.Length));

    /// <inheritdoc/>
    public double[] State
    {
        get => [Stretch, .. _time.AsSpan(0, Count), .. _values.SelectMany(column => column[..Count])];
        set
        {
            int count = (value.Length - 1) / (1 + _values.Length);
            if (value.Length != 1 + (count * (1 + _values.Length)) || count > Capacity)
                throw new ArgumentException($"{value.Length} numbers are not those of curves with {_values.Length} columns.", nameof(value));
            (Stretch, Count) = (value[0], count);
            value.AsSpan(1, count).CopyTo(_time);
            for (int i = 0; i < _values.Length; i++) value.AsSpan(1 + ((1 + i) * count), count).CopyTo(_values[i]);
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="time">Not before the last one [s].</param>
    /// <param name="values">The other columns.</param>
    public void Add(double time, ReadOnlySpan<double> values)
    {
        if (Count == Capacity) Thin();
        _time[Count] = time;
        for (int i = 0; i < _values.Length; i++) _values[i][Count] = values[i];
        Count++;
    }

    /// <summary>The rows held, as a series of their own.</summary>
    /// <param name="source">Name of the series.</param>
    public TimeSeries ToSeries(string source) => new(source, _columns, [_time[..Count], .. _values.Select(column => column[..Count])]);

    /// <summary>Stretches only ever double, so that what was dropped before is still represented.</summary>
    private void Thin()
    {
        double span = _time[Count - 1] - _time[0];
        if (Stretch == 0) Stretch = span > 0 ? span / MostStretches : double.MaxValue;
        while (span / Stretch > MostStretches) Stretch *= 2;
        int count = RowSelection.Select(_time, _values, Count, Stretch, _kept);
        for (int i = 0; i < count; i++)
        {
            _time[i] = _time[_kept[i]];
            foreach (double[] column in _values) column[i] = column[_kept[i]];
        }

        Count = count;
    }
}
