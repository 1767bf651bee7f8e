namespace Cell3D.Mesh;

/// <summary>Size of an in-plane mesh, known without building it.</summary>
/// <param name="Extent">Its rectangle.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Vertices">Number of vertices.</param>
/// <param name="Corners">Corners of all cells, each counted by every cell.</param>
/// <param name="EdgeNodes">Coordinates of the nodes along an edge, increasing [m].</param>
/// <param name="Within">Cells whose centres lie in a rectangle.</param>
public sealed record PlaneSize(PlaneExtent Extent, long Cells, long Vertices, long Corners, Func<CellEdge, IEnumerable<double>> EdgeNodes, Func<PlaneExtent, long> Within)
{
    private Outline? _outline;

    /// <summary>Where it ends; its rectangle where nothing else was said.</summary>
    public Outline Outline { get => _outline ??= Outline.Of(Extent); init => _outline = value; }

    /// <summary>Size of <see cref="PlaneMesh.Rectilinear"/> with the same coordinates.</summary>
    public static PlaneSize Rectilinear(double[] y, double[] z) =>
        new(new PlaneExtent(y[0], y[^1], z[0], z[^1]), (y.Length - 1L) * (z.Length - 1L), (long)y.Length * z.Length, 4 * (y.Length - 1L) * (z.Length - 1L), edge => edge.RunsAlongY() ? y : z, rectangle => Between(y, rectangle.Left, rectangle.Right) * Between(z, rectangle.Bottom, rectangle.Top));

    /// <summary>Size of a mesh that is there.</summary>
    public static PlaneSize Of(PlaneMesh plane) => new(plane.Extent, plane.CellCount, plane.VertexY.Length, plane.CellVertices.Length,
        edge => plane.BoundaryEdges.Where(side => side.Edge == edge).Select(side => side.Start).Order(),
        rectangle => Enumerable.Range(0, plane.CellCount).LongCount(cell => rectangle.Contains(plane.CentreY[cell], plane.CentreZ[cell])))
    {
        Outline = plane.Outline,
    };

    /// <summary>Size of <see cref="PlaneMesh.Triangular"/> with the same settings.</summary>
    /// <exception cref="MeshException">As for the mesh, or so many rows that no mesh can hold them.</exception>
    public static PlaneSize Triangular(double width, double height, int bases)
    {
        int rows = TriangularPlane.Rows(width, height, bases);
        return new(new PlaneExtent(0, width, 0, height), rows * ((2L * bases) + 1), ((rows + 1L) * (bases + 1L)) + ((rows + 1L) / 2), 3 * rows * ((2L * bases) + 1), Nodes, _ => throw new MeshException("in-plane mesh: triangles follow no rectangles"));

        IEnumerable<double> Nodes(CellEdge edge)
        {
            if (!edge.RunsAlongY()) return Enumerable.Range(0, rows + 1).Select(line => height * ((double)line / rows));
            int offset = edge == CellEdge.Top ? rows % 2 : 0;
            return Enumerable.Range(0, bases + 1 + offset).Select(i => width * (Math.Clamp(i - (0.5 * offset), 0, bases) / bases));
        }
    }

    /// <summary>Intervals between nodes whose middles lie in a range.</summary>
    private static long Between(double[] nodes, double start, double end) =>
        nodes.Zip(nodes.Skip(1), (lower, upper) => 0.5 * (lower + upper)).LongCount(centre => centre > start && centre < end);
}
