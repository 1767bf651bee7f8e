using System.CommandLine;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Json;
using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Results;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d homogenize: effective properties of a segmented image or of a generated structure.</summary>
internal static class HomogenizeCommand
{
    /// <summary>Classes of particles of a blend in BPX.</summary>
    private const string BlendName = "Particle";

    private static readonly Argument<string> Image = CommandLine.Path("IMAGE", "A JSON file that describes an image or a structure");
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of the results; results/NAME when left out", HelpName = "FOLDER" };
    private static readonly Option<string?> Cell = new("--cell") { Description = "Also writes this BPX file with porosity, transport efficiency, surface area and particle radius of the image", HelpName = "BPX.json" };
    private static readonly Option<bool> Quick = new("--no-errors") { Description = "Leaves out coarser voxels and windows, and with them the error bars" };
    private static readonly Option<bool> Fields = new("--fields") { Description = "Also writes phases, ionic potential and flux of all voxels, for ParaView" };

    public static Command Create()
    {
        Command command = new("homogenize", "Computes effective properties of a segmented 3D image or a generated structure, with error bars") { Image, Folder, Cell, CommandLine.Overwrite, CommandLine.Force, Quick, Fields };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using StopSignals signals = new();
        using IDisposable runtime = ParallelRuntime.Start([], launched: Launcher.IsPresent);
        Communicator world = Communicator.World;
        MicrostructureSpec spec = CaseSource.LoadMicrostructure(parsed.GetRequiredValue(Image));
        bool errors = !parsed.GetValue(Quick);
        JsonObject? cell = parsed.GetValue(Cell) is string bpx ? ReadCell(bpx, spec.Layer) : null;
        bool fields = parsed.GetValue(Fields);
        RequireRoom(spec, world, errors, fields, parsed.GetValue(CommandLine.Force));
        string path = parsed.GetValue(Folder) ?? System.IO.Path.Combine("results", System.IO.Path.GetFileNameWithoutExtension(spec.File));
        using OutputFolder folder = OutputFolder.Create(world, path, parsed.GetValue(CommandLine.Overwrite), 8 << 20);
        if (fields) RootOnly.Run(world, () => DiskSpace.Require(folder.Path, VoxelFieldFile.Bytes((spec.Shape.X, spec.Shape.Y, spec.Shape.Z))));
        try
        {
            VoxelImage image = MicrostructureImage.Load(world, spec);
            HomogenizeProgress progress = new(Homogenization.Work(spec, errors));
            HomogenizedMaterial? material = Homogenization.Run(world, spec, image, errors, progress.Tell, () => world.Any(signals.Received), fields ? solved => WriteFields(world, spec, image, solved, folder) : null);
            progress.End();
            if (material is null)
            {
                Screen.Out.WriteLine("stopped on request; nothing is written");
                return ExitCode.Stopped;
            }
            HomogenizeTables.Show(spec, material);
            byte[,] slice = HomogenizePictures.Slice(world, image);
            string? unfit = HomogenizedJson.Unfit(spec, material);
            RootOnly.Run(world, () => Write(spec, material, slice, folder, cell, unfit));
            RootOnly.Run(world, folder.RequireComplete);
            if (cell is not null && unfit is not null) throw new UserError(ExitCode.BadInput, $"{spec.File}: {unfit}; {OutputFolder.CellName} cannot be made of it");
            return material.Properties.All(property => property.Along.All(along => along.Solution.Converged)) ? ExitCode.Done : ExitCode.GaveUp;
        }
        catch (Exception e) when (e is ImageException or StructureException)
        {
            throw new UserError(ExitCode.BadInput, e is StructureException ? $"{spec.File}: Structure: {e.Message}" : e.Message);
        }
    }

    /// <exception cref="UserError">The file is missing (66), wrong, or has no place for what an image tells of a layer (65).</exception>
    private static JsonObject ReadCell(string path, string layer)
    {
        InputReport report = new(path);
        byte[]? bytes = SourceReader.ReadBytes(path, report, BpxFile.MostBytes);
        if (bytes is null) throw CaseSource.Refuse(report.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput, report.Problems);
        BpxResult result = BpxFile.Read(bytes, path);
        if (result.Cell is null) throw CaseSource.Refuse(ExitCode.BadInput, result.Problems);
        JsonObject whole = SourceReader.Read(bytes, new InputReport(path))!.ToJson()!.AsObject();
        if (whole["Parameterisation"]![layer] is not JsonObject values) throw new UserError(ExitCode.BadInput, $"{path}: Parameterisation: has no section {layer}, which the image shows");
        if (values[BlendName] is JsonObject { Count: > 1 } classes)
            throw new UserError(ExitCode.BadInput, FormattableString.Invariant($"{path}: Parameterisation.{layer}.{BlendName}: holds {classes.Count} classes of particles; area and radius of an image belong to one (allowed: 1)"));
        return whole;
    }

