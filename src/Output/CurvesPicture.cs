using ScottPlot;

namespace Cell3D.Output;

/// <summary>A curve of a picture.</summary>
/// <param name="Name">In the legend.</param>
/// <param name="X">Ascending.</param>
/// <param name="Y">As many.</param>
/// <param name="HalfWidth">Half of the band around it; null for none.</param>
public sealed record PlotCurve(string Name, IReadOnlyList<double> X, IReadOnlyList<double> Y, IReadOnlyList<double>? HalfWidth = null);

/// <summary>A panel of curves.</summary>
/// <param name="XTitle">Of the horizontal axis.</param>
/// <param name="YTitle">Of the vertical axis.</param>
/// <param name="Curves">What is drawn.</param>
public sealed record CurvesPanel(string XTitle, string YTitle, IReadOnlyList<PlotCurve> Curves)
{
    /// <summary>Whether both axes are logarithmic, which marks the points of each curve.</summary>
    public bool IsLogarithmic { get; init; }
}

/// <summary>Pictures of curves with the bands around them, panels one below the other.</summary>
public static class CurvesPicture
{
    private const int Height = 640;

    /// <summary>Draws the panels.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="panels">From top to bottom.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(string path, params IReadOnlyList<CurvesPanel> panels)
    {
        Plot[] plots = [.. panels.Select(Draw)];
        try
        {
            PlotPage.WritePng(path, [.. plots.Select(plot => (plot, Height))]);
        }
        finally
        {
            foreach (Plot plot in plots) plot.Dispose();
        }
    }

    private static Plot Draw(CurvesPanel panel)
    {
        Plot plot = PlotPage.Create(panel.XTitle, panel.YTitle);
        Func<double, double> place = panel.IsLogarithmic ? Math.Log10 : value => value;
        for (int i = 0; i < panel.Curves.Count; i++)
        {
            PlotCurve curve = panel.Curves[i];
            Color colour = PlotPage.Palette[i % PlotPage.Palette.Length];
            double[] x = [.. curve.X.Select(place)], y = [.. curve.Y.Select(place)];
            if (curve.HalfWidth is { } half)
            {
                ScottPlot.Plottables.FillY band = plot.Add.FillY(x, [.. curve.Y.Zip(half, (value, width) => place(value - width))], [.. curve.Y.Zip(half, (value, width) => place(value + width))]);
                (band.FillColor, band.LineWidth) = (colour.WithAlpha(.35), 0);
                band.LegendText = curve.Name;
                continue;
            }
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, y, colour);
            (line.LineWidth, line.MarkerSize, line.LegendText) = (1.8f, panel.IsLogarithmic ? 7 : 0, curve.Name);
        }
        if (panel.IsLogarithmic)
        {
            plot.Axes.Bottom.TickGenerator = Ticks(panel.Curves.SelectMany(curve => curve.X));
            plot.Axes.Left.TickGenerator = Ticks(panel.Curves.SelectMany(curve => curve.Y));
        }
        plot.ShowLegend(Edge.Top);
        return plot;
    }

    /// <summary>1, 2 and 5 of every decade, or 1 alone where there are many.</summary>
    private static ScottPlot.TickGenerators.NumericManual Ticks(IEnumerable<double> values)
    {
        double[] positive = [.. values.Where(value => value > 0)];
        int[] digits = positive.Max() > 100 * positive.Min() ? [1] : [1, 2, 5];
        ScottPlot.TickGenerators.NumericManual ticks = new();
        for (int decade = (int)Math.Floor(Math.Log10(positive.Min())); decade <= Math.Ceiling(Math.Log10(positive.Max())); decade++)
            foreach (int digit in digits)
                ticks.AddMajor(decade + Math.Log10(digit), FormattableString.Invariant($"{digit * Math.Pow(10, decade):g3}"));
        return ticks;
    }
}
