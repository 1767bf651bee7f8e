using ScottPlot;

namespace Cell3D.Output;

/// <summary>Pictures of a plane of an image: its phases, or a quantity in them.</summary>
public static class SlicePicture
{
    private const double Micrometre = 1e6;

    /// <summary>Draws the phases in colours that a legend names.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="phases">Number of the phase by row and column, the lowest row first.</param>
    /// <param name="names">Names of the phases.</param>
    /// <param name="edge">Edge of a voxel [m].</param>
    /// <param name="axes">Titles of the horizontal and the vertical axis.</param>
    public static void WritePhases(string path, byte[,] phases, IReadOnlyList<string> names, double edge, (string X, string Y) axes)
    {
        double[,] values = new double[phases.GetLength(0), phases.GetLength(1)];
        for (int j = 0; j < values.GetLength(0); j++)
            for (int i = 0; i < values.GetLength(1); i++) values[j, i] = phases[j, i];
        string[] greys = ["#FFFFFF", "#3A3A3A", "#D55E00", "#0072B2", "#009E73", "#CC79A7"];
        Color[] colours = [.. names.Select((_, phase) => Color.FromHex(greys[phase % greys.Length]))];
        using Plot plot = Heatmap(values, edge, axes, colours.Length > 1 ? new ColourSteps(colours) : new ScottPlot.Colormaps.Viridis(), (0, Math.Max(1, names.Count - 1)), out _);
        foreach ((string name, Color colour) in names.Zip(colours)) plot.Legend.ManualItems.Add(new LegendItem { LabelText = name, FillColor = colour, LineWidth = 0, OutlineColor = Colors.Black, OutlineWidth = 1 });
        plot.ShowLegend(Alignment.UpperRight);
        PlotPage.WritePng(path, (plot, Height(values)));
    }

    /// <summary>Draws a quantity with a scale of colours.</summary>
    /// <param name="path">The PNG file.</param>
    /// <param name="values">By row and column, the lowest row first.</param>
    /// <param name="title">Of the scale.</param>
    /// <param name="edge">Edge of a voxel [m].</param>
    /// <param name="axes">Titles of the horizontal and the vertical axis.</param>
    public static void WriteValues(string path, double[,] values, string title, double edge, (string X, string Y) axes)
    {
        using Plot plot = Heatmap(values, edge, axes, new ScottPlot.Colormaps.Viridis(), null, out ScottPlot.Plottables.Heatmap map);
        plot.Axes.Right.MinimumSize = 140;
        ScottPlot.Panels.ColorBar bar = plot.Add.ColorBar(map);
        bar.Label = title;
        bar.LabelStyle.FontName = PlotFont.Name;
        bar.LabelStyle.FontSize = 14;
        PlotPage.WritePng(path, (plot, Height(values)));
    }

    private static int Height(double[,] values) => (int)Math.Clamp(1300.0 * values.GetLength(0) / values.GetLength(1), 400, 3000);

    private static Plot Heatmap(double[,] values, double edge, (string X, string Y) axes, IColormap colours, (double Low, double High)? range, out ScottPlot.Plottables.Heatmap map)
    {
        Plot plot = PlotPage.Create($"{axes.X} [µm]", $"{axes.Y} [µm]");
        map = plot.Add.Heatmap(values);
        (double width, double height) = (values.GetLength(1) * edge * Micrometre, values.GetLength(0) * edge * Micrometre);
        map.FlipVertically = true;
        map.Position = new CoordinateRect(0, width, 0, height);
        map.Colormap = colours;
        if (range is (double low, double high)) map.ManualRange = new ScottPlot.Range(low, high);
        plot.HideGrid();
        plot.Axes.SquareUnits();
        plot.Axes.SetLimits(0, width, 0, height);
        return plot;
    }

    /// <summary>One colour per whole number.</summary>
    private sealed class ColourSteps(Color[] colours) : IColormap
    {
        public string Name => "phases";

        public Color GetColor(double position) => colours[(int)Math.Clamp(Math.Round(position * (colours.Length - 1)), 0, colours.Length - 1)];
    }
}
