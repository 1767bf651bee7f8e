using ScottPlot;

using SkiaSharp;

namespace Cell3D.Output;

/// <summary>Plots of one look – fonts, line widths, colours that colour-blind readers tell apart – and their rendering to PNG.</summary>
internal static class PlotPage
{
    private const int Width = 1600;
    private const int OuterMargin = 20;
    private const float Scale = 2;
    private const int MostPoints = 4 * Width;

    /// <summary>Plots are flat colour: filters would only cost time.</summary>
    private static readonly SKPngEncoderOptions Png = new(SKPngEncoderFilterFlags.None, 4);

    /// <summary>Okabe and Ito's palette, without its yellow, which vanishes on white.</summary>
    public static readonly Color[] Palette = [.. new[] { "#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#000000" }.Select(Color.FromHex)];

    /// <summary>A plot over time with its axis titles.</summary>
    public static Plot Create(TimeUnit time, string yLabel) => Create($"Time [{time.Name}]", yLabel);

    /// <summary>A plot with its axis titles.</summary>
    public static Plot Create(string xLabel, string yLabel)
    {
        PlotFont.Register();
        Plot plot = new() { ScaleFactor = Scale };
        plot.Font.Set(PlotFont.Name);
        plot.XLabel(xLabel, 14);
        plot.YLabel(yLabel, 14);
        foreach (IAxis axis in (IAxis[])[plot.Axes.Bottom, plot.Axes.Left])
        {
            axis.Label.Bold = false;
            axis.TickLabelStyle.FontSize = 12;
        }

        plot.Axes.Right.FrameLineStyle.Width = plot.Axes.Top.FrameLineStyle.Width = 1;
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(.12);
        plot.Axes.Margins(0.015, 0.06);
        plot.Axes.Left.MinimumSize = plot.Axes.Left.MaximumSize = 76;
        plot.Axes.Right.MinimumSize = 24;
        plot.Legend.FontSize = 12;
        plot.Legend.FontName = PlotFont.Name;
        plot.Legend.OutlineColor = Colors.Black.WithAlpha(.25);
        plot.Legend.ShadowColor = Colors.Transparent;
        return plot;
    }

    /// <summary>Lets the vertical axis span at least so much, around the values drawn.</summary>
    public static void WidenY(Plot plot, double lowest, double highest, double least)
    {
        double missing = least - (highest - lowest);
        if (missing <= 0) return;
        plot.Axes.AutoScaleX();
        plot.Axes.SetLimitsY(lowest - (0.5 * missing), highest + (0.5 * missing));
    }

    /// <summary>Adds a line; rows without a value leave a gap. Of more rows than the picture can show, the extremes are drawn.</summary>
    public static void AddLine(Plot plot, TimeUnit time, double[] t, double[] y, string legend, Color color, float width = 1.8f)
    {
        (t, y) = Drawn(t, y);
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(time.Scale(t), y, color);
        line.LineWidth = width;
        line.LegendText = legend;
    }

    /// <summary>Adds a line over something else than time.</summary>
    public static void AddLine(Plot plot, double[] x, double[] y, string legend, Color color, float width = 1.8f) => AddLine(plot, new TimeUnit("", 1), x, y, legend, color, width);

    /// <summary>Adds points: hollow circles where there are few, dots where they would merge.</summary>
    public static void AddPoints(Plot plot, TimeUnit time, double[] t, double[] y, string legend, Color color)
    {
        (t, y) = Drawn(t, y);
        ScottPlot.Plottables.Scatter points = plot.Add.ScatterPoints(time.Scale(t), y, color);
        bool few = t.Length <= 150;
        points.MarkerShape = few ? MarkerShape.OpenCircle : MarkerShape.FilledCircle;
        points.MarkerSize = few ? 6 : 3;
        points.LegendText = legend;
    }

    /// <summary>The rows that a picture can show: no more than a few per pixel's width, extremes and gaps among them.</summary>
    internal static (double[] Time, double[] Value) Drawn(double[] t, double[] y)
    {
        if (t.Length <= MostPoints || t[^1] <= t[0]) return (t, y);
        int[] kept = new int[(Width + 1) * RowSelection.RowsPerStretch(1)];
        int count = RowSelection.Select(t, [y], t.Length, (t[^1] - t[0]) / Width, kept);
        return ([.. kept[..count].Select(row => t[row])], [.. kept[..count].Select(row => y[row])]);
    }

    /// <summary>Adds the band between two curves.</summary>
    public static void AddBand(Plot plot, TimeUnit time, double[] t, double[] low, double[] high, Color color)
    {
        ScottPlot.Plottables.FillY band = plot.Add.FillY(time.Scale(t), low, high);
        band.FillColor = color.WithAlpha(.5);
        band.LineColor = Colors.Transparent;
    }

    /// <summary>Renders plots below each other and replaces a PNG file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="plots">From top to bottom, each with its height in pixels.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void WritePng(string path, params (Plot Plot, int Height)[] plots)
    {
        using SKSurface surface = SKSurface.Create(new SKImageInfo(Width, plots.Sum(panel => panel.Height)));
        surface.Canvas.Clear(SKColors.White);
        int top = 0;
        foreach ((Plot plot, int height) in plots)
        {
            // Rendering clears the whole canvas, so every plot gets one of its own.
            using SKSurface panel = SKSurface.Create(new SKImageInfo(Width - OuterMargin, height));
            plot.Render(panel);
            surface.Canvas.DrawSurface(panel, OuterMargin, top);
            top += height;
        }

        using SKPixmap pixels = surface.PeekPixels();
        using SKData png = pixels.Encode(Png)!;
        AtomicFile.Write(path, png.AsSpan());
    }
}
