namespace Cell3D.Mesh;

/// <summary>Which layers lie in which column of a stack.</summary>
/// <param name="coverage">Where layers are missing.</param>
/// <param name="plane">The whole outline.</param>
/// <param name="stack">The layers.</param>
/// <param name="tabs">All tabs.</param>
internal sealed class ColumnProfiles(LayerCoverage coverage, PlaneExtent plane, LayerStack stack, IReadOnlyList<TabSpec> tabs)
{
    private readonly PlaneExtent _coated = new(plane.Left + coverage.Overhang, plane.Right - coverage.Overhang, plane.Bottom + coverage.Overhang, plane.Top - coverage.Overhang);
    private readonly PlaneExtent[] _tongues = coverage.Overhang == 0 ? [] : [.. Tongues(coverage.Overhang, plane, tabs)];

    private bool IsFull => coverage.Overhang == 0 && coverage.Missing.Count == 0;

    /// <summary>The regions by depth of each kind of column, and the kind of every column; null where all are alike.</summary>
    /// <param name="mesh">The in-plane mesh.</param>
    internal (int[][] Profiles, int[]? OfColumn) Of(PlaneMesh mesh)
    {
        int[] layerOf = [.. stack.Layers.SelectMany((layer, i) => Enumerable.Repeat(i, layer.Grading.Cells))];
        if (IsFull)
            return ([layerOf], null);
        Dictionary<string, int> kinds = [];
        List<int[]> profiles = [];
        int[] ofColumn = new int[mesh.CellCount];
        for (int column = 0; column < ofColumn.Length; column++)
        {
            bool[] isThere = [.. Enumerable.Range(0, stack.Layers.Count).Select(layer => IsThere(layer, mesh.CentreY[column], mesh.CentreZ[column]))];
            string kind = string.Concat(isThere.Select(there => there ? '1' : '0'));
            if (!kinds.TryGetValue(kind, out ofColumn[column]))
            {
                kinds.Add(kind, ofColumn[column] = profiles.Count);
                profiles.Add(Array.ConvertAll(layerOf, layer => isThere[layer] ? layer : Body.Absent));
            }
        }
        return ([.. profiles], ofColumn);
    }

    /// <summary>Columns in which a layer lies, counted by rectangle.</summary>
    internal long Count(PlaneSize size, int layer)
    {
        if (IsFull)
            return size.Cells;
        LayerKind kind = stack.Layers[layer].Kind;
        bool endsShort = coverage.Overhang > 0 && kind.Polarity() == Polarity.Positive;
        PlaneExtent area = endsShort ? _coated : plane;
        long columns = (endsShort ? size.Within(area) : size.Cells) - coverage.Missing.Where(patch => patch.Layer == layer).Sum(patch => size.Within(patch.Rectangle.Common(area)));
        return endsShort && kind.IsCollector() ? columns + _tongues.Sum(size.Within) : columns;
    }

    private bool IsThere(int layer, double y, double z)
    {
        LayerKind kind = stack.Layers[layer].Kind;
        if (coverage.Missing.Any(patch => patch.Layer == layer && patch.Rectangle.Contains(y, z)))
            return false;
        return coverage.Overhang == 0 || kind.Polarity() != Polarity.Positive || _coated.Contains(y, z) || (kind.IsCollector() && _tongues.Any(tongue => tongue.Contains(y, z)));
    }

    /// <summary>Stretches of positive foil between its electrode and the outline, within the tabs.</summary>
    private static IEnumerable<PlaneExtent> Tongues(double overhang, PlaneExtent plane, IReadOnlyList<TabSpec> tabs) =>
        tabs.Where(tab => tab.Polarity == Polarity.Positive).Select(tab => tab.Edge switch
        {
            CellEdge.Left => new PlaneExtent(plane.Left, plane.Left + overhang, tab.Start, tab.End),
            CellEdge.Right => new(plane.Right - overhang, plane.Right, tab.Start, tab.End),
            CellEdge.Bottom => new(tab.Start, tab.End, plane.Bottom, plane.Bottom + overhang),
            _ => new(tab.Start, tab.End, plane.Top - overhang, plane.Top),
        });
}
