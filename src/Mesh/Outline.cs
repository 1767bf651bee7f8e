namespace Cell3D.Mesh;

/// <summary>The border of the plane of a cell: a simple polygon, counter-clockwise with y to the right and z up.</summary>
public sealed class Outline
{
    private readonly double[] _along;

    /// <summary>A polygon; what of it lies on its bounding rectangle belongs to the four edges, the rest is contour.</summary>
    /// <param name="corners">Its corners in order [m], counter-clockwise.</param>
    /// <exception cref="MeshException">Fewer than three corners, or no area to the left of them.</exception>
    public Outline(IReadOnlyList<(double Y, double Z)> corners)
    {
        Corners = [.. corners];
        Area = Corners.Length < 3 ? 0 : PlanePolygon.Area(Corners);
        if (!(Area > 0))
            throw new MeshException(FormattableString.Invariant($"outline: {corners.Count} corners enclose no area counter-clockwise"));
        Extent = new(Corners.Min(corner => corner.Y), Corners.Max(corner => corner.Y), Corners.Min(corner => corner.Z), Corners.Max(corner => corner.Z));
        _along = new double[Corners.Length + 1];
        for (int i = 0; i < Corners.Length; i++)
            _along[i + 1] = _along[i] + Distance(Corners[i], Corner(i + 1));
    }

    /// <summary>The corners [m].</summary>
    public (double Y, double Z)[] Corners { get; }

    /// <summary>What it encloses [m²].</summary>
    public double Area { get; }

    /// <summary>Its bounding rectangle.</summary>
    public PlaneExtent Extent { get; }

    /// <summary>Length of what belongs to an edge [m].</summary>
    public double Length(CellEdge edge) => Enumerable.Range(0, Corners.Length).Where(side => EdgeOf(side) == edge).Sum(side => _along[side + 1] - _along[side]);

    /// <summary>Whether a point lies inside.</summary>
    public bool Contains(double y, double z) => PlanePolygon.Contains(Corners, y, z);

    /// <summary>The corner that follows so many others.</summary>
    internal (double Y, double Z) Corner(int index) => Corners[index % Corners.Length];

    /// <summary>The edge on which the side behind a corner lies.</summary>
    internal CellEdge EdgeOf(int side)
    {
        ((double y, double z), (double nextY, double nextZ)) = (Corner(side), Corner(side + 1));
        double tolerance = Extent.Tolerance;
        bool At(double here, double there, double limit) => Math.Abs(here - limit) <= tolerance && Math.Abs(there - limit) <= tolerance;
        return At(y, nextY, Extent.Left) ? CellEdge.Left
            : At(y, nextY, Extent.Right) ? CellEdge.Right
            : At(z, nextZ, Extent.Bottom) ? CellEdge.Bottom
            : At(z, nextZ, Extent.Top) ? CellEdge.Top : CellEdge.Contour;
    }

    /// <summary>Coordinate of a point of a side along its edge [m]: y or z, or on the contour the way from the first corner.</summary>
    internal double Along(int side, (double Y, double Z) point) => EdgeOf(side) switch
    {
        CellEdge.Contour => _along[side] + Distance(Corner(side), point),
        CellEdge edge => edge.RunsAlongY() ? point.Y : point.Z,
    };

    private static double Distance((double Y, double Z) one, (double Y, double Z) other) => Math.Sqrt(((one.Y - other.Y) * (one.Y - other.Y)) + ((one.Z - other.Z) * (one.Z - other.Z)));
}
