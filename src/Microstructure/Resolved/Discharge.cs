using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;

namespace Cell3D.Microstructure.Resolved;

/// <summary>Advances a cell at rest with a constant current, resolved or homogenised alike.</summary>
public sealed class Discharge : IDisposable
{
    /// <summary>Shares of a step to the next wanted time below which the rest is taken with it.</summary>
    private const double Whole = 1 - 1e-9;

    private const string Prefix = "resolved_";

    private readonly DiscreteSystem _system;
    private readonly LinearSystem _linear;
    private readonly TimeIntegrator _integrator;

    /// <summary>*Collective.* Prepares the solvers and switches the current on.</summary>
    /// <param name="system">The equations at rest.</param>
    /// <param name="halo">Neighbours.</param>
    /// <param name="mesh">Its cells.</param>
    /// <param name="settings">Tolerances.</param>
    /// <param name="current">I [A], positive charges.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="measure">Current by which rows are measured [A]; null for that of the run.</param>
    /// <exception cref="InvalidOperationException">No potentials were found for this current.</exception>
    public Discharge(DiscreteSystem system, FieldHalo halo, CellMesh mesh, SolverSettings settings, double current, Communicator world, double? measure = null)
    {
        double whole = measure ?? Math.Abs(current);
        _system = system;
        // Conductances of voxels are so small that a factorisation without pivoting takes them for zero.
        Options.SetDefault($"-{Prefix}pc_factor_mat_solver_type", "mumps");
        _linear = new(system, world, LinearMethod.DirectLU, 1e-12, prefix: Prefix);
        // Rows are measured by what passes through a column, so by an even share of the current.
        NewtonOptions newton = new() { ColumnCurrent = whole / mesh.Extrusion.ColumnCount, TotalCurrent = whole, Tolerance = settings.NewtonTolerance, MaximumIterations = settings.MaximumNewtonIterations };
        NewtonSolver solver = new(system, halo, _linear, world, newton, new(mesh, system.Unknowns, system.Layout, world));
        _integrator = new(system, solver, world, new() { MaximumOrder = settings.MaximumOrder, InitialStep = settings.InitialStep, MinimumStep = settings.MinimumStep, ErrorControl = true });
        _integrator.Start(0);
        Require(_integrator.SwitchTo(new Control.Current(current)));
    }

    /// <summary>t [s].</summary>
    public double Time => _integrator.Time;

    /// <summary>V [V].</summary>
    public double Voltage => _system.Fields.TerminalVoltage;

    /// <summary>Steps taken.</summary>
    public int Steps { get; private set; }

    /// <summary>*Collective.* Advances to a time [s].</summary>
    /// <exception cref="InvalidOperationException">Steps became too short.</exception>
    public void Advance(double time)
    {
        while (Time < time * Whole)
        {
            double left = time - Time, step = _integrator.NextStep >= left * Whole ? left : Math.Min(_integrator.NextStep, 0.5 * left);
            StepOutcome outcome = _integrator.Attempt(step);
            if (outcome.Succeeded)
            {
                _integrator.Accept(outcome, steer: true);
                Steps++;
            }
            else if (!_integrator.Reject(outcome))
                Require(outcome);
        }
    }

    /// <summary>*Collective.* Takes one step of a given length, whatever its error: from rest or after a switch a backward Euler step.</summary>
    /// <exception cref="InvalidOperationException">Newton's method does not converge.</exception>
    public void StepOnce(double step)
    {
        StepOutcome outcome = _integrator.Attempt(step);
        if (outcome.Failure is not (StepFailure.None or StepFailure.LocalError))
            Require(outcome);
        _integrator.Accept(outcome, steer: false);
        Steps++;
    }

    /// <summary>*Collective.* Integrals of the accepted state over all ranks.</summary>
    public Balance Report(Communicator world)
    {
        _system.Report();
        world.Allreduce(_system.Balance.Values, Operation.Sum);
        return _system.Balance;
    }

    public void Dispose() => _linear.Dispose();

    private void Require(StepOutcome outcome)
    {
        if (!outcome.Succeeded)
            throw new InvalidOperationException($"The step at {Time:g4} s failed: {outcome.Detail}");
    }
}
