namespace Cell3D.Output;

/// <summary>One quantity of two runs over their common time.</summary>
/// <param name="Column">The quantity.</param>
/// <param name="Times">Every time of either run within both [s].</param>
/// <param name="Values">Of the second run minus those of the first, at these times.</param>
public sealed record QuantityDifference(SeriesColumn Column, double[] Times, double[] Values)
{
    /// <summary>Root of the time-averaged squared difference.</summary>
    public double Rms { get; } = Math.Sqrt(Trapezoid(Times, [.. Values.Select(value => value * value)]) / (Times[^1] - Times[0]));

    /// <summary>Largest difference, with its sign.</summary>
    public double Largest => Values[LargestAt];

    /// <summary>When it is largest [s].</summary>
    public double TimeOfLargest => Times[LargestAt];

    private int LargestAt { get; } = Enumerable.Range(0, Values.Length).MaxBy(i => Math.Abs(Values[i]));

    /// <summary>∫ y dt by the trapezoidal rule.</summary>
    internal static double Trapezoid(double[] t, double[] y)
    {
        double sum = 0;
        for (int i = 1; i < t.Length; i++)
            sum += 0.5 * (t[i] - t[i - 1]) * (y[i] + y[i - 1]);
        return sum;
    }
}

/// <summary>What a whole run delivers and takes.</summary>
/// <param name="EndTime">[s], from the first time of the run.</param>
/// <param name="Discharged">−∫ I dt while discharging [A h]; NaN without a current.</param>
/// <param name="Charged">∫ I dt while charging [A h].</param>
/// <param name="DischargedEnergy">−∫ V I dt while discharging [W h].</param>
/// <param name="ChargedEnergy">∫ V I dt while charging [W h].</param>
public sealed record SeriesTotals(double EndTime, double Discharged, double Charged, double DischargedEnergy, double ChargedEnergy)
{
    /// <summary>Totals of a series by the trapezoidal rule between its rows.</summary>
    public static SeriesTotals Of(TimeSeries series)
    {
        double end = series.Time[^1] - series.Time[0];
        if (series.Find(SeriesColumn.Current) is not { } current || current.Any(value => !double.IsFinite(value)))
            return new(end, double.NaN, double.NaN, double.NaN, double.NaN);
        return new(end, Hours(-1, power: false), Hours(1, power: false), Hours(-1, power: true), Hours(1, power: true));

        double Hours(int sign, bool power) => QuantityDifference.Trapezoid(series.Time, [.. current.Select((ampere, i) => Math.Max(0, sign * ampere) * (power ? series.Voltage[i] : 1))]) / 3600;
    }
}

/// <summary>How a run differs from another one that it is compared with.</summary>
/// <remarks>Both clocks begin at 0 with the first row. Either run is read by interpolation at every time of both, within the time that they have in common.</remarks>
public sealed class SeriesComparison
{
    private static readonly SeriesColumn[] Compared = [SeriesColumn.Voltage, SeriesColumn.MeanTemperature, SeriesColumn.MaximumTemperature];

    private SeriesComparison(TimeSeries first, TimeSeries second, double common)
    {
        (First, Second, Common) = (first, second, common);
        (FirstTotals, SecondTotals) = (SeriesTotals.Of(first), SeriesTotals.Of(second));
        Quantities = [.. Compared.Select(Difference).OfType<QuantityDifference>()];
    }

    /// <summary>The run that is compared with.</summary>
    public TimeSeries First { get; }

    /// <summary>The other run.</summary>
    public TimeSeries Second { get; }

    /// <summary>Length of the time that both runs have [s].</summary>
    public double Common { get; }

    public SeriesTotals FirstTotals { get; }

    public SeriesTotals SecondTotals { get; }

    /// <summary>Voltage, mean and highest temperature, as far as both runs have them.</summary>
    public IReadOnlyList<QuantityDifference> Quantities { get; }

    /// <summary>Compares a run with a first one.</summary>
    /// <exception cref="TimeSeriesException">They have no time in common, or too few voltages (65).</exception>
    public static SeriesComparison Of(TimeSeries first, TimeSeries second)
    {
        foreach (TimeSeries series in (TimeSeries[])[first, second])
            if (Curve(series, SeriesColumn.Voltage) is null)
                throw new TimeSeriesException(series.Source, ["has less than two rows with a voltage at different times"], 65);
        return new(first, second, Math.Min(first.Time[^1] - first.Time[0], second.Time[^1] - second.Time[0]));
    }

    private QuantityDifference? Difference(SeriesColumn column)
    {
        if (Curve(First, column) is not { } one || Curve(Second, column) is not { } other)
            return null;
        double start = Math.Max(one.Time[0], other.Time[0]), end = Math.Min(one.Time[^1], other.Time[^1]);
        if (end <= start)
            return null;
        double[] times = [.. one.Time.Concat(other.Time).Append(start).Append(end).Where(time => time >= start && time <= end).Distinct().Order()];
        SeriesInterpolant a = new(one.Time, one.Value, Interpolation.Cubic), b = new(other.Time, other.Value, Interpolation.Cubic);
        return new(column, times, [.. times.Select(time => b.At(time) - a.At(time))]);
    }

    /// <summary>The rows with a value, on a clock that begins with the first row; null where they span no time.</summary>
    private static (double[] Time, double[] Value)? Curve(TimeSeries series, SeriesColumn column)
    {
        if (series.Find(column) is not { } values)
            return null;
        int[] rows = [.. Enumerable.Range(0, series.Count).Where(i => double.IsFinite(values[i]))];
        return rows.Length < 2 || series.Time[rows[^1]] <= series.Time[rows[0]] ? null
            : ([.. rows.Select(i => series.Time[i] - series.Time[0])], [.. rows.Select(i => values[i])]);
    }
}
