using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Cell3D.Input.Cases;
using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Resolved;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d resolved: an electrode whose pores and solid are resolved against the layer that stands for it.</summary>
internal static class ResolvedCommand
{
    public const string Name = "resolved";

    private const string Plates = "plates", BlockedPlates = "blocked-plates", SpacedBlocks = "spaced-blocks";

    /// <summary>Half a plate, by default; factors of voxels must stay in memory.</summary>
    private const int UsualVoxels = 4, MostVoxels = 64, MostUnits = 256, MostCells = 200_000;
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of table and pictures; the case's own with -resolved when left out", HelpName = "FOLDER" };
    private static readonly Option<string> Structure = new("--structure") { Description = $"{Plates}, {BlockedPlates}, {SpacedBlocks}, or a JSON file as homogenize takes, whose voxels are a unit", HelpName = "STRUCTURE", DefaultValueFactory = _ => BlockedPlates };
    private static readonly Option<long> Voxels = new("--voxels") { Description = $"Voxels across half a plate, an even number; {UsualVoxels} when left out", HelpName = "N", CustomParser = result => CommandLine.Whole(result, MostVoxels), DefaultValueFactory = _ => UsualVoxels };
    private static readonly Option<bool> Divided = new("--divided") { Description = "Divides the separator in line with the pores, so that nothing sets the face of the electrode apart" };
    private static readonly Option<int[]> Units = List("--units", "Units through the electrode, ascending; 2,4,8 when left out", "N,N,…", [2, 4, 8], text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number is > 0 and <= MostUnits ? number : null);
    private static readonly Option<double[]> Times = List("--times", "When voltages are compared; 200,400,600 when left out", "S,S,…", [200.0, 400, 600], text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number is > 0 and <= 1e6 ? number : null);
    private static readonly Option<double> Current = new("--current-density") { Description = "Current over the area of the cell, below 0 discharges; -60 when left out", HelpName = "A/m2", DefaultValueFactory = _ => -60 };

