namespace Cell3D.Mesh;

/// <summary>A tab strip as a body of its own: one cell thick, centred on the collectors it joins.</summary>
internal sealed class Strip
{
    private Strip(TabSpec tab, Body body) => (Tab, Body) = (tab, body);

    internal TabSpec Tab { get; }

    internal Body Body { get; }

    /// <summary>Lays the strip beside the plane; its region will be the next one.</summary>
    internal static Strip Create(TabSpec tab, PlaneMesh plane, LayerStack stack, int region)
    {
        double[] along = AlongEdge(tab, plane);
        double[] away = tab.Edge switch
        {
            CellEdge.Left => Grading.Uniform(plane.Left - tab.Length, plane.Left, tab.CellsAlongLength),
            CellEdge.Right => Grading.Uniform(plane.Right, plane.Right + tab.Length, tab.CellsAlongLength),
            CellEdge.Bottom => Grading.Uniform(plane.Bottom - tab.Length, plane.Bottom, tab.CellsAlongLength),
            _ => Grading.Uniform(plane.Top, plane.Top + tab.Length, tab.CellsAlongLength),
        };
        PlaneMesh strip = tab.Edge.RunsAlongY() ? PlaneMesh.Rectilinear(along, away) : PlaneMesh.Rectilinear(away, along);
        double centre = CollectorCentre(tab.Polarity, stack);
        double[] levels = [centre - 0.5 * tab.Thickness, centre + 0.5 * tab.Thickness];
        Body body = new(strip, levels, [region]);
        ILookup<int, PlaneBoundaryEdge> edges = strip.BoundaryEdges.ToLookup(edge => edge.Cell);
        body.Outside = column => Outside(tab, body, column, edges[column]);
        return new Strip(tab, body);
    }

    /// <summary>Both big faces, the sides and the far end, but not the junction.</summary>
    private static IEnumerable<BoundaryFace> Outside(TabSpec tab, Body body, int column, IEnumerable<PlaneBoundaryEdge> edges)
    {
        CellSurface surface = CellSurfaces.OfTab(tab.Polarity);
        double thickness = body.Thickness(0);
        BoundaryFace big = new(0, body.Plane.Area[column], 0.5 * thickness, surface, surface, FaceDirection.Through);
        yield return big;
        yield return big;
        foreach (PlaneBoundaryEdge edge in edges.Where(edge => edge.Edge != tab.Edge.Opposite()))
        {
            CellSurface current = edge.Edge == tab.Edge ? CellSurfaces.OfTerminal(tab.Polarity) : surface;
            yield return new BoundaryFace(0, edge.Length * thickness, edge.Distance, current, surface, FaceDirection.InPlane);
        }
    }

    private static double[] AlongEdge(TabSpec tab, PlaneMesh plane)
    {
        if (tab.CellsAlongWidth is int cells)
            return Grading.Uniform(tab.Start, tab.End, cells);
        double tolerance = plane.Extent.Tolerance;
        IEnumerable<double> inner = plane.BoundaryEdges
            .Where(edge => edge.Edge == tab.Edge && edge.Start > tab.Start + tolerance && edge.Start < tab.End - tolerance)
            .Select(edge => edge.Start)
            .Order();
        return [tab.Start, .. inner, tab.End];
    }

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
