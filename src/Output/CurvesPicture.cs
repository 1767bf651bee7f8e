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
public sealed record CurvesPanel(string XTitle, string YTitle, IReadOnlyList<PlotCurve> Curves);

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
        for (int i = 0; i < panel.Curves.Count; i++)
        {
            PlotCurve curve = panel.Curves[i];
            Color colour = PlotPage.Palette[i % PlotPage.Palette.Length];
            double[] x = [.. curve.X];
            if (curve.HalfWidth is { } half)
            {
                ScottPlot.Plottables.FillY band = plot.Add.FillY(x, [.. curve.Y.Zip(half, (value, width) => value - width)], [.. curve.Y.Zip(half, (value, width) => value + width)]);
                (band.FillColor, band.LineWidth) = (colour.WithAlpha(.35), 0);
                band.LegendText = curve.Name;
                continue;
            }
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(x, curve.Y.ToArray(), colour);
            (line.LineWidth, line.MarkerSize, line.LegendText) = (1.8f, 0, curve.Name);
        }
        plot.ShowLegend(Edge.Top);
        return plot;
    }
}
