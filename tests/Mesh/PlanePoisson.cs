using Cell3D.Mesh;

namespace Cell3D.Tests.Mesh;

/// <summary>−Δu = f with two-point fluxes on a plane, and its errors.</summary>
internal static class PlanePoisson
{
    /// <summary>Error in the mean square of −Δu = f with given values at the outline, f of u = e^(2y) sin 3z of lengths relative to the extent.</summary>
    internal static double Error((PlaneMesh Plane, double Area, Outline Outline) made)
    {
        PlaneMesh plane = made.Plane;
        double scale = 1 / (made.Outline.Extent.Right - made.Outline.Extent.Left);
        double Exact(double y, double z) => Math.Exp(2 * y * scale) * Math.Sin(3 * z * scale);
        int count = plane.CellCount;
        HashSet<int> atOutline = [.. plane.BoundaryEdges.Select(edge => edge.Cell)];
        double[] diagonal = new double[count], load = new double[count];
        foreach (PlaneEdge edge in plane.Edges)
            foreach ((int own, int other) in new[] { (edge.Left, edge.Right), (edge.Right, edge.Left) })
            {
                double flux = edge.Length / (edge.LeftDistance + edge.RightDistance);
                diagonal[own] += flux;
                if (atOutline.Contains(other))
                    load[own] += flux * Exact(plane.CentreY[other], plane.CentreZ[other]);
            }
        for (int cell = 0; cell < count; cell++)
            load[cell] += plane.Area[cell] * 5 * scale * scale * Source(plane, cell, Exact);
        double[] u = ConjugateGradients(plane, diagonal, load, atOutline);
        double square = Enumerable.Range(0, count).Where(cell => !atOutline.Contains(cell)).Sum(cell => plane.Area[cell] * Math.Pow(u[cell] - Exact(plane.CentreY[cell], plane.CentreZ[cell]), 2));
        return Math.Sqrt(square / made.Area);
    }

    /// <summary>Error in the mean square of steady conduction with a uniform source in a disc around (R, R) whose edge is at 0: u = 1 − r²/R².</summary>
    internal static double DiscError(PlaneMesh plane, double radius)
    {
        double[] diagonal = new double[plane.CellCount], load = Array.ConvertAll(plane.Area, area => 4 * area / (radius * radius));
        foreach (PlaneEdge edge in plane.Edges)
            foreach (int cell in new[] { edge.Left, edge.Right })
                diagonal[cell] += edge.Length / (edge.LeftDistance + edge.RightDistance);
        foreach (PlaneBoundaryEdge edge in plane.BoundaryEdges)
            diagonal[edge.Cell] += edge.Length / edge.Distance;
        double[] u = ConjugateGradients(plane, diagonal, load, []);
        double Exact(int cell) => 1 - ((Math.Pow(plane.CentreY[cell] - radius, 2) + Math.Pow(plane.CentreZ[cell] - radius, 2)) / (radius * radius));
        return Math.Sqrt(Enumerable.Range(0, plane.CellCount).Sum(cell => plane.Area[cell] * Math.Pow(u[cell] - Exact(cell), 2)) / plane.Area.Sum());
    }

    private static double Source(PlaneMesh plane, int cell, Func<double, double, double> exact)
    {
        (double y, double z) = PlanePolygon.Centroid([.. plane.Polygon(cell).ToArray().Select(vertex => (plane.VertexY[vertex], plane.VertexZ[vertex]))]);
        return exact(y, z);
    }

    private static double[] ConjugateGradients(PlaneMesh plane, double[] diagonal, double[] load, HashSet<int> known)
    {
        int n = diagonal.Length;
        double[] u = new double[n], r = [.. load.Select((value, cell) => known.Contains(cell) ? 0 : value)], p = [.. r.Select((value, cell) => value / diagonal[cell])];
        double rho = Dot(r, p), stop = 1e-24 * rho;
        for (int iteration = 0; iteration < 20 * n && rho > stop; iteration++)
        {
            double[] q = [.. p.Select((value, cell) => diagonal[cell] * value)];
            foreach (PlaneEdge edge in plane.Edges.Where(edge => !known.Contains(edge.Left) && !known.Contains(edge.Right)))
            {
                double flux = edge.Length / (edge.LeftDistance + edge.RightDistance);
                (q[edge.Left], q[edge.Right]) = (q[edge.Left] - (flux * p[edge.Right]), q[edge.Right] - (flux * p[edge.Left]));
            }
            double alpha = rho / Dot(p, q), old = rho;
            for (int i = 0; i < n; i++)
                (u[i], r[i]) = (u[i] + (alpha * p[i]), r[i] - (alpha * q[i]));
            rho = Enumerable.Range(0, n).Sum(i => r[i] * r[i] / diagonal[i]);
            for (int i = 0; i < n; i++)
                p[i] = (r[i] / diagonal[i]) + (rho / old * p[i]);
        }
        return u;
    }

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
