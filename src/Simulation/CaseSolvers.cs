using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Solvers;
using Cell3D.Solvers.Coupling;

namespace Cell3D.Simulation;

/// <summary>What solves the equations of a case: linear systems, Newton's method, time integration, as the case asks for.</summary>
public sealed class CaseSolvers : IDisposable
{
    /// <summary>Below this many unknowns a direct solver is quicker than any iteration.</summary>
    private const long DirectSolverLimit = 4000;

    /// <summary>With tolerances below this share of the default, backward formulas of third order take fewer solves than pairs.</summary>
    private const double LeastLoosenessForPairs = 0.1;

    /// <summary>*Collective.*</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="model">Its equations.</param>
    /// <param name="world">The ranks.</param>
    public CaseSolvers(SimulationCase simulation, CellModel model, Communicator world)
    {
        SolverSettings settings = simulation.Solver;
        NominalCurrent = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        Method = MethodOf(simulation, world.Allreduce((long)model.Layout.Rows, Operation.Sum));
        Linear = new(model.System, world, Method, settings.LinearTolerance, Method == LinearMethod.CollectorSchur ? model.Chains : null);
        NewtonOptions newton = new()
        {
            Tolerance = settings.NewtonTolerance,
            MaximumIterations = settings.MaximumNewtonIterations,
            ColumnCurrent = NominalCurrent / model.Mesh.Extrusion.ColumnCount,
            TotalCurrent = NominalCurrent,
        };
        Newton = new(model.System, model.Halo, Linear, world, newton, new(model.Mesh, model.System.Unknowns, model.Layout, world));
        Coupling = Couplings.Of(settings) is { } coupling ? new(model.System, Newton, world, coupling) : null;
        // The parts have matrices of their own: what was made for one serves no other.
        if (Coupling is not null)
            Linear.AllowedGrowth = 0;
        Integrator = new(model.System, Newton, world, TimeOptions(settings) with { PrefersPairs = PrefersPairs(simulation, Method) }, Coupling);
    }

    /// <summary>Current of 1C of the simulated part [A].</summary>
    public double NominalCurrent { get; }

    /// <summary>Of the linear systems.</summary>
    public LinearMethod Method { get; }

    public LinearSystem Linear { get; }

    public NewtonSolver Newton { get; }

    /// <summary>Solves steps in parts; null where all equations are solved at once.</summary>
    public CoupledSolver? Coupling { get; }

    public TimeIntegrator Integrator { get; }

    public void Dispose() => Linear.Dispose();

    /// <summary>How a case wants its steps chosen.</summary>
    internal static TimeOptions TimeOptions(SolverSettings solver) => new()
    {
        MaximumOrder = solver.MaximumOrder,
        InitialStep = solver.InitialStep,
        MinimumStep = solver.MinimumStep,
        MaximumStep = solver.MaximumStep,
        Looseness = solver.Looseness,
        ErrorControl = solver.FixedSteps.Count == 0,
    };

    /// <summary>Whether steps are pairs of formulas: in a column, whose factors serve for both, unless much more is asked for than by default, where the higher order of backward formulas wins, or
    /// particles part into phases, whose fronts limit steps whatever the formula.</summary>
    private static bool PrefersPairs(SimulationCase simulation, LinearMethod method) =>
        method == LinearMethod.DirectLU && simulation.Geometry.Form == CellForm.Column && simulation.Solver.MaximumOrder == TimeCoefficients.DefaultOrder && simulation.Solver.Looseness >= LeastLoosenessForPairs
        && !simulation.Layers.Any(layer => layer.Material.ActiveMaterials.Any(material => material.PhaseSeparation is not null));

    private static LinearMethod MethodOf(SimulationCase simulation, long unknowns) => simulation.Solver.LinearSolver switch
    {
        LinearSolverKind.LU => LinearMethod.DirectLU,
        LinearSolverKind.FieldSplit => LinearMethod.FieldSplit,
        LinearSolverKind.CollectorSchur => LinearMethod.CollectorSchur,
        _ => simulation.Geometry.Form == CellForm.Column || unknowns <= DirectSolverLimit ? LinearMethod.DirectLU : LinearMethod.CollectorSchur,
    };
}
