using Cell3D.Mesh;

namespace Cell3D.Simulation.Recording;

/// <summary>Current density in every cell, rebuilt from the currents through its faces: i = V⁻¹ Σ_f I_f (x_f − x_cell).</summary>
/// <remarks>Exact for a uniform current with sources: ∫ i dV = Σ I_f (x_f − x_c) − ∫ (x − x_c) ∇·i dV, whose last term vanishes for a source uniform in the cell.</remarks>
public sealed class CurrentDensity(CellMesh mesh)
{
    private readonly double _middle = 0.5 * (mesh.Extrusion.ColumnZ.Min() + mesh.Extrusion.ColumnZ.Max());
    private readonly double[] _moments = new double[3 * mesh.OwnedCellCount];

    /// <summary>Fills i [A m⁻²] of the owned cells; NaN where nothing flows by definition.</summary>
    /// <param name="values">x, y, z of every owned cell.</param>
    /// <param name="flows">Faces with the current from left to right through them [A].</param>
    /// <param name="terminals">Boundary faces of owned cells with the current that leaves through them [A].</param>
    /// <param name="lives">Whether the current lives in a cell.</param>
    public void Fill(Span<double> values, IEnumerable<(Face Face, double Current)> flows, IEnumerable<(BoundaryFace Face, double Current)> terminals, Func<LayerKind, bool> lives)
    {
        Array.Clear(_moments);
        foreach ((Face face, double flowing) in flows)
        {
            (double x, double y, double z) = mesh.Normal(face);
            (double left, double right) = mesh.Distances(face);
            Add(face.Left, flowing * left, x, y, z);
            Add(face.Right, flowing * right, x, y, z);
        }
        foreach ((BoundaryFace face, double leaving) in terminals)
        {
            (double x, double y, double z) = Outward(face);
            Add(face.Cell, leaving * face.Distance, x, y, z);
        }
        for (int cell = 0; cell < mesh.OwnedCellCount; cell++)
            for (int axis = 0; axis < 3; axis++)
                values[(3 * cell) + axis] = lives(mesh.Kind(cell)) ? _moments[(3 * cell) + axis] / mesh.Volume[cell] : double.NaN;
    }

    private void Add(int cell, double moment, double x, double y, double z)
    {
        if (cell >= mesh.OwnedCellCount)
            return;
        _moments[3 * cell] += moment * x;
        _moments[(3 * cell) + 1] += moment * y;
        _moments[(3 * cell) + 2] += moment * z;
    }

    /// <summary>Whether a cell is below the middle: an edge inside a can lies at the end that is nearer.</summary>
    private bool IsLow(int cell) => mesh.Extrusion.ColumnZ[mesh.Column[cell]] < _middle;

    /// <summary>Outward normal of a terminal: along x for a column, away from the edge for a collector or strip.</summary>
    private (double X, double Y, double Z) Outward(BoundaryFace face)
    {
        if (face.Direction == FaceDirection.Through)
            return (face.Surface == CellSurface.NegativeTerminal ? -1 : 1, 0, 0);
        if ((mesh.Regions[mesh.Region[face.Cell]].AttachedTo ?? CellSurfaces.EdgeOf(face.CoolingSurface)) is { } edge && mesh.Outline?.Side(edge) is { } side)
            return (0, side.Outward.Y, side.Outward.Z);
        return face.CoolingSurface switch
        {
            CellSurface.Base => (0, 0, -1),
            CellSurface.None => (0, 0, IsLow(face.Cell) ? -1 : 1),
            _ => (0, 0, 1),
        };
    }
}
