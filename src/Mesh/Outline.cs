namespace Cell3D.Mesh;

/// <summary>The border of the plane of a cell: a simple polygon, counter-clockwise with y to the right and z up.</summary>
public sealed class Outline
{
    private const int Edges = (int)CellEdge.Contour;

    private readonly double[] _along;
    private readonly CellEdge[] _edges;
    private readonly Side?[] _sides;

    /// <summary>A polygon; what of it lies on its bounding rectangle belongs to the four edges, the rest is contour.</summary>
    /// <param name="corners">Its corners in order [m], counter-clockwise.</param>
    /// <exception cref="MeshException">Fewer than three corners, or no area to the left of them.</exception>
    public Outline(IReadOnlyList<(double Y, double Z)> corners)
        : this(corners, [], [.. Enumerable.Repeat(-1, corners.Count)])
    {
    }

    /// <summary>A polygon parts of which have names, wherever they lie.</summary>
    /// <param name="corners">Its corners in order [m], counter-clockwise.</param>
    /// <param name="names">Names of parts.</param>
    /// <param name="nameOf">For the side behind each corner the number of its name, −1 for none.</param>
    /// <exception cref="MeshException">Fewer than three corners, or no area to the left of them.</exception>
    public Outline(IReadOnlyList<(double Y, double Z)> corners, IReadOnlyList<string> names, IReadOnlyList<int> nameOf)
    {
        (Corners, Names) = ([.. corners], names);
        Area = Corners.Length < 3 ? 0 : PlanePolygon.Area(Corners);
        if (!(Area > 0))
            throw new MeshException(FormattableString.Invariant($"outline: {corners.Count} corners enclose no area counter-clockwise"));
        Extent = new(Corners.Min(corner => corner.Y), Corners.Max(corner => corner.Y), Corners.Min(corner => corner.Z), Corners.Max(corner => corner.Z));
        _edges = [.. nameOf.Select((name, side) => name < 0 ? LiesOn(side) : CellEdges.Named(name))];
        _along = new double[Corners.Length + 1];
        for (int i = 0; i < Corners.Length; i++)
            _along[i + 1] = _along[i] + Distance(Corners[i], Corner(i + 1));
        _sides = [.. Enumerable.Range(0, Edges).Select(edge => Mesh.Side.Of((CellEdge)edge, Extent)), null, .. names.Select((name, number) => Straight(name, CellEdges.Named(number)))];
    }

    /// <summary>The corners [m].</summary>
    public (double Y, double Z)[] Corners { get; }

    /// <summary>Names of parts; part i is the edge <see cref="CellEdges.Named"/> of i.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>What it encloses [m²].</summary>
    public double Area { get; }

    /// <summary>Its bounding rectangle.</summary>
    public PlaneExtent Extent { get; }

    /// <summary>The outline of a rectangle.</summary>
    public static Outline Of(PlaneExtent plane) => new([(plane.Left, plane.Bottom), (plane.Right, plane.Bottom), (plane.Right, plane.Top), (plane.Left, plane.Top)]);

    /// <summary>Length of what belongs to an edge [m].</summary>
    public double Length(CellEdge edge) => Enumerable.Range(0, Corners.Length).Where(side => _edges[side] == edge).Sum(side => _along[side + 1] - _along[side]);

    /// <summary>How much of a range of coordinates along an edge belongs to it [m].</summary>
    /// <param name="edge">Anything but the contour.</param>
    /// <param name="start">Smaller coordinate [m].</param>
    /// <param name="end">Larger coordinate [m].</param>
    public double Covered(CellEdge edge, double start, double end) => Enumerable.Range(0, Corners.Length).Where(side => _edges[side] == edge).Sum(side =>
    {
        (double one, double other) = (Along(side, Corner(side)), Along(side, Corner(side + 1)));
        return Math.Max(0, Math.Min(Math.Max(one, other), end) - Math.Max(Math.Min(one, other), start));
    });

    /// <summary>One of the four edges, or a part with a name where it is one straight stretch; null for others.</summary>
    public Side? Side(CellEdge edge) => (int)edge < _sides.Length ? _sides[(int)edge] : null;

    /// <summary>An edge or a part in words, e.g. "top edge".</summary>
    public string Describe(CellEdge edge) => Side(edge)?.Name ?? (edge.NameNumber() is >= 0 and int number && number < Names.Count ? $"side \"{Names[number]}\"" : "contour");

    /// <summary>The edge of the bounding rectangle on which all of a part with a name lies; else the contour.</summary>
    public CellEdge Beneath(CellEdge edge)
    {
        CellEdge[] beneath = [.. Enumerable.Range(0, Corners.Length).Where(side => _edges[side] == edge).Select(LiesOn).Distinct()];
        return beneath.Length == 1 ? beneath[0] : CellEdge.Contour;
    }

    /// <summary>Whether a point lies inside.</summary>
    public bool Contains(double y, double z) => PlanePolygon.Contains(Corners, y, z);

    /// <summary>The corner that follows so many others.</summary>
    internal (double Y, double Z) Corner(int index) => Corners[index % Corners.Length];

    /// <summary>The edge to which the side behind a corner belongs.</summary>
    internal CellEdge EdgeOf(int side) => _edges[side];

    /// <summary>Coordinate of a point of a side along its edge [m]; on the contour, and where a named part is not straight, the way from the first corner.</summary>
    internal double Along(int side, (double Y, double Z) point) => Side(_edges[side]) is { } straight ? straight.CoordinateOf(point.Y, point.Z) : _along[side] + Distance(Corner(side), point);

    /// <summary>The edge of the bounding rectangle on which the side behind a corner lies.</summary>
    private CellEdge LiesOn(int side)
    {
        ((double y, double z), (double nextY, double nextZ)) = (Corner(side), Corner(side + 1));
        double tolerance = Extent.Tolerance;
        bool At(double here, double there, double limit) => Math.Abs(here - limit) <= tolerance && Math.Abs(there - limit) <= tolerance;
        return At(y, nextY, Extent.Left) ? CellEdge.Left
            : At(y, nextY, Extent.Right) ? CellEdge.Right
            : At(z, nextZ, Extent.Bottom) ? CellEdge.Bottom
            : At(z, nextZ, Extent.Top) ? CellEdge.Top : CellEdge.Contour;
    }

    /// <summary>A part with a name, where its sides follow each other on one line.</summary>
    private Side? Straight(string name, CellEdge edge)
    {
        int count = Corners.Length;
        int[] sides = [.. Enumerable.Range(0, count).Where(side => _edges[side] == edge)], starts = [.. sides.Where(side => _edges[(side + count - 1) % count] != edge)];
        if (starts.Length != 1)
            return null;
        Side line = Mesh.Side.Of(name, Corner(starts[0]), Corner(starts[0] + sides.Length));
        bool isStraight = sides.All(side => Math.Abs(line.Beyond(Corner(side).Y, Corner(side).Z)) <= Mesh.Side.RoundOff * line.End
            && (line.CoordinateOf(Corner(side + 1).Y, Corner(side + 1).Z) > line.CoordinateOf(Corner(side).Y, Corner(side).Z)) == (line.Origin == Corner(starts[0])));
        return isStraight ? line : null;
    }

    private static double Distance((double Y, double Z) one, (double Y, double Z) other) => Math.Sqrt(((one.Y - other.Y) * (one.Y - other.Y)) + ((one.Z - other.Z) * (one.Z - other.Z)));
}
