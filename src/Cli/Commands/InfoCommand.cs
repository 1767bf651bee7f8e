using System.CommandLine;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Json;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d info: figures of a cell or a case that need no simulation.</summary>
internal static class InfoCommand
{
    private static readonly Argument<string> Path = CommandLine.Path("CASE-or-BPX", "A case file, a folder with a case.json, or a BPX file");

    public static Command Create()
    {
        Command command = new("info", "Shows capacity, energy, layers and resistance by mechanism of a case or a BPX file") { Path, CommandLine.Settings };
        command.SetAction(parsed => Show(parsed.GetRequiredValue(Path), parsed.GetRequiredValue(CommandLine.Settings)));
        return command;
    }

    private static int Show(string path, string[] settings)
    {
        if (!IsBpx(CaseSource.FileOf(path)))
            return CaseReport.Show(CaseSource.Load(path, settings));
        if (settings.Length > 0)
            throw new UserError(ExitCode.Usage, $"--set changes case files, and {path} is a BPX file");
        return CellReport.Show(CaseSource.LoadCell(path));
    }

    /// <summary>Only BPX files have a parameterisation; what cannot be read is left to the case reader's messages.</summary>
    private static bool IsBpx(string file) => SourceReader.ReadFile(file, new InputReport(file), BpxFile.MostBytes)?.Member("Parameterisation") is not null;
}
