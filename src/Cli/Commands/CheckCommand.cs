using System.CommandLine;
using Cell3D.Input.Cases;
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
        RunForecast forecast = RunLimits.Forecast(simulation, ranks: 1);
        Screen.Heading(RunLimits.IsTooLarge(forecast) ? $"{simulation.File} is right, but too large: {RunLimits.TooLarge(forecast)}" : $"{simulation.File} can be run");
        Screen.Figures(Forecasts.Figures(simulation, forecast));
        return ExitCode.Done;
    }
}
