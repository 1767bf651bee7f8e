using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Verification;

namespace Cell3D.Simulation.CouplingStudies;

/// <summary>An order of work that is compared.</summary>
/// <param name="Name">As it is shown.</param>
/// <param name="Settings">As in a case.</param>
public sealed record ComparedCoupling(string Name, CouplingSettings Settings)
{
    /// <summary>All that can be compared between two parts, the monolithic one first.</summary>
    public static IReadOnlyList<ComparedCoupling> All(CouplingParts parts)
    {
        bool hasHeat = parts == CouplingParts.ElectrochemistryAndHeat;
        ComparedCoupling Of(string name, CouplingKind kind, HeldValues held = HeldValues.Last, PotentialsInHeat potentials = PotentialsInHeat.Held) =>
            new(name, CouplingSettings.Monolithic with { Strategy = kind, Between = parts, Held = held, Potentials = potentials, InnerTolerance = CouplingSettings.UsualTolerance(parts) });
        List<ComparedCoupling> all =
        [
            Of("monolithic", CouplingKind.Monolithic), Of("staggered", CouplingKind.Staggered), Of("extrapolated", CouplingKind.Staggered, HeldValues.Extrapolated),
            Of("iterated", CouplingKind.Iterated), Of("Lie", CouplingKind.Lie), Of("Strang", CouplingKind.Strang),
        ];
        if (!hasHeat)
            return all;
        all.Add(Of("Lie, follow", CouplingKind.Lie, potentials: PotentialsInHeat.Follow));
        all.Add(Of("Strang, follow", CouplingKind.Strang, potentials: PotentialsInHeat.Follow));
        return all;
    }
}

/// <summary>One run of a strategy with steps of one length.</summary>
/// <param name="Step">Their length [s].</param>
/// <param name="Trace">What came of it.</param>
/// <param name="VoltageError">Largest difference of V(t) to the reference [V]; NaN where the run ended too early.</param>
/// <param name="TemperatureError">Largest difference of T_max(t) [K].</param>
public sealed record CouplingRun(double Step, RunTrace Trace, double VoltageError, double TemperatureError)
{
    /// <summary>Whether it came to where the reference did.</summary>
    public bool IsWhole => double.IsFinite(VoltageError);
}

/// <summary>What was found of a strategy.</summary>
/// <param name="Coupling">Which.</param>
/// <param name="Runs">From long to short steps.</param>
/// <param name="LargestStable">Largest step found stable, and the least that was not [s]; infinite where none was unstable.</param>
/// <param name="Limit">What was said of the unstable one; empty for none.</param>
public sealed record CouplingResult(ComparedCoupling Coupling, IReadOnlyList<CouplingRun> Runs, (double Stable, double Unstable) LargestStable, string Limit)
{
    /// <summary>Observed order of V(t) and of T_max between the two shortest steps; NaN without them.</summary>
    public (double Voltage, double Temperature) Order => Runs is [.., { IsWhole: true } coarse, { IsWhole: true } fine]
        ? (Richardson.OrderOf(coarse.VoltageError, fine.VoltageError, coarse.Step / fine.Step), Richardson.OrderOf(coarse.TemperatureError, fine.TemperatureError, coarse.Step / fine.Step))
        : (double.NaN, double.NaN);
}

/// <summary>Strategies of coupling over the same laws: error against the monolithic solution, observed order, largest stable step, cost.</summary>
public sealed class CouplingRuns
{
    /// <summary>Of the reference's tolerances to those of the case; its order; the Newton tolerance of all runs.</summary>
    private const double ReferenceShare = 0.02, NewtonTolerance = 1e-7;

    /// <summary>Of the times at which the feedback is asked for, until they are apart by a share of the run.</summary>
    private const double Growth = 2;
    private const int ReferenceOrder = 5, OrderOfAll = 2, Bisections = 5, FewestSteps = 8, Moments = 12;

    /// <summary>Steps over those prescribed, beyond which too many failed.</summary>
    private const double MostRepeated = 1.2;

    /// <summary>Curves are compared up to this share of the run: how a run ends is another question.</summary>
    private const double ComparedShare = 0.95;
    private readonly SimulationCase _case;
    private readonly Communicator _world;
    private readonly Func<bool> _stop;
    private readonly Action<double>? _advanced;

