namespace Cell3D.Mesh;

/// <summary>Builds in-plane meshes of rectangles between graded coordinate lines.</summary>
internal static class RectilinearPlane
{
    internal static PlaneMesh Build(double[] y, double[] z)
    {
        Check(y, z);
        int ny = y.Length - 1, nz = z.Length - 1, cells = ny * nz;
        double[] centreY = new double[cells], centreZ = new double[cells], area = new double[cells];
        int[] offsets = new int[cells + 1], vertices = new int[4 * cells];
        for (int k = 0, cell = 0; k < nz; k++)
        {
            for (int j = 0; j < ny; j++, cell++)
            {
                centreY[cell] = 0.5 * (y[j] + y[j + 1]);
                centreZ[cell] = 0.5 * (z[k] + z[k + 1]);
                area[cell] = (y[j + 1] - y[j]) * (z[k + 1] - z[k]);
                int corner = k * (ny + 1) + j;
                ReadOnlySpan<int> polygon = [corner, corner + 1, corner + ny + 2, corner + ny + 1];
                polygon.CopyTo(vertices.AsSpan(4 * cell));
                offsets[cell + 1] = 4 * (cell + 1);
            }
        }
        return new PlaneMesh
        {
            CentreY = centreY,
            CentreZ = centreZ,
            Area = area,
            VertexY = [.. Enumerable.Repeat(y, nz + 1).SelectMany(line => line)],
            VertexZ = [.. z.SelectMany(level => Enumerable.Repeat(level, ny + 1))],
            VertexOffsets = offsets,
            CellVertices = vertices,
            Edges = Edges(y, z),
            BoundaryEdges = BoundaryEdges(y, z),
        };
    }

    /// <summary>Both lists of coordinates are in order.</summary>
    /// <exception cref="MeshException">Too few, non-finite or unordered coordinates.</exception>
    internal static void Check(double[] y, double[] z)
    {
        List<string> problems = [.. Problems(y, "y"), .. Problems(z, "z")];
        if (problems.Count > 0)
            throw new MeshException(problems);
    }

    private static IEnumerable<string> Problems(double[] coordinates, string axis)
    {
        if (coordinates.Length < 2)
            yield return $"in-plane mesh: {axis} needs at least two coordinates, got {coordinates.Length}";
        for (int i = 1; i < coordinates.Length; i++)
        {
            if (!(coordinates[i] > coordinates[i - 1] && double.IsFinite(coordinates[i] - coordinates[i - 1])))
                yield return $"in-plane mesh: {axis} must be finite and increase, but {coordinates[i - 1]:G6} m is followed by {coordinates[i]:G6} m";
        }
    }

    private static PlaneEdge[] Edges(double[] y, double[] z)
    {
        int ny = y.Length - 1, nz = z.Length - 1, count = 0;
        PlaneEdge[] edges = new PlaneEdge[(ny - 1) * nz + ny * (nz - 1)];
        for (int k = 0, cell = 0; k < nz; k++)
        {
            double dz = z[k + 1] - z[k];
            for (int j = 0; j < ny; j++, cell++)
            {
                double dy = y[j + 1] - y[j];
                if (j + 1 < ny)
                    edges[count++] = new PlaneEdge(cell, cell + 1, dz, 0.5 * dy, 0.5 * (y[j + 2] - y[j + 1]));
                if (k + 1 < nz)
                    edges[count++] = new PlaneEdge(cell, cell + ny, dy, 0.5 * dz, 0.5 * (z[k + 2] - z[k + 1]));
            }
        }
        return edges;
    }

    private static PlaneBoundaryEdge[] BoundaryEdges(double[] y, double[] z)
    {
        int ny = y.Length - 1, nz = z.Length - 1;
        double left = 0.5 * (y[1] - y[0]), right = 0.5 * (y[ny] - y[ny - 1]);
        double bottom = 0.5 * (z[1] - z[0]), top = 0.5 * (z[nz] - z[nz - 1]);
        List<PlaneBoundaryEdge> edges = new(2 * (ny + nz));
        for (int k = 0; k < nz; k++)
        {
            edges.Add(new PlaneBoundaryEdge(k * ny, left, CellEdge.Left, z[k], z[k + 1]));
            edges.Add(new PlaneBoundaryEdge(k * ny + ny - 1, right, CellEdge.Right, z[k], z[k + 1]));
        }
        for (int j = 0; j < ny; j++)
        {
            edges.Add(new PlaneBoundaryEdge(j, bottom, CellEdge.Bottom, y[j], y[j + 1]));
            edges.Add(new PlaneBoundaryEdge((nz - 1) * ny + j, top, CellEdge.Top, y[j], y[j + 1]));
        }
        return [.. edges];
    }
}
