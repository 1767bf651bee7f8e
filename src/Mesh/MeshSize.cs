namespace Cell3D.Mesh;

/// <summary>Number of cells and unknowns of a mesh, from its settings alone: it takes no memory and next to no time.</summary>
/// <param name="Regions">Kind and cells of each region: the layers, then the strips.</param>
/// <param name="Columns">In-plane columns, strips included.</param>
/// <param name="Points">Corner points of all cells.</param>
/// <param name="Connectivity">Corners of all cells, each counted by every cell.</param>
public sealed record MeshSize(IReadOnlyList<(LayerKind Kind, long Cells)> Regions, long Columns, long Points, long Connectivity)
{
    /// <summary>Cells that a mesh can have; larger ones are counted, not made.</summary>
    public const long MostCells = 100_000_000;

    /// <summary>Cells of all regions.</summary>
    public long Cells => Regions.Sum(region => region.Cells);

    /// <summary>Columns of a seam or a can around the stack.</summary>
    public long ColumnsAround { get; init; }

    /// <summary>In-plane columns of the stack, without strips and what is around it.</summary>
    public long PlaneColumns => Columns - ColumnsAround - CellsOf(LayerKind.NegativeTab) - CellsOf(LayerKind.PositiveTab);

    /// <summary>What <see cref="MeshBuilder.Build"/> will make of the same settings.</summary>
    /// <exception cref="MeshException">Everything that is wrong with tabs and seam.</exception>
    public static MeshSize Of(PlaneSize plane, LayerStack stack, IReadOnlyList<TabSpec> tabs, LayerCoverage? coverage = null, StackCanSpec? can = null, SeamSpec? seam = null)
    {
        List<string> problems = [.. TabRules.Problems(plane.Outline, stack, tabs)];
        if (problems.Count > 0)
            throw new MeshException(problems);
        ColumnProfiles profiles = new(coverage ?? LayerCoverage.Full, plane.Extent, stack, tabs);
        List<(LayerKind Kind, long Cells)> regions = [.. stack.Layers.Select((layer, i) => (layer.Kind, profiles.Count(plane, i) * layer.Grading.Cells))];
        int levels = stack.Layers.Sum(layer => layer.Grading.Cells) + 1;
        long columns = plane.Cells, points = plane.Vertices * levels, corners = plane.Corners * (levels - 1) * 2;
        TabSpec[] strips = [.. tabs.Where(tab => tab.Length > 0)];
        foreach (TabSpec tab in strips)
            AddStrip(tab, Nodes(tab).Length - 1, tab.CellsAlongLength);
        foreach (TabSpec tab in strips.Where(tab => tab.Lead is not null))
            AddStrip(tab, Strip.LeadNodes(tab, Nodes(tab), plane.Extent.Tolerance).Length - 1, tab.Lead!.CellsAlongLength);
        long around = 0;
        if (seam is not null)
        {
            int foils = Seam.Foils(stack);
            (long cells, long vertices) = Seam.Lines(seam, stack, plane.EdgeNodes(CellEdge.Top), plane.EdgeNodes(CellEdge.Left), tabs, plane.Extent.Tolerance).Size();
            regions.AddRange(Enumerable.Repeat((LayerKind.Casing, cells), foils));
            (columns, around, points, corners) = (columns + cells, around + cells, points + (vertices * (foils + 1)), corners + (8 * cells * foils));
        }
        if (can is not null)
        {
            (long cells, long ofCan, long ofPoints) = StackCan.Size(can, plane.EdgeNodes(CellEdge.Top).Count(), plane.EdgeNodes(CellEdge.Left).Count());
            regions.Add((LayerKind.Casing, cells));
            (columns, around, points, corners) = (columns + ofCan, around + ofCan, points + ofPoints, corners + (8 * cells));
        }
        return new(regions, columns, points, corners) { ColumnsAround = around };

        double[] Nodes(TabSpec tab) => Strip.Nodes(tab, plane.EdgeNodes(tab.Edge), plane.Extent.Tolerance);

        void AddStrip(TabSpec tab, long across, long along)
        {
            regions.Add((tab.Polarity == Polarity.Negative ? LayerKind.NegativeTab : LayerKind.PositiveTab, across * along));
            columns += across * along;
            points += 2 * (along + 1) * (across + 1);
            corners += 8 * across * along;
        }
    }

    /// <summary>Unknowns of the global system: c and φ_e where there is electrolyte, φ_s where electrons flow, T everywhere with heat, and V.</summary>
    public long Unknowns(bool withHeat) =>
        1 + Regions.Sum(region => region.Cells * ((withHeat ? 1 : 0) + (region.Kind.HasElectrolyte() ? 2 : 0) + (region.Kind.ConductsElectrons() ? 1 : 0)));

    /// <summary>An upper estimate of the points of all ranks together: those on a cut count on either side, and a rank's columns lie side by side.</summary>
    public long PointsOf(int ranks)
    {
        double levels = (double)Cells / Columns + 1, cut = 4 * (Math.Sqrt((double)ranks * Columns) + ranks);
        return ranks == 1 ? Points : (long)Math.Min((double)Points * ranks, Points + (cut * levels));
    }

    /// <summary>Cells of one kind of layer.</summary>
    public long CellsOf(LayerKind kind) => Regions.Where(region => region.Kind == kind).Sum(region => region.Cells);
}
