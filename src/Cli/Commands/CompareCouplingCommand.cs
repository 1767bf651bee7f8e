using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text;
using Cell3D.Cli.Studies;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.CouplingStudies;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d compare-coupling: orders of work within a time step over the same laws: error, observed order, largest stable step, cost.</summary>
internal static class CompareCouplingCommand
{
    public const string Name = "compare-coupling";

    private const int LeastLevels = 2, MostLevels = 10, StepsOfFirst = 16;
    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of table and picture; the case's own with -coupling when left out", HelpName = "FOLDER" };
    private static readonly Option<long> Levels = new("--levels") { Description = "Lengths of steps, each half of the one before; 4 when left out", HelpName = "N", CustomParser = result => CommandLine.Whole(result, MostLevels), DefaultValueFactory = _ => 4 };
    private static readonly Option<double?> Longest = new("--step") { Description = "Longest step [s]; a sixteenth of the run when left out", HelpName = "SECONDS" };
    private static readonly Option<string> Between = new("--between") { Description = "heat: electrochemistry and heat; particles: electrode and particles", HelpName = "PARTS", DefaultValueFactory = _ => Heat };
    private const string Heat = "heat", Particles = "particles";

    public static Command Create()
    {
        Between.AcceptOnlyFromAmong(Heat, Particles);
        Command command = new(Name, "Compares monolithic, staggered, iterated and split time steps of a case; options for PETSc may follow behind '--'")
        {
            CommandLine.Case, CommandLine.Settings, Folder, CommandLine.Overwrite, CommandLine.Force, Levels, Longest, Between,
        };
        command.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Levels) is { Implicit: false } && parsed.GetValue(Levels) < LeastLevels) parsed.AddError($"{Levels.Name} takes a number from {LeastLevels} to {MostLevels}.");
            if (parsed.GetResult(Longest) is { Implicit: false } && !(parsed.GetValue(Longest) is > 0 and <= 1e6)) parsed.AddError($"{Longest.Name} takes seconds above 0, up to 1e6.");
        });
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using StopSignals signals = new();
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        CouplingParts parts = parsed.GetValue(Between) == Particles ? CouplingParts.ElectrodeAndParticles : CouplingParts.ElectrochemistryAndHeat;
        if (parts == CouplingParts.ElectrochemistryAndHeat && simulation.Thermal.Model == ThermalModel.Isothermal)
            throw new UserError(ExitCode.BadInput, $"{simulation.File}: Thermal.Model is isothermal: there is no heat to solve in turn") { Hint = $"Set Thermal.Model to resolved, or compare with '{Between.Name} {Particles}'." };
        double span = ProtocolEstimate.Seconds(simulation), first = parsed.GetValue(Longest) ?? Rounded(span / StepsOfFirst);
        double[] steps = [.. Enumerable.Range(0, (int)parsed.GetValue(Levels)).Select(i => first / (1 << i))];
        RunForecast forecast = RunLimits.Forecast(CouplingRuns.ReferenceCase(simulation), Launcher.Size, writesFields: false);
        RunLimits.RequireSize(simulation, forecast);
        RunLimits.RequireMemory(forecast, parsed.GetValue(CommandLine.Force));
        PetscRefusal refusal = PetscRefusal.Of(simulation);
        using IDisposable runtime = refusal.Start();
        string folder = parsed.GetValue(Folder) ?? simulation.Output.Folder + "-coupling";
        return refusal.Told(() => CaseSource.Meshed(simulation, () => Study(simulation, parts, steps, folder, parsed.GetValue(CommandLine.Overwrite), () => signals.Received)));
    }

    /// <summary>One or two digits of a time.</summary>
    private static double Rounded(double seconds)
    {
        double unit = Math.Pow(10, Math.Floor(Math.Log10(seconds)));
        return Math.Max(1, Math.Floor(2 * seconds / unit)) / 2 * unit;
    }

    private static int Study(SimulationCase simulation, CouplingParts parts, double[] steps, string path, bool overwrite, Func<bool> stop)
    {
        Communicator world = Communicator.World;
        using StoppedRanks watch = StoppedRanks.Watch(world);
        using OutputFolder folder = OutputFolder.Create(world, path, overwrite, 1 << 20);
        RunForecast[] runs =
        [
            RunForecast.Of(CouplingRuns.ReferenceCase(simulation), world.Size, writesFields: false),
            .. ComparedCoupling.All(parts).SelectMany(coupling => steps.Select(step => RunForecast.Of(CouplingRuns.CaseOf(simulation, coupling, step), world.Size, writesFields: false))),
        ];
        Screen.Heading(FormattableString.Invariant($"{simulation.Title}: {runs.Length} runs, about {ProgressLine.Duration(runs.Sum(run => run.CoreSeconds) / world.Size)}, and those that look for limits of stability"));
        WorkProgress progress = new(runs);
        CouplingRuns? study = CouplingRuns.Of(simulation, parts, steps, world, (what, trace) => progress.Done(what, trace.Cells, trace.Steps, trace.Seconds, trace.End),
            (what, trace) => Screen.Out.WriteLine(FormattableString.Invariant($"  limit of stability  {what}: {(trace.End.Reason == EndReason.SolverGaveUp ? "unstable" : "stable")}, {trace.Steps} steps")), stop, progress.Advance);
        if (study is null)
        {
            Screen.Out.WriteLine("stopped on request; nothing is compared");
            return ExitCode.Stopped;
        }
        if (study.Reference.End.Reason == EndReason.SolverGaveUp)
        {
            Screen.Out.WriteLine("the monolithic solution itself does not reach the end of the case; nothing is compared");
            return ExitCode.GaveUp;
        }
        RootOnly.Run(world, () => Write(study, folder));
        RootOnly.Run(world, folder.RequireComplete);
        Tell(study);
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.CouplingName)} and {OutputFolder.CouplingPictureName} hold every run");
        return ExitCode.Done;
    }

    private static void Tell(CouplingRuns study)
    {
        double longest = study.Results[0].Runs[0].Step, shortest = study.Results[0].Runs[^1].Step;
        Screen.Heading(FormattableString.Invariant($"Largest errors against the monolithic solution with tight tolerances, steps of {longest:g4} and {shortest:g4} s, and observed orders"));
        Screen.Table([new("", IsText: true), new("V(t)\n[mV]"), new("\n[mV]"), new("order"), new("T max\n[mK]"), new("\n[mK]"), new("order"), new("Newton"), new("parts"), new("CPU\n[s]")],
            study.Results.Select(result => (IReadOnlyList<string>)
            [
                result.Coupling.Name, Milli(result.Runs[0].VoltageError), Milli(result.Runs[^1].VoltageError), Quantity.Text(result.Order.Voltage, 3),
                Milli(result.Runs[0].TemperatureError), Milli(result.Runs[^1].TemperatureError), Quantity.Text(result.Order.Temperature, 3),
                FormattableString.Invariant($"{result.Runs[^1].Trace.NewtonIterations}"), FormattableString.Invariant($"{result.Runs[^1].Trace.PartialSolves}"), Quantity.Text(result.Runs[^1].Trace.ProcessorSeconds, 3),
            ]));
        Screen.Heading("Largest stable step");
        Screen.Table([new("", IsText: true), new("stable\n[s]"), new("unstable\n[s]"), new("estimate\n[s]"), new("of the state\nat [s]")],
            study.Results.Skip(1).Select(result =>
            {
                (double step, double time) = study.Estimate(result.Coupling);
                return (IReadOnlyList<string>)[result.Coupling.Name, Quantity.Text(result.LargestStable.Stable), double.IsInfinity(result.LargestStable.Unstable) ? "none" : Quantity.Text(result.LargestStable.Unstable), study.Feedback.Count == 0 ? "–" : double.IsInfinity(step) ? "none" : Quantity.Text(step), Quantity.Text(time)];
            }));
        foreach (CouplingResult result in study.Results.Where(result => result.Limit.Length > 0))
            Screen.Note($"{result.Coupling.Name}: {result.Limit}");
        if (study.Feedback.Count == 0)
            return;
        HeatFeedback worst = study.Feedback.MinBy(moment => moment.Lagged)!;
        Screen.Out.WriteLine(FormattableString.Invariant($"  feedback of heat, strongest at {worst.Time:g4} s: {worst.Lagged + worst.Held:g3} W/K, of it {worst.Lagged:g3} by potentials and currents and {worst.Held:g3} at held ones;"));
        Screen.Out.WriteLine(FormattableString.Invariant($"  cooling {worst.Cooling:g3} W/K, heat capacity {worst.HeatCapacity:g4} J/K: {(worst.Cooling > 0 ? FormattableString.Invariant($"time constant {worst.HeatCapacity / worst.Cooling:g3} s") : "no cooling")}"));
    }

    private static string Milli(double value) => Quantity.Text(1e3 * value, 3);

    private static void Write(CouplingRuns study, OutputFolder folder)
    {
        StringBuilder table = new("Strategy,Step / s,Error of voltage / V,Error of maximum temperature / K,Steps,Newton iterations,Partial solves,Processor time / s,End / s,Outcome\n");
        foreach (CouplingResult result in study.Results)
            foreach (CouplingRun run in result.Runs)
                table.Append(FormattableString.Invariant($"{CsvText.Quoted(result.Coupling.Name)},{run.Step:R},{run.VoltageError:e6},{run.TemperatureError:e6},{run.Trace.Steps},{run.Trace.NewtonIterations},{run.Trace.PartialSolves},{run.Trace.ProcessorSeconds:f3},{run.Trace.End.Time:R},{CsvText.Quoted(run.Trace.End.Detail)}\n"));
        AtomicFile.Write(folder.ForWriting(OutputFolder.CouplingName), table.ToString());
        StringBuilder limits = new("Strategy,Largest stable step / s,Least unstable step / s,Estimated limit / s,Of the state at / s,Outcome\n");
        foreach (CouplingResult result in study.Results.Skip(1))
            if (study.Estimate(result.Coupling) is var (step, time))
                limits.Append(FormattableString.Invariant($"{CsvText.Quoted(result.Coupling.Name)},{result.LargestStable.Stable:R},{Finite(result.LargestStable.Unstable)},{Finite(step)},{Finite(time)},{CsvText.Quoted(result.Limit)}\n"));
        AtomicFile.Write(folder.ForWriting(OutputFolder.CouplingLimitsName), limits.ToString());
        ConvergencePicture.Write("Step [s]",
            [
                ("Error of voltage [V]", [.. study.Results.Select(result => (result.Coupling.Name, Steps(result), result.Runs.Select(run => run.VoltageError).ToArray()))]),
                ("Error of highest temperature [K]", [.. study.Results.Select(result => (result.Coupling.Name, Steps(result), result.Runs.Select(run => run.TemperatureError).ToArray()))]),
            ], folder.ForWriting(OutputFolder.CouplingPictureName));

        static double[] Steps(CouplingResult result) => [.. result.Runs.Select(run => run.Step)];

        static string Finite(double value) => double.IsFinite(value) ? FormattableString.Invariant($"{value:R}") : "";
    }
}
