namespace Cell3D.Output;

/// <summary>A time series in memory: equally long columns, the first of them the time in seconds, never decreasing.</summary>
public sealed class TimeSeries
{
    private readonly double[][] _values;

    /// <summary>Takes the columns as they are, without a copy.</summary>
    /// <param name="source">File or name, for messages and legends.</param>
    /// <param name="columns">Column headers; <see cref="SeriesColumn.Time"/> and <see cref="SeriesColumn.Voltage"/> among them.</param>
    /// <param name="values">One array per column, all of one length.</param>
    public TimeSeries(string source, IReadOnlyList<SeriesColumn> columns, double[][] values)
    {
        Source = source;
        Columns = columns;
        _values = values;
        if (values.Length != columns.Count || values.Any(column => column.Length != values[0].Length))
            throw new ArgumentException("The columns differ in number or length.", nameof(values));

        Time = Column(SeriesColumn.Time);
        Voltage = Column(SeriesColumn.Voltage);
    }

    /// <summary>File or name it came from.</summary>
    public string Source { get; }

    /// <summary>What a legend calls it; by default the name of its file.</summary>
    public string Legend { get => field ?? Path.GetFileName(Source); init; }

    /// <summary>Headers in file order.</summary>
    public IReadOnlyList<SeriesColumn> Columns { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _values[0].Length;

    /// <summary>Time [s].</summary>
    public double[] Time { get; }

    /// <summary>Terminal voltage [V].</summary>
    public double[] Voltage { get; }

    /// <summary>Temperature of the cell [K]; null where no column is understood as that.</summary>
    public double[]? Temperature
    {
        get
        {
            for (int i = 0; i < Columns.Count; i++)
                if (SeriesHeader.ZeroOfTemperature(Columns[i]) is { } zero)
                    return [.. _values[i].Select(value => value + zero)];
            return null;
        }
    }

    /// <summary>Time and voltage as a picture can show them; rows without a voltage are left out.</summary>
    public TimeSeries ForPicture()
    {
        SeriesEnvelope envelope = new([SeriesColumn.Time, SeriesColumn.Voltage]);
        for (int i = 0; i < Count; i++)
        {
            if (double.IsFinite(Voltage[i])) envelope.Add(Time[i], [Voltage[i]]);
        }

        return envelope.ToSeries(Source);
    }

    /// <summary>The same with all times shifted.</summary>
    /// <param name="seconds">What is added to each.</param>
    public TimeSeries Shifted(double seconds)
    {
        if (seconds == 0)
            return this;
        int time = Columns.ToList().IndexOf(SeriesColumn.Time);
        return new(Source, Columns, [.. _values.Select((column, i) => i == time ? [.. column.Select(value => value + seconds)] : column)]) { Legend = Legend };
    }

    /// <summary>Writes all columns as a Battery Data Format file.</summary>
    /// <param name="path">The file, replaced as a whole.</param>
    /// <param name="header">Headers other than the columns' own; null for these.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void WriteCsv(string path, Func<SeriesColumn, string>? header = null) =>
        CsvText.Write(path, Columns.Select(header ?? (column => column.Header)), _values);

    /// <summary>A column's values, or null where there is none of that name and unit.</summary>
    public double[]? Find(SeriesColumn column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] == column)
                return _values[i];
        }

        return null;
    }

    /// <summary>A column's values.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public double[] Column(SeriesColumn column)
        => Find(column) ?? throw new ArgumentException($"{Source}: there is no column '{column.Header}'.", nameof(column));
}
