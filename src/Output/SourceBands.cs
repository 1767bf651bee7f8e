namespace Cell3D.Output;

/// <summary>What one source of error leaves of a voltage, time by time.</summary>
/// <param name="Name">Of the source.</param>
/// <param name="HalfWidth">Half of its band [V].</param>
public sealed record SourceBand(string Name, double[] HalfWidth)
{
    /// <summary>Root mean square over time [V].</summary>
    public double Rms(double[] time)
    {
        double sum = 0;
        for (int i = 1; i < time.Length; i++)
            sum += 0.5 * (time[i] - time[i - 1]) * ((HalfWidth[i] * HalfWidth[i]) + (HalfWidth[i - 1] * HalfWidth[i - 1]));
        return Math.Sqrt(sum / (time[^1] - time[0]));
    }
}

/// <summary>A voltage with the errors that its inputs bring to it: each source is a set of runs with an input elsewhere within its error, or a curve that has its error in a column.</summary>
/// <remarks>The band of a source is as wide as its farthest run is away; sources are independent, so that their bands add by squares.</remarks>
public sealed class SourceBands
{
    private static readonly SeriesColumn Error = new("Error of voltage", "V");

    private SourceBands(double[] time, double[] voltage, IReadOnlyList<SourceBand> sources)
    {
        (Time, Voltage, Sources) = (time, voltage, sources);
        Sum = new("all", [.. time.Select((_, i) => Math.Sqrt(sources.Sum(source => source.HalfWidth[i] * source.HalfWidth[i])))]);
    }

    /// <summary>Times of the run up to the end of the shortest [s].</summary>
    public double[] Time { get; }

    /// <summary>V of the run [V].</summary>
    public double[] Voltage { get; }

    /// <summary>Source by source.</summary>
    public IReadOnlyList<SourceBand> Sources { get; }

    /// <summary>All together.</summary>
    public SourceBand Sum { get; }

    /// <summary>Finds the bands.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sources">Runs of each source.</param>
    /// <exception cref="TimeSeriesException">Less than two times are common to all.</exception>
    public static SourceBands Of(TimeSeries run, IReadOnlyList<(string Name, IReadOnlyList<TimeSeries> Runs)> sources)
    {
        TimeSeries[] all = [run, .. sources.SelectMany(source => source.Runs)];
        double first = all.Max(series => series.Time[0]), last = all.Min(series => series.Time[^1]);
        int[] rows = [.. Enumerable.Range(0, run.Count).Where(row => run.Time[row] >= first && run.Time[row] <= last && double.IsFinite(run.Voltage[row]) && (row == 0 || run.Time[row] > run.Time[row - 1]))];
        if (rows.Length < 2)
            throw new TimeSeriesException(run.Source, [FormattableString.Invariant($"less than two times of it lie between {first:g6} and {last:g6} s, which all runs have in common")], 65);
        double[] time = [.. rows.Select(row => run.Time[row])], voltage = [.. rows.Select(row => run.Voltage[row])];
        return new(time, voltage, [.. sources.Select(source => new SourceBand(source.Name, Widest(time, voltage, source.Runs)))]);
    }

    /// <summary>Time, voltage, the half width of every source and of all.</summary>
    public TimeSeries ToSeries() => new("bands", [SeriesColumn.Time, SeriesColumn.Voltage, .. Sources.Append(Sum).Select(source => new SeriesColumn($"Error from {source.Name}", "V"))],
        [Time, Voltage, .. Sources.Append(Sum).Select(source => source.HalfWidth)]);

    /// <summary>Draws the voltage with its band, and below the half width of every source.</summary>
    /// <param name="path">The PNG file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void WritePicture(string path)
    {
        double[] minutes = [.. Time.Select(t => t / 60)];
        CurvesPicture.Write(path,
            new CurvesPanel("Time [min]", "Voltage [V]", [new("all sources", minutes, Voltage, Sum.HalfWidth), new("voltage", minutes, Voltage)]),
            new CurvesPanel("Time [min]", "Half width [mV]", [.. Sources.Append(Sum).Select(source => new PlotCurve(source.Name, minutes, [.. source.HalfWidth.Select(width => 1e3 * width)]))]));
    }

    private static double[] Widest(double[] time, double[] voltage, IReadOnlyList<TimeSeries> runs)
    {
        double[] widest = new double[time.Length];
        foreach (TimeSeries run in runs)
        {
            double[]? error = run.Find(Error);
            int[] known = [.. Enumerable.Range(0, run.Count).Where(row => double.IsFinite(error is null ? run.Voltage[row] : error[row]))];
            if (known.Length < 2)
                throw new TimeSeriesException(run.Source, ["it has less than two rows with a voltage or its error"], 65);
            SeriesInterpolant curve = new([.. known.Select(row => run.Time[row])], [.. known.Select(row => error is null ? run.Voltage[row] : error[row])], error is null ? Interpolation.Cubic : Interpolation.Linear);
            for (int i = 0; i < time.Length; i++)
                widest[i] = Math.Max(widest[i], error is null ? Math.Abs(curve.At(time[i]) - voltage[i]) : curve.At(time[i]));
        }
        return widest;
    }
}
