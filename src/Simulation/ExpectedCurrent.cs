using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;

namespace Cell3D.Simulation;

/// <summary>Roughly what current of the simulated part [A] a protocol step will take, before anything is simulated.</summary>
public sealed class ExpectedCurrent
{
    /// <summary>Mean rate of a phase at constant voltage, which begins at the rate before it and ends at a small one.</summary>
    private const double RateOfHold = 0.2;
    private readonly double _oneC, _voltage;
    private readonly Dictionary<Drive.Cycle, double> _means = new(ReferenceEqualityComparer.Instance);

    /// <summary>Prepares for the steps of a case.</summary>
    public ExpectedCurrent(SimulationCase simulation)
    {
        _oneC = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        _voltage = simulation.Cell.Balance.OpenCircuitVoltage(0.5, simulation.Thermal.InitialTemperature);
    }

    /// <summary>Positive when charging.</summary>
    public double Of(ProtocolStep step) => Of(step.Drive);

    /// <summary>Positive when charging.</summary>
    public double Of(Drive drive) => drive switch
    {
        Drive.Current current => current.Amperes,
        Drive.Power power => power.Watts / _voltage,
        Drive.Resistance resistance => -_voltage / resistance.Ohms,
        Drive.Voltage hold => hold.Volts >= _voltage ? RateOfHold * _oneC : -RateOfHold * _oneC,
        Drive.Cycle cycle => Mean(cycle) / (cycle.Samples.IsPower ? _voltage : 1),
        _ => _oneC,
    };

    /// <summary>The strongest discharge and the strongest charge of a drive.</summary>
    public (double Discharge, double Charge) Extremes(Drive drive)
    {
        double mean = Of(drive);
        if (drive is not Drive.Cycle cycle)
            return (Math.Min(mean, 0), Math.Max(mean, 0));
        double scale = cycle.Samples.IsPower ? 1 / _voltage : 1;
        return (Math.Min(0, scale * cycle.Samples.Values.Min()), Math.Max(0, scale * cycle.Samples.Values.Max()));
    }

    /// <summary>The mean over the samples; found once for each cycle, however many steps run through it.</summary>
    private double Mean(Drive.Cycle cycle)
    {
        if (_means.TryGetValue(cycle, out double mean))
            return mean;
        (double[] times, double[] values) = (cycle.Samples.Times, cycle.Samples.Values);
        double sum = 0;
        for (int i = 1; i < times.Length; i++)
            sum += (times[i] - times[i - 1]) * (cycle.Samples.IsHeld ? values[i - 1] : 0.5 * (values[i - 1] + values[i]));
        _means.Add(cycle, mean = sum / times[^1]);
        return mean;
    }
}
