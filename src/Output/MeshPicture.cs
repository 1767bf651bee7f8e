using Cell3D.Mesh;

using ScottPlot;

namespace Cell3D.Output;

/// <summary>A picture of a mesh: the plane of its layers with the parts of the ranks, a cross-section drawn to scale, and the layers magnified.</summary>
public sealed class MeshPicture
{
    private const double Millimetre = 1e3, Micrometre = 1e6;

    /// <summary>Lines of more columns than this would be one area of black.</summary>
    private const int MostColumns = 30_000;

    private static readonly (LayerKind Kind, string Colour)[] Colours =
    [
        (LayerKind.Casing, "#B0B0B0"), (LayerKind.NegativeCollector, "#B87333"), (LayerKind.NegativeElectrode, "#4D4D4D"), (LayerKind.Separator, "#F0E9C9"),
        (LayerKind.PositiveElectrode, "#0072B2"), (LayerKind.PositiveCollector, "#A9C7DD"), (LayerKind.NegativeTab, "#B87333"), (LayerKind.PositiveTab, "#A9C7DD"),
    ];

    private readonly CellDomain _domain;
    private readonly Partition _partition;

    private MeshPicture(CellDomain domain, Partition partition) => (_domain, _partition) = (domain, partition);

    private Body Layers => _domain.Bodies[0];

    /// <summary>Draws a mesh that need not be built; the first body is that of the layers.</summary>
    /// <param name="domain">What the cell consists of.</param>
    /// <param name="partition">Who owns which column.</param>
    /// <param name="path">The PNG file.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(CellDomain domain, Partition partition, string path)
    {
        MeshPicture picture = new(domain, partition);
        using Plot plane = picture.Plane(), section = picture.Section(), layers = picture.Stack(0, picture.Layers.Depth, "Layers, magnified");
        if (picture.FirstPair() is not var (first, end))
        {
            ShowLegend(layers);
            PlotPage.WritePng(path, (plane, 1000), (section, 260), (layers, 440));
            return;
        }
        using Plot pair = picture.Stack(first, end, "The first pair with its control volumes");
        ShowLegend(pair);
        PlotPage.WritePng(path, (plane, 1000), (section, 260), (layers, 260), (pair, 440));
    }

    /// <summary>Outlines of all columns at their true proportions; along a curved line unrolled.</summary>
    private Plot Plane()
    {
        string along = ReferenceEquals(Layers.Line, Baseline.Straight) ? "y" : "Along the line, unrolled";
        Plot plot = PlotPage.Create($"{along} [mm]", "z [mm]");
        if (_partition.Ranks > 1)
            AddParts(plot);
        (List<double> y, List<double> z) = ([], []);
        foreach (PlaneMesh plane in _domain.Bodies.Select(body => body.Plane))
            for (int column = 0; column < plane.CellCount && _domain.ColumnCount <= MostColumns; column++)
            {
                ReadOnlySpan<int> polygon = plane.Polygon(column);
                for (int i = 0; i <= polygon.Length; i++)
                {
                    y.Add(Millimetre * plane.VertexY[polygon[i % polygon.Length]]);
                    z.Add(Millimetre * plane.VertexZ[polygon[i % polygon.Length]]);
                }
                y.Add(double.NaN);
                z.Add(double.NaN);
            }
        foreach (PlaneExtent extent in _domain.Bodies.Where(_ => _domain.ColumnCount > MostColumns).Select(body => body.Plane.Extent))
        {
            y.AddRange([Millimetre * extent.Left, Millimetre * extent.Right, Millimetre * extent.Right, Millimetre * extent.Left, Millimetre * extent.Left, double.NaN]);
            z.AddRange([Millimetre * extent.Bottom, Millimetre * extent.Bottom, Millimetre * extent.Top, Millimetre * extent.Top, Millimetre * extent.Bottom, double.NaN]);
        }
        ScottPlot.Plottables.Scatter lines = plot.Add.ScatterLine(y.ToArray(), z.ToArray(), Colors.Black);
        lines.LineWidth = _domain.ColumnCount > 3000 ? 0.5f : 1;
        plot.Axes.SquareUnits();
        Title(plot, FormattableString.Invariant($"In the plane: {_domain.ColumnCount:N0} columns{(_partition.Ranks > 1 ? $" on {_partition.Ranks} ranks" : "")}{(_domain.ColumnCount > MostColumns ? ", too many to be drawn" : "")}"));
        return plot;
    }

    /// <summary>The columns of each rank in a colour; those that are cut belong to several.</summary>
    private void AddParts(Plot plot)
    {
        for (int rank = 0; rank < _partition.Ranks; rank++)
        {
            Color colour = PlotPage.Palette[rank % (PlotPage.Palette.Length - 1)].WithAlpha(.35);
            foreach (Body body in _domain.Bodies)
                foreach ((double left, double right, double bottom, double top) in Rectangles(body, rank))
                {
                    ScottPlot.Plottables.Rectangle area = plot.Add.Rectangle(Millimetre * left, Millimetre * right, Millimetre * bottom, Millimetre * top);
                    area.FillColor = colour;
                    area.LineWidth = 0;
                }
        }
    }

    /// <summary>Outlines of a rank's columns of one body, rows of neighbours joined; triangles as the rectangles around half of them.</summary>
    private IEnumerable<(double Left, double Right, double Bottom, double Top)> Rectangles(Body body, int rank)
    {
        (double Left, double Right, double Bottom, double Top)? run = null;
        for (int column = 0; column < body.Plane.CellCount; column++)
        {
            if (_partition.Owner(body.FirstColumn + column) != rank)
                continue;
            (double left, double right, double bottom, double top) = Around(body.Plane, column);
            if (run is { } open && open.Bottom == bottom && open.Top == top && open.Right >= left && open.Left <= left)
                run = (open.Left, Math.Max(open.Right, right), bottom, top);
            else
            {
                if (run is { } closed)
                    yield return closed;
                run = (left, right, bottom, top);
            }
        }
        if (run is { } last)
            yield return last;
    }

