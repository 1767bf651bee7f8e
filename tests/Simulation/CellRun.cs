using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Tests.Mesh;

namespace Cell3D.Tests.Simulation;

/// <summary>A case ready to be stepped, with LU for the linear systems unless told otherwise; on this rank alone unless a communicator is given.</summary>
internal sealed class CellRun : IDisposable
{
    private readonly Communicator _world;
    private readonly SimulationCase _simulation;
    private readonly long[] _wholeCells;

    /// <summary>*Collective.* Builds the equations and applies the initial state.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="world">Its ranks.</param>
    /// <param name="mesh">Another mesh than the case's own.</param>
    /// <param name="adaptive">Whether the local error decides over steps.</param>
    /// <param name="unknowns">Other unknowns than the case's own.</param>
    /// <param name="method">Of the linear systems.</param>
    /// <param name="linearTolerance">Of the Krylov method.</param>
    public CellRun(SimulationCase simulation, Communicator? world = null, CellMesh? mesh = null, bool adaptive = false, UnknownTable? unknowns = null,
        LinearMethod method = LinearMethod.DirectLU, double linearTolerance = 1e-12)
    {
        (_simulation, _world) = (simulation, world ?? Communicator.Self);
        MeshPart part = mesh is null ? CaseMesh.Part(simulation, _world.Size, _world.Rank) : Division.Part(mesh, Division.ByColumns(mesh, _world.Size), _world.Rank);
        _wholeCells = part.Mesh.GlobalCell[..part.Mesh.OwnedCellCount];
        Model = CellModel.Build(simulation, part, _world, unknowns);
        InitialState.Apply(Model, simulation);
        SolverSettings solver = simulation.Solver;
        Linear = new(Model.System, _world, method, linearTolerance, method == LinearMethod.CollectorSchur ? Model.Chains : null);
        NewtonOptions newton = new()
        {
            ColumnCurrent = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare / part.Mesh.Extrusion.ColumnCount,
            TotalCurrent = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare,
            Tolerance = solver.NewtonTolerance,
            MaximumIterations = solver.MaximumNewtonIterations,
        };
        Newton = new(Model.System, Model.Halo, Linear, _world, newton, new(Model.Mesh, Model.System.Unknowns, Model.Layout, _world));
        Coupling = Couplings.Of(solver) is { } coupling ? new(Model.System, Newton, _world, coupling) : null;
        Integrator = new(Model.System, Newton, _world, new()
        {
            MaximumOrder = solver.MaximumOrder,
            InitialStep = solver.InitialStep,
            MinimumStep = solver.MinimumStep,
            MaximumStep = solver.MaximumStep,
            ErrorControl = adaptive,
        }, Coupling);
    }

    public CellModel Model { get; }

    /// <summary>Solves steps in parts; null where all equations are solved at once.</summary>
    public Cell3D.Solvers.Coupling.CoupledSolver? Coupling { get; }

    public LinearSystem Linear { get; }

    /// <summary>The ranks that it is on.</summary>
    public Communicator World => _world;

    public NewtonSolver Newton { get; }

    public TimeIntegrator Integrator { get; }

    /// <summary>1C of the simulated part [A].</summary>
    public double OneC => _simulation.Cell.NominalCapacity * _simulation.Protocol.CurrentShare;

    public double Voltage => Model.Fields.TerminalVoltage;

    /// <summary>Residual of the owned rows as last assembled.</summary>
    public ReadOnlySpan<double> Residual => Linear.Residual;

    /// <summary>Applies a current [A] to the initial state and makes the potentials consistent.</summary>
    public CellRun Start(double current)
    {
        Integrator.Start(0);
        Switch(current);
        return this;
    }

    /// <summary>Changes the current and makes the potentials consistent.</summary>
    public void Switch(double current)
    {
        Integrator.Restart();
        Require(Integrator.SwitchTo(new Control.Current(current)));
    }

    /// <summary>Takes a step of this length [s].</summary>
    public StepOutcome Step(double seconds)
    {
        StepOutcome outcome = Require(Integrator.Attempt(seconds));
        Integrator.Accept(outcome, steer: true);
        return outcome;
    }

    /// <summary>Takes steps as the error control chooses them until a time [s] is reached.</summary>
    public void Proceed(double time)
    {
        while (Integrator.Time < time)
        {
            StepOutcome outcome = Integrator.Attempt(Integrator.NextStep);
            if (outcome.Succeeded)
                Integrator.Accept(outcome, steer: true);
            else if (!Integrator.Reject(outcome))
                Require(outcome);
        }
    }

    /// <summary>Attempts a step and assembles residual and Jacobian at its end, as the step begun anew.</summary>
    public void AssembleAtEndOf(double seconds)
    {
        Require(Integrator.Attempt(seconds));
        TimeCoefficients time = new();
        double[] past = Integrator.LastStep > 0 ? [Integrator.Time, Integrator.Time - Integrator.LastStep] : [Integrator.Time];
        time.Set(Integrator.Time + seconds, past, past.Length);
        Model.System.BeginStep(time);
        Assemble(Linear.WithJacobian());
    }

    /// <summary>Assembles at the present state.</summary>
    public void Assemble(in Assembly assembly)
    {
        Model.Halo.Update(Model.Fields);
        Model.System.Terminal.TotalCurrent = _world.Allreduce(Model.System.Terminal.LocalCurrent, Operation.Sum);
        Model.System.Assemble(assembly);
    }

    /// <summary>Charge between a state of charge of 0 and of 1 [A s].</summary>
    public double Capacity => _simulation.Protocol.Capacity;

    /// <summary>The case's protocol, to be carried out.</summary>
    public ProtocolRun Protocol(params double[] outputTimes) =>
        new(Model, Integrator, _simulation.Protocol, new(outputTimes), _simulation.Solver.FixedSteps) { StepEnds = new(_simulation.Thermal.TimesOfChange) };

    /// <summary>Carries the case's protocol out.</summary>
    public RunEnd Execute(Action? accepted = null, Action<double>? output = null, params double[] outputTimes)
    {
        ProtocolRun run = Protocol(outputTimes);
        run.Accepted = _ =>
        {
            accepted?.Invoke();
            return true;
        };
        run.OutputReached = time => output?.Invoke(time);
        return run.Execute();
    }

    /// <summary>The balances of the accepted state, summed over all ranks.</summary>
    public Balance Report()
    {
        Model.System.Report();
        _world.Allreduce(Model.System.Balance.Values, Operation.Sum);
        return Model.System.Balance;
    }

    /// <summary>A field over the whole mesh in the order of global cells, on every rank.</summary>
    public double[] Whole(Field field)
    {
        long[] cells = _world.Allgatherv(_wholeCells);
        double[] values = _world.Allgatherv(Model.Fields[field].AsSpan(0, _wholeCells.Length)), ordered = new double[cells.Length];
        for (int i = 0; i < cells.Length; i++)
            ordered[cells[i]] = values[i];
        return ordered;
    }

    public void Dispose()
    {
        Linear.Dispose();
        Model.Dispose();
    }

    private static StepOutcome Require(StepOutcome outcome) =>
        outcome.Succeeded ? outcome : throw new InvalidOperationException($"{outcome.Failure}: {outcome.Detail}");
}
