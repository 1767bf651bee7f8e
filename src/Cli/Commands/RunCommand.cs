using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d run: carries a case out, on one rank or under a launcher on many.</summary>
internal static class RunCommand
{
    public const string Name = "run";

    private const string Never = "never", Auto = "auto";

    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of the results; the case's own when left out", HelpName = "FOLDER" };
    private static readonly Option<string?> Measured = new("--overlay") { Description = "Compares voltage and temperature with measured curves, from a file or from the section Validation of the BPX file: table, overlay.csv and overlay.png", HelpName = "FILE.csv|bpx[:NAME]" };
    private static readonly Option<double> MeasuredOffset = new("--overlay-offset") { Description = "Seconds added to the measured times: where the curve begins in the run; below 0 leaves out its beginning", HelpName = "SECONDS", CustomParser = Seconds };
    private static readonly Option<string> Resume = new("--resume") { Description = "Goes on where an interrupted run left off: auto where the folder has a checkpoint, never, or from this checkpoint", HelpName = "auto|never|FILE", DefaultValueFactory = _ => Never };
    private static readonly Option<double> CheckpointEvery = new("--checkpoint-every") { Description = "Wall time between checkpoints, in seconds or as HH:MM:SS; 0 for none on the way", HelpName = "TIME", CustomParser = Duration, DefaultValueFactory = _ => 600 };
    private static readonly Option<double> WallClockLimit = new("--wall-clock-limit") { Description = "Stops with a checkpoint after this wall time, in seconds or as HH:MM:SS", HelpName = "TIME", CustomParser = Duration, DefaultValueFactory = _ => double.PositiveInfinity };
    private static readonly Option<bool> NoFields = new("--no-fields") { Description = "Writes no fields, only the time series and the summary" };
    private static readonly Option<bool> Quiet = new("--quiet", "-q") { Description = "Shows warnings and errors only" };
    private static readonly Option<bool> Verbose = new("--verbose", "-v") { Description = "Shows every step, the time of each phase, audits and PETSc's options" };
    private static readonly Option<bool> PetscEnvironment = new("--petsc-environment") { Description = "Lets PETSc also read .petscrc files and the variable PETSC_OPTIONS" };
    private static readonly Option<int> Steps = new("--steps") { Description = "Stops after so many time steps", HelpName = "N", CustomParser = PositiveNumber, DefaultValueFactory = _ => int.MaxValue };

    public static Command Create()
    {
        Command command = new(Name, "Simulates a case; options for PETSc may follow behind '--'")
        {
            CommandLine.Case, CommandLine.Settings, Folder, CommandLine.Overwrite, Measured, MeasuredOffset, NoFields, Resume, CheckpointEvery, WallClockLimit, Steps, CommandLine.Force, PetscEnvironment, Quiet, Verbose,
        };
        command.Validators.Add(parsed =>
        {
            // Tokens, not values: asking for the value of an option that is itself wrong throws.
            if (parsed.GetResult(Folder)?.Tokens is [{ Value: "" }]) parsed.AddError("--output takes the name of a folder.");
            if (parsed.GetResult(MeasuredOffset) is { Implicit: false } && parsed.GetResult(Measured) is null) parsed.AddError("--overlay-offset goes with --overlay.");
            if (IsGiven(parsed, Quiet) && IsGiven(parsed, Verbose)) parsed.AddError("--quiet and --verbose exclude each other.");
            if (CommandLine.ForPetsc is [string first, ..] && !first.StartsWith('-')) parsed.AddError($"'{first}' behind '--' is not an option of PETSc: they start with a dash.");
        });
        command.SetAction(parsed => Run(parsed, CommandLine.ForPetsc));
        return command;
    }

