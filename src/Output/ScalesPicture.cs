using ScottPlot;

namespace Cell3D.Output;

/// <summary>Picture of a hierarchy of scales: lengths, times and energies on logarithmic axes.</summary>
public static class ScalesPicture
{
    private const int Margins = 120, PerRow = 62;

    /// <summary>One panel for each group.</summary>
    /// <param name="groups">Title of the axis with its unit, and the scales from the least to the largest value.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(IReadOnlyList<(string Axis, IReadOnlyList<(string Name, double Least, double Largest)> Scales)> groups, string path)
    {
        Plot[] plots = [.. groups.Select(group => Panel(group.Axis, group.Scales))];
        try
        {
            PlotPage.WritePng(path, [.. plots.Zip(groups, (plot, group) => (plot, Margins + (PerRow * group.Scales.Count)))]);
        }
        finally
        {
            foreach (Plot plot in plots) plot.Dispose();
        }
    }

    private static Plot Panel(string axis, IReadOnlyList<(string Name, double Least, double Largest)> scales)
    {
        Plot plot = PlotPage.Create(axis, "");
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 260;
        for (int i = 0; i < scales.Count; i++)
        {
            (_, double least, double largest) = scales[i];
            double[] ends = [Math.Log10(least), Math.Log10(largest)];
            ScottPlot.Plottables.Scatter bar = plot.Add.Scatter(ends, new double[] { -i, -i }, PlotPage.Palette[i % PlotPage.Palette.Length]);
            (bar.LineWidth, bar.MarkerSize) = (5, 9);
        }
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, scales.Count).Select(i => -(double)i)], [.. scales.Select(scale => scale.Name)]);
        double low = Math.Floor(Math.Log10(scales.Min(scale => scale.Least)) - 0.2), high = Math.Ceiling(Math.Log10(scales.Max(scale => scale.Largest)) + 0.2);
        int every = high - low > 12 ? 2 : 1;
        double[] decades = [.. Enumerable.Range(0, (int)((high - low) / every) + 1).Select(i => low + (i * every))];
        plot.Axes.Bottom.SetTicks(decades, [.. decades.Select(decade => FormattableString.Invariant($"1e{decade}"))]);
        plot.Axes.SetLimits(low, high, -scales.Count + 0.4, 0.6);
        return plot;
    }
}
