using System.Diagnostics;
using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Benchmark;

/// <summary>What a linear solver costs, median of the repeats, from new values of the matrix on.</summary>
/// <param name="Name">Of the solver.</param>
/// <param name="Iterations">Krylov iterations; −1 where it gave up.</param>
/// <param name="SetUp">Processor time of the slowest rank for the preconditioner [s].</param>
/// <param name="Solve">And for the iterations [s].</param>
/// <param name="Bytes">Memory that matrix, preconditioner and vectors added on all ranks.</param>
public readonly record struct SolverCost(string Name, int Iterations, double SetUp, double Solve, long Bytes)
{
    /// <summary>Both together [s].</summary>
    public double Total => SetUp + Solve;
}

/// <summary>The first linear system of a time step of a case, solved in several ways, against a scalar Poisson solve on the same mesh and ranks.</summary>
/// <remarks>Every solve follows one of a system of half that step: what a solver keeps is that of another system, as in a run.</remarks>
public sealed class SolverBenchmark : IDisposable
{
    /// <summary>Beyond so many unknowns a direct solver takes minutes and all memory, and is left out.</summary>
    public const long MostDirect = 10_000;

    /// <summary>Relative residual to which a Newton iteration is solved.</summary>
    public const double NewtonTolerance = 1e-3;

    private const double StartStep = 1;

    /// <summary>Thresholds of BoomerAMG of which the better counts.</summary>
    private static readonly double[] Thresholds = [0.25, 0.5];

    private readonly Communicator _world;
    private readonly MeshPart _part;
    private readonly CellModel _model;
    private readonly NewtonOptions _newton;
    private readonly double _time, _step;

    /// <summary>*Collective.* Builds the equations and goes to the start of a step.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="step">Length of the step whose system is solved [s].</param>
    /// <param name="at">When it starts [s]: the protocol is simulated until then; null for a single step of 1 s with its first current, or 1C where that is a rest.</param>
    /// <exception cref="BenchmarkException">That time is not reached.</exception>
    public SolverBenchmark(SimulationCase simulation, Communicator world, double step, double? at = null)
    {
        _world = world;
        _part = CaseMesh.Part(simulation, world.Size, world.Rank);
        _model = CellModel.Build(simulation, _part, world);
        InitialState.Apply(_model, simulation);
        double oneC = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare, current = new ExpectedCurrent(simulation).Of(simulation.Protocol.Steps[0]) is var first && first != 0 ? first : oneC;
        double measure = Math.Abs(at is null ? current : oneC);
        _newton = new() { ColumnCurrent = measure / _part.Mesh.Extrusion.ColumnCount, TotalCurrent = measure };
        Unknowns = world.Allreduce((long)_model.Layout.Rows, Operation.Sum);
        Cells = world.Allreduce((long)_part.Mesh.OwnedCellCount, Operation.Sum);
        LinearMethod start = _part.Mesh.Extrusion.ColumnCount == 1 && world.Size == 1 ? LinearMethod.DirectLU : LinearMethod.CollectorSchur;
        using LinearSystem linear = new(_model.System, world, start, 1e-6, _model.Chains, "start_");
        double time = at is { } wanted ? Simulate(simulation, linear, wanted) : TakeOneStep(linear, current);
        (_time, _step) = (time, step);
    }

    /// <summary>Unknowns of the condensed system on all ranks.</summary>
    public long Unknowns { get; }

    /// <summary>Control volumes on all ranks.</summary>
    public long Cells { get; }

