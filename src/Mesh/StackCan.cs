namespace Cell3D.Mesh;

/// <summary>
/// The can around a stack. Faces and edges of the layers touch the walls through contacts, gap over conductivity; the ends of tabs or leads touch them through a resistance
/// of their own. All heat leaves through the can, and the can carries no current.
/// </summary>
internal sealed class StackCan
{
    /// <summary>Overlaps below this share of a cell are round-off.</summary>
    private const double RoundOff = 1e-9;

    private static readonly CellSurface[] Surfaces =
        [CellSurface.NegativeFace, CellSurface.PositiveFace, CellSurface.LeftEdge, CellSurface.RightEdge, CellSurface.BottomEdge, CellSurface.TopEdge];

    private readonly StackCanSpec _spec;
    private readonly Body _layers;
    private readonly FlatCan _walls;

    /// <summary>The faces of the layers that would be outer ones without a can, by column.</summary>
    private readonly Func<int, IEnumerable<BoundaryFace>> _bare;
    private readonly IReadOnlyList<(Strip Strip, Func<int, IEnumerable<BoundaryFace>> Bare)> _strips;

    /// <summary>Lays the can over layers and strips, which become inner ones; its region follows those that are there.</summary>
    internal StackCan(StackCanSpec spec, Body layers, IReadOnlyList<Strip> strips, List<Region> regions)
    {
        (_spec, _layers, _bare) = (spec, layers, layers.Outside);
        _strips = [.. strips.Select(strip => (strip, strip.Body.Outside))];
        PlaneMesh plane = layers.Plane;
        _walls = new(spec.Walls, Through(spec, layers.Levels[^1]), Across(spec, [.. plane.VertexY.Distinct().Order()]),
            [plane.Bottom - spec.Walls.BaseGap, .. plane.VertexZ.Distinct().Order(), plane.Top + spec.Walls.TopGap], regions.Count, Surfaces);
        regions.Add(new(CanSpec.RegionNames[0], LayerKind.Casing));
        Cover(layers);
        foreach (Strip strip in strips)
            Cover(strip.Body);
    }

    internal IEnumerable<Body> Bodies => _walls.Bodies;

    /// <summary>Cells, columns and corner points of the can around a plane with so many nodes.</summary>
    internal static (long Cells, long Columns, long Points) Size(StackCanSpec spec, long nodesY, long nodesZ) => FlatCan.Size(spec.Walls.Rings + 1, nodesY + 4, nodesZ + 2);

    /// <summary>From layers and ends of strips to the walls, and between these.</summary>
    internal IEnumerable<Junction> Junctions()
    {
        for (int column = 0; column < _layers.Plane.CellCount; column++)
            foreach (BoundaryFace face in _bare(column).Where(face => face.IsOuter))
                foreach (Junction gap in Gaps(column, face))
                    yield return gap;
        foreach ((Strip strip, Func<int, IEnumerable<BoundaryFace>> bare) in _strips.Where(end => double.IsFinite(end.Strip.Tab.TerminalThermalResistance)))
        {
            (int Column, BoundaryFace Face)[] ends = [.. Enumerable.Range(0, strip.Body.Plane.CellCount).SelectMany(column => bare(column).Where(IsTerminal).Select(face => (column, face)))];
            double area = ends.Sum(end => end.Face.Area);
            foreach ((int column, BoundaryFace face) in ends)
                yield return new(new(strip.Body.FirstColumn + column, 0), Beyond(strip, column), face.Distance / face.Area, 0, FaceDirection.Contact,
                    new(double.PositiveInfinity, strip.Tab.TerminalThermalResistance * area / face.Area, LeftIsInPlane: true, RightIsInPlane: true));
        }
        foreach (Junction junction in _walls.Junctions())
            yield return junction;
    }