    public static Command Create()
    {
        Command command = new(Name, "Compares a half cell whose electrode is resolved, pores and solid, with the layer that stands for it") { CommandLine.Case, CommandLine.Settings, Structure, Voxels, Divided, Units, Current, Times, Folder, CommandLine.Overwrite };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Folder)?.Tokens is [{ Value: "" }]) parsed.AddError($"{Folder.Name} takes a name.");
            if (parsed.GetResult(Voxels) is { Implicit: false } && parsed.GetValue(Voxels) % 2 != 0) parsed.AddError($"{Voxels.Name} takes an even number.");
            if (parsed.GetResult(Current) is { Implicit: false } && !(Math.Abs(parsed.GetValue(Current)) is > 0 and <= 1e5)) parsed.AddError($"{Current.Name} takes a current density other than 0, up to 1e5.");
        });
        command.SetAction(Run);
        return command;
    }

    private static Option<T[]> List<T>(string name, string description, string help, T[] usual, Func<string, T?> number) where T : struct, IComparable<T> => new(name)
    {
        Description = description,
        HelpName = help,
        DefaultValueFactory = _ => usual,
        CustomParser = argument =>
        {
            T?[] read = [.. argument.Tokens[0].Value.Split(',').Select(text => number(text.Trim()))];
            if (read.All(value => value is not null) && read.Zip(read.Skip(1)).All(pair => pair.First!.Value.CompareTo(pair.Second!.Value) < 0)) return [.. read.Select(value => value!.Value)];
            argument.AddError($"{name} takes numbers above 0 that rise, divided by commas, not '{argument.Tokens[0].Value}'.");
            return usual;
        },
    };

    private static int Run(ParseResult parsed)
    {
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        int[] units = parsed.GetRequiredValue(Units);
        double[] times = parsed.GetRequiredValue(Times);
        using IDisposable runtime = ParallelRuntime.Start([], launched: Launcher.IsPresent);
        Communicator world = Communicator.World;
        (string name, ResolvedStructure unit) = Unit(parsed.GetRequiredValue(Structure), (int)parsed.GetValue(Voxels), units[0]);
        unit = unit with { DividesSeparator = parsed.GetValue(Divided) };
        long cells = (long)unit.Unit.Count * units[^1];
        if (cells > MostCells) throw new UserError(ExitCode.NotEnoughMemory, FormattableString.Invariant($"{cells} voxels are more than factors can be made of (allowed: {MostCells})")) { Hint = $"Take fewer units or voxels: {Units.Name}, {Voxels.Name}." };
        ScaleStudy study;
        try
        {
            study = new(ResolvedElectrode.InPlaceOfALayer(simulation, unit), parsed.GetValue(Current), times);
        }
        catch (ArgumentException e)
        {
            throw new UserError(ExitCode.BadInput, $"{simulation.File}: cannot be resolved: {e.Message}");
        }
        using OutputFolder folder = OutputFolder.Create(world, parsed.GetValue(Folder) ?? simulation.Output.Folder + "-resolved", parsed.GetValue(CommandLine.Overwrite), 1 << 20);
        Screen.Heading(FormattableString.Invariant($"{simulation.Title}: {name}, {unit.Unit} voxels a unit, {(unit.DividesSeparator ? "divided" : "open")} separator, {study.CurrentDensity:g4} A/m²"));
        ResolvedElectrode first = study.Electrode;
        Screen.Figures(
            ("Porosity", Quantity.Text(unit.Share(ResolvedPhase.Pore))), ("Transport efficiency", Quantity.Text(unit.Efficiency(ResolvedPhase.Pore))),
            ("Time in particles R²/D_s", $"{Quantity.Text(Squared(unit.Share(ResolvedPhase.Solid) * first.Edge / unit.Area()) / first.SolidDiffusivity)} s, whatever the number of units"));
        ScaleComparison comparison = ScaleComparison.Of(study, units, world, row => Screen.Out.WriteLine(FormattableString.Invariant($"  {row.Units} units: {row.Trace.Steps} steps, lithium kept to {row.Trace.LithiumDrift:e1}")));
        Tell(comparison);
        RootOnly.Run(world, () => Write(comparison, folder, name));
        (double[,] salt, double[,] solid) = world.IsRoot ? ScaleComparison.Plane(comparison.Rows[^1].Electrode, study.CurrentDensity, times[0]) : default;
        RootOnly.Run(world, () => Draw(salt, solid, comparison.Rows[^1].Electrode.Edge, folder));
        RootOnly.Run(world, folder.RequireComplete);
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.ResolvedName)} holds every run");
        return ExitCode.Done;
    }

    private static double Squared(double value) => value * value;

    /// <exception cref="UserError">The image is wrong or has no pores or no active material (65), or is missing (66).</exception>
    private static (string Name, ResolvedStructure Unit) Unit(string structure, int voxels, int units)
    {
        if (structure == Plates) return ("plates", ResolvedStructure.Plates(2 * voxels, voxels, voxels, units));
        if (structure == BlockedPlates) return ("plates with blocked pores", ResolvedStructure.BlockedPlates(2 * voxels, voxels, voxels, voxels, units));
        if (structure == SpacedBlocks) return ("plates with blocked pores, blocks far apart", ResolvedStructure.BlockedPlates(4 * voxels, voxels, voxels, voxels, units, block: voxels));
        MicrostructureSpec spec = CaseSource.LoadMicrostructure(structure);
        if (spec.Shape.Count > MostCells) throw new UserError(ExitCode.BadInput, FormattableString.Invariant($"{structure}: {spec.Shape.Count} voxels are too many for a unit (allowed: {MostCells})"));
        try
        {
            VoxelImage image = MicrostructureImage.Load(Communicator.Self, spec);
            return (spec.Title, ResolvedStructure.Of(image, [.. spec.Phases.Select(phase => phase.Kind switch { PhaseKind.Pore => ResolvedPhase.Pore, PhaseKind.ActiveMaterial => ResolvedPhase.Solid, _ => ResolvedPhase.Inert })], spec.Through is >= 0 and <= 2 ? spec.Through : 2, units));
        }
        catch (Exception e) when (e is ImageException or StructureException or ArgumentException)
        {
            throw new UserError(ExitCode.BadInput, $"{structure}: {e.Message}");
        }
    }

    private static void Tell(ScaleComparison comparison)
    {
        Screen.Out.WriteLine();
        Screen.Heading("Resolved less homogenised, root mean square");
        Screen.Table([new("Units"), new("Unit\n[µm]"), new("V\n[mV]"), new("order"), new("Salt by units\n[mol/m³]"), new("order"), new("by planes\n[mol/m³]"), new("order")],
            comparison.Rows.Select((row, i) => (Row: row, Before: i > 0 ? comparison.Rows[i - 1] : null)).Select(pair => (IReadOnlyList<string>)
            [
                Quantity.Count(pair.Row.Units), Quantity.Text(1e6 * pair.Row.Electrode.Edge * pair.Row.Electrode.Structure.Unit.X),
                Quantity.Text(1e3 * pair.Row.VoltageError, 3), Quantity.Text(pair.Row.OrderSince(pair.Before, row => row.VoltageError), 3),
                Quantity.Text(pair.Row.SaltError, 3), Quantity.Text(pair.Row.OrderSince(pair.Before, row => row.SaltError), 3),
                Quantity.Text(pair.Row.PlaneError, 3), Quantity.Text(pair.Row.OrderSince(pair.Before, row => row.PlaneError), 3),
            ]));
    }

    private static void Write(ScaleComparison comparison, OutputFolder folder, string name)
    {
        StringBuilder table = new("Units / 1,Unit / m,Voltage error / V,Salt error of units / mol m-3,Salt error of planes / mol m-3,Voltages less those of the layer / V,Lithium drift / 1,Steps / 1\n");
        foreach (ScaleRow row in comparison.Rows)
            table.Append(FormattableString.Invariant($"{row.Units},{row.Electrode.Edge * row.Electrode.Structure.Unit.X:R},{row.VoltageError:e6},{row.SaltError:e6},{row.PlaneError:e6},{string.Join(' ', row.Trace.Voltages.Zip(comparison.Layer.Voltages, (own, layer) => (own - layer).ToString("e6", CultureInfo.InvariantCulture)))},{row.Trace.LithiumDrift:e1},{row.Trace.Steps}\n"));
        AtomicFile.Write(folder.ForWriting(OutputFolder.ResolvedName), table.ToString());
        double[] units = [.. comparison.Rows.Select(row => (double)row.Units)];
        ConvergencePicture.Write("Units through the electrode",
            [
                ("Voltage, rms [mV]", [(name, units, [.. comparison.Rows.Select(row => 1e3 * row.VoltageError)])]),
                ("Salt, rms [mol/m³]", [("means of units", units, [.. comparison.Rows.Select(row => row.SaltError)]), ("means of planes", units, [.. comparison.Rows.Select(row => row.PlaneError)])]),
            ], folder.ForWriting(OutputFolder.ResolvedPictureName));
        CurvesPicture.Write(folder.ForWriting(OutputFolder.ResolvedSaltName), new CurvesPanel("Distance from the separator [µm]", "Salt [mol/m³]",
            [new("layer", Micrometres(comparison.Layer.Salt), comparison.Layer.Salt.Values), .. comparison.Rows.Select(row => new PlotCurve($"{row.Units} units, planes", Micrometres(row.Trace.Salt), row.Trace.Salt.Values))]));
    }

    private static void Draw(double[,] salt, double[,] solid, double edge, OutputFolder folder)
    {
        SlicePicture.WriteValues(folder.ForWriting(OutputFolder.ResolvedPoresName), salt, "Salt [mol/m³]", edge, ("x", "y"));
        SlicePicture.WriteValues(folder.ForWriting(OutputFolder.ResolvedSolidName), solid, "Stoichiometry", edge, ("x", "y"));
    }

    private static double[] Micrometres(DepthProfile profile) => [.. profile.Depths.Select(x => 1e6 * x)];
}
