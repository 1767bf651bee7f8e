namespace Cell3D.Mesh;

/// <summary>A strip that carries current away from the layers, as a body of its own, one cell thick: a tab, or the lead at its end. Its in-plane mesh is laid out from the side that it leaves, with its bottom there.</summary>
internal sealed class Strip
{
    private readonly TabSpec _tab;
    private readonly Strip? _before;
    private readonly Side _side;
    private readonly double[] _nodes;

    private Strip(TabSpec tab, Strip? before, Side side, double[] nodes, double length, int cells, double[] levels, int region)
    {
        (_tab, _before, _side, _nodes) = (tab, before, side, nodes);
        PlaneMesh plane = PlaneMesh.Rectilinear(nodes, Grading.Uniform(0, length, cells)).From(side);
        Body = new(plane, levels, [region]);
        ILookup<int, PlaneBoundaryEdge> edges = plane.BoundaryEdges.ToLookup(edge => edge.Cell);
        Body.Outside = column => Outside(column, edges[column]);
    }

    internal TabSpec Tab => _tab;

    internal Body Body { get; }

    /// <summary>Where it is joined to what it leaves.</summary>
    internal IEnumerable<PlaneBoundaryEdge> Near => Body.Plane.BoundaryEdges.Where(edge => edge.Edge == CellEdge.Bottom);

    /// <summary>Its other end.</summary>
    private IEnumerable<PlaneBoundaryEdge> Far => Body.Plane.BoundaryEdges.Where(edge => edge.Edge == CellEdge.Top);

    /// <summary>Whether it is the lead of a tab.</summary>
    internal bool IsLead => _before is not null;

    /// <summary>Lays the strip of a tab beside the plane, centred on the collectors that it joins.</summary>
    internal static Strip OfTab(TabSpec tab, PlaneMesh plane, LayerStack stack, int region)
    {
        double[] nodes = Nodes(tab, plane.BoundaryEdges.Where(edge => edge.Edge == tab.Edge).Select(edge => edge.Start).Order(), plane.Extent.Tolerance);
        return new(tab, null, plane.Outline.Side(tab.Edge)!, nodes, tab.Length, tab.CellsAlongLength, Levels(CollectorCentre(tab.Polarity, stack), tab.Thickness), region);
    }

    /// <summary>Lays a lead beyond the strip of its tab.</summary>
    internal static Strip OfLead(Strip tab, int region)
    {
        LeadSpec lead = tab.Tab.Lead!;
        double[] nodes = LeadNodes(tab.Tab, tab._nodes, tab.Body.Plane.Extent.Tolerance);
        return new(tab.Tab, tab, tab._side.Shifted(tab.Tab.Length), nodes, lead.Length, lead.CellsAlongLength, Levels(0.5 * (tab.Body.Levels[0] + tab.Body.Levels[1]), lead.Thickness), region);
    }

    /// <summary>Coordinates of the nodes across the strip of a tab [m].</summary>
    /// <param name="tab">The tab.</param>
    /// <param name="edge">Coordinates of the nodes along the edge of the cell, increasing [m].</param>
    /// <param name="tolerance">What counts as zero [m].</param>
    internal static double[] Nodes(TabSpec tab, IEnumerable<double> edge, double tolerance) => tab.CellsAlongWidth is int cells
        ? Grading.Uniform(tab.Start, tab.End, cells)
        : [tab.Start, .. Within(edge, tab.Start, tab.End, tolerance), tab.End];

    /// <summary>Coordinates of the nodes across the lead of a tab: those of the strip between its own ends [m].</summary>
    internal static double[] LeadNodes(TabSpec tab, double[] strip, double tolerance)
    {
        (double start, double end) = (tab.Centre - (0.5 * tab.Lead!.Width), tab.Centre + (0.5 * tab.Lead.Width));
        return [start, .. Within(strip, start, end, tolerance), end];
    }

    /// <summary>The faces between the strip of a tab and this lead.</summary>
    internal IEnumerable<Junction> Junctions()
    {
        if (_before is not { } tab)
            yield break;
        (double stripThickness, double thickness, Weld? weld) = (tab.Body.Thickness(0), Body.Thickness(0), _tab.Lead!.Weld);
        double common = Math.Min(_tab.Width, _tab.Lead.Width);
        foreach (PlaneBoundaryEdge near in Near)
            foreach (PlaneBoundaryEdge far in tab.Far)
            {
                double overlap = Math.Min(near.End, far.End) - Math.Max(near.Start, far.Start);
                if (overlap > Body.Plane.Extent.Tolerance)
                    yield return new(new(tab.Body.FirstColumn + far.Cell, 0), new(Body.FirstColumn + near.Cell, 0), far.Distance / (stripThickness * overlap), near.Distance / (thickness * overlap),
                        weld is null ? FaceDirection.Junction : FaceDirection.Contact, weld?.Between(weld.FoilThickness, overlap / common));
            }
    }

    /// <summary>Both big faces and the sides; of the ends what nothing is joined to, and the terminal.</summary>
    private IEnumerable<BoundaryFace> Outside(int column, IEnumerable<PlaneBoundaryEdge> edges)
    {
        CellSurface surface = CellSurfaces.OfTab(_tab.Polarity);
        double thickness = Body.Thickness(0);
        BoundaryFace big = new(0, Body.Plane.Area[column], 0.5 * thickness, surface, surface, FaceDirection.Through);
        yield return big;
        yield return big;
        foreach (PlaneBoundaryEdge edge in edges)
        {
            bool isTerminal = edge.Edge == CellEdge.Top && (_tab.Lead is null || IsLead);
            double free = edge.Length - (isTerminal ? 0 : Joined(edge));
            if (free > Body.Plane.Extent.Tolerance)
                yield return new(0, free * thickness, edge.Distance, isTerminal ? CellSurfaces.OfTerminal(_tab.Polarity) : surface, surface, FaceDirection.InPlane);
        }
    }

    /// <summary>What of an end is joined to collectors, strip or lead [m].</summary>
    private double Joined(PlaneBoundaryEdge edge)
    {
        if (edge.Edge is not (CellEdge.Bottom or CellEdge.Top))
            return 0;
        double width = edge.Edge == CellEdge.Bottom && !IsLead ? _tab.Width : Math.Min(_tab.Width, _tab.Lead!.Width);
        return Math.Max(0, Math.Min(edge.End, _tab.Centre + (0.5 * width)) - Math.Max(edge.Start, _tab.Centre - (0.5 * width)));
    }

    private static double[] Levels(double centre, double thickness) => [centre - (0.5 * thickness), centre + (0.5 * thickness)];

    private static IEnumerable<double> Within(IEnumerable<double> nodes, double start, double end, double tolerance) =>
        nodes.Where(node => node > start + tolerance && node < end - tolerance);

    private static double CollectorCentre(Polarity polarity, LayerStack stack)
    {
        double moment = 0, thickness = 0, start = 0;
        foreach (LayerSpec layer in stack.Layers)
        {
            if (layer.Kind.IsCollector() && layer.Kind.Polarity() == polarity)
            {
                thickness += layer.Thickness;
                moment += layer.Thickness * (start + (0.5 * layer.Thickness));
            }
            start += layer.Thickness;
        }
        return moment / thickness;
    }
}
