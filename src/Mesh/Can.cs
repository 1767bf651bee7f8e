namespace Cell3D.Mesh;

/// <summary>
/// The can around a ribbon: its wall, base and cap with the gaps to the layers, as bodies around the same centre with the columns of one turn.
/// Base and cap are rings about the axis that follow each other outwards.
/// </summary>
internal sealed class Can
{
    /// <summary>Radius of the hole in base and cap over that of the core.</summary>
    private const double Hole = 0.1;

    private readonly RollSpec _spec;
    private readonly Ribbon _ribbon;
    private readonly Body _side;
    private readonly (Body Body, bool Top)[] _ends;

    /// <summary>Lays the can; its regions follow those that are there.</summary>
    internal Can(RollSpec spec, Ribbon ribbon, List<Region> regions)
    {
        (_spec, _ribbon) = (spec, ribbon);
        CanSpec can = spec.Can!;
        int metal = regions.Count;
        regions.AddRange(CanSpec.RegionNames.Select(name => new Region(name, LayerKind.Casing)));
        WoundLine around = new(spec.OuterRadius, 0, spec.Line.Core);
        _side = new(PlaneMesh.Rectilinear(Nodes(around), spec.Axial), [0, can.SideGap, can.SideGap + can.Wall], [[metal + 1, metal]], null, around);
        _side.Outside = column => [Outer(_side, column, 1)];
        (double bottom, double top) = (spec.Axial[0], spec.Axial[^1]);
        _ends =
        [
            (End([bottom - can.BaseGap - can.Base, bottom - can.BaseGap, bottom], metal, metal + 2, top: false), false),
            (End([top, top + can.TopGap, top + can.TopGap + can.Top], metal, metal + 3, top: true), true),
        ];
    }

    internal IEnumerable<Body> Bodies => [_side, .. _ends.Select(end => end.Body)];

    private int PerTurn => _ribbon.PerTurn;

    /// <summary>Between the ribbon and the gaps, between wall, base and cap, and around each of them.</summary>
    internal IEnumerable<Junction> Junctions()
    {
        foreach ((int column, int depth, int ofTurn, int row) in _ribbon.Outermost())
        {
            int wall = (row * PerTurn) + ofTurn;
            yield return new(Place(_ribbon.Body, column, depth), Place(_side, wall, 0), _ribbon.Body.ThroughLength(column, depth, upper: true), _side.ThroughLength(wall, 0, upper: false), FaceDirection.Through);
        }
        foreach ((Body end, bool top) in _ends)
        {
            int gapRow = top ? 0 : PerTurn, rings = end.Depth - 2;
            double half = 0.5 * (top ? _spec.Can!.TopGap : _spec.Can!.BaseGap);
            foreach ((int column, int depth, int ofTurn, double height, double area, double radius) in _ribbon.End(top))
                yield return Standing(Place(_ribbon.Body, column, depth), height, Place(end, gapRow + ofTurn, Ring(end, radius)), half, area);
            // A weld joins the foil to the plate as a whole: its resistance is all there is between the end of the foil and the middle of the plate.
            foreach ((int column, int depth, int ofTurn, double length, double radius, Contact weld) in _ribbon.Welds(top))
                yield return new(Place(_ribbon.Body, column, depth), Place(end, PerTurn - gapRow + ofTurn, Ring(end, radius)), length, 0, FaceDirection.Contact, weld);
            int row = top ? _ribbon.Rows - 1 : 0;
            for (int ofTurn = 0; ofTurn < PerTurn; ofTurn++)
                for (int depth = 0; depth < _side.Depth; depth++)
                {
                    int column = (row * PerTurn) + ofTurn;
                    double height = 0.5 * (_spec.Axial[row + 1] - _spec.Axial[row]);
                    yield return Standing(Place(_side, column, depth), height, Place(end, gapRow + ofTurn, rings + depth), half, _side.InPlaneArea(column, depth, _side.Plane.Area[column] / (2 * height), alongLine: false));
                }
        }
        foreach (Junction closing in Bodies.SelectMany(body => Closing(body, PerTurn)))
            yield return closing;
    }

