namespace Cell3D.Mesh;

/// <summary>Closes the layer stack: big faces, edges, terminals and the junctions to the strips.</summary>
internal sealed class StackBoundary(
    MeshAssembly assembly,
    Body layers,
    LayerStack stack,
    IReadOnlyList<TabSpec> tabs,
    IReadOnlyList<Strip> strips,
    IReadOnlyList<Region> regions)
{
    private readonly double _tolerance = layers.Plane.Extent.Tolerance;

    internal void Write()
    {
        WriteBigFaces();
        foreach (PlaneBoundaryEdge edge in layers.Plane.BoundaryEdges)
        {
            for (int depth = 0; depth < layers.Depth; depth++)
                WriteEdge(edge, depth);
        }
    }

    private LayerKind Kind(int depth) => regions[layers.Regions[depth]].Kind;

    private void WriteBigFaces()
    {
        int last = layers.Depth - 1;
        CellSurface lower = CellSurface.NegativeFace, upper = CellSurface.PositiveFace;
        List<ConductorRun> runs = ConductorRun.Find(stack);
        foreach (ConductorRun run in runs.Where(run => !tabs.Any(tab => tab.Polarity == run.Polarity)))
        {
            CellSurface terminal = CellSurfaces.OfTerminal(run.Polarity);
            bool smallX = run.FacesSmallX(runs);
            int depth = smallX ? Array.IndexOf(layers.Regions, run.First) : Array.LastIndexOf(layers.Regions, run.Last);
            if (depth == 0 && smallX)
                lower = terminal;
            else if (depth == last && !smallX)
                upper = terminal;
            else
                WriteThrough(depth, terminal, CellSurface.None);
        }
        WriteThrough(0, lower, CellSurface.NegativeFace);
        WriteThrough(last, upper, CellSurface.PositiveFace);
    }

    private void WriteThrough(int depth, CellSurface surface, CellSurface coolingSurface)
    {
        for (int column = 0; column < layers.Plane.CellCount; column++)
        {
            assembly.Boundaries.Add(new BoundaryFace(
                layers.Cell(column, depth),
                layers.Plane.Area[column],
                0.5 * layers.Thickness(depth),
                surface,
                coolingSurface,
                FaceDirection.Through));
        }
    }

    private void WriteEdge(PlaneBoundaryEdge edge, int depth)
    {
        CellSurface surface = CellSurfaces.OfEdge(edge.Edge);
        double free = edge.Length;
        foreach (TabSpec tab in tabs)
        {
            double overlap = Overlap(edge, tab.Start, tab.End);
            if (tab.Edge != edge.Edge || !Kind(depth).IsCollector() || Kind(depth).Polarity() != tab.Polarity || overlap <= _tolerance)
                continue;
            free -= overlap;
            if (tab.Length == 0)
                WriteOuter(edge, depth, overlap, CellSurfaces.OfTerminal(tab.Polarity));
            else
                WriteJunctions(edge, depth, strips.First(strip => ReferenceEquals(strip.Tab, tab)));
        }
        if (free > _tolerance)
            WriteOuter(edge, depth, free, surface);
    }

    private void WriteOuter(PlaneBoundaryEdge edge, int depth, double length, CellSurface surface) =>
        assembly.Boundaries.Add(new BoundaryFace(
            layers.Cell(edge.Cell, depth),
            length * layers.Thickness(depth),
            edge.Distance,
            surface,
            CellSurfaces.OfEdge(edge.Edge),
            FaceDirection.InPlane));

    private void WriteJunctions(PlaneBoundaryEdge edge, int depth, Strip strip)
    {
        double foil = layers.Thickness(depth);
        double stripThickness = strip.Body.Thickness(0) * foil / CollectorThickness(strip.Tab.Polarity);
        foreach (PlaneBoundaryEdge end in strip.Body.Plane.BoundaryEdges.Where(end => end.Edge == edge.Edge.Opposite()))
        {
            double overlap = Overlap(edge, end.Start, end.End);
            if (overlap <= _tolerance)
                continue;
            assembly.Junctions.Add(new Face(
                layers.Cell(edge.Cell, depth),
                strip.Body.Cell(end.Cell, 0),
                edge.Distance / (foil * overlap),
                end.Distance / (stripThickness * overlap),
                FaceDirection.Junction));
        }
    }

    private double CollectorThickness(Polarity polarity) => Enumerable.Range(0, layers.Depth)
        .Where(depth => Kind(depth).IsCollector() && Kind(depth).Polarity() == polarity)
        .Sum(layers.Thickness);

    private static double Overlap(PlaneBoundaryEdge edge, double start, double end) =>
        Math.Min(edge.End, end) - Math.Max(edge.Start, start);
}
