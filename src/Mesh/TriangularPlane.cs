namespace Cell3D.Mesh;

/// <summary>Builds in-plane meshes of acute triangles with circumcentres as cell centres.</summary>
internal static class TriangularPlane
{
    internal static PlaneMesh Build(double width, double height, int bases)
    {
        int rows = Rows(width, height, bases);
        (double[] y, double[] z) = Vertices(width, height, bases, rows);
        return FromTriangles(y, z, Triangles(bases, rows));
    }

    /// <summary>Rows of triangles over the height.</summary>
    /// <exception cref="MeshException">The settings make no mesh.</exception>
    internal static int Rows(double width, double height, int bases)
    {
        List<string> problems = [];
        if (!(width > 0 && double.IsFinite(width)))
            problems.Add($"in-plane mesh: width must be positive, got {width:G6} m");
        if (!(height > 0 && double.IsFinite(height)))
            problems.Add($"in-plane mesh: height must be positive, got {height:G6} m");
        if (bases < 1)
            problems.Add($"in-plane mesh: needs at least 1 triangle along the width, got {bases}");
        if (problems.Count > 0)
            throw new MeshException(problems);
        double width1 = width / bases, rows = Math.Max(1, Math.Round(height / (width1 * Math.Sqrt(0.75))));
        if (rows > MeshSize.MostCells)
            throw new MeshException(FormattableString.Invariant($"in-plane mesh: {bases} triangles along the width make {rows:G4} rows, at most {MeshSize.MostCells:G4} are possible"));
        return height / rows > 0.5 * width1
            ? (int)rows
            : throw new MeshException($"in-plane mesh: {bases} triangles along the width are too long for the height, needs more than {width / (2 * height):G4}");
    }

    /// <summary>First vertex of a line; even lines hold bases + 1 vertices, odd ones, offset by half a base, one more.</summary>
    private static int FirstVertex(int line, int bases) => line * (bases + 1) + line / 2;

    private static (double[] Y, double[] Z) Vertices(double width, double height, int bases, int rows)
    {
        List<double> y = [], z = [];
        for (int line = 0; line <= rows; line++)
        {
            int count = bases + 1 + line % 2;
            for (int i = 0; i < count; i++)
            {
                double place = line % 2 == 0 ? i : Math.Clamp(i - 0.5, 0, bases);
                y.Add(width * (place / bases));
                z.Add(height * ((double)line / rows));
            }
        }
        return ([.. y], [.. z]);
    }

    private static List<(int A, int B, int C)> Triangles(int bases, int rows)
    {
        List<(int A, int B, int C)> triangles = new(rows * (2 * bases + 1));
        for (int row = 0; row < rows; row++)
        {
            bool evenBelow = row % 2 == 0;
            int even = FirstVertex(evenBelow ? row : row + 1, bases), odd = FirstVertex(evenBelow ? row + 1 : row, bases);
            for (int i = 0; i <= bases; i++)
            {
                triangles.Add(evenBelow ? (even + i, odd + i + 1, odd + i) : (even + i, odd + i, odd + i + 1));
                if (i < bases)
                    triangles.Add(evenBelow ? (even + i, even + i + 1, odd + i + 1) : (even + i + 1, even + i, odd + i + 1));
            }
        }
        return triangles;
    }

    private static PlaneMesh FromTriangles(double[] y, double[] z, List<(int A, int B, int C)> triangles)
    {
        int cells = triangles.Count;
        double[] centreY = new double[cells], centreZ = new double[cells], area = new double[cells];
        int[] vertices = new int[3 * cells];
        for (int cell = 0; cell < cells; cell++)
        {
            (int a, int b, int c) = triangles[cell];
            (centreY[cell], centreZ[cell], area[cell]) = Circumcentre(y[a], z[a], y[b] - y[a], z[b] - z[a], y[c] - y[a], z[c] - z[a]);
            (vertices[3 * cell], vertices[3 * cell + 1], vertices[3 * cell + 2]) = (a, b, c);
        }
        PlaneMesh cellsOnly = new()
        {
            CentreY = centreY,
            CentreZ = centreZ,
            Area = area,
            VertexY = y,
            VertexZ = z,
            VertexOffsets = [.. Enumerable.Range(0, cells + 1).Select(cell => 3 * cell)],
            CellVertices = vertices,
            Edges = [],
            BoundaryEdges = [],
        };
        return Connect(cellsOnly);
    }