    private static CellPlace Place(Body body, int column, int depth) => new(body.FirstColumn + column, depth);

    /// <summary>One cell below another; only cells of bodies that come later may be on the right.</summary>
    private static Junction Standing(CellPlace left, double leftHalf, CellPlace right, double rightHalf, double area) =>
        new(left, right, leftHalf / area, rightHalf / area, FaceDirection.InPlane);

    private double[] Nodes(WoundLine line) => Array.ConvertAll(_ribbon.TurnNodes, line.Along);

    /// <summary>The last column around lies beside the first.</summary>
    internal static IEnumerable<Junction> Closing(Body body, int perTurn)
    {
        for (int first = 0; first < body.Plane.CellCount; first += perTurn)
            for (int depth = 0; depth < body.Depth; depth++)
                yield return new(Place(body, first, depth), Place(body, first + perTurn - 1, depth), Half(first, depth), Half(first + perTurn - 1, depth), FaceDirection.InPlane);

        double Half(int column, int depth)
        {
            ReadOnlySpan<int> corners = body.Plane.Polygon(column);
            (double width, double height) = (body.Plane.VertexY[corners[1]] - body.Plane.VertexY[corners[0]], body.Plane.VertexZ[corners[2]] - body.Plane.VertexZ[corners[1]]);
            return body.InPlaneLength(column, depth, 0.5 * width, height, alongLine: true);
        }
    }

    /// <summary>A plate and the gap before it: a ring over the core, rings over the layers, then those of the wall and its gap.</summary>
    private Body End(double[] axial, int metal, int gap, bool top)
    {
        CanSpec can = _spec.Can!;
        double hole = Hole * _spec.Line.Radius;
        WoundLine line = new(hole, 0, _spec.Line.Core);
        double outer = _spec.OuterRadius - hole;
        double[] levels = [0, .. Grading.Uniform(_spec.Line.Radius - hole, outer, can.Rings), outer + can.SideGap, outer + can.SideGap + can.Wall];
        int[] plate = [.. Enumerable.Repeat(metal, levels.Length - 1)], gaps = [.. Enumerable.Repeat(gap, levels.Length - 2), metal];
        int[] kinds = [.. Enumerable.Range(0, 2 * PerTurn).Select(column => column < PerTurn == top ? 1 : 0)];
        Body body = new(PlaneMesh.Rectilinear(Nodes(line), axial), levels, [plate, gaps], kinds, line);
        body.Outside = column => Outside(body, column, isPlate: kinds[column] == 0, top);
        return body;
    }

    private static IEnumerable<BoundaryFace> Outside(Body body, int column, bool isPlate, bool top)
    {
        yield return Outer(body, column, body.Depth - 1);
        if (!isPlate)
            yield break;
        ReadOnlySpan<int> corners = body.Plane.Polygon(column);
        double height = body.Plane.VertexZ[corners[2]] - body.Plane.VertexZ[corners[1]];
        CellSurface surface = top ? CellSurface.Top : CellSurface.Base;
        for (int depth = 0; depth < body.Depth; depth++)
            yield return new(depth, body.InPlaneArea(column, depth, body.Plane.Area[column] / height, alongLine: false), 0.5 * height, surface, surface, FaceDirection.InPlane);
    }

    private static BoundaryFace Outer(Body body, int column, int depth)
    {
        double area = body.Area(column, depth + 1);
        return new(depth, area, area * body.ThroughLength(column, depth, upper: true), CellSurface.Side, CellSurface.Side, FaceDirection.Through);
    }

    /// <summary>The ring over a distance from the centre.</summary>
    private static int Ring(Body end, double radius)
    {
        double depth = radius - ((WoundLine)end.Line).Radius;
        int ring = 0;
        while (ring + 3 < end.Depth && end.Levels[ring + 1] < depth)
            ring++;
        return ring;
    }
}
