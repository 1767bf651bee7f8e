namespace Cell3D.Mesh;

/// <summary>The plane of a seam: the lines of the stack's mesh carried on over the rim, with further ones at the ends of tabs.</summary>
internal sealed class SeamPlane
{
    private static readonly CellEdge[] Edges = [CellEdge.Left, CellEdge.Right, CellEdge.Bottom, CellEdge.Top];

    private readonly SeamSpec _spec;
    private readonly IReadOnlyList<TabSpec> _tabs;
    private readonly double[] _y, _z;

    /// <summary>Carries on the lines of a stack.</summary>
    /// <param name="spec">Width of the rim.</param>
    /// <param name="y">Lines of the stack along y, increasing [m].</param>
    /// <param name="z">Lines of the stack along z, increasing [m].</param>
    /// <param name="tabs">Where the rim is interrupted.</param>
    /// <param name="tolerance">What counts as zero [m].</param>
    internal SeamPlane(SeamSpec spec, IEnumerable<double> y, IEnumerable<double> z, IReadOnlyList<TabSpec> tabs, double tolerance)
    {
        (_spec, _tabs) = (spec, tabs);
        (_y, _z) = (With(y, alongY: true), With(z, alongY: false));

        double[] With(IEnumerable<double> lines, bool alongY)
        {
            double[] own = [.. lines];
            IEnumerable<double> ends = tabs.Where(tab => spec.Beyond(tab.Edge) > 0 && tab.Edge.RunsAlongY() == alongY).SelectMany(tab => new[] { tab.Start, tab.End });
            return [.. own.Concat(ends.Distinct().Where(end => end > own[0] && end < own[^1] && own.All(line => Math.Abs(line - end) > tolerance))).Order()];
        }
    }

    /// <summary>Cells of one foil of the rim, and the corner points of these cells in the plane.</summary>
    internal (long Cells, long Vertices) Size()
    {
        long across = _spec.Cells, cells = 0, vertices = 0;
        Dictionary<CellEdge, bool[]> sealedParts = Edges.Where(IsSealed).ToDictionary(edge => edge, Sealed);
        foreach (bool[] parts in sealedParts.Values)
        {
            cells += across * parts.Count(isSealed => isSealed);
            vertices += (across + 1) * Enumerable.Range(0, parts.Length + 1).Count(node => (node > 0 && parts[node - 1]) || (node < parts.Length && parts[node]));
        }
        foreach ((CellEdge upright, CellEdge level) in new[] { (CellEdge.Left, CellEdge.Bottom), (CellEdge.Left, CellEdge.Top), (CellEdge.Right, CellEdge.Bottom), (CellEdge.Right, CellEdge.Top) })
            if (sealedParts.TryGetValue(upright, out bool[]? along) && sealedParts.TryGetValue(level, out bool[]? below))
            {
                cells += across * across;
                // The points on the sides that a corner shares with the bands beside it count once.
                vertices += (across + 1) * (across + 1 - (along[level == CellEdge.Top ? ^1 : 0] ? 1 : 0) - (below[upright == CellEdge.Right ? ^1 : 0] ? 1 : 0));
            }
        return (cells, vertices);
    }

    /// <summary>The mesh, and which of its cells lie on an edge of the stack, with what of the edge is theirs.</summary>
    internal (PlaneMesh Plane, IReadOnlyList<PlaneBoundaryEdge> Inner) Build()
    {
        double[] y = Around(_y, _spec.Left, _spec.Right), z = Around(_z, _spec.Bottom, _spec.Top);
        int ny = y.Length - 1, left = _spec.Left > 0 ? _spec.Cells : 0, bottom = _spec.Bottom > 0 ? _spec.Cells : 0;
        int right = left + _y.Length - 1, top = bottom + _z.Length - 1;
        Dictionary<CellEdge, bool[]> parts = Edges.Where(IsSealed).ToDictionary(edge => edge, Sealed);
        List<int> cells = [];
        List<PlaneBoundaryEdge> inner = [];
        for (int k = 0; k + 1 < z.Length; k++)
            for (int j = 0; j < ny; j++)
            {
                CellEdge? upright = j < left ? CellEdge.Left : j >= right ? CellEdge.Right : null, level = k < bottom ? CellEdge.Bottom : k >= top ? CellEdge.Top : null;
                if ((upright, level) is (null, null) || (level is null && !parts[upright!.Value][k - bottom]) || (upright is null && !parts[level!.Value][j - left]))
                    continue;
                if (level is null && (j == left - 1 || j == right))
                    inner.Add(new(cells.Count, 0.5 * (y[j + 1] - y[j]), upright!.Value, z[k], z[k + 1]));
                if (upright is null && (k == bottom - 1 || k == top))
                    inner.Add(new(cells.Count, 0.5 * (z[k + 1] - z[k]), level!.Value, y[j], y[j + 1]));
                cells.Add((k * ny) + j);
            }
        return (PlaneMesh.Rectilinear(y, z).Part(cells), inner);

        double[] Around(double[] lines, double before, double after) =>
            [.. before > 0 ? Grading.Uniform(lines[0] - before, lines[0], _spec.Cells)[..^1] : [], .. lines, .. after > 0 ? Grading.Uniform(lines[^1], lines[^1] + after, _spec.Cells)[1..] : []];
    }

    private bool IsSealed(CellEdge edge) => _spec.Beyond(edge) > 0;

    /// <summary>Which parts of an edge between its lines no tab leaves.</summary>
    private bool[] Sealed(CellEdge edge)
    {
        double[] lines = edge.RunsAlongY() ? _y : _z;
        TabSpec[] tabs = [.. _tabs.Where(tab => tab.Edge == edge)];
        return [.. lines.Zip(lines.Skip(1), (lower, upper) => 0.5 * (lower + upper)).Select(middle => !tabs.Any(tab => middle > tab.Start && middle < tab.End))];
    }
}