    private static int Run(ParseResult parsed, string[] petscOptions)
    {
        using StopSignals signals = new();
        RunScreen screen = new(parsed.GetValue(Quiet), parsed.GetValue(Verbose));
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings), screen.Tell);
        int ranks = WorkingRanks(simulation, screen);
        RunForecast forecast = RunLimits.Forecast(simulation, ranks, !parsed.GetValue(NoFields));
        double offset = parsed.GetValue(MeasuredOffset);
        TimeSeries? measured = parsed.GetValue(Measured) is string curve ? MeasuredCurves.Read(curve, simulation.Cell).Shifted(offset) : null;
        if (measured is not null) Overlay.RequireUsable(measured, forecast.SimulatedSeconds);
        RunLimits.RequireSize(simulation, forecast);
        RunLimits.RequireMemory(forecast, parsed.GetValue(CommandLine.Force));
        (ResumeMode resume, string? from, string? folder) = Resumption(parsed);
        if (!parsed.GetValue(CommandLine.Overwrite) && resume == ResumeMode.Never) DiskSpace.Require(parsed.GetValue(Folder) ?? simulation.Output.Folder, forecast.DiskBytes);
        RunOptions options = new()
        {
            Folder = folder,
            Resume = resume,
            ResumeFrom = from,
            CheckpointEvery = parsed.GetValue(CheckpointEvery) is > 0 and double seconds ? seconds : double.PositiveInfinity,
            WallClockLimit = parsed.GetValue(WallClockLimit),
            CheckpointRequested = signals.TakeCheckpoint,
            Overwrite = parsed.GetValue(CommandLine.Overwrite),
            WriteFields = !parsed.GetValue(NoFields),
            MaximumSteps = parsed.GetValue(Steps),
            StopRequested = () => signals.Received,
            Warnings = screen.Warnings,
            Measured = measured,
            MeasuredOffset = offset,
        };
        bool environment = parsed.GetValue(PetscEnvironment);
        if (!environment) TellWhatIsNotRead(screen);
        PetscRefusal refusal = new(simulation.Solver.PetscOptions, petscOptions, environment);
        using IDisposable runtime = refusal.Told(() => ParallelRuntime.Start([.. simulation.Solver.PetscOptions, .. petscOptions], environment, Launcher.IsPresent, Launcher.IsPresent ? ranks : int.MaxValue));
        if (ParallelRuntime.IsIdle) return ExitCode.Done;
        return refusal.Told(() => Carry(simulation, options, screen, parsed.GetValue(Quiet)));
    }

    /// <summary>The run, then its pictures while the folder is still held.</summary>
    /// <returns>The exit code.</returns>
    private static int Carry(SimulationCase simulation, RunOptions options, RunScreen screen, bool quiet)
    {
        using StoppedRanks watch = StoppedRanks.Watch(Communicator.World);
        using CaseRun run = new(simulation, Communicator.World, options);
        screen.Begin(simulation, run);
        Summary summary = run.Execute();
        if (summary.Work.Steps > 0)
            RootOnly.Run(Communicator.World, () => summary = new RunPictures(run.Curves(), run.Comparison, options.MeasuredOffset, options.Warnings).Write(run.Folder, summary, quiet));
        if (summary.Outcome.Status is RunStatus.Done or RunStatus.SafetyLimit or RunStatus.AuditFailed) run.DiscardCheckpoints();
        screen.End(summary, run.Folder.Path);
        return summary.Outcome.ExitCode;
    }

    /// <summary>How the run starts, the name of a checkpoint, and the folder: that of the checkpoint where one is named.</summary>
    /// <exception cref="UserError">The checkpoint is missing (66), or lies in another folder than the results (64).</exception>
    private static (ResumeMode Mode, string? Checkpoint, string? Folder) Resumption(ParseResult parsed)
    {
        string? folder = parsed.GetValue(Folder);
        string resume = parsed.GetValue(Resume)!;
        if (resume is Never or Auto) return (resume == Never ? ResumeMode.Never : ResumeMode.Auto, null, folder);
        string file = Path.GetFullPath(resume), home = Path.GetDirectoryName(file)!;
        if (!System.IO.File.Exists(file)) throw new UserError(ExitCode.FileMissing, $"there is no checkpoint {resume}");
        if (folder is not null && Path.GetFullPath(folder).TrimEnd('/') != home)
            throw new UserError(ExitCode.Usage, $"the checkpoint {resume} does not lie in the folder of the results, {folder}: a run goes on where its results are");
        return (ResumeMode.Always, Path.GetFileName(file), home);
    }

    /// <summary>The launcher's ranks, or as many as the mesh has pieces for: the others wait.</summary>
    /// <exception cref="UserError">The geometry cannot be meshed (65).</exception>
    private static int WorkingRanks(SimulationCase simulation, RunScreen screen)
    {
        // Whole columns are handed out first; only where they do not suffice does the mesh have to be looked at.
        if (Launcher.Size == 1 || CaseSource.MeshSize(simulation).PlaneColumns >= Launcher.Size) return Launcher.Size;
        int pieces = Partition.MostRanks(CaseSource.Domain(simulation));
        if (pieces >= Launcher.Size) return Launcher.Size;
        screen.Warnings.Add($"{Launcher.Size} ranks, but this mesh can be split into at most {pieces} piece{(pieces == 1 ? "" : "s")} (segments and collector cells are kept whole): {(pieces == 1 ? "1 rank works" : $"{pieces} ranks work")}, the others wait", Severity.Note);
        return pieces;
    }

    /// <summary>A site may set PETSC_OPTIONS for all; whoever counts on it should know.</summary>
    private static void TellWhatIsNotRead(RunScreen screen)
    {
        string[] unread = [.. new[] { Environment.GetEnvironmentVariable("PETSC_OPTIONS") is { Length: > 0 } ? "PETSC_OPTIONS" : "", System.IO.File.Exists(".petscrc") ? ".petscrc" : "" }.Where(name => name.Length > 0)];
        if (unread.Length > 0) screen.Warnings.Add($"{string.Join(" and ", unread)} {(unread.Length == 1 ? "is" : "are")} not read; {PetscEnvironment.Name} lets PETSc do so");
    }

    private static bool IsGiven(CommandResult parsed, Option<bool> option) =>
        parsed.GetResult(option) is { Implicit: false } given && !given.Tokens.Any(token => token.Value.Equals("false", StringComparison.OrdinalIgnoreCase));

    private static int PositiveNumber(ArgumentResult argument)
    {
        if (int.TryParse(argument.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0) return number;
        argument.AddError($"--steps takes a number of at least 1, not '{argument.Tokens[0].Value}'.");
        return 0;
    }

    private static double Seconds(ArgumentResult argument)
    {
        if (double.TryParse(argument.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)) return number;
        argument.AddError($"{argument.Argument.Name} takes a number of seconds, not '{argument.Tokens[0].Value}'.");
        return 0;
    }

    private static double Duration(ArgumentResult argument)
    {
        string text = argument.Tokens[0].Value;
        string[] parts = text.Split(':');
        if (parts.Length == 1 && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double seconds)) return seconds;
        if (parts.Length is 2 or 3 && parts.All(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out _)) && parts.Skip(1).All(part => int.Parse(part, CultureInfo.InvariantCulture) < 60))
            return parts.Aggregate(0.0, (sum, part) => (60 * sum) + int.Parse(part, CultureInfo.InvariantCulture));
        argument.AddError($"{argument.Argument.Name} takes seconds, MM:SS or HH:MM:SS, not '{text}'.");
        return 0;
    }
}
