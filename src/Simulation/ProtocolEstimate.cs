using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Simulation.Protocols;

namespace Cell3D.Simulation;

/// <summary>How long a protocol will probably take: durations where they are given, else the charge left up to the end over the current.</summary>
public static class ProtocolEstimate
{
    /// <summary>Estimated length [s]; cut-offs by polarisation come earlier, so it is an upper estimate for a discharge. Rounds that an end condition of a loop may spare are counted.</summary>
    public static double Seconds(SimulationCase simulation)
    {
        double capacity = 3600 * simulation.Cell.Balance.WindowCapacity * simulation.Protocol.CurrentShare, charge = simulation.InitialStateOfCharge * capacity, total = 0;
        ExpectedCurrent expected = new(simulation);
        OpenCircuitCurve openCircuit = new(simulation);
        LoopsUnderWay loops = new(simulation.Protocol);
        for (int index = 0; index < simulation.Protocol.Steps.Count; index = loops.After(index, total))
        {
            ProtocolStep step = simulation.Protocol.Steps[index];
            loops.Begin(index, total, 0);
            double current = expected.Of(step);
            if (step.Drive is Drive.Voltage hold)
                current = Math.CopySign(current, openCircuit.StateOfCharge(hold.Volts) - (charge / capacity));
            double duration = Math.Min(step.Duration ?? double.PositiveInfinity, UntilEnd(step, current, charge, capacity));
            duration = Math.Min(duration, Math.Max(0, loops.Latest(step) - total));
            if (double.IsInfinity(duration))
                continue;
            charge = Math.Clamp(charge + (current * duration), 0, capacity);
            total += duration;
        }
        return total;
    }

    /// <summary>Until samples are over, a charge has passed, a state of charge is reached or the cell is full or empty [s].</summary>
    private static double UntilEnd(ProtocolStep step, double current, double charge, double capacity)
    {
        double end = step.Drive is Drive.Cycle cycle ? cycle.Samples.Duration : double.PositiveInfinity;
        if (current == 0)
            return end;
        end = Math.Min(end, (current < 0 ? charge : capacity - charge) / Math.Abs(current));
        foreach (EndCondition until in step.Until)
        {
            if (until.Quantity == EndQuantity.Capacity)
                end = Math.Min(end, until.Value / Math.Abs(current));
            if (until.Quantity == EndQuantity.StateOfCharge)
                end = Math.Min(end, Math.Max(0, ((until.Value * capacity) - charge) / current));
        }
        return end;
    }

    /// <summary>Number of <see cref="FieldTimes"/>, without making them; as many as there are, up to the largest number.</summary>
    public static long FieldTimeCount(SimulationCase simulation) =>
        simulation.Output.FieldTimes is { } list ? list.Count : (long)Math.Min(long.MaxValue / 2, Math.Floor(Seconds(simulation) / Interval(simulation)));

    /// <summary>Times of field output [s] that the case asks for; 0 and the end are always among the written ones.</summary>
    /// <exception cref="OverflowException">They are more than can be held; <see cref="RunForecast.MostFieldOutputs"/> are refused before.</exception>
    public static double[] FieldTimes(SimulationCase simulation)
    {
        if (simulation.Output.FieldTimes is { } list)
            return [.. list];
        double interval = Interval(simulation);
        return [.. Enumerable.Range(1, checked((int)FieldTimeCount(simulation))).Select(i => i * interval)];
    }

    /// <summary>Infinite where neither an interval nor a number is given.</summary>
    private static double Interval(SimulationCase simulation) => simulation.Output.FieldInterval
        ?? (simulation.Output.FieldCount is > 0 and int count ? Seconds(simulation) / count : double.PositiveInfinity);
}
