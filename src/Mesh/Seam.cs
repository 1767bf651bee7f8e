namespace Cell3D.Mesh;

/// <summary>
/// The sealed rim of a pouch foil as a body: the foils of the casings, one cell each, lie upon each other in the middle between the faces of the stack – of half a stack
/// one foil in its mid-plane. Each goes on from the edge of its casing; it is left through its outer side, while the cut edge exchanges no heat. Tabs pass between the foils and
/// touch neither.
/// </summary>
internal sealed class Seam
{
    private readonly SeamSpec _spec;
    private readonly Body _layers;
    private readonly IReadOnlyList<TabSpec> _tabs;
    private readonly IReadOnlyList<PlaneBoundaryEdge> _inner;

    /// <summary>Lays the rim around layers; its regions follow those that are there.</summary>
    /// <exception cref="MeshException">Neither outermost layer is a casing, an extent is negative, all are zero, or tabs leave nothing of it.</exception>
    internal Seam(SeamSpec spec, Body layers, LayerStack stack, IReadOnlyList<TabSpec> tabs, List<Region> regions)
    {
        SeamPlane lines = Lines(spec, stack, layers.Plane.VertexY.Distinct().Order(), layers.Plane.VertexZ.Distinct().Order(), tabs, layers.Plane.Extent.Tolerance);
        (_spec, _layers, _tabs) = (spec, layers, tabs);
        (PlaneMesh plane, _inner) = lines.Build();
        LayerSpec? lower = Casing(stack.Layers[0]), upper = Casing(stack.Layers[^1]);
        double between = lower is null ? layers.Levels[0] : upper is null ? layers.Levels[^1] : 0.5 * (layers.Levels[0] + layers.Levels[^1]);
        List<double> levels = [between];
        List<int> foils = [];
        if (lower is not null)
            levels.Insert(0, between - lower.Thickness);
        if (upper is not null)
            levels.Add(between + upper.Thickness);
        foreach (LayerSpec casing in new[] { lower, upper }.OfType<LayerSpec>())
        {
            foils.Add(regions.Count);
            regions.Add(new(SeamSpec.RegionName(casing.Name), LayerKind.Casing));
        }
        Body = new(plane, [.. levels], [.. foils]);
        (int Depth, LayerSpec? Casing)[] sides = [(0, lower), (foils.Count - 1, upper)];
        Body.Outside = column => sides.Where(side => side.Casing is not null).Select(side =>
            new BoundaryFace(side.Depth, plane.Area[column], 0.5 * Body.Thickness(side.Depth), CellSurface.Seam, CellSurface.Seam, FaceDirection.Through));
    }

    internal Body Body { get; }

    /// <summary>Number of foils: the outermost layers that are casings.</summary>
    internal static int Foils(LayerStack stack) => new[] { stack.Layers[0], stack.Layers[^1] }.Count(layer => Casing(layer) is not null);

    /// <summary>The plane of a rim around a stack.</summary>
    /// <param name="spec">Its widths.</param>
    /// <param name="stack">The layers.</param>
    /// <param name="y">Lines of their mesh along y [m].</param>
    /// <param name="z">Lines of their mesh along z [m].</param>
    /// <param name="tabs">Where it is interrupted.</param>
    /// <param name="tolerance">What counts as zero [m].</param>
    /// <exception cref="MeshException">As for the rim.</exception>
    internal static SeamPlane Lines(SeamSpec spec, LayerStack stack, IEnumerable<double> y, IEnumerable<double> z, IReadOnlyList<TabSpec> tabs, double tolerance)
    {
        if (Foils(stack) == 0)
            throw new MeshException("seam: neither outermost layer of the stack is a casing");
        if (!(spec.Left >= 0 && spec.Right >= 0 && spec.Bottom >= 0 && spec.Top >= 0 && spec.Widest > 0 && double.IsFinite(spec.Widest)) || spec.Cells < 1)
            throw new MeshException(FormattableString.Invariant($"seam: widths must be zero or positive and not all zero, with at least 1 cell across, got {spec.Left:G6}, {spec.Right:G6}, {spec.Bottom:G6}, {spec.Top:G6} m and {spec.Cells}"));
        SeamPlane lines = new(spec, y, z, tabs, tolerance);
        return lines.Size().Cells > 0 ? lines : throw new MeshException("seam: tabs leave nothing of it");
    }

    /// <summary>What of an edge of the stack the rim continues [m].</summary>
    internal double Joined(PlaneBoundaryEdge edge) => _spec.Beyond(edge.Edge) == 0 ? 0
        : edge.Length - _tabs.Where(tab => tab.Edge == edge.Edge).Sum(tab => Math.Max(0, Math.Min(edge.End, tab.End) - Math.Max(edge.Start, tab.Start)));

    /// <summary>From the edges of the casings to their foils in the rim, which share its width by their thickness.</summary>
    internal IEnumerable<Junction> Junctions(Func<int, LayerKind> kindAt)
    {
        foreach (IGrouping<CellEdge, PlaneBoundaryEdge> inner in _inner.GroupBy(edge => edge.Edge))
        {
            PlaneBoundaryEdge[] outer = [.. _layers.Plane.BoundaryEdges.Where(edge => edge.Edge == inner.Key).OrderBy(edge => edge.Start)];
            double[] ends = Array.ConvertAll(outer, edge => edge.End);
            foreach (PlaneBoundaryEdge rim in inner)
            {
                // Every line of the stack is one of the rim.
                int at = Array.BinarySearch(ends, 0.5 * (rim.Start + rim.End));
                PlaneBoundaryEdge edge = outer[at < 0 ? ~at : at];
                for (int depth = 0; depth < _layers.Depth; depth++)
                {
                    if (kindAt(depth) != LayerKind.Casing || _layers.Region(edge.Cell, depth) == Body.Absent)
                        continue;
                    int foil = _layers.Region(edge.Cell, depth) == 0 ? 0 : Body.Depth - 1;
                    double section = _layers.Thickness(depth) * rim.Length;
                    yield return new(new(_layers.FirstColumn + edge.Cell, depth), new(Body.FirstColumn + rim.Cell, foil), edge.Distance / section, rim.Distance / section, FaceDirection.InPlane);
                }
            }
        }
    }

    private static LayerSpec? Casing(LayerSpec layer) => layer.Kind == LayerKind.Casing ? layer : null;
}
