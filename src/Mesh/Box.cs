namespace Cell3D.Mesh;

/// <summary>
/// A flat can with straight sides around several rolls: two big walls, two narrow ones, base and cap, each a body of metal one cell thick.
/// Rolls touch walls and each other through contacts: gap over conductivity, in straight strips from what faces a wall or a neighbour. All heat goes this way, no current.
/// </summary>
internal sealed class Box
{
    private readonly RollSpec _spec;
    private readonly CanSpec _can;
    private readonly RollGroup _group;
    private readonly Ribbon[] _rolls;

    /// <summary>Nodes of walls and plates along y, and the inner ones along x: between rolls and at the walls [m].</summary>
    private readonly double[] _y, _x;
    private readonly double[] _z;
    private readonly Body _front, _back;
    private readonly Body[] _narrow, _plates;

    /// <summary>Lays the can; its region follows those that are there.</summary>
    internal Box(RollSpec spec, Ribbon[] rolls, List<Region> regions)
    {
        (_spec, _can, _group, _rolls) = (spec, spec.Can!, spec.Group!, rolls);
        int metal = regions.Count;
        regions.Add(new(CanSpec.RegionNames[0], LayerKind.Casing));
        (double x, double y, double wall) = (spec.HalfThickness - _can.Wall, spec.HalfWidth - _can.Wall, _can.Wall);
        _x = [-x, .. Enumerable.Range(1, _group.Count - 1).Select(roll => 0.5 * (spec.CentreOf(roll - 1) + spec.CentreOf(roll))), x];
        _y = Across(spec);
        _z = [spec.Axial[0] - _can.BaseGap, .. spec.Axial, spec.Axial[^1] + _can.TopGap];
        _front = Wall(-x - wall, 0, 0, _y, isInside: false);
        _back = Wall(x, 0, 0, _y, isInside: true);
        // Along a narrow wall the distance counts against x, whose nodes are symmetric.
        _narrow = [Wall(0, -y - wall, 0.5 * Math.PI, _x, isInside: false), Wall(0, y, 0.5 * Math.PI, _x, isInside: true)];
        _plates = [Plate(_z[0] - _can.Base, _z[0], CellSurface.Base), Plate(_z[^1], _z[^1] + _can.Top, CellSurface.Top)];

        Body Wall(double originX, double originY, double angle, double[] along, bool isInside)
        {
            Body body = new(PlaneMesh.Rectilinear(along, _z), [0, wall], [[metal]], null, Baseline.StraightFrom(originX, originY, angle));
            ILookup<int, PlaneBoundaryEdge> ends = body.Plane.BoundaryEdges.Where(edge => !edge.Edge.RunsAlongY()).ToLookup(edge => edge.Cell);
            bool isBig = along == _y;
            body.Outside = column => OfWall(body, column, isBig ? ends[column] : []);
            return body;
        }

        Body Plate(double from, double to, CellSurface surface)
        {
            double[] levels = [0, .. _x.Select(inner => inner + x + wall), 2 * (x + wall)];
            Body body = new(PlaneMesh.Rectilinear(_y, [from, to]), levels, [[.. Enumerable.Repeat(metal, levels.Length - 1)]], null, Baseline.StraightFrom(-x - wall, 0, 0));
            body.Outside = column => OfPlate(body, column, surface);
            return body;
        }
    }

    internal IEnumerable<Body> Bodies => [_front, _back, .. _narrow, .. _plates];

    /// <summary>Cells of big walls and plates along y.</summary>
    private int AcrossCount => _y.Length - 1;

    /// <summary>Cells and columns of the can.</summary>
    internal static (long Cells, long Columns, long Points) Size(RollSpec spec)
    {
        long across = Across(spec).Length - 1, rows = spec.Axial.Length + 1, rolls = spec.Rolls;
        long walls = 2 * rows * (across + rolls), points = (4 * (rows + 1) * (across + rolls + 2)) + (4 * (across + 1) * (rolls + 3));
        return (walls + (2 * across * (rolls + 2)), walls + (2 * across), points);
    }

    /// <summary>Between rolls, walls and plates.</summary>
    internal IEnumerable<Junction> Junctions() =>
        Enumerable.Range(0, _rolls.Length).SelectMany(AroundRoll).Concat(Enumerable.Range(0, _rolls.Length).SelectMany(AtEnds)).Concat(Corners()).Concat(Standing());

    private static double[] Across(RollSpec spec)
    {
        double outer = spec.HalfWidth, half = 0.5 * spec.Line.Core;
        return [-outer, spec.Can!.Wall - outer, .. Grading.Uniform(-half, half, spec.CellsAlongCore), outer - spec.Can.Wall, outer];
    }

