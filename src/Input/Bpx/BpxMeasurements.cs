using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Bpx;

/// <summary>Reads the measured curves of the Validation section.</summary>
internal static class BpxMeasurements
{
    public static IReadOnlyList<BpxMeasurement> Read(SectionReader file)
    {
        List<BpxMeasurement> measurements = [];
        foreach (SourceMember member in file.Entries(BpxKeys.Validation))
        {
            SectionReader curve = new(BpxKeys.Experiment, member.Value, $"{file.PathOf(BpxKeys.Validation)}.{member.Key}", file.Report);
            if (curve.Present) measurements.Add(Read(member.Key, curve));
        }
        return measurements;
    }

    private static BpxMeasurement Read(string name, SectionReader curve)
    {
        double[] time = curve.Get(BpxKeys.Times, []);
        double[] current = curve.Get(BpxKeys.Currents, []), voltage = curve.Get(BpxKeys.Voltages, []);
        double[]? temperature = curve.Has(BpxKeys.Temperatures) ? curve.Get(BpxKeys.Temperatures, []) : null;
        foreach ((NumberListKey key, double[]? list) in new[] { (BpxKeys.Currents, current), (BpxKeys.Voltages, voltage), (BpxKeys.Temperatures, temperature) })
        {
            if (list is not null && curve.Has(key) && list.Length > 0 && time.Length > 0 && list.Length != time.Length)
                curve.Error(key, "has another number of values than Time [s]", FormattableString.Invariant($"{time.Length} values"));
        }
        for (int i = 1; i < time.Length; i++)
            if (time[i] <= time[i - 1]) curve.Error(BpxKeys.Times, FormattableString.Invariant($"value {i} does not lie after value {i - 1}"), "rising times");
        return new BpxMeasurement(name, time, current, voltage, temperature);
    }
}
