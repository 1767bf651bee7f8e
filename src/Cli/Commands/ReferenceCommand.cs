using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Cell3D.Cli.Studies;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Reference;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d reference: a run for those who compare reduced models with it: maps, sections, resistances, currents of the pairs, each with its error bar.</summary>
internal static class ReferenceCommand
{
    public const string Name = "reference";

    private const string NoModels = "none";
    private const int Moments = 20, TimesPerMoment = 10;

    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of the reference; the case's own with -reference when left out", HelpName = "FOLDER" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replaces an earlier reference in that folder" };
    private static readonly Option<bool> ErrorBars = new("--error-bars") { Description = "Estimates the error of every number by the runs of cell3d verify" };
    private static readonly Option<string[]> Models = new("--models") { Description = $"Models whose misses are tabulated, divided by commas: {string.Join(", ", ModelRuns.Names)}; {NoModels} for no table; all of less detail than the case when left out", HelpName = "LIST", CustomParser = ParseModels };

    public static Command Create()
    {
        Command command = new(Name, "Runs a case for comparisons with reduced models: averages, maps, resistances, currents of the pairs, in HDF5 and CSV; options for PETSc may follow behind '--'")
        {
            CommandLine.Case, CommandLine.Settings, Folder, Overwrite, CommandLine.Force, ErrorBars, Models,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using StopSignals signals = new();
        (string path, string[] settings) = (parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        SimulationCase simulation = CaseSource.Load(path, settings);
        RunForecast forecast = RunLimits.Forecast(simulation, Launcher.Size, writesFields: false);
        RunLimits.RequireSize(simulation, forecast);
        IReadOnlyList<(string Name, SimulationCase Case)> models = ModelRuns.Load(path, settings, parsed.GetResult(Models) is { Implicit: false } ? parsed.GetRequiredValue(Models) : ModelRuns.For(simulation));
        Work work = CaseSource.Meshed(simulation, () => Work.Of(simulation, models, forecast, parsed.GetValue(ErrorBars)));
        RunLimits.RequireMemory(forecast with { MemoryBytes = work.MemoryBytes }, parsed.GetValue(CommandLine.Force));
        string folder = parsed.GetValue(Folder) ?? simulation.Output.Folder + "-reference";
        if (!parsed.GetValue(Overwrite)) DiskSpace.Require(folder, work.DiskBytes);
        PetscRefusal refusal = PetscRefusal.Of(simulation);
        using IDisposable runtime = refusal.Start();
        return refusal.Told(() => CaseSource.Meshed(simulation, () => Carry(simulation, models, work, folder, parsed.GetValue(Overwrite), () => signals.Received)));
    }

    private static int Carry(SimulationCase simulation, IReadOnlyList<(string Name, SimulationCase Case)> models, Work work, string path, bool overwrite, Func<bool> stop)
    {
        Communicator world = Communicator.World;
        using StoppedRanks watch = StoppedRanks.Watch(world);
        using OutputFolder folder = OutputFolder.Create(world, path, overwrite, work.DiskBytes);
        Screen.Heading($"{simulation.Title}: {work.InWords(world.Size)}");
        WorkProgress progress = new(work.Runs);
        SamplePlan plan = work.Plan;
        RefinementStudy? study = null;
        RunTrace? trace;
        if (work.HasErrors)
        {
            study = RefinementStudy.Of(simulation, world, (what, done) => progress.Done(what, done.Cells, done.Steps, done.Seconds, done.End), stop, plan, (_, time) => progress.Advance(time));
            trace = study?.Base;
        }
        else
        {
            trace = RunTrace.Of(simulation, world, plan.Times, stop, plan, keepsCells: true, progress.Advance);
            progress.Done("as it is", trace.Cells, trace.Steps, trace.Seconds, trace.End);
            trace = trace.End.Reason == EndReason.Stopped ? null : trace;
        }
        if (trace is null)
            return Stopped();
        if (trace.End.Reason == EndReason.SolverGaveUp)
        {
            Screen.Out.WriteLine("the case itself has no solution up to its end; nothing is written");
            return ExitCode.GaveUp;
        }
        if (ModelRuns.Run(models, trace, world, progress, stop) is not { } differences)
            return Stopped();
        ReferencePack pack = new(simulation, plan, trace, study);
        pack.Write(folder, world);
        RootOnly.Run(world, () =>
        {
            ModelRuns.Write(differences, folder);
            AtomicFile.Write(folder.ForWriting(OutputFolder.ReferenceTableName), ReferenceReport.Markdown(simulation, pack, trace, differences));
        });
        RootOnly.Run(world, folder.RequireComplete);
        ReferenceReport.Tell(pack, trace);
        if (differences.Count > 0) ModelRuns.Tell(differences);
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.ReferenceName)} holds all of it, {OutputFolder.ReferenceTableName} the figures");
        return Audited(trace);
    }