    private static IEnumerable<BoundaryFace> OfWall(Body body, int column, IEnumerable<PlaneBoundaryEdge> ends)
    {
        double wall = body.Thickness(0);
        yield return new(0, body.Plane.Area[column], 0.5 * wall, CellSurface.Side, CellSurface.Side, FaceDirection.Through);
        foreach (PlaneBoundaryEdge end in ends)
            yield return new(0, end.Length * wall, end.Distance, CellSurface.Side, CellSurface.Side, FaceDirection.InPlane);
    }

    private IEnumerable<BoundaryFace> OfPlate(Body body, int column, CellSurface surface)
    {
        double plate = body.Plane.Top - body.Plane.Bottom, width = _y[column + 1] - _y[column];
        for (int depth = 0; depth < body.Depth; depth++)
        {
            double thickness = body.Thickness(depth);
            yield return new(depth, width * thickness, 0.5 * plate, surface, surface, FaceDirection.InPlane);
            if (column == 0 || column == AcrossCount - 1)
                yield return new(depth, plate * thickness, 0.5 * width, CellSurface.Side, CellSurface.Side, FaceDirection.InPlane);
            if (depth == 0 || depth == body.Depth - 1)
                yield return new(depth, plate * width, 0.5 * thickness, CellSurface.Side, CellSurface.Side, FaceDirection.Through);
        }
    }

    /// <summary>From the outermost turn of a roll to the walls and to the next roll.</summary>
    private IEnumerable<Junction> AroundRoll(int roll)
    {
        Facing[] own = [.. Facings(roll)];
        ILookup<int, Facing> next = (roll + 1 < _rolls.Length ? Facings(roll + 1).Where(face => face.X < 0) : []).ToLookup(face => face.Row);
        foreach (Facing face in own)
        {
            if (face.X > 0 && roll + 1 < _rolls.Length)
            {
                foreach (Facing other in next[face.Row])
                    if (Common(face, other.From, other.To) is > 0 and var overlap)
                        yield return Gap(face, overlap, other.Place, other.Through * (other.To - other.From) / overlap, other.Surface - face.Surface);
                continue;
            }
            // That to the roll before is known from there.
            if (face.X < 0 && roll > 0)
                continue;
            if (face.X == 0)
            {
                Body wall = _narrow[face.Y < 0 ? 0 : 1];
                double across = face.To - face.From;
                CellPlace place = new(wall.FirstColumn + ((face.Row + 1) * _rolls.Length) + _rolls.Length - 1 - roll, 0);
                yield return Gap(face, across, place, 0.5 * _can.Wall / (across * face.Height), _spec.HalfWidth - _can.Wall - Math.Abs(face.Surface));
                continue;
            }
            Body big = face.X < 0 ? _front : _back;
            for (int column = 0; column < AcrossCount; column++)
                if (Common(face, _y[column], _y[column + 1]) is > 0 and var overlap)
                    yield return Gap(face, overlap, new(big.FirstColumn + ((face.Row + 1) * AcrossCount) + column, 0), 0.5 * _can.Wall / (overlap * face.Height), _spec.HalfThickness - _can.Wall - Math.Abs(face.Surface));
        }
    }

    private Junction Gap(in Facing face, double overlap, CellPlace other, double otherLength, double gap) => new(face.Place, other, face.Through * (face.To - face.From) / overlap, otherLength, FaceDirection.Contact,
        new(double.PositiveInfinity, gap / (_group.SideConductivity * overlap * face.Height), LeftIsInPlane: false, RightIsInPlane: false));

    private double Common(in Facing face, double from, double to)
    {
        double overlap = Math.Min(face.To, to) - Math.Max(face.From, from);
        return overlap > 1e-9 * _spec.Line.Core ? overlap : 0;
    }

    /// <summary>What the columns of the outermost turn show to the outside.</summary>
    private IEnumerable<Facing> Facings(int roll)
    {
        Ribbon ribbon = _rolls[roll];
        Body body = ribbon.Body;
        foreach ((int column, int depth, _, int row) in ribbon.Outermost())
        {
            ReadOnlySpan<int> corners = body.Plane.Polygon(column);
            double first = body.Plane.VertexY[corners[0]], last = body.Plane.VertexY[corners[1]], surface = body.Levels[depth + 1];
            Frame start = body.Line.At(first), end = body.Line.At(last), middle = body.Line.At(0.5 * (first + last));
            ((double x0, double y0), (double x1, double y1), (double mx, double my)) = (start.At(surface), end.At(surface), middle.At(surface));
            double through = body.ThroughLength(column, depth, upper: true), height = _spec.Axial[row + 1] - _spec.Axial[row];
            CellPlace place = new(body.FirstColumn + column, depth);
            yield return end.Angle - start.Angle < 1e-9
                ? new(place, row, height, middle.Through.X > 0 ? 1 : -1, 0, Math.Min(y0, y1), Math.Max(y0, y1), mx, through)
                : new(place, row, height, 0, middle.Through.Y > 0 ? 1 : -1, Math.Min(x0, x1), Math.Max(x0, x1), my, through);
        }
    }

