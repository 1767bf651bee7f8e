using System.CommandLine;
using Cell3D.Input;
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
        AtomicFile.Write(file, CaseTemplate.Write(cell, Path.GetFileName(cellPath)));
        Screen.Heading($"Wrote {file}");
        ShowShape(cell);
        ShowNext(Invocation.Quoted(folder), file);
        return ExitCode.Done;
    }

    private static void ShowShape(BpxCell cell)
    {
        CellShape shape = CellShape.Of(cell);
        if (RollTemplate.Of(cell, CaseTemplate.CopperFoil, CaseTemplate.AluminiumFoil) is { } roll)
        {
            Screen.Out.WriteLine($"A roll of {Quantity.Text(roll.Shape.PairedTurns, 3)} turns in a can of {Quantity.Text(2e3 * roll.Radius, 3)} mm × {Quantity.Text(1e3 * roll.CanHeight, 3)} mm.");
            Screen.Out.WriteLine("BPX says nothing of foils, tabs, core, can and cooling: their values are assumptions.");
            return;
        }
        if (!shape.IsFlat)
            Screen.Warning($"the cell is not flat: its outer surface is {Surface(shape.ExternalSurface)}, that of a flat cell with its electrodes {Surface(shape.FlatSurface)}. {RollTemplate.WhyNot(cell)}: the new case is one column through the layers");
        Screen.Out.WriteLine($"{(shape.IsFlat ? $"A pouch, {Quantity.Text(1e3 * shape.Width, 3)} mm × {Quantity.Text(1e3 * shape.Height, 3)} mm{(shape.IsOutlineKnown ? "" : " (assumed)")}" : "A column without outline and tabs")}, {(cell.ElectrodePairs == 1 ? "of 1 electrode pair" : $"1 of {cell.ElectrodePairs} electrode pairs")}.");
        Screen.Out.WriteLine("BPX says nothing of foils, tabs and cooling: their values are assumptions.");
    }

    private static string Surface(double? area) => area is double known ? $"{Quantity.Text(1e4 * known, 3)} cm²" : "unknown";

    private static void ShowNext(string folder, string file)
    {
        string program = Invocation.Program;
        Screen.Out.WriteLine();
        Screen.Heading("Next");
        Screen.Out.WriteLine($"  Put your cell's own values into {file}; {program} schema explains every key.");
        Screen.Figures(
            ($"{program} check {folder}", "what is wrong, what a run takes"),
            ($"{program} info {folder}", "capacity, energy, layers, resistance"),
            ($"{program} run {folder}", "the run, less than a minute"),
            ($"{program} mesh {folder} --budget 50000", "finer divisions for so many control volumes, as --set options"));
    }
}
