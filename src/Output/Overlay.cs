using System.Globalization;
using System.Text;

namespace Cell3D.Output;

/// <summary>The difference of a run's voltage, and of its temperature where that was measured, to measured curves over their common time.</summary>
/// <remarks>The run is read by interpolation at the measured times.</remarks>
public sealed class Overlay
{
    private const double LargestVoltage = 1000;
    private static readonly SeriesColumn ComputedVoltage = new("Computed voltage", "V");

    /// <summary>Column of <see cref="Points"/>: computed minus measured.</summary>
    internal static readonly SeriesColumn VoltageDifference = new("Voltage difference", "V");

    /// <summary>Columns of <see cref="Points"/> where temperature was measured too.</summary>
    internal static readonly SeriesColumn ComputedTemperature = new("Computed temperature", "K"), TemperatureDifference = new("Temperature difference", "K");

    internal Overlay(TimeSeries run, TimeSeries measured, CurveDifference voltage, CurveDifference? temperature)
    {
        (Run, Measured, Voltage, Temperature) = (run, measured, voltage, temperature);
        SeriesColumn[] ofTemperature = temperature is null ? [] : [SeriesColumn.MeanTemperature, ComputedTemperature, TemperatureDifference];
        SeriesEnvelope points = new([SeriesColumn.Time, SeriesColumn.Voltage, ComputedVoltage, VoltageDifference, .. ofTemperature]);
        for (int i = 0, k = 0; i < voltage.Times.Length; i++)
        {
            double[] values = [voltage.Reference[i], voltage.Computed[i], voltage.Difference[i], .. ofTemperature.Select(_ => double.NaN)];
            if (temperature is not null && k < temperature.Times.Length && temperature.Times[k] == voltage.Times[i])
            {
                (values[3], values[4], values[5]) = (temperature.Reference[k], temperature.Computed[k], temperature.Difference[k]);
                k++;
            }
            points.Add(voltage.Times[i], values);
        }
        Points = points.ToSeries(measured.Source);
    }

    /// <summary>The run.</summary>
    public TimeSeries Run { get; }

    /// <summary>The measured curve, in the time of the run.</summary>
    public TimeSeries Measured { get; }

    /// <summary>Of the terminal voltage [V].</summary>
    public CurveDifference Voltage { get; }

    /// <summary>Of the mean temperature [K]; null where none was measured.</summary>
    public CurveDifference? Temperature { get; }

    /// <summary>Seconds by which the measured times were shifted.</summary>
    public double Offset { get; init; }

    /// <summary>Time, measured value, computed value and difference: every point while they are few, of more the extremes of many stretches.</summary>
    public TimeSeries Points { get; }

    /// <summary>The run's last time minus the measured one [s]: of interest where both end at the same cut-off.</summary>
    public double EndTimeDifference => Run.Time[^1] - Measured.Time[^1];

    /// <summary>Compares two curves.</summary>
    /// <param name="run">The run.</param>
    /// <param name="measured">The measured curve; rows without a voltage are skipped.</param>
    /// <param name="interpolation">How the run is read between its steps.</param>
    /// <param name="from">Earlier times are left out [s].</param>
    /// <exception cref="TimeSeriesException">The curves have less than two measured points in common.</exception>
    public static Overlay Compare(TimeSeries run, TimeSeries measured, Interpolation interpolation = Interpolation.Cubic, double from = 0)
    {
        MeasuredComparison comparison = new(measured, interpolation, from);
        double[]? temperature = run.Find(SeriesColumn.MeanTemperature);
        for (int i = 0; i < run.Count; i++) comparison.Add(run.Time[i], run.Voltage[i], temperature?[i] ?? double.NaN);
        return comparison.Finish(run);
    }

    /// <summary>Whether a measured curve can be compared with a run of this length; asked before the run, which may take days.</summary>
    /// <param name="measured">The measured curve.</param>
    /// <param name="seconds">Estimated length of the run [s].</param>
    /// <exception cref="TimeSeriesException">Less than two of its points have a voltage that a cell can have and a time within the run (65).</exception>
    public static void RequireUsable(TimeSeries measured, double seconds)
    {
        int wrong = Array.FindIndex(measured.Voltage, voltage => double.IsInfinity(voltage) || Math.Abs(voltage) > LargestVoltage);
        if (wrong >= 0)
            throw new TimeSeriesException(measured.Source, [FormattableString.Invariant($"holds the voltage {measured.Voltage[wrong]:G6} V at {measured.Time[wrong]:G6} s; at most ±{LargestVoltage} V are understood")], 65);
        double[] usable = [.. measured.Time.Where((time, i) => time >= 0 && time <= seconds && double.IsFinite(measured.Voltage[i]))];
        if (usable.Length < 2 || usable[^1] <= usable[0])
            throw new TimeSeriesException(measured.Source, [FormattableString.Invariant($"has {usable.Length} points within the run, which takes at most about {seconds:G4} s; the curve covers {measured.Time[0]:G6} … {measured.Time[^1]:G6} s")], 65);
    }

    /// <summary>The numbers for <c>summary.json</c>.</summary>
    public OverlaySummary ToSummary() => new()
    {
        File = Path.IsPathRooted(Measured.Source) ? Path.GetFileName(Measured.Source) : Measured.Source,
        Offset = Offset,
        Points = Voltage.Times.Length,
        From = Voltage.Times[0],
        To = Voltage.Times[^1],
        Rms = Voltage.Rms,
        Largest = Voltage.Largest,
        TimeOfLargest = Voltage.TimeOfLargest,
        Mean = Voltage.Mean,
        EndTimeDifference = EndTimeDifference,
        TemperatureRms = Temperature?.Rms ?? double.NaN,
        TemperatureLargest = Temperature?.Largest ?? double.NaN,
        TemperatureMean = Temperature?.Mean ?? double.NaN,
    };

    /// <summary>The numbers and at most <paramref name="rows"/> evenly chosen points as a text table.</summary>
    public string ToTable(int rows = 12)
    {
        StringBuilder text = new();
        IFormatProvider culture = CultureInfo.InvariantCulture;
        double[] times = Voltage.Times;
        text.Append(culture, $"Difference to {Measured.Source} over {times[0]:F0} … {times[^1]:F0} s ({times.Length} points)\n");
        text.Append(culture, $"  rms {1e3 * Voltage.Rms:F3} mV   mean {1e3 * Voltage.Mean:+0.000;-0.000} mV   largest {1e3 * Voltage.Largest:+0.000;-0.000} mV at {Voltage.TimeOfLargest:F1} s\n");
        if (Temperature is not null)
            text.Append(culture, $"  rms {Temperature.Rms:F3} K   mean {Temperature.Mean:+0.000;-0.000} K   largest {Temperature.Largest:+0.000;-0.000} K at {Temperature.TimeOfLargest:F1} s\n");
        text.Append("      t [s]  measured [V]  computed [V]  difference [mV]\n");
        int count = Math.Min(rows, times.Length);
        for (int row = 0; row < count; row++)
        {
            int i = count == 1 ? 0 : (int)((long)row * (times.Length - 1) / (count - 1));
            text.Append(culture, $"{times[i],11:F1} {Voltage.Reference[i],13:F5} {Voltage.Computed[i],13:F5} {1e3 * Voltage.Difference[i],16:+0.000;-0.000;0.000}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <see cref="Points"/> as CSV.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void WriteCsv(string path) => Points.WriteCsv(path, column => column == SeriesColumn.Voltage ? "Measured voltage / V" : column == SeriesColumn.MeanTemperature ? "Measured temperature / K" : column.Header);
}