    private CouplingRuns(SimulationCase simulation, Communicator world, Func<bool> stop, Action<double>? advanced) =>
        (_case, _world, _stop, _advanced) = (simulation, world, stop, advanced);

    /// <summary>The monolithic solution with tight tolerances.</summary>
    public required RunTrace Reference { get; init; }

    /// <summary>Feedback of heat along the reference; empty between other parts.</summary>
    public required IReadOnlyList<HeatFeedback> Feedback { get; init; }

    /// <summary>By strategy.</summary>
    public required IReadOnlyList<CouplingResult> Results { get; init; }

    /// <summary>The case of the reference.</summary>
    public static SimulationCase ReferenceCase(SimulationCase simulation) => simulation with
    {
        Solver = simulation.Solver.WithTolerances(ReferenceShare) with
        {
            NewtonTolerance = NewtonTolerance,
            MaximumOrder = ReferenceOrder,
            FixedSteps = [],
            Coupling = CouplingSettings.Monolithic,
        },
    };

    /// <summary>The case with an order of work and steps of one length.</summary>
    public static SimulationCase CaseOf(SimulationCase simulation, ComparedCoupling coupling, double step) => simulation with
    {
        Solver = simulation.Solver with { Coupling = coupling.Settings, FixedSteps = [step], MaximumOrder = OrderOfAll, NewtonTolerance = NewtonTolerance },
    };

    /// <summary>Largest stable step that the feedback of heat allows a strategy along the reference [s], and when [s].</summary>
    public (double Step, double Time) Estimate(ComparedCoupling coupling)
    {
        (double Step, double Time) least = (double.PositiveInfinity, double.NaN);
        foreach (HeatFeedback moment in Feedback)
            if (moment.LargestStep(Couplings.Of(coupling.Settings, OrderOfAll), OrderOfAll) is var step && step < least.Step)
                least = (step, moment.Time);
        return least;
    }

    /// <summary>*Collective.* Runs all of them; null where it was stopped.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="parts">Between what.</param>
    /// <param name="steps">From long to short [s], each a whole fraction of the first.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="done">Told each run that is compared.</param>
    /// <param name="searched">Told each run that looks for a limit of stability.</param>
    /// <param name="stop">Asked once a step.</param>
    /// <param name="advanced">Told the time of each accepted state [s].</param>
    public static CouplingRuns? Of(SimulationCase simulation, CouplingParts parts, IReadOnlyList<double> steps, Communicator world, Action<string, RunTrace> done, Action<string, RunTrace> searched, Func<bool> stop, Action<double>? advanced = null)
    {
        List<HeatFeedback> feedback = [];
        SimulationCase tight = ReferenceCase(simulation);
        double span = ProtocolEstimate.Seconds(tight), next = 0;
        double[] times = [.. Enumerable.Range(1, 100_000).Select(i => i * steps[0]).TakeWhile(time => time <= 2 * span)];
        RunTrace reference = RunTrace.Of(tight, world, times, stop, advanced: advanced, accepted: parts == CouplingParts.ElectrochemistryAndHeat ? Probe : null);
        if (reference.End.Reason == EndReason.Stopped)
            return null;
        done("reference", reference);
        CouplingRuns study = new(simulation, world, stop, advanced) { Reference = reference, Feedback = feedback, Results = [] };
        List<(ComparedCoupling Coupling, List<CouplingRun> Runs)> compared = [];
        foreach (ComparedCoupling coupling in ComparedCoupling.All(parts))
        {
            if (study.Compare(coupling, steps, done) is not { } runs)
                return null;
            compared.Add((coupling, runs));
        }
        List<CouplingResult> results = [];
        foreach ((ComparedCoupling coupling, List<CouplingRun> runs) in compared)
        {
            if (study.Limit(coupling, runs, searched) is not { } result)
                return null;
            results.Add(result);
        }
        return new(simulation, world, stop, advanced) { Reference = reference, Feedback = feedback, Results = results };

        void Probe(CellModel model, CaseSolvers solvers)
        {
            if (solvers.Integrator.LastStep == 0 || solvers.Integrator.Time < next)
                return;
            next = Math.Min(Growth * solvers.Integrator.Time, solvers.Integrator.Time + (span / Moments));
            feedback.Add(HeatFeedback.Of(model, solvers));
        }
    }

