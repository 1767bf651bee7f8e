using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation.Reference;

/// <summary>When and where a run is sampled, the same for every resolution of a case.</summary>
public sealed record SamplePlan
{
    /// <summary>Points along the longer side of the plane, and the fewest along the other.</summary>
    private const int LongerSide = 16, Fewest = 4;
    private const int Depths = 10;

    /// <summary>Times of the curves [s], ascending; before them comes the moment right after the first current is switched on.</summary>
    public required double[] Times { get; init; }

    /// <summary>Of the times every so many is one at which fields are taken.</summary>
    public required int TimesPerMoment { get; init; }

    /// <summary>Distances along the layers at which fields are taken [m]: y, in a roll along the ribbon.</summary>
    public required double[] Along { get; init; }

    /// <summary>z at which fields are taken [m].</summary>
    public required double[] Height { get; init; }

    /// <summary>Depths within each layer at which sections are taken, of its thickness from the side of lower x.</summary>
    public double[] Depth { get; } = [.. Middles(0, 1, Depths)];

    /// <summary>Times of the curves, the first moment with them.</summary>
    public int CurveCount => 1 + Times.Length;

    /// <summary>Moments of the fields.</summary>
    public int MomentCount => 1 + (Times.Length / TimesPerMoment);

    /// <summary>The curve row of a moment.</summary>
    public int CurveOf(int moment) => moment * TimesPerMoment;

    /// <summary>The plan of a case.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="moments">Moments of the fields over the length of the protocol.</param>
    /// <param name="timesPerMoment">Times of the curves for each.</param>
    public static SamplePlan Of(SimulationCase simulation, int moments, int timesPerMoment)
    {
        double end = ProtocolEstimate.Seconds(simulation);
        int times = moments * timesPerMoment;
        PlaneExtent plane = LayersOf(CaseMesh.Describe(simulation));
        double width = plane.Right - plane.Left, height = plane.Top - plane.Bottom, longest = Math.Max(width, height);
        int Points(double length) => Math.Max(Fewest, (int)Math.Round(LongerSide * length / longest));
        bool isColumn = simulation.Geometry.Form == CellForm.Column;
        return new()
        {
            Times = [.. Enumerable.Range(1, times).Select(i => i * end / times)],
            TimesPerMoment = timesPerMoment,
            Along = [.. Middles(plane.Left, plane.Right, isColumn ? 1 : Points(width))],
            Height = [.. Middles(plane.Bottom, plane.Top, isColumn ? 1 : Points(height))],
        };
    }

    /// <summary>What the bodies that hold separators fill of their planes.</summary>
    private static PlaneExtent LayersOf(CellDomain domain)
    {
        PlaneMesh[] planes = [.. domain.Bodies.Where(body => Enumerable.Range(0, body.Plane.CellCount).Any(column => HasSeparator(body, column))).Select(body => body.Plane)];
        return new(planes.Min(plane => plane.VertexY.Min()), planes.Max(plane => plane.VertexY.Max()), planes.Min(plane => plane.VertexZ.Min()), planes.Max(plane => plane.VertexZ.Max()));

        bool HasSeparator(Body body, int column)
        {
            foreach (int region in body.Regions(column))
                if (region != Body.Absent && domain.Regions[region].Kind == LayerKind.Separator)
                    return true;
            return false;
        }
    }

    private static IEnumerable<double> Middles(double first, double last, int count) => Enumerable.Range(0, count).Select(i => first + ((i + 0.5) * (last - first) / count));
}