    private static int Stopped()
    {
        Screen.Out.WriteLine("stopped on request; nothing is written");
        return ExitCode.Stopped;
    }

    private static int Audited(RunTrace trace)
    {
        AuditResult[] failed = [.. trace.Samples!.Audits.Where(audit => !audit.Passed)];
        foreach (AuditResult audit in failed) Screen.Warning($"{audit}");
        return failed.Length > 0 ? ExitCode.AuditFailed : ExitCode.Done;
    }

    private static string[] ParseModels(ArgumentResult argument)
    {
        string[] names = [.. argument.Tokens.SelectMany(token => token.Value.Split(',')).Select(name => name.Trim()).Where(name => name.Length > 0)];
        if (names is [NoModels]) return [];
        if (names.Except(ModelRuns.Names).FirstOrDefault() is not string wrong) return [.. names.Distinct()];
        argument.AddError($"--models takes {string.Join(", ", ModelRuns.Names)}, divided by commas, or {NoModels}, not '{wrong}'.");
        return [];
    }

    /// <summary>What all runs together will take.</summary>
    /// <param name="Runs">Forecast of each, in their order.</param>
    /// <param name="Plan">What is sampled.</param>
    /// <param name="HasErrors">Whether there are error bars.</param>
    /// <param name="MemoryBytes">Largest memory at one time.</param>
    /// <param name="DiskBytes">Size of the reference.</param>
    private sealed record Work(IReadOnlyList<RunForecast> Runs, SamplePlan Plan, bool HasErrors, long MemoryBytes, long DiskBytes)
    {
        public static Work Of(SimulationCase simulation, IReadOnlyList<(string Name, SimulationCase Case)> models, RunForecast own, bool hasErrors)
        {
            SamplePlan plan = SamplePlan.Of(simulation, Moments, TimesPerMoment);
            IReadOnlyList<SimulationCase> levels = hasErrors ? RefinementStudy.CasesOf(simulation) : [simulation];
            RunForecast[] runs = [.. levels.Concat(models.Select(model => model.Case)).Select(level => RunForecast.Of(level, own.Ranks, writesFields: false))];
            long disk = ReferencePack.Forecast(plan, CaseMesh.Describe(simulation).Regions.Count, own.Cells, hasErrors);
            // Of every level of the study the samples are kept, by every rank.
            return new(runs, plan, hasErrors, runs.Max(run => run.MemoryBytes) + (own.Ranks * levels.Count * disk / 2), disk + DiskSpace.Documents);
        }

        public string InWords(int ranks) => FormattableString.Invariant(
            $"{Runs.Count} run{(Runs.Count == 1 ? "" : "s")}, about {ProgressLine.Duration(Runs.Sum(run => run.CoreSeconds) / ranks)} on {ranks} rank{(ranks == 1 ? "" : "s")}, {ByteText.Format(MemoryBytes)} of memory, {ByteText.Format(DiskBytes)} on disk");
    }
}
