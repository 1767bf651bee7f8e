namespace Cell3D.Mesh;

/// <summary>
/// In-plane mesh (y, z) of a rectangle or another outline, over which layer stacks and strips are extruded. The line between two
/// neighbouring centres is normal to their edge, so that two-point fluxes are consistent.
/// </summary>
public sealed class PlaneMesh
{
    /// <summary>How often points of a Voronoi mesh move to the centroids of their cells.</summary>
    private const int CentroidMoves = 1;

    private double? _left, _right, _bottom, _top;
    private Outline? _outline;

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

    /// <summary>Where the mesh ends; its bounding rectangle where nothing else was said.</summary>
    public Outline Outline { get => _outline ??= Outline.Of(Extent); init => _outline = value; }

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

    /// <summary>The same cut at an outline: what belongs to no cell whose middle lies within goes to its neighbours, and edges stay normal to the lines between centres.</summary>
    /// <param name="y">As without an outline; from its left to its right end.</param>
    /// <param name="z">From its lower to its upper end.</param>
    /// <param name="outline">Where the mesh ends.</param>
    /// <exception cref="MeshException">Coordinates as without an outline, or no middle lies within.</exception>
    public static PlaneMesh Rectilinear(ReadOnlySpan<double> y, ReadOnlySpan<double> z, Outline outline)
    {
        RectilinearPlane.Check(y.ToArray(), z.ToArray());
        return ClippedPlane.Graded(y.ToArray(), z.ToArray(), outline);
    }

    /// <summary>Voronoi cells around points, which are first moved once to the centroids of their cells.</summary>
    /// <param name="points">Points within or on the outline [m].</param>
    /// <param name="outline">Where the mesh ends.</param>
    /// <exception cref="MeshException">Points that coincide, so that a cell is empty.</exception>
    public static PlaneMesh Voronoi(IReadOnlyList<(double Y, double Z)> points, Outline outline) => ClippedPlane.Voronoi(points, outline, CentroidMoves);

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

    /// <summary>The bounding rectangle of the mesh.</summary>
    public PlaneExtent Extent => new(Left, Right, Bottom, Top);

    /// <summary>Range of the coordinate along an edge [m].</summary>
    public (double Start, double End) EdgeRange(CellEdge edge) => Extent.EdgeRange(edge);

    /// <summary>Some of the cells, numbered in their order; where they are cut from the others the mesh has no boundary edges.</summary>
    internal PlaneMesh Part(IReadOnlyList<int> cells)
    {
        int[] number = new int[CellCount], vertexNumber = new int[VertexY.Length];
        Array.Fill(number, -1);
        Array.Fill(vertexNumber, -1);
        List<int> vertices = [], corners = [], offsets = [0];
        for (int i = 0; i < cells.Count; i++)
        {
            number[cells[i]] = i;
            foreach (int vertex in Polygon(cells[i]))
            {
                if (vertexNumber[vertex] < 0)
                {
                    vertexNumber[vertex] = vertices.Count;
                    vertices.Add(vertex);
                }
                corners.Add(vertexNumber[vertex]);
            }
            offsets.Add(corners.Count);
        }
        return new PlaneMesh
        {
            CentreY = [.. cells.Select(cell => CentreY[cell])],
            CentreZ = [.. cells.Select(cell => CentreZ[cell])],
            Area = [.. cells.Select(cell => Area[cell])],
            VertexY = [.. vertices.Select(vertex => VertexY[vertex])],
            VertexZ = [.. vertices.Select(vertex => VertexZ[vertex])],
            VertexOffsets = [.. offsets],
            CellVertices = [.. corners],
            Edges = [.. Edges.Where(edge => number[edge.Left] >= 0 && number[edge.Right] >= 0).Select(edge => edge with { Left = number[edge.Left], Right = number[edge.Right] })],
            BoundaryEdges = [.. BoundaryEdges.Where(edge => number[edge.Cell] >= 0).Select(edge => edge with { Cell = number[edge.Cell] })],
        };
    }

    /// <summary>The same mesh laid out from a side: y becomes the coordinate along it, z the distance away from it. Edges keep their names and coordinates.</summary>
    internal PlaneMesh From(Side side)
    {
        (double Y, double Z)[] centres = [.. CentreY.Zip(CentreZ, side.Place)], vertices = [.. VertexY.Zip(VertexZ, side.Place)];
        int[] corners = [.. CellVertices];
        bool isMirrored = (side.Along.Y * side.Outward.Z) - (side.Along.Z * side.Outward.Y) < 0;
        for (int cell = 0; cell < CellCount && isMirrored; cell++)
            Array.Reverse(corners, VertexOffsets[cell], VertexOffsets[cell + 1] - VertexOffsets[cell]);
        return new PlaneMesh
        {
            CentreY = Array.ConvertAll(centres, centre => centre.Y),
            CentreZ = Array.ConvertAll(centres, centre => centre.Z),
            Area = Area,
            VertexY = Array.ConvertAll(vertices, vertex => vertex.Y),
            VertexZ = Array.ConvertAll(vertices, vertex => vertex.Z),
            VertexOffsets = VertexOffsets,
            CellVertices = corners,
            Edges = Edges,
            BoundaryEdges = BoundaryEdges,
        };
    }
}
