namespace Cell3D.Mesh;

/// <summary>
/// The flat can around several rolls. Rolls touch walls and each other through contacts: gap over conductivity, in straight strips from what faces a wall or a neighbour.
/// All heat goes this way, no current.
/// </summary>
internal sealed class Box
{
    private readonly RollSpec _spec;
    private readonly CanSpec _can;
    private readonly RollGroup _group;
    private readonly Ribbon[] _rolls;

    private readonly FlatCan _walls;

    /// <summary>Lays the can; its region follows those that are there.</summary>
    internal Box(RollSpec spec, Ribbon[] rolls, List<Region> regions)
    {
        (_spec, _can, _group, _rolls) = (spec, spec.Can!, spec.Group!, rolls);
        double x = spec.HalfThickness - _can.Wall;
        _walls = new(_can, [-x, .. Enumerable.Range(1, _group.Count - 1).Select(roll => 0.5 * (spec.CentreOf(roll - 1) + spec.CentreOf(roll))), x], Across(spec),
            [spec.Axial[0] - _can.BaseGap, .. spec.Axial, spec.Axial[^1] + _can.TopGap], regions.Count, [CellSurface.Side, CellSurface.Side, CellSurface.Side, CellSurface.Side, CellSurface.Base, CellSurface.Top]);
        regions.Add(new(CanSpec.RegionNames[0], LayerKind.Casing));
    }

    internal IEnumerable<Body> Bodies => _walls.Bodies;

    /// <summary>Cells and columns of the can.</summary>
    internal static (long Cells, long Columns, long Points) Size(RollSpec spec) => FlatCan.Size(spec.Rolls + 1, Across(spec).Length, spec.Axial.Length + 2);

    /// <summary>Between rolls, walls and plates.</summary>
    internal IEnumerable<Junction> Junctions() =>
        Enumerable.Range(0, _rolls.Length).SelectMany(AroundRoll).Concat(Enumerable.Range(0, _rolls.Length).SelectMany(AtEnds)).Concat(_walls.Junctions());

    private static double[] Across(RollSpec spec)
    {
        double outer = spec.HalfWidth, half = 0.5 * spec.Line.Core;
        return [-outer, spec.Can!.Wall - outer, .. Grading.Uniform(-half, half, spec.CellsAlongCore), outer - spec.Can.Wall, outer];
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
                double across = face.To - face.From;
                yield return Gap(face, across, _walls.Narrow(face.Y > 0, roll, face.Row + 1), 0.5 * _can.Wall / (across * face.Height), _spec.HalfWidth - _can.Wall - Math.Abs(face.Surface));
                continue;
            }
            for (int column = 0; column < _walls.AcrossCount; column++)
                if (Common(face, _walls.Y[column], _walls.Y[column + 1]) is > 0 and var overlap)
                    yield return Gap(face, overlap, _walls.Big(face.X > 0, column, face.Row + 1), 0.5 * _can.Wall / (overlap * face.Height), _spec.HalfThickness - _can.Wall - Math.Abs(face.Surface));
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
        foreach (bool top in new[] { false, true })
        {
            (double gap, double conductivity, double half) = (top ? _can.TopGap : _can.BaseGap, top ? _group.TopConductivity : _group.BaseConductivity, 0.5 * (top ? _can.Top : _can.Base));
            foreach ((int column, int depth, _, double height, double area, _) in ribbon.End(top))
                yield return new(new(ribbon.Body.FirstColumn + column, depth), Under(ribbon.Body, column, depth), height / area, half / area, FaceDirection.Contact,
                    new(double.PositiveInfinity, gap / (conductivity * area), LeftIsInPlane: true, RightIsInPlane: true));
            foreach ((int column, int depth, _, double length, _, Contact weld) in ribbon.Welds(top))
                yield return new(new(ribbon.Body.FirstColumn + column, depth), Under(ribbon.Body, column, depth), length, 0, FaceDirection.Contact, weld);

            CellPlace Under(Body body, int column, int depth)
            {
                double y = body.Line.At(body.Plane.CentreY[column]).At(0.5 * (body.Levels[depth] + body.Levels[depth + 1])).Y;
                return _walls.Plate(top, Math.Clamp(_walls.AcrossAt(y), 1, _walls.AcrossCount - 2), roll);
            }
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
