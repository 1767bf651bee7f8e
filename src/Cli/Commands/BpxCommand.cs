using System.CommandLine;
using Cell3D.Input.Bpx;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d bpx: checks a BPX file and sums it up.</summary>
internal static class BpxCommand
{
    private static readonly Argument<string> File = CommandLine.Path("FILE", "A BPX file (JSON)");

    public static Command Create()
    {
        Command command = new("bpx", "Checks a BPX file and shows its figures") { File };
        command.SetAction(parsed => CellReport.Show(CaseSource.LoadCell(parsed.GetRequiredValue(File))));
        return command;
    }
}
