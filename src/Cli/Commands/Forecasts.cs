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
            ("Size", $"{Quantity.Count(forecast.Cells)} control volumes, {Quantity.Count(forecast.GlobalUnknowns)} unknowns and {Quantity.Count(forecast.LocalUnknowns)} inside particles"),
            ("Memory", $"about {ByteText.Format(forecast.MemoryBytes)} on {ranks}"),
            ("Disk", $"about {ByteText.Format(forecast.DiskBytes)}" + (forecast.FieldOutputs > 0 ? $", fields at {forecast.FieldOutputs} times" : ", no fields")),
            ("Protocol", $"{string.Join("; ", simulation.Protocol.Steps.Select(step => step.Text))} (at most about {ProgressLine.Duration(forecast.SimulatedSeconds)} simulated)"),
        ];
    }
}
