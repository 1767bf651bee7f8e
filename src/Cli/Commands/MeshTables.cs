using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>A mesh in tables: its layers, its ranks, divisions for a budget.</summary>
internal static class MeshTables
{
    /// <summary>Of more ranks than these, those with the least and the most work are shown.</summary>
    private const int MostRanksShown = 16;

    /// <summary>Layers, or kinds of them, and figures of the whole.</summary>
    public static void Show(SimulationCase simulation, CellDomain domain, RunForecast forecast, bool allLayers)
    {
        MeshStatistics statistics = MeshStatistics.Of(domain);
        IEnumerable<IGrouping<object, RegionStatistics>> rows = statistics.Regions.GroupBy(region => allLayers ? (object)region.Region.Name : region.Region.Kind);
        Screen.Table([new("Region", true), new("Control\nvolumes"), new("Through"), new("Thickness of\na cell [µm]"), new("Volume\n[cm³]")], rows.Select(row => Row([.. row])));
        Screen.Figures(
        [
            ("Columns", $"{Quantity.Count(statistics.Columns)} in the plane, {Quantity.Count(statistics.Segments)} segments between collectors"),
            ("In-plane spacing", double.IsNaN(statistics.SmallestSpacing) ? null : Range(1e3 * statistics.SmallestSpacing, 1e3 * statistics.LargestSpacing) + " mm"),
            .. Figures(statistics.Plane),
            ("Faces", $"{Quantity.Count(statistics.Faces)} inside, {Quantity.Count(statistics.BoundaryFaces)} outside"),
            ("Largest aspect ratio", $"{Quantity.Text(statistics.LargestAspectRatio, 3)} (in-plane size over thickness)"),
            ("Outer surface", $"{Quantity.Text(1e4 * statistics.OuterArea)} cm²"),
            ("Ranks", $"1 to {Quantity.Count(Partition.MostRanks(domain))}"),
            .. Forecasts.Figures(simulation, forecast),
            ("Time", $"about {ProgressLine.Duration(RankForecast.Of(simulation, domain, forecast.Ranks).Max(rank => rank.Seconds))} on cores of their own, for {Quantity.Count((long)RankForecast.Steps(simulation))} time steps"),
        ]);
    }

    /// <summary>Quality of the plane of the layers.</summary>
    private static IEnumerable<(string Name, string? Value)> Figures(PlaneQuality plane)
    {
        yield return ("Cells of the plane", $"{Quantity.Count(plane.Cells)} of √area {Range(1e3 * plane.SmallestSize, 1e3 * plane.LargestSize)} mm");
        if (double.IsNaN(plane.LargestRatio)) yield break;
        yield return ("Neighbours", $"sizes up to {Quantity.Text(plane.LargestRatio, 3)} : 1, centres from {Quantity.Text(plane.SmallestDistance, 3)} √area apart");
        yield return ("Edges and centres", $"{Quantity.Text(plane.LargestAngle, 1)}° off the normal at most, {Quantity.Text(100 * plane.OutsideShare, 3)} % of centres outside");
    }

    /// <summary>Kinds of layers and figures of the whole, of a mesh that is only counted.</summary>
    public static void ShowSize(SimulationCase simulation, MeshSize size, RunForecast forecast)
    {
        Screen.Table([new("Region", true), new("Layers"), new("Control\nvolumes")],
            size.Regions.GroupBy(region => region.Kind).Select(kind => new[] { kind.Key.Name(), Quantity.Count(kind.Count()), Quantity.Count(kind.Sum(region => region.Cells)) }));
        Screen.Figures(
        [
            ("Columns", $"{Quantity.Count(size.Columns)} in the plane"),
            .. Forecasts.Figures(simulation, forecast),
            ("Memory of a rank", forecast.Ranks == 1 ? null : $"about {ByteText.Format(forecast.MemoryBytes / forecast.Ranks)}"),
            ("Time", $"about {ProgressLine.Duration(forecast.CoreSeconds / forecast.Ranks)} on cores of their own, for {Quantity.Count((long)RankForecast.Steps(simulation))} time steps"),
        ]);
    }

