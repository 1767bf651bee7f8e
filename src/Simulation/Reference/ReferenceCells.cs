using Cell3D.Mesh;

namespace Cell3D.Simulation.Reference;

/// <summary>Control volumes of one rank with their temperature at every moment.</summary>
/// <param name="Geometry">x, y, z [m] and volume [m³] of each.</param>
/// <param name="Region">Number of the region of each.</param>
/// <param name="Temperature">T [K], by cell and moment.</param>
/// <param name="Moments">Moments in a row.</param>
public sealed record ReferenceCells(double[] Geometry, int[] Region, double[] Temperature, int Moments)
{
    /// <summary>Numbers in a row of <see cref="Geometry"/>.</summary>
    public const int Coordinates = 4;

    internal static ReferenceCells Of(CellMesh mesh, IReadOnlyList<double[]> moments)
    {
        int cells = mesh.OwnedCellCount, count = moments.Count;
        double[] geometry = new double[Coordinates * cells], temperature = new double[cells * count];
        for (int cell = 0; cell < cells; cell++)
        {
            (geometry[Coordinates * cell], geometry[(Coordinates * cell) + 1], geometry[(Coordinates * cell) + 2], geometry[(Coordinates * cell) + 3]) =
                (mesh.CentreX[cell], mesh.CentreY[cell], mesh.CentreZ[cell], mesh.Volume[cell]);
            for (int moment = 0; moment < count; moment++)
                temperature[(cell * count) + moment] = moments[moment][cell];
        }
        return new(geometry, mesh.Region[..cells], temperature, count);
    }
}
