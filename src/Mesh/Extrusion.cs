namespace Cell3D.Mesh;

/// <summary>
/// Outlines and centres of cells: a cell is the polygon of its column between two levels. Polygons lie in the plane
/// (distance along the line, z) of their body, whose frames place them in space. Of in-plane size, so all parts of a mesh share it.
/// </summary>
public sealed class Extrusion
{
    /// <summary>Columns that turn by less are straight when a point is looked for [rad].</summary>
    private const double LeastTurning = 1e-9;

    /// <summary>Distance of each vertex along its line [m]; y where that is straight.</summary>
    public required double[] VertexY { get; init; }

    /// <summary>z of each vertex [m].</summary>
    public required double[] VertexZ { get; init; }

    /// <summary>Where each vertex lies at depth 0.</summary>
    public required Frame[] VertexFrames { get; init; }

    /// <summary>Distance of each column's centre along its line [m].</summary>
    public required double[] ColumnY { get; init; }

    /// <summary>z of each column's centre [m].</summary>
    public required double[] ColumnZ { get; init; }

    /// <summary>Where each column's centre lies at depth 0.</summary>
    public required Frame[] ColumnFrames { get; init; }

    /// <summary>Curvature of the line at each column [m⁻¹].</summary>
    public required double[] ColumnCurvature { get; init; }

    /// <summary>Area of each column at depth 0 [m²].</summary>
    public required double[] ColumnArea { get; init; }

    /// <summary>Start of each column's polygon in <see cref="ColumnVertices"/>; length columns + 1.</summary>
    public required int[] ColumnOffsets { get; init; }

    /// <summary>Vertex indices of the polygons, counter-clockwise seen against the direction of the layers.</summary>
    public required int[] ColumnVertices { get; init; }

    /// <summary>Depths of the levels [m]; a cell with level l lies between Levels[l] and Levels[l + 1].</summary>
    public required double[] Levels
    {
        get;
        init
        {
            field = value;
            LevelCentre = Between(value, (lower, upper) => 0.5 * (lower + upper));
            LevelThickness = Between(value, (lower, upper) => upper - lower);
        }
    }

    /// <summary>Depth halfway to the next level [m].</summary>
    public double[] LevelCentre { get; private init; } = [];

    /// <summary>Distance to the next level [m].</summary>
    public double[] LevelThickness { get; private init; } = [];

    /// <summary>First column of each body; length bodies + 1.</summary>
    public required int[] BodyOffsets { get; init; }

    /// <summary>Number of columns.</summary>
    public int ColumnCount => ColumnOffsets.Length - 1;

    /// <summary>Vertex indices of one column's polygon.</summary>
    public ReadOnlySpan<int> Polygon(int column) =>
        ColumnVertices.AsSpan(ColumnOffsets[column]..ColumnOffsets[column + 1]);

    /// <summary>Corners of one column's polygon [m].</summary>
    internal (double Y, double Z)[] Corners(int column) => [.. Polygon(column).ToArray().Select(vertex => (VertexY[vertex], VertexZ[vertex]))];

    /// <summary>Depth of a point as a column sees it, and its distance in the plane from the column's polygon [m]; zero inside.</summary>
    public (double Depth, double Distance) Seen(int column, double x, double y, double z)
    {
        Frame frame = ColumnFrames[column];
        (double depth, double along) = ColumnCurvature[column] * Across(column) > LeastTurning ? frame.SeenOnArc(1 / ColumnCurvature[column], x, y) : frame.Seen(x, y);
        return (depth, PlaneDistance(column, ColumnY[column] + along, z));
    }

    /// <summary>The column of a body that contains a point of its plane or comes nearest to it; of several the first.</summary>
    /// <param name="body">Number of the body.</param>
    /// <param name="along">Distance along the line of the body [m]; y where that is straight.</param>
    /// <param name="z">z [m].</param>
    public int ColumnAt(int body, double along, double z) => Enumerable.Range(BodyOffsets[body], BodyOffsets[body + 1] - BodyOffsets[body]).MinBy(column => (PlaneDistance(column, along, z), column));

    /// <summary>Whether a point of the plane of its body lies in a column.</summary>
    /// <param name="column">Number of the column.</param>
    /// <param name="along">Distance along the line of the body [m].</param>
    /// <param name="z">z [m].</param>
    public bool Contains(int column, double along, double z) => PlanePolygon.Contains(Corners(column), along, z);

    /// <summary>Extent of a column along its line and along z [m].</summary>
    public (double Along, double Height) Size(int column)
    {
        (double first, double last) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (int vertex in Polygon(column))
            (first, last) = (Math.Min(first, VertexZ[vertex]), Math.Max(last, VertexZ[vertex]));
        return (Across(column), last - first);
    }

    /// <summary>The outlines of a domain's bodies, one after the other.</summary>
    internal static Extrusion Of(IReadOnlyList<Body> bodies)
    {
        List<int> offsets = [0], vertices = [];
        foreach (Body body in bodies)
        {
            int first = vertices.Count;
            offsets.AddRange(body.Plane.VertexOffsets.Skip(1).Select(offset => first + offset));
            vertices.AddRange(body.Plane.CellVertices.Select(vertex => body.FirstVertex + vertex));
        }
        return new Extrusion
        {
            VertexY = [.. bodies.SelectMany(body => body.Plane.VertexY)],
            VertexZ = [.. bodies.SelectMany(body => body.Plane.VertexZ)],
            VertexFrames = [.. bodies.SelectMany(body => body.Plane.VertexY.Select(body.Line.At))],
            ColumnY = [.. bodies.SelectMany(body => body.Plane.CentreY)],
            ColumnZ = [.. bodies.SelectMany(body => body.Plane.CentreZ)],
            ColumnFrames = [.. bodies.SelectMany(body => body.Plane.CentreY.Select(body.Line.At))],
            ColumnCurvature = [.. bodies.SelectMany(body => Enumerable.Range(0, body.Plane.CellCount).Select(body.Curvature))],
            ColumnArea = [.. bodies.SelectMany(body => body.Plane.Area)],
            ColumnOffsets = [.. offsets],
            ColumnVertices = [.. vertices],
            BodyOffsets = [0, .. bodies.Select(body => body.FirstColumn + body.Plane.CellCount)],
            Levels = [.. bodies.SelectMany(body => body.Levels)],
        };
    }

    /// <summary>Extent of a column along its line [m].</summary>
    private double Across(int column)
    {
        (double first, double last) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (int vertex in Polygon(column))
            (first, last) = (Math.Min(first, VertexY[vertex]), Math.Max(last, VertexY[vertex]));
        return last - first;
    }

    private double PlaneDistance(int column, double y, double z)
    {
        ReadOnlySpan<int> polygon = Polygon(column);
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < polygon.Length; i++)
        {
            int a = polygon[i], b = polygon[(i + 1) % polygon.Length];
            double ey = VertexY[b] - VertexY[a], ez = VertexZ[b] - VertexZ[a];
            double py = y - VertexY[a], pz = z - VertexZ[a];
            double along = Math.Clamp((ey * py + ez * pz) / (ey * ey + ez * ez), 0, 1);
            nearest = Math.Min(nearest, Math.Sqrt(Square(py - along * ey) + Square(pz - along * ez)));
        }
        return PlanePolygon.Contains(Corners(column), y, z) ? 0 : nearest;
    }

    private static double[] Between(double[] levels, Func<double, double, double> value) => [.. levels.Zip(levels.Skip(1), value)];

    private static double Square(double value) => value * value;
}
