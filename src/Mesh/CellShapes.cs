namespace Cell3D.Mesh;

/// <summary>Outlines of the owned cells in VTK form; points are shared between cells of the same part.</summary>
/// <param name="Points">x, y, z of each point [m]; length 3 × points.</param>
/// <param name="Connectivity">Point indices of all cells.</param>
/// <param name="Offsets">Start of each cell in <paramref name="Connectivity"/>; length owned cells + 1.</param>
/// <param name="Types">VTK type of each cell: 12 hexahedron, 13 wedge.</param>
public sealed record CellShapes(double[] Points, long[] Connectivity, long[] Offsets, byte[] Types)
{
    private const byte Hexahedron = 12, Wedge = 13;

    /// <summary>Outlines of a mesh's owned cells, in cell order.</summary>
    /// <exception cref="MeshException">A column is neither a triangle nor a quadrilateral.</exception>
    public static CellShapes Of(CellMesh mesh)
    {
        Extrusion extrusion = mesh.Extrusion;
        int owned = mesh.OwnedCellCount;
        long[] offsets = new long[owned + 1];
        byte[] types = new byte[owned];
        for (int cell = 0; cell < owned; cell++)
        {
            int corners = extrusion.Polygon(mesh.Column[cell]).Length;
            types[cell] = corners switch
            {
                3 => Wedge,
                4 => Hexahedron,
                _ => throw new MeshException($"column {mesh.Column[cell]} has {corners} corners: cell shapes need 3 or 4"),
            };
            offsets[cell + 1] = offsets[cell] + 2 * corners;
        }
        long[] connectivity = new long[offsets[owned]];
        PointSet points = new(extrusion);
        for (int cell = 0; cell < owned; cell++)
        {
            ReadOnlySpan<int> polygon = extrusion.Polygon(mesh.Column[cell]);
            Span<long> lower = connectivity.AsSpan((int)offsets[cell], polygon.Length);
            Span<long> upper = connectivity.AsSpan((int)offsets[cell] + polygon.Length, polygon.Length);
            // VTK wants the first face of a hexahedron to point inwards, that of a wedge outwards.
            int first = mesh.Level[cell] + (types[cell] == Wedge ? 1 : 0);
            for (int i = 0; i < polygon.Length; i++)
            {
                lower[i] = points.Index(polygon[i], first);
                upper[i] = points.Index(polygon[i], 2 * mesh.Level[cell] + 1 - first);
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
