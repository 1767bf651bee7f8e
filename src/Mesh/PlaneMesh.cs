namespace Cell3D.Mesh;

/// <summary>
/// In-plane mesh (y, z) of a rectangle, over which layer stacks and strips are extruded. The line between two
/// neighbouring centres is normal to their edge, so that two-point fluxes are consistent.
/// </summary>
public sealed class PlaneMesh
{
    private double? _left, _right, _bottom, _top;

    /// <summary>Number of cells.</summary>
    public int CellCount => Area.Length;

    /// <summary>y of each centre [m].</summary>
    public required double[] CentreY { get; init; }

    /// <summary>z of each centre [m].</summary>
    public required double[] CentreZ { get; init; }

    /// <summary>Area of each cell [m²].</summary>
    public required double[] Area { get; init; }

    /// <summary>y of each vertex [m].</summary>
    public required double[] VertexY { get; init; }

    /// <summary>z of each vertex [m].</summary>
    public required double[] VertexZ { get; init; }

    /// <summary>Start of each cell's polygon in <see cref="CellVertices"/>; length cells + 1.</summary>
    public required int[] VertexOffsets { get; init; }

    /// <summary>Vertex indices of the polygons, counter-clockwise with y to the right and z up.</summary>
    public required int[] CellVertices { get; init; }

    /// <summary>Interior edges.</summary>
    public required PlaneEdge[] Edges { get; init; }

    /// <summary>Boundary edges.</summary>
    public required PlaneBoundaryEdge[] BoundaryEdges { get; init; }

    /// <summary>Smallest y [m].</summary>
    public double Left => _left ??= VertexY.Min();

    /// <summary>Largest y [m].</summary>
    public double Right => _right ??= VertexY.Max();

    /// <summary>Smallest z [m].</summary>
    public double Bottom => _bottom ??= VertexZ.Min();

    /// <summary>Largest z [m].</summary>
    public double Top => _top ??= VertexZ.Max();

    /// <summary>One cell per rectangle between neighbouring coordinates, y fastest.</summary>
    /// <param name="y">Strictly increasing node coordinates [m], at least two.</param>
    /// <param name="z">Strictly increasing node coordinates [m], at least two.</param>
    /// <exception cref="MeshException">Too few, non-finite or unordered coordinates.</exception>
    public static PlaneMesh Rectilinear(ReadOnlySpan<double> y, ReadOnlySpan<double> z) =>
        RectilinearPlane.Build(y.ToArray(), z.ToArray());

    /// <summary>One cell over the whole rectangle, for one-dimensional columns.</summary>
    /// <param name="width">Extent along y [m].</param>
    /// <param name="height">Extent along z [m].</param>
    /// <exception cref="MeshException">An extent is not positive.</exception>
    public static PlaneMesh SingleCell(double width, double height) => Rectilinear([0, width], [0, height]);

    /// <summary>
    /// Rows of acute, nearly equilateral triangles, closed by right triangles at the left and right edge; centres
    /// are circumcentres.
    /// </summary>
    /// <param name="width">Extent along y [m].</param>
    /// <param name="height">Extent along z [m].</param>
    /// <param name="bases">Triangle bases along the width, at least one.</param>
    /// <exception cref="MeshException">An extent is not positive, or the bases are too long for the height.</exception>
    public static PlaneMesh Triangular(double width, double height, int bases) =>
        TriangularPlane.Build(width, height, bases);

    /// <summary>Vertex indices of one cell's polygon.</summary>
    public ReadOnlySpan<int> Polygon(int cell) => CellVertices.AsSpan(VertexOffsets[cell]..VertexOffsets[cell + 1]);

    /// <summary>The rectangle that the mesh fills.</summary>
    public PlaneExtent Extent => new(Left, Right, Bottom, Top);

    /// <summary>Range of the coordinate along an edge [m].</summary>
    public (double Start, double End) EdgeRange(CellEdge edge) => Extent.EdgeRange(edge);
}
