using System.Globalization;
using System.Text;

namespace Cell3D.Output;

/// <summary>The difference of a run's voltage to a measured curve over their common time.</summary>
/// <remarks>
/// The run is read by interpolation at the measured times; with the ends of the common time these are the nodes of
/// trapezoidal time averages, so dense stretches of the measurement weigh no more than sparse ones.
/// </remarks>
public sealed class Overlay
{
    private const double LargestVoltage = 1000;
    private static readonly SeriesColumn ComputedVoltage = new("Computed voltage", "V");

    /// <summary>Column of <see cref="Points"/>: computed minus measured.</summary>
    internal static readonly SeriesColumn VoltageDifference = new("Voltage difference", "V");

    internal Overlay(TimeSeries run, TimeSeries measured, double[] times, double[] computed, double[] reference)
    {
        Run = run;
        Measured = measured;
        Times = times;
        Computed = computed;
        Reference = reference;
        Difference = [.. computed.Zip(reference, (ours, theirs) => ours - theirs)];
        double length = times[^1] - times[0];
        Mean = Integrate(times, Difference) / length;
        Rms = Math.Sqrt(Integrate(times, [.. Difference.Select(d => d * d)]) / length);
        LargestIndex = Enumerable.Range(0, times.Length).MaxBy(i => Math.Abs(Difference[i]));
        SeriesEnvelope points = new([SeriesColumn.Time, SeriesColumn.Voltage, ComputedVoltage, VoltageDifference]);
        for (int i = 0; i < times.Length; i++) points.Add(times[i], [reference[i], computed[i], Difference[i]]);
        Points = points.ToSeries(measured.Source);
    }

    /// <summary>The run.</summary>
    public TimeSeries Run { get; }

    /// <summary>The measured curve.</summary>
    public TimeSeries Measured { get; }

    /// <summary>Times compared [s], ascending.</summary>
    public double[] Times { get; }

    /// <summary>The run's voltage at those times [V].</summary>
    public double[] Computed { get; }

    /// <summary>The measured voltage at those times [V].</summary>
    public double[] Reference { get; }

    /// <summary>Computed minus measured [V].</summary>
    public double[] Difference { get; }

    /// <summary>Time, measured voltage, computed voltage and difference: every point while they are few, of more the extremes of many stretches.</summary>
    public TimeSeries Points { get; }

    /// <summary>Root of the time-averaged squared difference [V].</summary>
    public double Rms { get; }

    /// <summary>Time-averaged difference [V].</summary>
    public double Mean { get; }

    /// <summary>Largest difference, either sign [V].</summary>
    public double Largest => Difference[LargestIndex];

    /// <summary>When the difference is largest [s].</summary>
    public double TimeOfLargest => Times[LargestIndex];

    /// <summary>The run's last time minus the measured one [s]: of interest where both end at the same cut-off.</summary>
    public double EndTimeDifference => Run.Time[^1] - Measured.Time[^1];

    private int LargestIndex { get; }

    /// <summary>Compares two curves.</summary>
    /// <param name="run">The run.</param>
    /// <param name="measured">The measured curve; rows without a voltage are skipped.</param>
    /// <param name="interpolation">How the run is read between its steps.</param>
    /// <param name="from">Earlier times are left out [s].</param>
    /// <exception cref="TimeSeriesException">The curves have less than two measured points in common.</exception>
    public static Overlay Compare(TimeSeries run, TimeSeries measured, Interpolation interpolation = Interpolation.Cubic, double from = 0)
    {
        VoltageComparison comparison = new(measured, interpolation, from);
        for (int i = 0; i < run.Count; i++) comparison.Add(run.Time[i], run.Voltage[i]);
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
        File = Measured.Source,
        Points = Times.Length,
        From = Times[0],
        To = Times[^1],
        Rms = Rms,
        Largest = Largest,
        TimeOfLargest = TimeOfLargest,
        Mean = Mean,
        EndTimeDifference = EndTimeDifference,
    };

    /// <summary>The numbers and at most <paramref name="rows"/> evenly chosen points as a text table.</summary>
    public string ToTable(int rows = 12)
    {
        StringBuilder text = new();
        IFormatProvider culture = CultureInfo.InvariantCulture;
        text.Append(culture, $"Difference to {Measured.Source} over {Times[0]:F0} … {Times[^1]:F0} s ({Times.Length} points)\n");
        text.Append(culture, $"  rms {1e3 * Rms:F3} mV   mean {1e3 * Mean:+0.000;-0.000} mV   largest {1e3 * Largest:+0.000;-0.000} mV at {TimeOfLargest:F1} s\n");
        text.Append("      t [s]  measured [V]  computed [V]  difference [mV]\n");
        int count = Math.Min(rows, Times.Length);
        for (int row = 0; row < count; row++)
        {
            int i = count == 1 ? 0 : (int)((long)row * (Times.Length - 1) / (count - 1));
            text.Append(culture, $"{Times[i],11:F1} {Reference[i],13:F5} {Computed[i],13:F5} {1e3 * Difference[i],16:+0.000;-0.000;0.000}\n");
        }

        return text.ToString();
    }

    /// <summary>Writes <see cref="Points"/> as CSV.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void WriteCsv(string path) => Points.WriteCsv(path, column => column == SeriesColumn.Voltage ? "Measured voltage / V" : column.Header);

    private static double Integrate(double[] t, double[] y)
    {
        double sum = 0;
        for (int i = 1; i < t.Length; i++)
        {
            sum += (t[i] - t[i - 1]) * (y[i] + y[i - 1]) / 2;
        }

        return sum;
    }
}