    private static (double Y, double Z, double Area) Circumcentre(double y, double z, double by, double bz, double cy, double cz)
    {
        double cross = by * cz - bz * cy, bb = by * by + bz * bz, cc = cy * cy + cz * cz;
        return (y + (cz * bb - bz * cc) / (2 * cross), z + (by * cc - cy * bb) / (2 * cross), 0.5 * cross);
    }

    private static PlaneMesh Connect(PlaneMesh mesh)
    {
        Dictionary<(int, int), (int Cell, double Distance)> open = [];
        List<PlaneEdge> edges = [];
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            for (int side = 0; side < 3; side++)
            {
                int a = mesh.CellVertices[3 * cell + side], b = mesh.CellVertices[3 * cell + (side + 1) % 3];
                (double length, double distance) = EdgeGeometry(mesh, cell, a, b);
                (int, int) key = (Math.Min(a, b), Math.Max(a, b));
                if (open.Remove(key, out (int Cell, double Distance) first))
                    edges.Add(new PlaneEdge(first.Cell, cell, length, first.Distance, distance));
                else
                    open.Add(key, (cell, distance));
            }
        }
        PlaneBoundaryEdge[] outer = [.. open.Select(edge => OuterEdge(mesh, edge.Key, edge.Value.Cell, edge.Value.Distance))
            .OrderBy(edge => edge.Edge).ThenBy(edge => edge.Start)];
        return new PlaneMesh
        {
            CentreY = mesh.CentreY,
            CentreZ = mesh.CentreZ,
            Area = mesh.Area,
            VertexY = mesh.VertexY,
            VertexZ = mesh.VertexZ,
            VertexOffsets = mesh.VertexOffsets,
            CellVertices = mesh.CellVertices,
            Edges = [.. edges.OrderBy(edge => edge.Left).ThenBy(edge => edge.Right)],
            BoundaryEdges = outer,
        };
    }

    private static (double Length, double Distance) EdgeGeometry(PlaneMesh mesh, int cell, int a, int b)
    {
        double ey = mesh.VertexY[b] - mesh.VertexY[a], ez = mesh.VertexZ[b] - mesh.VertexZ[a];
        double length = Math.Sqrt(ey * ey + ez * ez);
        double distance = (ey * (mesh.CentreZ[cell] - mesh.VertexZ[a]) - ez * (mesh.CentreY[cell] - mesh.VertexY[a])) / length;
        // The circumcentre of a right triangle lies on its hypotenuse; round-off must not make that negative.
        return (length, distance > 1e-9 * length ? distance : 0);
    }

    private static PlaneBoundaryEdge OuterEdge(PlaneMesh mesh, (int A, int B) edge, int cell, double distance)
    {
        double ya = mesh.VertexY[edge.A], yb = mesh.VertexY[edge.B], za = mesh.VertexZ[edge.A], zb = mesh.VertexZ[edge.B];
        if (za == zb)
        {
            CellEdge side = za == mesh.Bottom ? CellEdge.Bottom : CellEdge.Top;
            return new PlaneBoundaryEdge(cell, distance, side, Math.Min(ya, yb), Math.Max(ya, yb));
        }
        return new PlaneBoundaryEdge(cell, distance, ya == mesh.Left ? CellEdge.Left : CellEdge.Right, Math.Min(za, zb), Math.Max(za, zb));
    }
}