    /// <summary>What every rank takes; of many those with the least and the most work.</summary>
    public static void ShowRanks(IReadOnlyList<RankForecast> ranks)
    {
        (RankForecast Rank, int Number)[] shown = [.. ranks.Select((rank, number) => (rank, number))];
        if (shown.Length > MostRanksShown)
            shown = [.. shown.OrderBy(entry => entry.Rank.Work).Where((_, i) => i < MostRanksShown / 2 || i >= ranks.Count - (MostRanksShown / 2))];
        Screen.Out.WriteLine();
        Screen.Heading($"Division between {Quantity.Count(ranks.Count)} ranks{(shown.Length < ranks.Count ? $", the {shown.Length} with the least and the most work" : "")}");
        Screen.Table([new("Rank"), new("Control\nvolumes"), new("Ghosts"), new("Unknowns"), new("In\nparticles"), new("Work over\nmean"), new("Memory", true)],
            shown.Select(entry => new[]
            {
                Quantity.Count(entry.Number), Quantity.Count(entry.Rank.Cells), Quantity.Count(entry.Rank.Ghosts), Quantity.Count(entry.Rank.GlobalUnknowns),
                Quantity.Count(entry.Rank.LocalUnknowns), Quantity.Text(entry.Rank.Work), ByteText.Format(entry.Rank.MemoryBytes),
            }));
        Screen.Figures(("Largest work", $"{Quantity.Text(ranks.Max(rank => rank.Work))} times the mean"), ("Ghosts", $"{Quantity.Text(100.0 * ranks.Sum(rank => rank.Ghosts) / ranks.Sum(rank => rank.Cells), 3)} % of the control volumes"));
    }

    /// <summary>Divisions for a number of control volumes, as options.</summary>
    public static void ShowBudget(SimulationCase simulation, MeshBudget proposed, long budget)
    {
        Screen.Out.WriteLine();
        Screen.Heading($"Divisions for {Quantity.Count(budget)} control volumes: {Quantity.Count(proposed.Cells)}");
        if (proposed.Cells > budget) Screen.Warning($"the coarsest divisions have {Quantity.Count(proposed.Cells)} control volumes, more than the {Quantity.Count(budget)} that are asked for; fewer electrode pairs or less refinement towards tabs makes fewer");
        Screen.Out.WriteLine("  n through an electrode, n/2 through a separator" + (simulation.Geometry.Imported is null ? ", 1.6 n along the longer side, square cells in the plane; then the plane takes what is left." : "; the outline file divides the plane."));
        Screen.Out.WriteLine("  " + string.Join(" ", proposed.Chosen(simulation).Select(entry => FormattableString.Invariant($"--set \"{entry.Key}={entry.Value}\""))));
    }

    /// <summary>One layer, or several of one kind.</summary>
    private static string[] Row(RegionStatistics[] layers) =>
    [
        layers.Length == 1 ? layers[0].Region.Name : $"{Quantity.Count(layers.Length)} × {layers[0].Region.Kind.Name()}",
        Quantity.Count(layers.Sum(layer => layer.Cells)), Through(layers),
        Range(1e6 * layers.Min(layer => layer.SmallestThickness), 1e6 * layers.Max(layer => layer.LargestThickness)), Quantity.Text(1e6 * layers.Sum(layer => layer.Volume)),
    ];

    private static string Through(RegionStatistics[] layers)
    {
        (int least, int most) = (layers.Min(layer => layer.Through), layers.Max(layer => layer.Through));
        return (least == most ? Quantity.Count(least) : $"{Quantity.Count(least)} – {Quantity.Count(most)}") + (layers.Length == 1 ? "" : " each");
    }

    private static string Range(double smallest, double largest) =>
        largest - smallest < 1e-6 * largest ? Quantity.Text(smallest) : $"{Quantity.Text(smallest)} – {Quantity.Text(largest)}";
}