    private List<CouplingRun>? Compare(ComparedCoupling coupling, IReadOnlyList<double> steps, Action<string, RunTrace> done)
    {
        List<CouplingRun> runs = [];
        foreach (double step in steps)
        {
            if (Run(coupling, step, done) is not { } run)
                return null;
            runs.Add(run);
        }
        return runs;
    }

    /// <summary>Bisection, on a logarithmic scale, between a step that is stable and one that is not.</summary>
    private CouplingResult? Limit(ComparedCoupling coupling, List<CouplingRun> runs, Action<string, RunTrace> done)
    {
        if (coupling.Settings.Strategy == CouplingKind.Monolithic)
            return new(coupling, runs, (double.PositiveInfinity, double.PositiveInfinity), "");
        double longest = Reference.End.Time / FewestSteps;
        List<CouplingRun> known = [.. runs];
        for (double trial = Math.Min(longest, runs[0].Step); ; trial = Math.Min(longest, 2 * trial))
        {
            if (known.Find(run => run.Step == trial) is not { } run)
            {
                if (Run(coupling, trial, done) is not { } more)
                    return null;
                known.Add(run = more);
            }
            if (!IsStable(run) || trial >= longest)
                break;
        }
        for (int i = 0; i < Bisections && Bracket(known) is ( > 0, < double.PositiveInfinity) bracket; i++)
        {
            if (Run(coupling, Math.Sqrt(bracket.Stable * bracket.Unstable), done) is not { } run)
                return null;
            known.Add(run);
        }
        return new(coupling, runs, Bracket(known), known.Where(run => !IsStable(run)).MinBy(run => run.Step) is { } unstable ? Words(unstable) : "");
    }

    private static string Words(CouplingRun run) => run.Trace.End.Reason == EndReason.SolverGaveUp ? run.Trace.End.Detail
        : FormattableString.Invariant($"steps of {run.Step:g4} s failed again and again and were taken shorter: {run.Trace.Steps} steps to {run.Trace.End.Time:g4} s");

    /// <summary>The least unstable step, and the largest stable one below it; 0 for none.</summary>
    private static (double Stable, double Unstable) Bracket(IEnumerable<CouplingRun> runs)
    {
        double unstable = runs.Where(run => !IsStable(run)).Select(run => run.Step).DefaultIfEmpty(double.PositiveInfinity).Min();
        return (runs.Where(run => IsStable(run) && run.Step < unstable).Select(run => run.Step).DefaultIfEmpty(0).Max(), unstable);
    }

    /// <summary>Whether it came to its end, and with the steps that were prescribed: those that fail are tried again with shorter ones.</summary>
    private static bool IsStable(CouplingRun run) => run.Trace.End.Reason != EndReason.SolverGaveUp && run.Trace.Steps <= (MostRepeated * run.Trace.End.Time / run.Step) + FewestSteps;

    private CouplingRun? Run(ComparedCoupling coupling, double step, Action<string, RunTrace> done)
    {
        RunTrace trace = RunTrace.Of(CaseOf(_case, coupling, step), _world, Reference.Times, _stop, advanced: _advanced);
        if (trace.End.Reason == EndReason.Stopped)
            return null;
        done(FormattableString.Invariant($"{coupling.Name}, {step:g4} s"), trace);
        int compared = Reference.Times.TakeWhile(time => time <= ComparedShare * Reference.End.Time).Count();
        if (trace.Times.Length < compared || compared == 0)
            return new(step, trace, double.NaN, double.NaN);
        double voltage = 0, temperature = 0;
        for (int i = 0; i < compared; i++)
        {
            voltage = Math.Max(voltage, Math.Abs(trace.Voltage[i] - Reference.Voltage[i]));
            temperature = Math.Max(temperature, Math.Abs(trace.MaximumTemperature[i] - Reference.MaximumTemperature[i]));
        }
        return new(step, trace, voltage, temperature);
    }
}
