using Cell3D.Input.Bpx;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Roughly the largest currents of the simulated part that a drive asks for [A]: a hold begins at the current before it, a margin at a few times 1C.</summary>
/// <param name="protocol">What the cell is made to do.</param>
/// <param name="cell">The cell.</param>
internal sealed class CurrentDemand(Protocol protocol, BpxCell cell)
{
    private const double MarginRate = 4;

    /// <summary>The largest of all steps of the protocol.</summary>
    public double LargestOf(Func<Drive, double> ofDrive) => protocol.Steps.Select(step => ofDrive(step.Drive)).DefaultIfEmpty(0).Max();

    /// <summary>At any time.</summary>
    public double Largest(Drive drive) => drive switch
    {
        Drive.Current current => Math.Abs(current.Amperes),
        Drive.Power power => PerVolt(power.Watts < 0) * Math.Abs(power.Watts),
        Drive.Resistance resistance => protocol.UpperCutOff / resistance.Ohms,
        Drive.Cycle cycle => cycle.Samples.Values.Max(Math.Abs) * (cycle.Samples.IsPower ? PerVolt(true) : 1),
        Drive.LithiumMargin => MarginRate * cell.NominalCapacity * protocol.CurrentShare,
        Drive.Voltage => cell.NominalCapacity * protocol.CurrentShare,
        _ => 0,
    };

    /// <summary>In the mean over some time [s], in which salt spreads: samples of a cycle come and go.</summary>
    public double Sustained(Drive drive, double seconds) => drive is Drive.Cycle cycle
        ? LargestMean(cycle.Samples, seconds) * (cycle.Samples.IsPower ? PerVolt(true) : 1)
        : Largest(drive);

    /// <summary>Largest |mean| of samples over windows that begin at one of them.</summary>
    private static double LargestMean(DriveCycle samples, double seconds)
    {
        double[] times = samples.Times, charge = new double[times.Length];
        for (int i = 1; i < times.Length; i++)
            charge[i] = charge[i - 1] + ((times[i] - times[i - 1]) * (samples.IsHeld ? samples.Values[i - 1] : 0.5 * (samples.Values[i - 1] + samples.Values[i])));
        double largest = 0;
        for (int start = 0, end = 0; end < times.Length - 1; start++)
        {
            while (end < times.Length - 1 && times[end] - times[start] < seconds)
                end++;
            largest = Math.Max(largest, Math.Abs(charge[end] - charge[start]) / Math.Max(seconds, times[end] - times[start]));
        }
        return largest;
    }

    private double PerVolt(bool discharges) => 1 / (discharges ? protocol.LowerCutOff : protocol.UpperCutOff);
}
