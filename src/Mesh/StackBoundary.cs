namespace Cell3D.Mesh;

/// <summary>Closes the layer stack: big faces, edges, terminals and the junctions to the strips.</summary>
internal sealed class StackBoundary(Body layers, LayerStack stack, IReadOnlyList<TabSpec> tabs, IReadOnlyList<Strip> strips, Seam? seam = null)
{
    private readonly double _tolerance = layers.Plane.Extent.Tolerance;
    private readonly ILookup<int, PlaneBoundaryEdge> _edges = layers.Plane.BoundaryEdges.ToLookup(edge => edge.Cell);
    private readonly int[] _layerOf = LayerOf(stack);
    private readonly List<BigFace> _bigFaces = [.. BigFaces(LayerOf(stack), stack, tabs)];

    /// <summary>The outer faces of a column; their cell is the depth.</summary>
    internal IEnumerable<BoundaryFace> Outside(int column)
    {
        foreach (BigFace face in _bigFaces.Where(face => IsThere(column, face.Depth)))
            yield return new(face.Depth, layers.Plane.Area[column], 0.5 * layers.Thickness(face.Depth), face.Surface, face.Cooling, FaceDirection.Through);
        foreach (PlaneBoundaryEdge edge in _edges[column])
            for (int depth = 0; depth < layers.Depth; depth++)
                if (IsThere(column, depth))
                    foreach (BoundaryFace face in Outside(edge, depth))
                        yield return face;
    }

    /// <summary>The faces between collectors and strips, and between casings and their seam.</summary>
    internal IEnumerable<Junction> Junctions()
    {
        foreach (Strip strip in strips)
            foreach (PlaneBoundaryEdge edge in layers.Plane.BoundaryEdges.Where(edge => edge.Edge == strip.Tab.Edge))
                for (int depth = 0; depth < layers.Depth; depth++)
                    if (Collects(depth, strip.Tab) && IsThere(edge.Cell, depth))
                        foreach (Junction junction in Junctions(edge, depth, strip))
                            yield return junction;
        foreach (Junction junction in seam?.Junctions(Kind) ?? [])
            yield return junction;
    }

    private bool IsThere(int column, int depth) => layers.Region(column, depth) != Body.Absent;

    private LayerKind Kind(int depth) => stack.Layers[_layerOf[depth]].Kind;

    private bool Collects(int depth, TabSpec tab) => Kind(depth).IsCollector() && Kind(depth).Polarity() == tab.Polarity;

    /// <summary>The layer at each depth.</summary>
    private static int[] LayerOf(LayerStack stack) => [.. stack.Layers.SelectMany((layer, i) => Enumerable.Repeat(i, layer.Grading.Cells))];

    private static IEnumerable<BigFace> BigFaces(int[] layerOf, LayerStack stack, IReadOnlyList<TabSpec> tabs)
    {
        int last = layerOf.Length - 1;
        CellSurface lower = CellSurface.NegativeFace, upper = CellSurface.PositiveFace;
        List<ConductorRun> runs = ConductorRun.Find(stack);
        foreach (ConductorRun run in runs.Where(run => !tabs.Any(tab => tab.Polarity == run.Polarity)))
        {
            CellSurface terminal = CellSurfaces.OfTerminal(run.Polarity);
            bool smallX = run.FacesSmallX(runs);
            int depth = smallX ? Array.IndexOf(layerOf, run.First) : Array.LastIndexOf(layerOf, run.Last);
            if (depth == 0 && smallX)
                lower = terminal;
            else if (depth == last && !smallX)
                upper = terminal;
            else
                yield return new(depth, terminal, CellSurface.None);
        }
        yield return new(0, lower, CellSurface.NegativeFace);
        yield return new(last, upper, CellSurface.PositiveFace);
    }

    private IEnumerable<BoundaryFace> Outside(PlaneBoundaryEdge edge, int depth)
    {
        double free = edge.Length - (seam is not null && Kind(depth) == LayerKind.Casing ? seam.Joined(edge) : 0);
        foreach (TabSpec tab in tabs)
        {
            double overlap = Overlap(edge, tab.Start, tab.End);
            if (tab.Edge != edge.Edge || !Collects(depth, tab) || overlap <= _tolerance)
                continue;
            free -= overlap;
            if (tab.Length == 0)
                yield return Outer(edge, depth, overlap, CellSurfaces.OfTerminal(tab.Polarity));
        }
        if (free > _tolerance)
            yield return Outer(edge, depth, free, CellSurfaces.OfEdge(edge.Edge));
    }

    private BoundaryFace Outer(PlaneBoundaryEdge edge, int depth, double length, CellSurface surface) =>
        new(depth, length * layers.Thickness(depth), edge.Distance, surface, CellSurfaces.OfEdge(edge.Edge), FaceDirection.InPlane);

    private IEnumerable<Junction> Junctions(PlaneBoundaryEdge edge, int depth, Strip strip)
    {
        double foil = layers.Thickness(depth);
        double stripThickness = strip.Body.Thickness(0) * foil / CollectorThickness(strip.Tab);
        foreach (PlaneBoundaryEdge end in strip.Near)
        {
            double overlap = Overlap(edge, end.Start, end.End);
            if (overlap <= _tolerance)
                continue;
            yield return new(
                new(layers.FirstColumn + edge.Cell, depth),
                new(strip.Body.FirstColumn + end.Cell, 0),
                edge.Distance / (foil * overlap),
                end.Distance / (stripThickness * overlap),
                strip.Tab.Weld is null ? FaceDirection.Junction : FaceDirection.Contact,
                strip.Tab.Weld?.Between(foil, overlap / strip.Tab.Width));
        }
    }

    private double CollectorThickness(TabSpec tab) => Enumerable.Range(0, layers.Depth).Where(depth => Collects(depth, tab)).Sum(layers.Thickness);

    private static double Overlap(PlaneBoundaryEdge edge, double start, double end) =>
        Math.Min(edge.End, end) - Math.Max(edge.Start, start);

    /// <summary>An outer face through which the layers are left, in every column.</summary>
    private readonly record struct BigFace(int Depth, CellSurface Surface, CellSurface Cooling);
}