    private static (double Left, double Right, double Bottom, double Top) Around(PlaneMesh plane, int column)
    {
        (double left, double right, double bottom, double top) = (double.PositiveInfinity, double.NegativeInfinity, double.PositiveInfinity, double.NegativeInfinity);
        foreach (int vertex in plane.Polygon(column))
        {
            (left, right) = (Math.Min(left, plane.VertexY[vertex]), Math.Max(right, plane.VertexY[vertex]));
            (bottom, top) = (Math.Min(bottom, plane.VertexZ[vertex]), Math.Max(top, plane.VertexZ[vertex]));
        }
        return (left, right, bottom, top);
    }

    /// <summary>The layers over the longer side of the plane, both to one scale.</summary>
    private Plot Section()
    {
        PlaneExtent extent = Layers.Plane.Extent;
        double length = Millimetre * Math.Max(extent.Right - extent.Left, extent.Top - extent.Bottom);
        Plot plot = PlotPage.Create("mm", "x [mm]");
        foreach ((LayerKind kind, double from, double to) in Spans(0, Layers.Depth))
            Add(plot, 0, length, Millimetre * from, Millimetre * to, kind);
        plot.Axes.SquareUnits();
        plot.Axes.SetLimitsX(-0.02 * length, 1.02 * length);
        Title(plot, FormattableString.Invariant($"Cross-section to scale: {Millimetre * (Layers.Levels[^1] - Layers.Levels[0]):G4} mm thick"));
        return plot;
    }

    /// <summary>Layers between two depths, with a line at every level where few enough.</summary>
    private Plot Stack(int first, int end, string title)
    {
        Plot plot = PlotPage.Create("x [µm]", "");
        foreach ((LayerKind kind, double from, double to) in Spans(first, end))
            Add(plot, Micrometre * from, Micrometre * to, 0, 1, kind);
        if (end - first <= 120)
        {
            (List<double> x, List<double> y) = ([], []);
            for (int level = first; level <= end; level++)
            {
                x.AddRange([Micrometre * Layers.Levels[level], Micrometre * Layers.Levels[level], double.NaN]);
                y.AddRange([0, 1, double.NaN]);
            }
            plot.Add.ScatterLine(x.ToArray(), y.ToArray(), Colors.White.WithAlpha(.7)).LineWidth = 1;
        }
        foreach ((LayerKind kind, string colour) in Colours.Where(entry => Spans(0, Layers.Depth).Any(span => span.Kind == entry.Kind)))
        {
            ScottPlot.Plottables.Scatter sample = plot.Add.ScatterPoints(new double[] { double.NaN }, new double[] { double.NaN }, Color.FromHex(colour));
            (sample.LegendText, sample.MarkerShape, sample.MarkerSize) = (kind.Name(), MarkerShape.FilledSquare, 10);
        }
        plot.Axes.SetLimits(Micrometre * Layers.Levels[first], Micrometre * Layers.Levels[end], 0, 1);
        plot.Axes.Left.TickLabelStyle.IsVisible = false;
        plot.HideGrid();
        plot.HideLegend();
        Title(plot, title);
        return plot;
    }

    /// <summary>Depths of the first pair of several: from the casing to the electrode before the second separator.</summary>
    private (int First, int End)? FirstPair()
    {
        ReadOnlySpan<int> regions = Layers.Regions(0);
        int[] separators = [.. Enumerable.Range(0, _domain.Regions.Count).Where(region => _domain.Regions[region].Kind == LayerKind.Separator)];
        if (separators.Length < 2 || regions.IndexOf(separators[1]) is not (> 0 and int second))
            return null;
        int first = 0;
        while (regions[first] == Body.Absent || _domain.Regions[regions[first]].Kind == LayerKind.Casing)
            first++;
        return (first, regions.IndexOf(regions[second - 1]));
    }

    /// <summary>Runs of cells of one region in the first column.</summary>
    private List<(LayerKind Kind, double From, double To)> Spans(int first, int end)
    {
        List<(LayerKind Kind, double From, double To)> spans = [];
        ReadOnlySpan<int> regions = Layers.Regions(0);
        for (int depth = first; depth < end; depth++)
        {
            if (regions[depth] == Body.Absent)
                continue;
            if (spans.Count > 0 && depth > first && regions[depth - 1] == regions[depth])
                spans[^1] = spans[^1] with { To = Layers.Levels[depth + 1] };
            else
                spans.Add((_domain.Regions[regions[depth]].Kind, Layers.Levels[depth], Layers.Levels[depth + 1]));
        }
        return spans;
    }

    private static void Add(Plot plot, double left, double right, double bottom, double top, LayerKind kind)
    {
        ScottPlot.Plottables.Rectangle layer = plot.Add.Rectangle(left, right, bottom, top);
        layer.FillColor = Color.FromHex(Colours.First(entry => entry.Kind == kind).Colour);
        layer.LineWidth = 0;
    }

    private static void ShowLegend(Plot plot)
    {
        plot.Legend.Orientation = Orientation.Horizontal;
        plot.ShowLegend(Edge.Bottom);
    }

    private static void Title(Plot plot, string text)
    {
        plot.Title(text, 14);
        plot.Axes.Title.Label.Bold = false;
    }
}
