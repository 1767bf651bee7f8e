namespace Cell3D.Mesh;

/// <summary>Size of an in-plane mesh, known without building it.</summary>
/// <param name="Extent">Its rectangle.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Vertices">Number of vertices.</param>
/// <param name="Corners">Corners of a cell.</param>
/// <param name="EdgeNodes">Coordinates of the nodes along an edge, increasing [m].</param>
public sealed record PlaneSize(PlaneExtent Extent, long Cells, long Vertices, int Corners, Func<CellEdge, IEnumerable<double>> EdgeNodes)
{
    /// <summary>Size of <see cref="PlaneMesh.Rectilinear"/> with the same coordinates.</summary>
    public static PlaneSize Rectilinear(double[] y, double[] z) =>
        new(new PlaneExtent(y[0], y[^1], z[0], z[^1]), (y.Length - 1L) * (z.Length - 1L), (long)y.Length * z.Length, 4, edge => edge.RunsAlongY() ? y : z);

    /// <summary>Cells of rows and columns whose centres lie in a rectangle.</summary>
    public long Within(PlaneExtent rectangle)
    {
        return Count(EdgeNodes(CellEdge.Bottom), rectangle.Left, rectangle.Right) * Count(EdgeNodes(CellEdge.Left), rectangle.Bottom, rectangle.Top);

        static long Count(IEnumerable<double> nodes, double start, double end) =>
            nodes.Zip(nodes.Skip(1), (lower, upper) => 0.5 * (lower + upper)).LongCount(centre => centre > start && centre < end);
    }

    /// <summary>Size of <see cref="PlaneMesh.Triangular"/> with the same settings.</summary>
    /// <exception cref="MeshException">As for the mesh, or so many rows that no mesh can hold them.</exception>
    public static PlaneSize Triangular(double width, double height, int bases)
    {
        int rows = TriangularPlane.Rows(width, height, bases);
        return new(new PlaneExtent(0, width, 0, height), rows * ((2L * bases) + 1), ((rows + 1L) * (bases + 1L)) + ((rows + 1L) / 2), 3, Nodes);

        IEnumerable<double> Nodes(CellEdge edge)
        {
            if (!edge.RunsAlongY()) return Enumerable.Range(0, rows + 1).Select(line => height * ((double)line / rows));
            int offset = edge == CellEdge.Top ? rows % 2 : 0;
            return Enumerable.Range(0, bases + 1 + offset).Select(i => width * (Math.Clamp(i - (0.5 * offset), 0, bases) / bases));
        }
    }
}
