using System.CommandLine;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;
using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d init: a first case for a cell, ready to run and to be adapted.</summary>
internal static class InitCommand
{
    private const string CaseName = "case.json";
    private static readonly Argument<string> Folder = CommandLine.Path("FOLDER", "Folder of the new case; made when missing");
    private static readonly Option<string> Cell = new("--cell") { Description = "The cell's BPX file; it is copied into the folder", HelpName = "BPX", Required = true };

    public static Command Create()
    {
        Command command = new("init", "Writes a working case for the cell of a BPX file") { Folder, Cell };
        command.SetAction(parsed => Write(parsed.GetRequiredValue(Folder), parsed.GetRequiredValue(Cell)));
        return command;
    }

    private static int Write(string folder, string cellPath)
    {
        BpxCell cell = CaseSource.LoadCell(cellPath);
        string file = Path.Combine(folder, CaseName), copy = Path.Combine(folder, Path.GetFileName(cellPath));
        if (copy == file)
            throw new UserError(ExitCode.Usage, $"{cellPath}: {CaseName} is the name of the new case; give the BPX file another name");
        if (File.Exists(file))
            throw new UserError(ExitCode.CannotCreate, $"{file}: there is a case already; choose another folder");
        try
        {
            Directory.CreateDirectory(folder);
            if (!File.Exists(copy)) File.Copy(cellPath, copy);
            else if (!File.ReadAllBytes(copy).AsSpan().SequenceEqual(File.ReadAllBytes(cellPath)))
                throw new UserError(ExitCode.CannotCreate, $"{copy}: there is another file of this name; choose another folder");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserError(ExitCode.CannotCreate, $"{folder}: this folder cannot be written ({e.Message.TrimEnd('.')})");
        }
        AtomicFile.Write(file, CaseTemplate.Pouch(cell, Path.GetFileName(cellPath)));
        Screen.Heading($"Wrote {file}");
        Screen.Out.WriteLine("BPX says nothing of outline, foils, tabs and cooling: their values in the new case are assumptions. Next:");
        Screen.Figures(
            ($"edit {file}", "put in your cell's own values; 'cell3d schema' explains every key"),
            ($"cell3d check {folder}", "what is wrong, and what a run takes"),
            ($"cell3d info {folder}", "capacity, energy, layers, resistance"),
            ($"mpirun -n 2 cell3d run {folder}", "the run"));
        return ExitCode.Done;
    }
}