    /// <summary>What was outside is within; terminals carry current only.</summary>
    private static void Cover(Body body)
    {
        Func<int, IEnumerable<BoundaryFace>> bare = body.Outside;
        body.Outside = column => bare(column).Where(IsTerminal).Select(face => face with { CoolingSurface = CellSurface.None });
    }

    private static bool IsTerminal(BoundaryFace face) => face.Surface is CellSurface.NegativeTerminal or CellSurface.PositiveTerminal;

    private static double[] Through(StackCanSpec spec, double thickness) => Grading.Uniform(-spec.FaceGap, thickness + spec.FaceGap, spec.Walls.Rings);

    private static double[] Across(StackCanSpec spec, double[] nodes) =>
        [nodes[0] - spec.Walls.SideGap - spec.Walls.Wall, nodes[0] - spec.Walls.SideGap, .. nodes, nodes[^1] + spec.Walls.SideGap, nodes[^1] + spec.Walls.SideGap + spec.Walls.Wall];

    /// <summary>From a face of the layers to the wall before it, and to as many of its cells as lie there.</summary>
    private IEnumerable<Junction> Gaps(int column, BoundaryFace face)
    {
        CellPlace own = new(_layers.FirstColumn + column, face.Cell);
        (int across, int row) = (_walls.AcrossAt(_layers.Plane.CentreY[column]), _walls.RowAt(_layers.Plane.CentreZ[column]));
        CanSpec can = _spec.Walls;
        bool upper = face.CoolingSurface is CellSurface.PositiveFace or CellSurface.RightEdge or CellSurface.TopEdge;
        if (face.CoolingSurface is CellSurface.NegativeFace or CellSurface.PositiveFace)
        {
            yield return Gap(face.Area, _walls.Big(upper, across, row), _spec.FaceGap / _spec.SideConductivity, 0.5 * can.Wall, isPlate: false);
            yield break;
        }
        (double lower, double higher) = (_layers.Levels[face.Cell], _layers.Levels[face.Cell + 1]);
        (int first, int last) = (_walls.ThroughAt(lower), Math.Min(_walls.ThroughAt(higher), _walls.ThroughCount - 1));
        for (int through = first; through <= last; through++)
        {
            double overlap = Math.Min(higher, _walls.X[through + 1]) - Math.Max(lower, _walls.X[through]), area = face.Area * overlap / (higher - lower);
            if (overlap <= RoundOff * (higher - lower))
                continue;
            yield return face.CoolingSurface is CellSurface.LeftEdge or CellSurface.RightEdge
                ? Gap(area, _walls.Narrow(upper, through, row), can.SideGap / _spec.SideConductivity, 0.5 * can.Wall, isPlate: false)
                : Gap(area, _walls.Plate(upper, across, through), upper ? can.TopGap / _spec.TopConductivity : can.BaseGap / _spec.BaseConductivity, 0.5 * (upper ? can.Top : can.Base), isPlate: true);
        }

        Junction Gap(double area, CellPlace wall, double resistance, double half, bool isPlate) => new(own, wall, face.Distance / area, half / area, FaceDirection.Contact,
            new(double.PositiveInfinity, resistance / area, LeftIsInPlane: face.Direction != FaceDirection.Through, RightIsInPlane: isPlate));
    }

    /// <summary>The cell of the can that the end of a strip faces.</summary>
    private CellPlace Beyond(Strip strip, int column)
    {
        (double y, double z) = (strip.Body.Plane.CentreY[column], strip.Body.Plane.CentreZ[column]);
        int through = _walls.ThroughAt(0.5 * (strip.Body.Levels[0] + strip.Body.Levels[^1]));
        return strip.Tab.Edge switch
        {
            CellEdge.Left or CellEdge.Right => _walls.Narrow(strip.Tab.Edge == CellEdge.Right, through, _walls.RowAt(z)),
            _ => _walls.Plate(strip.Tab.Edge == CellEdge.Top, _walls.AcrossAt(y), through),
        };
    }
}
