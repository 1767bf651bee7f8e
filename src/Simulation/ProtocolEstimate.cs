using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;

namespace Cell3D.Simulation;

/// <summary>How long a protocol will probably take: durations where they are given, else the charge left in the window over the current.</summary>
public static class ProtocolEstimate
{
    /// <summary>Estimated length [s]; cut-offs by polarisation come earlier, so it is an upper estimate for a discharge.</summary>
    public static double Seconds(SimulationCase simulation)
    {
        double capacity = 3600 * simulation.Cell.Balance.WindowCapacity * simulation.Protocol.CurrentShare, charge = simulation.InitialStateOfCharge * capacity, total = 0;
        ExpectedCurrent expected = new(simulation);
        foreach (ProtocolStep step in simulation.Protocol.Steps)
        {
            double current = expected.Of(step);
            double room = current < 0 ? charge : capacity - charge;
            double untilLimit = current == 0 ? double.PositiveInfinity : room / Math.Abs(current);
            double duration = Math.Min(step.Duration ?? double.PositiveInfinity, untilLimit);
            if (double.IsInfinity(duration))
                continue;
            charge = Math.Clamp(charge + (current * duration), 0, capacity);
            total += duration;
        }
        return total;
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
