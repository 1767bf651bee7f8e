namespace Cell3D.Mesh;

/// <summary>Describes a layered cell with its tabs.</summary>
public static class MeshBuilder
{
    /// <summary>
    /// The layers over the in-plane mesh, with the tab strips joined to every collector of their polarity. Cells are
    /// numbered by column, through-thickness fastest, strips last.
    /// </summary>
    /// <remarks>
    /// Terminal faces, per side: the far end of each strip; for a tab of zero length the collectors' edge within
    /// its interval; without tabs the outer x-face of the outermost conductor. Where a casing covers that face, the
    /// terminal is an extra face of the conductor that carries current only
    /// (<see cref="BoundaryFace.CoolingSurface"/> is <see cref="CellSurface.None"/>).
    /// At a junction the collector's cross-section is foil thickness × overlap; the strip's
    /// cross-section, strip thickness × overlap, is shared by the collectors in proportion to their thickness.
    /// </remarks>
    /// <param name="plane">In-plane mesh.</param>
    /// <param name="stack">Layers.</param>
    /// <param name="tabs">Tabs.</param>
    /// <param name="coverage">Where layers do not reach; null where all reach everywhere.</param>
    /// <param name="can">The can around a rectangular stack; null where its own surfaces are the outer ones.</param>
    /// <param name="seam">The sealed rim of the casings around a rectilinear mesh of a rectangle; null where they end with the stack.</param>
    /// <exception cref="MeshException">Everything that is wrong with tabs and seam.</exception>
    public static CellDomain Describe(PlaneMesh plane, LayerStack stack, IReadOnlyList<TabSpec> tabs, LayerCoverage? coverage = null, StackCanSpec? can = null, SeamSpec? seam = null)
    {
        List<string> problems = [.. TabRules.Problems(plane.Outline, stack, tabs)];
        if (problems.Count > 0)
            throw new MeshException(problems);
        List<Region> regions = [.. stack.Layers.Select(layer => new Region(layer.Name, layer.Kind))];
        Body layers = StackBody(plane, stack, new(coverage ?? LayerCoverage.Full, plane.Extent, stack, tabs));
        List<Strip> strips = [];
        foreach (TabSpec tab in tabs.Where(tab => tab.Length > 0))
        {
            strips.Add(Strip.OfTab(tab, plane, stack, regions.Count));
            regions.Add(StripRegion(tab, tabs, regions, isLead: false));
        }
        List<Strip> leads = [];
        foreach (Strip strip in strips.Where(strip => strip.Tab.Lead is not null))
        {
            leads.Add(Strip.OfLead(strip, regions.Count));
            regions.Add(StripRegion(strip.Tab, tabs, regions, isLead: true));
        }
        Seam? rim = seam is null ? null : new(seam, layers, stack, tabs, regions);
        StackBoundary boundary = new(layers, stack, tabs, strips, rim);
        layers.Outside = boundary.Outside;
        StackCan? around = can is null ? null : new(can, layers, [.. strips, .. leads], regions);
        IEnumerable<Body> beside = [.. strips.Concat(leads).Select(strip => strip.Body), .. rim is null ? [] : (Body[])[rim.Body]];
        return new CellDomain(regions, [layers, .. beside, .. around?.Bodies ?? []],
            () => boundary.Junctions().Concat(leads.SelectMany(lead => lead.Junctions())).Concat(around?.Junctions() ?? []))
        { Outline = plane.Outline };
    }

    /// <summary>The whole mesh of <see cref="Describe"/>.</summary>
    public static CellMesh Build(PlaneMesh plane, LayerStack stack, IReadOnlyList<TabSpec> tabs) => Describe(plane, stack, tabs).Whole();

    private static Body StackBody(PlaneMesh plane, LayerStack stack, ColumnProfiles profiles)
    {
        List<double> levels = [0];
        foreach (LayerSpec layer in stack.Layers)
            levels.AddRange(Grading.Symmetric(levels[^1], levels[^1] + layer.Thickness, layer.Grading.Cells, layer.Grading.Ratio).AsSpan(1));
        (int[][] regions, int[]? ofColumn) = profiles.Of(plane);
        return new Body(plane, [.. levels], regions, ofColumn, Baseline.Straight);
    }

    /// <summary>A region of a strip: "Negative tab", "Negative lead"; numbered where there are several.</summary>
    private static Region StripRegion(TabSpec tab, IReadOnlyList<TabSpec> tabs, List<Region> regions, bool isLead)
    {
        LayerKind kind = tab.Polarity == Polarity.Negative ? LayerKind.NegativeTab : LayerKind.PositiveTab;
        string name = isLead ? kind.LeadName() : kind.Name();
        if (tabs.Count(other => other.Length > 0 && other.Polarity == tab.Polarity) > 1)
            name = $"{name} {regions.Count(region => region.Name.StartsWith(name, StringComparison.Ordinal)) + 1}";
        return new Region(name, kind, tab.Edge);
    }
}