    /// <summary>*Collective.* The Poisson solve with the better threshold, then every solver, assembly alone and whole Newton iterations, all in turn in each repeat.</summary>
    /// <param name="tolerance">Relative residual of all.</param>
    /// <param name="repeats">How often, at least once.</param>
    /// <param name="dump">Writes the system to this file; null for none.</param>
    /// <param name="splits">Whether the field split is among them, which takes most memory.</param>
    public (SolverCost Poisson, IReadOnlyList<SolverCost> Solvers) Run(double tolerance, int repeats, string? dump = null, bool splits = true)
    {
        IEnumerable<LinearMethod> methods = Enum.GetValues<LinearMethod>().Where(method => method switch
        {
            LinearMethod.FieldSplit => splits,
            LinearMethod.DirectLU => Unknowns <= MostDirect,
            _ => true,
        });
        List<Candidate> candidates = [];
        try
        {
            foreach (double threshold in Thresholds)
                candidates.Add(Candidate.Of(Poisson(threshold), _world));
            foreach (LinearMethod method in methods.OrderDescending())
                candidates.Add(Candidate.Of(Newton(method, tolerance, dump), _world));
            Lazy<Iterating> iterating = new(Iterate);
            foreach (Func<Iterating, Attempt> part in new[] { ResidualAndJacobian, NewtonIteration, SameJacobian })
                candidates.Add(Candidate.Of(() => part(iterating.Value), _world));
            for (int repeat = 0; repeat < repeats; repeat++)
                foreach (Candidate candidate in candidates)
                    candidate.Measure(_world);
            SolverCost[] costs = [.. candidates.Select(candidate => candidate.Median)];
            return (costs.Take(Thresholds.Length).MinBy(cost => cost.Total), costs[Thresholds.Length..]);
        }
        finally
        {
            foreach (IDisposable owner in candidates.Select(candidate => candidate.Owner).Distinct())
                owner.Dispose();
        }

        Func<Attempt> Poisson(double threshold) => () =>
        {
            PoissonSolve poisson = new(_part, _model.Halo, _world, threshold);
            return new($"Poisson, BoomerAMG {threshold}", poisson, () => { }, () => poisson.Solve(tolerance));
        };
    }

    public void Dispose() => _model.Dispose();

    private double TakeOneStep(LinearSystem linear, double current)
    {
        _model.System.Terminal.Control = new Control.Current(current);
        TimeIntegrator integrator = new(_model.System, Newton(linear), _world, new() { ErrorControl = false });
        integrator.Start(0);
        Require(integrator.SwitchTo(new Control.Current(current)));
        StepOutcome outcome = integrator.Attempt(StartStep);
        Require(outcome);
        integrator.Accept(outcome, steer: false);
        return integrator.Time;

        static void Require(StepOutcome outcome)
        {
            if (!outcome.Succeeded)
                throw new BenchmarkException($"the first step of {StartStep} s failed: {outcome.Failure}, {outcome.Detail}");
        }
    }

    private double Simulate(SimulationCase simulation, LinearSystem linear, double until)
    {
        TimeIntegrator integrator = new(_model.System, Newton(linear), _world, CaseSolvers.TimeOptions(simulation.Solver) with { ErrorControl = true });
        ProtocolRun run = new(_model, integrator, simulation.Protocol, new([]), [])
        {
            StepEnds = new([.. simulation.Thermal.TimesOfChange, until]),
            Accepted = _ => integrator.Time < until,
        };
        RunEnd end = run.Execute();
        if (integrator.Time < until)
            throw new BenchmarkException(FormattableString.Invariant($"the simulation ends at {end.Time:g6} s, before {until:g6} s: {end.Detail}"));
        return integrator.Time;
    }

    private Func<Attempt> Newton(LinearMethod method, double tolerance, string? dump) => () =>
    {
        string prefix = method switch { LinearMethod.CollectorSchur => "schur_", LinearMethod.FieldSplit => "split_", _ => "lu_" };
        LinearSystem linear = new(_model.System, _world, method, tolerance, _model.Chains, prefix) { AllowedGrowth = 0 };
        NewtonSolver newton = Newton(linear);
        Assemble(newton, _step);
        if (dump is not null && method == LinearMethod.CollectorSchur)
            linear.Dump(dump);
        return new(LinearSystem.InWords(method), linear, () => Prepare(linear, newton), () =>
        {
            (double setUp, double solve) = (linear.SetUpSeconds, linear.SolveSeconds);
            LinearResult result = linear.Solve();
            (setUp, solve) = (linear.SetUpSeconds - setUp, linear.SolveSeconds - solve);
            return (Iterations(result), setUp / (setUp + solve));
        });
    };

    /// <summary>Solves systems of other steps, as a run has done before the one that is measured.</summary>
    private void Prepare(LinearSystem linear, NewtonSolver newton)
    {
        linear.Forget();
        foreach (double share in (ReadOnlySpan<double>)[0.5, 0.7])
        {
            Assemble(newton, share * _step);
            linear.Solve();
        }
        Assemble(newton, _step);
    }

