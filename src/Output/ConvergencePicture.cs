using ScottPlot;

namespace Cell3D.Output;

/// <summary>Picture of errors over steps or numbers, both on logarithmic axes: parallel lines of a slope are of one order.</summary>
public static class ConvergencePicture
{
    private const int Height = 560, LegendHeight = 130;
    private const double Same = 1e-6;

    /// <summary>Labels closer than this share of the axis touch each other.</summary>
    private const double LeastApart = 0.06;

    /// <summary>One panel for each quantity.</summary>
    /// <param name="axis">Title of the horizontal axis with its unit.</param>
    /// <param name="quantities">Title of the vertical axis, and the curves; what is not above 0 is left out.</param>
    /// <param name="path">The file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(string axis, IReadOnlyList<(string Axis, IReadOnlyList<(string Name, double[] Steps, double[] Errors)> Curves)> quantities, string path)
    {
        Plot[] plots = [.. quantities.Select((quantity, i) => Panel(axis, quantity.Axis, quantity.Curves, hasLegend: i == 0))];
        try
        {
            PlotPage.WritePng(path, [.. plots.Select((plot, i) => (plot, Height + (i == 0 ? LegendHeight : 0)))]);
        }
        finally
        {
            foreach (Plot plot in plots) plot.Dispose();
        }
    }

    /// <summary>Black first, for what the others are held against.</summary>
    private static Color Colour(int curve) => curve < PlotPage.Palette.Length ? PlotPage.Palette[(curve + PlotPage.Palette.Length - 1) % PlotPage.Palette.Length] : Colors.Gray;

    private static Plot Panel(string horizontal, string vertical, IReadOnlyList<(string Name, double[] Steps, double[] Errors)> curves, bool hasLegend)
    {
        Plot plot = PlotPage.Create(horizontal, vertical);
        List<double> x = [], y = [];
        for (int i = 0; i < curves.Count; i++)
        {
            (string name, double[] steps, double[] errors) = curves[i];
            (double Step, double Error)[] points = [.. steps.Zip(errors).Where(point => point.Second > 0).Select(point => (Math.Log10(point.First), Math.Log10(point.Second)))];
            if (points.Length == 0)
                continue;
            ScottPlot.Plottables.Scatter line = plot.Add.Scatter(points.Select(point => point.Step).ToArray(), points.Select(point => point.Error).ToArray(), Colour(i));
            (line.LineWidth, line.MarkerSize, line.LegendText) = (1.8f, 7, name);
            x.AddRange(points.Select(point => point.Step));
            y.AddRange(points.Select(point => point.Error));
        }
        if (hasLegend)
        {
            plot.Legend.Orientation = Orientation.Horizontal;
            plot.ShowLegend(Edge.Top);
        }
        else
            plot.HideLegend();
        if (x.Count == 0)
            return plot;
        double[] places = [.. x.Order().Where((place, i) => i == 0 || place > x.Order().ElementAt(i - 1) + Same)], marks = Marks(places);
        plot.Axes.Bottom.SetTicks(marks, [.. marks.Select(mark => FormattableString.Invariant($"{Math.Pow(10, mark):g3}"))]);
        double low = Math.Floor(y.Min()), high = Math.Ceiling(y.Max());
        double[] decades = [.. Enumerable.Range(0, (int)(high - low) + 1).Select(i => low + i)];
        plot.Axes.Left.SetTicks(decades, [.. decades.Select(decade => FormattableString.Invariant($"1e{decade}"))]);
        plot.Axes.SetLimits(places[0] - 0.08, places[^1] + 0.08, low, high);
        return plot;
    }

    /// <summary>The places themselves where their labels fit side by side, else 1, 2 and 5 times the powers of ten between them.</summary>
    private static double[] Marks(double[] places)
    {
        double apart = LeastApart * (places[^1] - places[0]);
        if (places.Zip(places.Skip(1), (place, next) => next - place).All(distance => distance >= apart))
            return places;
        int first = (int)Math.Floor(places[0]), last = (int)Math.Ceiling(places[^1]);
        return [.. Enumerable.Range(first, last - first + 1).SelectMany(decade => new[] { 1, 2, 5 }.Select(digit => decade + Math.Log10(digit))).Where(mark => mark >= places[0] && mark <= places[^1])];
    }
}