    /// <summary>From the ends of the layers to base and cap, through the gaps and through welds.</summary>
    private IEnumerable<Junction> AtEnds(int roll)
    {
        Ribbon ribbon = _rolls[roll];
        for (int i = 0; i < _plates.Length; i++)
        {
            bool top = i == 1;
            (Body plate, double gap, double conductivity, double half) = (_plates[i], top ? _can.TopGap : _can.BaseGap, top ? _group.TopConductivity : _group.BaseConductivity, 0.5 * (top ? _can.Top : _can.Base));
            foreach ((int column, int depth, _, double height, double area, _) in ribbon.End(top))
                yield return new(new(ribbon.Body.FirstColumn + column, depth), Under(ribbon.Body, column, depth), height / area, half / area, FaceDirection.Contact,
                    new(double.PositiveInfinity, gap / (conductivity * area), LeftIsInPlane: true, RightIsInPlane: true));
            foreach ((int column, int depth, _, double length, _, Contact weld) in ribbon.Welds(top))
                yield return new(new(ribbon.Body.FirstColumn + column, depth), Under(ribbon.Body, column, depth), length, 0, FaceDirection.Contact, weld);

            CellPlace Under(Body body, int column, int depth)
            {
                double y = body.Line.At(body.Plane.CentreY[column]).At(0.5 * (body.Levels[depth] + body.Levels[depth + 1])).Y;
                int across = Math.Clamp(Array.FindLastIndex(_y, node => node <= y), 1, AcrossCount - 2);
                return new(plate.FirstColumn + across, roll + 1);
            }
        }
    }

    /// <summary>Between big and narrow walls.</summary>
    private IEnumerable<Junction> Corners()
    {
        double wall = _can.Wall;
        int last = _rolls.Length - 1;
        for (int row = 0; row + 1 < _z.Length; row++)
            foreach (Body big in new[] { _front, _back })
                for (int side = 0; side < 2; side++)
                {
                    double area = wall * (_z[row + 1] - _z[row]);
                    int own = big == _front ? last : 0;
                    yield return new(new(big.FirstColumn + (row * AcrossCount) + (side == 0 ? 0 : AcrossCount - 1), 0), new(_narrow[side].FirstColumn + (row * _rolls.Length) + own, 0),
                        0.5 * wall / area, 0.5 * (_x[own + 1] - _x[own]) / area, FaceDirection.InPlane);
                }
    }

    /// <summary>Between walls and plates.</summary>
    private IEnumerable<Junction> Standing()
    {
        double wall = _can.Wall;
        for (int i = 0; i < _plates.Length; i++)
        {
            Body plate = _plates[i];
            int row = i == 0 ? 0 : _z.Length - 2;
            double half = 0.5 * (i == 0 ? _can.Base : _can.Top), height = 0.5 * (_z[row + 1] - _z[row]);
            for (int column = 0; column < AcrossCount; column++)
                foreach ((Body big, int depth) in new[] { (_front, 0), (_back, plate.Depth - 1) })
                    yield return On(new(big.FirstColumn + (row * AcrossCount) + column, 0), new(plate.FirstColumn + column, depth), wall * (_y[column + 1] - _y[column]));
            for (int side = 0; side < 2; side++)
                for (int roll = 0; roll < _rolls.Length; roll++)
                    yield return On(new(_narrow[side].FirstColumn + (row * _rolls.Length) + _rolls.Length - 1 - roll, 0), new(plate.FirstColumn + (side == 0 ? 0 : AcrossCount - 1), roll + 1), wall * (_x[roll + 1] - _x[roll]));

            Junction On(CellPlace standing, CellPlace under, double area) => new(standing, under, height / area, half / area, FaceDirection.InPlane);
        }
    }

    /// <summary>What a column of the outermost turn shows: on straight stretches along x, on arcs along y.</summary>
    /// <param name="Place">The outermost cell.</param>
    /// <param name="Row">Its row along the axis.</param>
    /// <param name="Height">Of the row [m].</param>
    /// <param name="X">Sign of the direction along x; 0 on arcs.</param>
    /// <param name="Y">Sign of the direction along y; 0 on straight stretches.</param>
    /// <param name="From">Where what it shows begins: y on straight stretches, x on arcs [m].</param>
    /// <param name="To">Where that ends [m].</param>
    /// <param name="Surface">Place of the surface along the direction [m].</param>
    /// <param name="Through">d/A of the half path in the cell [m⁻¹].</param>
    private readonly record struct Facing(CellPlace Place, int Row, double Height, int X, int Y, double From, double To, double Surface, double Through);
}