    /// <exception cref="UserError">There are more ranks than the image can be divided between (64), or not enough memory (71).</exception>
    private static void RequireRoom(MicrostructureSpec spec, Communicator world, bool errors, bool fields, bool forced)
    {
        int most = Math.Max(1, spec.Shape.Z / MicrostructureImage.LeastPlanes);
        if (world.Size > most) throw new UserError(ExitCode.Usage, FormattableString.Invariant($"an image of {spec.Shape.Z} planes can be divided between at most {most} ranks, not {world.Size}"));
        HomogenizationForecast forecast = HomogenizationForecast.Of(spec, world.Size, errors, fields);
        Screen.Heading(FormattableString.Invariant($"{spec.Title}: {spec.Shape} voxels of {spec.VoxelSize * 1e6:g4} µm"));
        Screen.Out.WriteLine($"about {ByteText.Format(forecast.Bytes)} of memory and {ProgressLine.Duration(forecast.Seconds)}");
        // An array holds the voxels of a rank, or with fields their flux.
        long perRank = spec.Shape.Count / world.Size, limit = int.MaxValue / (fields ? 4 : 2);
        if (perRank > limit) throw new UserError(ExitCode.NotEnoughMemory, FormattableString.Invariant($"{perRank:G4} voxels are too many for one rank (allowed: {limit}); take at least {(spec.Shape.Count / limit) + 1} ranks"));
        RunLimits.RequireMemory(forecast.Bytes * Launcher.LocalSize / world.Size, "this takes", () => "Cut the image, or take more machines", forced);
    }

    /// <param name="unfit">Why no layer of a cell is like the image; null where one is.</param>
    private static void Write(MicrostructureSpec spec, HomogenizedMaterial material, byte[,] slice, OutputFolder folder, JsonObject? cell, string? unfit)
    {
        AtomicFile.Write(folder.ForWriting(OutputFolder.HomogenizedName), HomogenizedJson.Text(HomogenizedJson.Of(spec, material)));
        if (unfit is null)
        {
            JsonObject fragment = HomogenizedJson.Bpx(spec, material);
            AtomicFile.Write(folder.ForWriting(OutputFolder.FragmentName), HomogenizedJson.Text(fragment));
            if (cell is not null) AtomicFile.Write(folder.ForWriting(OutputFolder.CellName), HomogenizedJson.Text(Merged(cell, fragment)));
        }
        else
        {
            Screen.Out.WriteLine($"{unfit}: no layer of a cell is like that, and {OutputFolder.FragmentName} is left out");
        }
        HomogenizePictures.Write(spec, material, slice, folder);
        Screen.Out.WriteLine($"results in {folder.Path}");
    }

    /// <summary>*Collective.* Potential and flux are those of a unit drop over the image in free electrolyte.</summary>
    private static void WriteFields(Communicator world, MicrostructureSpec spec, VoxelImage image, ClosureField solved, OutputFolder folder)
    {
        string along = "xyz"[Homogenization.Shown(spec)].ToString();
        VoxelFieldFile.Write(world, folder, OutputFolder.VoxelFieldsName, (spec.Shape.X, spec.Shape.Y, spec.Shape.Z), spec.VoxelSize, file =>
        {
            file.Add<byte>("Phase", "1", "Phase: " + string.Join(", ", spec.Phases.Select((phase, p) => FormattableString.Invariant($"{p} {phase.Name}"))), image.Phases);
            file.Add<float>("IonicPotential", "1", $"Ionic potential over its drop along {along}", solved.Potential);
            file.Add<float>("IonicFlux", "1", $"Ionic flux over that of free electrolyte at the same drop along {along}", solved.Flux, 3);
        });
    }

    /// <summary>The cell with the values of the fragment in place of its own; those of particles where the cell has them.</summary>
    private static JsonObject Merged(JsonObject cell, JsonObject fragment)
    {
        foreach ((string layer, JsonNode? values) in fragment["Parameterisation"]!.AsObject())
        {
            JsonObject own = cell["Parameterisation"]![layer]!.AsObject(), particles = own[BlendName] is JsonObject classes ? classes.First().Value!.AsObject() : own;
            foreach ((string key, JsonNode? value) in values!.AsObject()) (HomogenizedJson.OfParticles.Contains(key) ? particles : own)[key] = value!.DeepClone();
        }
        return cell;
    }
}
