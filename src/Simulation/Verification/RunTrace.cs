using System.Diagnostics;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Recording;
using Cell3D.Simulation.Reference;

namespace Cell3D.Simulation.Verification;

/// <summary>What a run that writes nothing leaves for comparisons; the same on all ranks.</summary>
public sealed record RunTrace
{
    private static readonly SeriesColumn[] Columns = [SeriesColumn.Time, SeriesColumn.Voltage, SeriesColumn.Current, SeriesColumn.MeanTemperature, SeriesColumn.MaximumTemperature];

    /// <summary>Times of the curves [s]: those asked for that the run has reached.</summary>
    public required double[] Times { get; init; }

    /// <summary>Terminal voltage at these times [V].</summary>
    public required double[] Voltage { get; init; }

    /// <summary>Highest temperature of the cell at these times [K].</summary>
    public required double[] MaximumTemperature { get; init; }

    /// <summary>How it ended.</summary>
    public required RunEnd End { get; init; }

    /// <summary>Charge that has left the simulated part [A h].</summary>
    public required double DischargedCapacity { get; init; }

    /// <summary>Every accepted state: time, voltage, current, mean and highest temperature.</summary>
    public required TimeSeries Series { get; init; }

    /// <summary>What was sampled for a reference; null where nothing was.</summary>
    public ReferenceSamples? Samples { get; init; }

    /// <summary>Extremes over the run, with their places.</summary>
    public required ExtremesSummary Extremes { get; init; }

    /// <summary>Control volumes.</summary>
    public required long Cells { get; init; }

    /// <summary>Time steps.</summary>
    public required int Steps { get; init; }

    /// <summary>Wall time [s].</summary>
    public required double Seconds { get; init; }

    /// <summary>Newton iterations.</summary>
    public required int NewtonIterations { get; init; }

    /// <summary>Parts solved, where steps are solved in parts.</summary>
    public required int PartialSolves { get; init; }

    /// <summary>Processor time of all ranks [s].</summary>
    public required double ProcessorSeconds { get; init; }

    /// <summary>*Collective.* Carries a case out.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="times">Times of the curves [s].</param>
    /// <param name="stopRequested">Asked once a step, agreed by all ranks.</param>
    /// <param name="plan">When and where it is sampled for a reference, at times that are those of the curves; null for not at all.</param>
    /// <param name="keepsCells">Whether the temperature of every control volume is kept as well.</param>
    /// <param name="advanced">Told the time [s] of each accepted state.</param>
    /// <param name="accepted">Shown each accepted state, which it leaves as it is.</param>
    public static RunTrace Of(SimulationCase simulation, Communicator world, IReadOnlyList<double> times, Func<bool> stopRequested, SamplePlan? plan = null, bool keepsCells = false, Action<double>? advanced = null, Action<CellModel, CaseSolvers>? accepted = null)
    {
        long start = Stopwatch.GetTimestamp();
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        using CellModel model = CellModel.Build(simulation, CaseMesh.Part(simulation, world.Size, world.Rank), world);
        InitialState.Apply(model, simulation);
        using CaseSolvers solvers = new(simulation, model, world);
        Extremes extremes = new(model, world);
        Probes probes = new(model, simulation.Probes with { Points = [], LayerMeans = false, LayerCurrents = false }, world);
        CellSums sums = new(model, probes, world);
        TerminalTotals totals = new();
        List<double> reached = [], voltage = [], temperature = [];
        ReferenceSampler? samples = plan is null ? null : new(model, simulation, solvers, plan, world) { KeepsCells = keepsCells };
        List<double[]> rows = [];
        ProtocolRun run = null!;
        run = new(model, solvers.Integrator, simulation.Protocol, new(times), simulation.Solver.FixedSteps)
        {
            StepEnds = new(simulation.Thermal.TimesOfChange),
            OutputReached = time =>
            {
                samples?.Reached(reached.Count);
                reached.Add(time);
                voltage.Add(model.Fields.TerminalVoltage);
                temperature.Add(sums.Gather([]).Maximum);
            },
            MiddleReached = middle =>
            {
                samples?.Accept(middle, afterStep: true, solvers.Integrator.Interpolant, run.StateOfCharge, isMiddle: true);
                totals.Add(middle, model.Fields.TerminalVoltage, model.System.Terminal.Current, 0);
            },
            Accepted = _ =>
            {
                double now = solvers.Integrator.Time;
                samples?.Accept(now, solvers.Integrator.LastStep > 0, solvers.Integrator.Interpolant, run.StateOfCharge);
                TemperatureRange range = sums.Gather([]);
                extremes.Update(now, range);
                rows.Add([now, model.Fields.TerminalVoltage, model.System.Terminal.Current, range.Mean, range.Maximum]);
                advanced?.Invoke(now);
                accepted?.Invoke(model, solvers);
                totals.Add(solvers.Integrator.Time, model.Fields.TerminalVoltage, model.System.Terminal.Current, 0, solvers.Integrator.IsBent);
                return !world.Any(stopRequested());
            },
        };
        RunEnd end = run.Execute();
        return new()
        {
            Times = [.. reached],
            Voltage = [.. voltage],
            MaximumTemperature = [.. temperature],
            End = end,
            Series = new(simulation.Title, Columns, [.. Columns.Select((_, column) => rows.Select(row => row[column]).ToArray())]),
            Samples = samples?.Result(),
            DischargedCapacity = totals.ToSummary().DischargedCapacity,
            Extremes = extremes.ToSummary(),
            Cells = world.Allreduce((long)model.Mesh.OwnedCellCount, Operation.Sum),
            Steps = run.Counts.Steps,
            NewtonIterations = run.Counts.NewtonIterations,
            PartialSolves = solvers.Coupling?.PartialSolves ?? 0,
            ProcessorSeconds = world.Allreduce((Environment.CpuUsage.TotalTime - processor).TotalSeconds, Operation.Sum),
            Seconds = Stopwatch.GetElapsedTime(start).TotalSeconds,
        };
    }
}