    private void Assemble(NewtonSolver newton, double step)
    {
        TimeCoefficients next = new();
        next.Set(_time + step, [_time], 1);
        _model.System.States.Predict(next);
        _model.System.BeginStep(next);
        newton.Assemble();
    }

    private static Attempt ResidualAndJacobian(Iterating iterating) => iterating.Attempt("residual, Jacobian", (_, newton) =>
    {
        newton.Assemble();
        return 0;
    });

    private static Attempt NewtonIteration(Iterating iterating) => iterating.Attempt("Newton iteration", (linear, newton) =>
    {
        newton.Assemble();
        return Iterations(linear.Solve());
    });

    /// <summary>One that follows another of the same step, with its Jacobian and preconditioner.</summary>
    private static Attempt SameJacobian(Iterating iterating) => iterating.Attempt("same Jacobian", (linear, newton) =>
    {
        newton.AssembleForSameJacobian();
        return Iterations(linear.Solve());
    }, linear => linear.Solve());

    private Iterating Iterate()
    {
        LinearSystem linear = new(_model.System, _world, LinearMethod.CollectorSchur, NewtonTolerance, _model.Chains, "newton_") { AllowedGrowth = 0 };
        NewtonSolver newton = Newton(linear);
        return new(linear, newton, () => Prepare(linear, newton));
    }

    private static int Iterations(LinearResult result) => result.Converged ? result.Iterations : -1;

    private NewtonSolver Newton(LinearSystem linear) => new(_model.System, _model.Halo, linear, _world, _newton, new(_part.Mesh, _model.System.Unknowns, _model.Layout, _world));

    /// <summary>Newton iterations and their parts: of what all of them need there is one.</summary>
    private sealed class Iterating(LinearSystem linear, NewtonSolver newton, Action prepare) : IDisposable
    {
        /// <summary>Everything but the linear solver's iterations counts as set-up: properties, particles, residual, Jacobian and preconditioner.</summary>
        internal Attempt Attempt(string name, Func<LinearSystem, NewtonSolver, int> run, Action<LinearSystem>? before = null)
        {
            return new(name, this, Ready, () =>
            {
                double solve = linear.SolveSeconds;
                long start = Stopwatch.GetTimestamp();
                int iterations = run(linear, newton);
                return (iterations, 1 - ((linear.SolveSeconds - solve) / Stopwatch.GetElapsedTime(start).TotalSeconds));
            });

            void Ready()
            {
                prepare();
                before?.Invoke(linear);
            }
        }

        public void Dispose() => linear.Dispose();
    }

    /// <summary>A solver that is ready: after its preparation one solve gives its iterations, and the share of its time that went into the preconditioner.</summary>
    private sealed record Attempt(string Name, IDisposable Owner, Action Prepare, Func<(int Iterations, double SetUpShare)> Solve);

    /// <summary>A solver with what was measured of it.</summary>
    private sealed class Candidate(Attempt attempt, long bytes)
    {
        private readonly List<SolverCost> _costs = [];

        internal IDisposable Owner => attempt.Owner;

        internal SolverCost Median => _costs.OrderBy(cost => cost.Total).ElementAt(_costs.Count / 2);

        /// <summary>Makes a solver and solves once: memory that a process touches for the first time costs a machine more than all arithmetic.</summary>
        internal static Candidate Of(Func<Attempt> make, Communicator world)
        {
            long before = Resident();
            Attempt attempt = make();
            attempt.Prepare();
            attempt.Solve();
            return new(attempt, world.Allreduce(Math.Max(Resident() - before, 0), Operation.Sum));

            static long Resident()
            {
                GC.Collect();
                return Environment.WorkingSet;
            }
        }

        internal void Measure(Communicator world)
        {
            attempt.Prepare();
            world.Barrier();
            double start = Processor.Seconds;
            (int iterations, double setUpShare) = attempt.Solve();
            double seconds = world.Allreduce(Processor.Seconds - start, Operation.Max);
            _costs.Add(new(attempt.Name, iterations, seconds * setUpShare, seconds * (1 - setUpShare), bytes));
        }
    }
}
