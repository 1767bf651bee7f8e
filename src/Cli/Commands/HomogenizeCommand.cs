using System.CommandLine;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Json;
using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Results;
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
    private static readonly Argument<string> Image = CommandLine.Path("IMAGE", "A JSON file that describes an image or a structure");
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of the results; results/NAME when left out", HelpName = "FOLDER" };
    private static readonly Option<string?> Cell = new("--cell") { Description = "Also writes this BPX file with porosity, transport efficiency and surface area of the image", HelpName = "BPX.json" };
    private static readonly Option<bool> Quick = new("--no-errors") { Description = "Leaves out coarser voxels and windows, and with them the error bars" };

    public static Command Create()
    {
        Command command = new("homogenize", "Computes effective properties of a segmented 3D image or a generated structure, with error bars") { Image, Folder, Cell, CommandLine.Overwrite, CommandLine.Force, Quick };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using StopSignals signals = new();
        using IDisposable runtime = ParallelRuntime.Start([], launched: Launcher.IsPresent);
        Communicator world = Communicator.World;
        MicrostructureSpec spec = Load(parsed.GetRequiredValue(Image));
        bool errors = !parsed.GetValue(Quick);
        byte[]? cell = parsed.GetValue(Cell) is string bpx ? ReadCell(bpx) : null;
        RequireRoom(spec, world, errors, parsed.GetValue(CommandLine.Force));
        string path = parsed.GetValue(Folder) ?? System.IO.Path.Combine("results", System.IO.Path.GetFileNameWithoutExtension(spec.File));
        using OutputFolder folder = OutputFolder.Create(world, path, parsed.GetValue(CommandLine.Overwrite), 8 << 20);
        try
        {
            VoxelImage image = MicrostructureImage.Load(world, spec);
            HomogenizeProgress progress = new(Homogenization.Work(spec, errors));
            HomogenizedMaterial? material = Homogenization.Run(world, spec, image, errors, progress.Tell, () => world.Any(signals.Received));
            progress.End();
            if (material is null)
            {
                Screen.Out.WriteLine("stopped on request; nothing is written");
                return ExitCode.Stopped;
            }
            HomogenizeTables.Show(spec, material);
            byte[,] slice = HomogenizePictures.Slice(world, image);
            RootOnly.Run(world, () => Write(spec, material, slice, folder, cell));
            RootOnly.Run(world, folder.RequireComplete);
            return material.Properties.All(property => property.Along.All(along => along.Solution.Converged)) ? ExitCode.Done : ExitCode.GaveUp;
        }
        catch (Exception e) when (e is ImageException or StructureException)
        {
            throw new UserError(ExitCode.BadInput, e is StructureException ? $"{spec.File}: Structure: {e.Message}" : e.Message);
        }
    }

    /// <exception cref="UserError">The file is missing (66) or wrong (65).</exception>
    private static MicrostructureSpec Load(string path)
    {
        MicrostructureResult result = MicrostructureFile.Load(path);
        if (result.Spec is null) throw new UserError(result.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput) { Problems = result.Problems };
        Screen.Remarks(result.Problems);
        return result.Spec;
    }

    /// <exception cref="UserError">The file is missing (66) or wrong (65).</exception>
    private static byte[] ReadCell(string path)
    {
        InputReport report = new(path);
        byte[]? bytes = SourceReader.ReadBytes(path, report, BpxFile.MostBytes);
        if (bytes is null) throw new UserError(report.FileMissing ? ExitCode.FileMissing : ExitCode.BadInput) { Problems = report.Problems };
        BpxResult result = BpxFile.Read(bytes, path);
        return result.Cell is not null ? bytes : throw new UserError(ExitCode.BadInput) { Problems = result.Problems };
    }

    /// <exception cref="UserError">There are more ranks than the image can be divided between (64), or not enough memory (71).</exception>
    private static void RequireRoom(MicrostructureSpec spec, Communicator world, bool errors, bool forced)
    {
        int most = Math.Max(1, spec.Shape.Z / MicrostructureImage.LeastPlanes);
        if (world.Size > most) throw new UserError(ExitCode.Usage, FormattableString.Invariant($"an image of {spec.Shape.Z} planes can be divided between at most {most} ranks, not {world.Size}"));
        HomogenizationForecast forecast = HomogenizationForecast.Of(spec, world.Size, errors);
        Screen.Heading(FormattableString.Invariant($"{spec.Title}: {spec.Shape} voxels of {spec.VoxelSize * 1e6:g4} µm"));
        Screen.Out.WriteLine($"about {ByteText.Format(forecast.Bytes)} of memory and {ProgressLine.Duration(forecast.Seconds)}");
        long perRank = spec.Shape.Count / world.Size;
        if (perRank > int.MaxValue / 2) throw new UserError(ExitCode.NotEnoughMemory, FormattableString.Invariant($"{perRank:G4} voxels are too many for one rank (allowed: {int.MaxValue / 2}); take at least {(spec.Shape.Count / (int.MaxValue / 2)) + 1} ranks"));
        RunLimits.RequireMemory(forecast.Bytes * Launcher.LocalSize / world.Size, "this takes", () => "Cut the image, or take more machines", forced);
    }

    private static void Write(MicrostructureSpec spec, HomogenizedMaterial material, byte[,] slice, OutputFolder folder, byte[]? cell)
    {
        AtomicFile.Write(folder.ForWriting(OutputFolder.HomogenizedName), HomogenizedJson.Text(HomogenizedJson.Of(spec, material)));
        JsonObject fragment = HomogenizedJson.Bpx(spec, material);
        AtomicFile.Write(folder.ForWriting(OutputFolder.FragmentName), HomogenizedJson.Text(fragment));
        if (cell is not null) AtomicFile.Write(folder.ForWriting(OutputFolder.CellName), HomogenizedJson.Text(Merged(cell, fragment)));
        HomogenizePictures.Write(spec, material, slice, folder);
        Screen.Out.WriteLine($"results in {folder.Path}");
    }

    /// <summary>The cell with the values of the fragment in place of its own.</summary>
    private static JsonObject Merged(byte[] cell, JsonObject fragment)
    {
        JsonObject whole = SourceReader.Read(cell, new InputReport(""))!.ToJson()!.AsObject();
        foreach ((string layer, JsonNode? values) in fragment["Parameterisation"]!.AsObject())
            foreach ((string key, JsonNode? value) in values!.AsObject()) whole["Parameterisation"]![layer]![key] = value!.DeepClone();
        return whole;
    }
}
