using System.CommandLine;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d check: reads a case and everything it names, and says what a run would do.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        Command command = new("check", "Checks a case and its cell; shows what a run would take") { CommandLine.Case, CommandLine.Settings };
        command.SetAction(parsed => Check(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings)));
        return command;
    }

    private static int Check(string path, string[] settings)
    {
        SimulationCase simulation = CaseSource.Load(path, settings);
        CellMesh mesh = CaseSource.Mesh(simulation);
        Screen.Heading($"{simulation.File} can be run");
        Screen.Figures(Forecasts.Figures(simulation, RunForecast.Of(simulation, mesh, ranks: 1)));
        return ExitCode.Done;
    }
}
