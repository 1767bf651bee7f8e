namespace Cell3D.Mesh;

/// <summary>
/// Outlines and centres of extruded cells: a cell is the polygon of its column between two levels of x.
/// Small (per column, not per cell), so all parts of a mesh share it.
/// </summary>
public sealed class Extrusion
{
    /// <summary>y of each vertex [m].</summary>
    public required double[] VertexY { get; init; }

    /// <summary>z of each vertex [m].</summary>
    public required double[] VertexZ { get; init; }

    /// <summary>y of each column's centre [m].</summary>
    public required double[] ColumnY { get; init; }

    /// <summary>z of each column's centre [m].</summary>
    public required double[] ColumnZ { get; init; }

    /// <summary>In-plane area of each column [m²].</summary>
    public required double[] ColumnArea { get; init; }

    /// <summary>Start of each column's polygon in <see cref="ColumnVertices"/>; length columns + 1.</summary>
    public required int[] ColumnOffsets { get; init; }

    /// <summary>Vertex indices of the polygons, counter-clockwise seen from +x.</summary>
    public required int[] ColumnVertices { get; init; }

    /// <summary>x of the levels [m]; a cell with level l lies between Levels[l] and Levels[l + 1].</summary>
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

    /// <summary>x halfway to the next level [m].</summary>
    public double[] LevelCentre { get; private init; } = [];

    /// <summary>Distance to the next level [m].</summary>
    public double[] LevelThickness { get; private init; } = [];

    /// <summary>Number of columns.</summary>
    public int ColumnCount => ColumnOffsets.Length - 1;

    /// <summary>Vertex indices of one column's polygon.</summary>
    public ReadOnlySpan<int> Polygon(int column) =>
        ColumnVertices.AsSpan(ColumnOffsets[column]..ColumnOffsets[column + 1]);

    /// <summary>Distance in the plane from a point to a column's polygon [m]; zero inside.</summary>
    public double PlaneDistance(int column, double y, double z)
    {
        ReadOnlySpan<int> polygon = Polygon(column);
        bool inside = true;
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < polygon.Length; i++)
        {
            int a = polygon[i], b = polygon[(i + 1) % polygon.Length];
            double ey = VertexY[b] - VertexY[a], ez = VertexZ[b] - VertexZ[a];
            double py = y - VertexY[a], pz = z - VertexZ[a];
            inside &= ey * pz - ez * py >= 0;
            double along = Math.Clamp((ey * py + ez * pz) / (ey * ey + ez * ez), 0, 1);
            nearest = Math.Min(nearest, Math.Sqrt(Square(py - along * ey) + Square(pz - along * ez)));
        }
        return inside ? 0 : nearest;
    }

    private static double[] Between(double[] levels, Func<double, double, double> value) => [.. levels.Zip(levels.Skip(1), value)];

    private static double Square(double value) => value * value;
}
