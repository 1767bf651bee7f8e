using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>What a run will take, before it starts.</summary>
internal static class Forecasts
{
    /// <summary>Size, memory, disk and simulated time, as names and values.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Figures(SimulationCase simulation, RunForecast forecast)
    {
        string ranks = forecast.Ranks == 1 ? "1 rank" : $"{forecast.Ranks} ranks";
        return
        [
            .. Part(simulation),
            ("Size", $"{Quantity.Count(forecast.Cells)} control volumes, {Quantity.Count(forecast.GlobalUnknowns)} unknowns and {Quantity.Count(forecast.LocalUnknowns)} inside particles"),
            ("Memory", $"about {ByteText.Format(forecast.MemoryBytes)} on {ranks}"),
            ("Machines", MachineMemory.AvailableBytes < forecast.MemoryBytes ? Machines(forecast) : null),
            ("Disk", $"about {ByteText.Format(forecast.DiskBytes)}" + (forecast.FieldOutputs > 0 ? $", fields at {forecast.FieldOutputs} times" : ", no fields")),
            ("Protocol", $"{simulation.Protocol.InWords} (at most about {ProgressLine.Duration(forecast.SimulatedSeconds)} simulated)"),
        ];
    }

    /// <summary>How many machines like this one hold a run, and how long they take.</summary>
    public static string Machines(RunForecast forecast)
    {
        if (MachineMemory.AvailableBytes is not long available)
            return "unknown: nothing tells the memory of this one";
        string like = FormattableString.Invariant($"with {ByteText.Format(available)} of memory available and {Environment.ProcessorCount} cores");
        return MachineForecast.Of(forecast, available, Environment.ProcessorCount) is { } needed
            ? $"about {Quantity.Count(needed.Machines)} like this one ({like}), {(needed.RanksPerMachine == 1 ? "1 rank" : $"{needed.RanksPerMachine} ranks")} on each; about {ProgressLine.Duration(needed.Seconds)} on them"
            : $"none like this one ({like}): every rank knows the whole plane, {ByteText.Format(forecast.BytesOfEveryRank)}";
    }

    /// <summary>Whose current, capacity, heat and surface the figures of a run are.</summary>
    public static IReadOnlyList<(string Name, string? Value)> Part(SimulationCase simulation)
    {
        SimulatedPart part = simulation.Part;
        string pairs = FormattableString.Invariant($"{part.ElectrodePairs} of {part.CellElectrodePairs} electrode pairs");
        return
        [
            ("Model", simulation.Model.InWords()),
            ("Simulated", part.IsWhole ? $"the whole cell; 1C = {Quantity.Text(part.OneC)} A" : $"{pairs}, {Quantity.Text(100 * part.Share, 3)} % of the electrode area"),
            ("Figures", part.IsWhole ? null : $"those of this part: 1C = {Quantity.Text(part.OneC)} A, in the whole cell {Quantity.Text(part.CellOneC)} A"),
            ("Cooling", simulation.Thermal.Model == ThermalModel.Resolved ? Cooling(simulation) : null),
            ("Varies", Variations(simulation)),
        ];
    }

    /// <summary>What varies in space, by layer; null where nothing does.</summary>
    private static string? Variations(SimulationCase simulation)
    {
        string text = string.Join("; ", simulation.Layers.Where(layer => layer.Variations.Count > 0)
            .Select(layer => $"{layer.Name}: {string.Join(", ", layer.Variations.Select(variation => variation.Name))}"));
        return text.Length == 0 ? null : text;
    }

    private static string Cooling(SimulationCase simulation)
    {
        string cell = simulation.Part.IsWhole ? "" : " for the whole cell";
        string bpx = simulation.Cell.ExternalSurfaceArea is double given && !simulation.Thermal.IsLumped ? $" (BPX file: {Quantity.Text(1e4 * given)} cm²)" : "";
        (double smallest, double largest) = OuterSurface.Conductance(simulation);
        string conductance = double.IsPositiveInfinity(largest) ? "to a surface of given temperature" : $"{Range(smallest, largest)} W/K";
        double radiative = OuterSurface.RadiativeConductance(simulation);
        string radiation = radiative == 0 ? "" : $" and {Quantity.Text(radiative, 3)} W/K by radiation at {Quantity.Text(simulation.Thermal.InitialTemperature, 5)} K";
        (double least, double most) = OuterSurface.GivenHeat(simulation);
        string fluxes = least == 0 && most == 0 ? "" : $" and {Range(least, most)} W by given fluxes";
        return $"{conductance}{radiation}{fluxes}{cell}{Ambient(simulation)}, outer surface {Quantity.Text(1e4 * OuterSurface.Area(simulation))} cm²{bpx}";
    }

    private static string Range(double smallest, double largest) =>
        smallest == largest ? Quantity.Text(largest, 3) : $"{Quantity.Text(smallest, 3)} to {Quantity.Text(largest, 3)}";

    /// <summary>The range of temperatures of surroundings that change with time or differ from surface to surface; empty where all are one.</summary>
    private static string Ambient(SimulationCase simulation)
    {
        (double lowest, double highest) = OuterSurface.AmbientTemperature(simulation);
        return !(lowest < highest) ? "" : $", surroundings of {Quantity.Text(lowest, 5)} to {Quantity.Text(highest, 5)} K";
    }
}
