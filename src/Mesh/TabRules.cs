namespace Cell3D.Mesh;

/// <summary>What tabs must satisfy; every broken rule is reported.</summary>
internal static class TabRules
{
    internal static IEnumerable<string> Problems(Outline outline, LayerStack stack, IReadOnlyList<TabSpec> tabs)
    {
        for (int i = 0; i < tabs.Count; i++)
        {
            foreach (string problem in Problems(outline, stack, tabs[i]))
                yield return $"{Place(tabs, i)}: {problem}";
            for (int other = 0; other < i; other++)
            {
                bool onOneEdge = tabs[i].Edge == tabs[other].Edge && (tabs[i].Polarity == tabs[other].Polarity || (tabs[i].Length > 0 && tabs[other].Length > 0));
                if (onOneEdge && Math.Min(tabs[i].End, tabs[other].End) - Math.Max(tabs[i].Start, tabs[other].Start) > outline.Extent.Tolerance)
                    yield return $"{Place(tabs, i)}: overlaps with {Place(tabs, other)} on the {outline.Describe(tabs[i].Edge)}";
            }
        }
        foreach (string problem in ConnectionProblems(stack, tabs))
            yield return problem;
    }

    private static IEnumerable<string> Problems(Outline outline, LayerStack stack, TabSpec tab)
    {
        if (tab.Polarity == Polarity.None)
            yield return "polarity must be negative or positive";
        else if (!stack.Layers.Any(layer => layer.Kind.IsCollector() && layer.Kind.Polarity() == tab.Polarity))
            yield return "the stack has no collector of this polarity to attach to";
        if (!(tab.Width > 0 && double.IsFinite(tab.Width)))
            yield return $"width must be positive, got {tab.Width:G6} m";
        if (!(tab.Length >= 0 && double.IsFinite(tab.Length)))
            yield return $"length must be zero or positive, got {tab.Length:G6} m";
        if (tab.Length > 0 && !(tab.Thickness > 0 && double.IsFinite(tab.Thickness)))
            yield return $"thickness must be positive, got {tab.Thickness:G6} m";
        if (tab.Lead is { } lead && !(tab.Length > 0 && lead.Width > 0 && lead.Length > 0 && lead.Thickness > 0 && lead.CellsAlongLength > 0))
            yield return $"a lead needs a strip and a positive width, length, thickness and number of cells, got {lead.Width:G6}, {lead.Length:G6}, {lead.Thickness:G6} m and {lead.CellsAlongLength}";
        if (tab.CellsAlongLength < 1)
            yield return $"needs at least 1 cell along the length, got {tab.CellsAlongLength}";
        if (tab.CellsAlongWidth < 1)
            yield return $"needs at least 1 cell along the width, got {tab.CellsAlongWidth}";
        if (outline.Side(tab.Edge) is not { } side)
        {
            yield return $"leaves from the {outline.Describe(tab.Edge)}, which is not one straight side";
            yield break;
        }
        double tolerance = outline.Extent.Tolerance, within = Math.Min(tab.End, side.End) - Math.Max(tab.Start, side.Start), covered = outline.Covered(tab.Edge, tab.Start, tab.End);
        if (!(tab.Start >= side.Start - tolerance && tab.End <= side.End + tolerance))
            yield return $"spans {tab.Start:G6} … {tab.End:G6} m, outside the {side.Name}, which spans {side.Start:G6} … {side.End:G6} m";
        if (covered < within - (1e3 * tolerance))
            yield return $"spans {tab.Start:G6} … {tab.End:G6} m, of which the outline follows the {side.Name} over {covered:G6} m only";
    }

    private static IEnumerable<string> ConnectionProblems(LayerStack stack, IReadOnlyList<TabSpec> tabs)
    {
        List<ConductorRun> runs = ConductorRun.Find(stack);
        foreach (Polarity polarity in (Polarity[])[Polarity.Negative, Polarity.Positive])
        {
            List<ConductorRun> own = runs.FindAll(run => run.Polarity == polarity);
            string side = polarity == Polarity.Negative ? "negative" : "positive";
            if (tabs.Any(tab => tab.Polarity == polarity))
            {
                foreach (ConductorRun run in own.Where(run => !Layers(stack, run).Any(layer => layer.Kind.IsCollector())))
                    yield return $"layer '{stack.Layers[run.First].Name}' has no collector to reach the {side} tab";
            }
            else if (own.Count > 1)
            {
                yield return $"the stack has {own.Count} separate {side} electrodes: needs a {side} tab to connect them";
            }
            else if (own.Count == 1 && own[0] != runs[0] && own[0] != runs[^1])
            {
                yield return $"the {side} electrode lies inside the stack: needs a {side} tab";
            }
        }
    }

    private static IEnumerable<LayerSpec> Layers(LayerStack stack, ConductorRun run) =>
        stack.Layers.Skip(run.First).Take(run.Last - run.First + 1);

    private static string Place(IReadOnlyList<TabSpec> tabs, int index) =>
        $"tab {index + 1} ({(tabs[index].Polarity == Polarity.None ? "no polarity" : tabs[index].Polarity.ToString().ToLowerInvariant())})";
}
