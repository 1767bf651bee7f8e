using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d mesh: size and quality of a case's mesh, its division between ranks, pictures and files of it.</summary>
internal static class MeshCommand
{
    private const int MostRanks = 100_000;
    private static readonly Option<int> Ranks = new("--ranks") { Description = "Divides the mesh between so many ranks: control volumes, memory and time of each", HelpName = "N", DefaultValueFactory = _ => 1, CustomParser = argument => (int)CommandLine.Whole(argument, MostRanks) };
    private static readonly Option<long?> Budget = new("--budget") { Description = "Proposes divisions of at most so many control volumes", HelpName = "N", CustomParser = argument => CommandLine.Whole(argument, MeshSize.MostCells) };
    private static readonly Option<bool> AllLayers = new("--all-layers") { Description = "Shows every layer of a stack instead of one row for all that are alike" };
    private static readonly Option<string?> Picture = new("--picture") { Description = "Draws the plane, its division and the layers", HelpName = "FILE.png" };
    private static readonly Option<string?> Vtk = new("--vtk") { Description = "Builds the mesh and writes it for ParaView, with regions, columns and ranks", HelpName = "FOLDER" };

    public static Command Create()
    {
        Command command = new("mesh", "Shows size and quality of a case's mesh, its memory and into how many ranks it can be split")
        {
            CommandLine.Case, CommandLine.Settings, Ranks, Budget, AllLayers, Picture, Vtk, CommandLine.Overwrite,
        };
        command.Validators.Add(parsed =>
        {
            foreach (Option<string?> file in new[] { Picture, Vtk })
                if (parsed.GetResult(file)?.Tokens is [{ Value: "" }]) parsed.AddError($"{file.Name} takes a name.");
        });
        command.SetAction(Show);
        return command;
    }

    private static int Show(ParseResult parsed)
    {
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        int ranks = parsed.GetValue(Ranks);
        RunForecast forecast = RunLimits.Forecast(simulation, ranks);
        if (RunLimits.IsTooLarge(forecast)) ShowTooLarge(parsed, simulation, forecast);
        else ShowMesh(parsed, simulation, forecast);
        if (parsed.GetValue(Budget) is long budget) MeshTables.ShowBudget(simulation, MeshBudget.Of(simulation, budget), budget);
        return ExitCode.Done;
    }

    private static void ShowMesh(ParseResult parsed, SimulationCase simulation, RunForecast forecast)
    {
        int ranks = forecast.Ranks;
        CellDomain domain = CaseSource.Domain(simulation);
        Partition partition = CaseSource.Meshed(simulation, () => Partition.Of(domain, ranks, CaseMesh.Work));
        Screen.Heading($"Mesh of {simulation.File}");
        MeshTables.Show(simulation, domain, forecast, parsed.GetValue(AllLayers));
        if (ranks > 1) MeshTables.ShowRanks(CaseSource.Meshed(simulation, () => RankForecast.Of(simulation, domain, ranks)));
        if (parsed.GetValue(Picture) is string picture) MeshFiles.Draw(domain, partition, picture);
        if (parsed.GetValue(Vtk) is string folder) MeshFiles.Export(simulation, domain, partition, folder, parsed.GetValue(CommandLine.Overwrite));
    }

    /// <summary>What can be told without even the plane.</summary>
    /// <exception cref="UserError">Pictures or files of the mesh are asked for (65).</exception>
    private static void ShowTooLarge(ParseResult parsed, SimulationCase simulation, RunForecast forecast)
    {
        if (parsed.GetValue(Picture) is not null || parsed.GetValue(Vtk) is not null)
            throw new UserError(ExitCode.BadInput, $"{simulation.File}: {RunLimits.TooLarge(forecast)}") { Hint = "Without --picture and --vtk it is forecast." };
        Screen.Heading($"Mesh of {simulation.File}");
        MeshTables.ShowSize(simulation, CaseSource.MeshSize(simulation), forecast);
        Screen.Warning($"{RunLimits.TooLarge(forecast)}; the plane is not divided between ranks");
    }
}
