namespace Cell3D.Mesh;

/// <summary>Outlines of the owned cells in VTK form; points are shared between cells of the same part.</summary>
/// <param name="Points">x, y, z of each point [m]; length 3 × points.</param>
/// <param name="Connectivity">Point indices of all cells.</param>
/// <param name="Offsets">Start of each cell in <paramref name="Connectivity"/>; length owned cells + 1.</param>
/// <param name="Types">VTK type of each cell: 12 hexahedron, 13 wedge, 15 and 16 prisms of five and six corners, 41 the convex hull of more.</param>
public sealed record CellShapes(double[] Points, long[] Connectivity, long[] Offsets, byte[] Types)
{
    private const byte Hexahedron = 12, Wedge = 13, PentagonalPrism = 15, HexagonalPrism = 16, ConvexPointSet = 41;

    /// <summary>Outlines of a mesh's owned cells, in cell order.</summary>
    public static CellShapes Of(CellMesh mesh) => Of(mesh, [.. Enumerable.Range(0, mesh.OwnedCellCount)]);

    /// <summary>Outlines of some cells, in the order given.</summary>
    public static CellShapes Of(CellMesh mesh, int[] cells)
    {
        Extrusion extrusion = mesh.Extrusion;
        long[] offsets = new long[cells.Length + 1];
        byte[] types = new byte[cells.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            int cell = cells[i];
            int corners = extrusion.Polygon(mesh.Column[cell]).Length;
            types[i] = corners switch
            {
                3 => Wedge,
                4 => Hexahedron,
                5 => PentagonalPrism,
                6 => HexagonalPrism,
                _ => ConvexPointSet,
            };
            offsets[i + 1] = offsets[i] + 2 * corners;
        }
        long[] connectivity = new long[offsets[^1]];
        PointSet points = new(extrusion);
        for (int i = 0; i < cells.Length; i++)
        {
            int cell = cells[i];
            ReadOnlySpan<int> polygon = extrusion.Polygon(mesh.Column[cell]);
            Span<long> lower = connectivity.AsSpan((int)offsets[i], polygon.Length);
            Span<long> upper = connectivity.AsSpan((int)offsets[i] + polygon.Length, polygon.Length);
            // VTK wants the first face of a hexahedron to point inwards, that of a wedge outwards.
            int first = mesh.Level[cell] + (types[i] == Wedge ? 1 : 0);
            for (int corner = 0; corner < polygon.Length; corner++)
            {
                lower[corner] = points.Index(polygon[corner], first);
                upper[corner] = points.Index(polygon[corner], 2 * mesh.Level[cell] + 1 - first);
            }
        }
        return new CellShapes(points.Coordinates(), connectivity, offsets, types);
    }

    /// <summary>Numbers the (vertex, level) pairs in use in the order of first use.</summary>
    private sealed class PointSet(Extrusion extrusion)
    {
        private readonly Dictionary<long, int> _index = [];
        private readonly List<double> _coordinates = [];

        internal int Index(int vertex, int level)
        {
            long key = (long)vertex * extrusion.Levels.Length + level;
            if (_index.TryGetValue(key, out int index))
                return index;
            index = _index.Count;
            _index.Add(key, index);
            (double x, double y) = extrusion.VertexFrames[vertex].At(extrusion.Levels[level]);
            _coordinates.AddRange([x, y, extrusion.VertexZ[vertex]]);
            return index;
        }

        internal double[] Coordinates() => [.. _coordinates];
    }
}
