using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>The equations of a case at its initial state, with the solvers that the case asks for.</summary>
public sealed class CaseSystem : IDisposable
{
    /// <summary>Below this many unknowns a direct solver is quicker than any iteration.</summary>
    private const long DirectSolverLimit = 4000;

    /// <summary>*Collective.*</summary>
    /// <exception cref="MeshException">The geometry cannot be meshed, or not on so many ranks.</exception>
    public CaseSystem(SimulationCase simulation, Communicator world)
    {
        MeshPart part = CaseMesh.Part(simulation, world.Size, world.Rank);
        Model = CellModel.Build(simulation, part, world);
        InitialState.Apply(Model, simulation);
        Unknowns = world.Allreduce((long)Model.Layout.Rows, Operation.Sum);
        NominalCurrent = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        Method = MethodOf(simulation, Unknowns);
        Linear = new(Model.System, world, Method, simulation.Solver.LinearTolerance, Method == LinearMethod.CollectorSchur ? Model.Chains : null);
        NewtonOptions newton = new()
        {
            Tolerance = simulation.Solver.NewtonTolerance,
            MaximumIterations = simulation.Solver.MaximumNewtonIterations,
            ColumnCurrent = NominalCurrent / part.Mesh.Extrusion.ColumnCount,
            TotalCurrent = NominalCurrent,
        };
        Newton = new(Model.System, Model.Halo, Linear, world, newton, new(Model.Mesh, Model.System.Unknowns, Model.Layout, world));
        Integrator = new(Model.System, Newton, world, CaseRun.TimeOptions(simulation.Solver));
    }

    public CellModel Model { get; }

    /// <summary>Unknowns of the global system.</summary>
    public long Unknowns { get; }

    /// <summary>Current of 1C of the simulated part [A].</summary>
    public double NominalCurrent { get; }

    /// <summary>Of the linear systems.</summary>
    public LinearMethod Method { get; }

    public LinearSystem Linear { get; }

    public NewtonSolver Newton { get; }

    public TimeIntegrator Integrator { get; }

    /// <summary>What a case's linear systems are solved with.</summary>
    public static LinearMethod MethodOf(SimulationCase simulation, long unknowns) => simulation.Solver.LinearSolver switch
    {
        LinearSolverKind.LU => LinearMethod.DirectLU,
        LinearSolverKind.FieldSplit => LinearMethod.FieldSplit,
        LinearSolverKind.CollectorSchur => LinearMethod.CollectorSchur,
        _ => simulation.Geometry.Form == CellForm.Column || unknowns <= DirectSolverLimit ? LinearMethod.DirectLU : LinearMethod.CollectorSchur,
    };

    public void Dispose()
    {
        Linear.Dispose();
        Model.Dispose();
    }
}
