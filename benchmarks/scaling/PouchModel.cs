using Cell3D.Benchmarks.Laws;
using Cell3D.Discretization;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>A cell at rest on this rank, ready to be stepped: the layered pouch of cell/pouch.json at a chosen in-plane resolution.</summary>
public sealed class PouchModel : IDisposable
{
    /// <summary>*Collective.*</summary>
    /// <param name="world">The ranks.</param>
    /// <param name="across">Cells along either edge.</param>
    public PouchModel(Communicator world, int across)
    {
        Case = CaseOf(across);
        Part = CaseMesh.Part(Case, world.Size, world.Rank);
        Model = CellModel.Build(Case, Part, world);
        InitialState.Apply(Model, Case);
        Model.System.Terminal.Control = new Control.Current(new ExpectedCurrent(Case).Of(Case.Protocol.Steps[0]));
    }

    public SimulationCase Case { get; }

    /// <summary>The pouch with so many cells along either edge.</summary>
    public static SimulationCase CaseOf(int across) => BenchmarkCase.Of(Box.BpxPath("pouch.json"), $"Mesh.Cells along width={across}", $"Mesh.Cells along height={across}");

    public MeshPart Part { get; }

    public CellModel Model { get; }

    /// <summary>|I| over the columns of the mesh [A]: the measure of residuals.</summary>
    public double ColumnCurrent => Math.Abs(Model.System.Terminal.Current) / Part.Mesh.Extrusion.ColumnCount;

    /// <summary>Newton's method over a linear system of this model. *Collective.*</summary>
    public NewtonSolver Newton(LinearSystem linear, Communicator world) =>
        new(Model.System, Model.Halo, linear, world, new() { ColumnCurrent = ColumnCurrent, TotalCurrent = Math.Abs(Model.System.Terminal.Current) }, new(Part.Mesh, Model.System.Unknowns, Model.Layout, world));

    public void Dispose() => Model.Dispose();
}
