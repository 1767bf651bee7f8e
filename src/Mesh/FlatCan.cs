namespace Cell3D.Mesh;

/// <summary>
/// A flat can with straight sides: two big walls normal to x, two narrow ones, base and cap, each a body of metal one cell thick. Base and cap reach over the walls,
/// big walls over narrow ones.
/// </summary>
internal sealed class FlatCan
{
    private readonly CanSpec _can;
    private readonly IReadOnlyList<CellSurface> _surfaces;

    /// <summary>Nodes between the big walls, of big walls and plates with those of the narrow walls at the ends, and between base and cap [m].</summary>
    private readonly double[] _x, _y, _z;
    private readonly Body[] _big, _narrow, _plates;

    /// <summary>Lays the can.</summary>
    /// <param name="can">Thickness of the metal.</param>
    /// <param name="x">Nodes between the big walls [m].</param>
    /// <param name="y">Nodes from outside to outside of the narrow walls, each one cell thick [m].</param>
    /// <param name="z">Nodes between base and cap [m].</param>
    /// <param name="metal">Region.</param>
    /// <param name="surfaces">What is outside of the walls at smallest and largest x, smallest and largest y, of base and cap.</param>
    internal FlatCan(CanSpec can, double[] x, double[] y, double[] z, int metal, IReadOnlyList<CellSurface> surfaces)
    {
        (_can, _x, _y, _z, _surfaces) = (can, x, y, z, surfaces);
        double wall = can.Wall;
        // Along a narrow wall the distance counts against x.
        double[] against = [.. x.Reverse().Select(node => -node)];
        _big = [Wall(x[0] - wall, 0, 0, y, surfaces[0]), Wall(x[^1], 0, 0, y, surfaces[1])];
        _narrow = [Wall(0, y[0], 0.5 * Math.PI, against, surfaces[2]), Wall(0, y[^2], 0.5 * Math.PI, against, surfaces[3])];
        _plates = [Plate(z[0] - can.Base, z[0], surfaces[4]), Plate(z[^1], z[^1] + can.Top, surfaces[5])];

        Body Wall(double originX, double originY, double angle, double[] along, CellSurface surface)
        {
            Body body = new(PlaneMesh.Rectilinear(along, z), [0, wall], [[metal]], null, Baseline.StraightFrom(originX, originY, angle));
            ILookup<int, PlaneBoundaryEdge> ends = body.Plane.BoundaryEdges.Where(edge => !edge.Edge.RunsAlongY()).ToLookup(edge => edge.Cell);
            bool isBig = along == y;
            body.Outside = column => OfWall(body, column, surface, isBig ? ends[column] : []);
            return body;
        }

        Body Plate(double from, double to, CellSurface surface)
        {
            double[] levels = [0, .. x.Select(inner => inner - x[0] + wall), x[^1] - x[0] + (2 * wall)];
            Body body = new(PlaneMesh.Rectilinear(y, [from, to]), levels, [[.. Enumerable.Repeat(metal, levels.Length - 1)]], null, Baseline.StraightFrom(x[0] - wall, 0, 0));
            body.Outside = column => OfPlate(body, column, surface);
            return body;
        }
    }

    /// <summary>Big walls, narrow ones, base and cap, in this order.</summary>
    internal IEnumerable<Body> Bodies => [.. _big, .. _narrow, .. _plates];

    /// <summary>Columns of big walls and plates along y.</summary>
    internal int AcrossCount => _y.Length - 1;

    /// <summary>Columns of narrow walls along x.</summary>
    internal int ThroughCount => _x.Length - 1;

    /// <summary>Nodes between the big walls [m].</summary>
    internal ReadOnlySpan<double> X => _x;

    /// <summary>Nodes of big walls and plates along y [m].</summary>
    internal ReadOnlySpan<double> Y => _y;

    /// <summary>The column of big walls and plates at a place along y.</summary>
    internal int AcrossAt(double y) => Array.FindLastIndex(_y, node => node <= y);

    /// <summary>The row of walls at a height.</summary>
    internal int RowAt(double z) => Array.FindLastIndex(_z, node => node <= z);

    /// <summary>The place of narrow walls and plates along x.</summary>
    internal int ThroughAt(double x) => Array.FindLastIndex(_x, node => node <= x);

    /// <summary>Cells, columns and corner points of a can with so many nodes.</summary>
    internal static (long Cells, long Columns, long Points) Size(long x, long y, long z)
    {
        long walls = 2 * (z - 1) * (x + y - 2);
        return (walls + (2 * (y - 1) * (x + 1)), walls + (2 * (y - 1)), (4 * z * (x + y)) + (4 * y * (x + 2)));
    }

    /// <summary>A cell of a big wall.</summary>
    /// <param name="upper">That of largest x.</param>
    /// <param name="across">Column along y.</param>
    /// <param name="row">Row along z.</param>
    internal CellPlace Big(bool upper, int across, int row) => new(_big[upper ? 1 : 0].FirstColumn + (row * AcrossCount) + across, 0);

    /// <summary>A cell of a narrow wall.</summary>
    /// <param name="upper">That of largest y.</param>
    /// <param name="through">Place along x.</param>
    /// <param name="row">Row along z.</param>
    internal CellPlace Narrow(bool upper, int through, int row) => new(_narrow[upper ? 1 : 0].FirstColumn + (row * ThroughCount) + ThroughCount - 1 - through, 0);

    /// <summary>A cell of the base or the cap between the big walls.</summary>
    /// <param name="upper">That of the cap.</param>
    /// <param name="across">Column along y.</param>
    /// <param name="through">Place along x.</param>
    internal CellPlace Plate(bool upper, int across, int through) => new(_plates[upper ? 1 : 0].FirstColumn + across, through + 1);

    /// <summary>Between walls, base and cap.</summary>
    internal IEnumerable<Junction> Junctions() => Corners().Concat(Standing());

    /// <summary>Between big and narrow walls.</summary>
    private IEnumerable<Junction> Corners()
    {
        double wall = _can.Wall;
        for (int row = 0; row + 1 < _z.Length; row++)
            foreach (bool back in new[] { false, true })
                foreach (bool right in new[] { false, true })
                {
                    double area = wall * (_z[row + 1] - _z[row]);
                    int nearest = back ? ThroughCount - 1 : 0;
                    yield return new(Big(back, right ? AcrossCount - 1 : 0, row), Narrow(right, nearest, row), 0.5 * wall / area, 0.5 * (_x[nearest + 1] - _x[nearest]) / area, FaceDirection.InPlane);
                }
    }

    /// <summary>Between walls and plates.</summary>
    private IEnumerable<Junction> Standing()
    {
        double wall = _can.Wall;
        foreach (bool top in new[] { false, true })
        {
            int row = top ? _z.Length - 2 : 0;
            double half = 0.5 * (top ? _can.Top : _can.Base), height = 0.5 * (_z[row + 1] - _z[row]);
            for (int across = 0; across < AcrossCount; across++)
                foreach (bool back in new[] { false, true })
                    yield return On(Big(back, across, row), Plate(top, across, back ? ThroughCount : -1), wall * (_y[across + 1] - _y[across]));
            foreach (bool right in new[] { false, true })
                for (int through = 0; through < ThroughCount; through++)
                    yield return On(Narrow(right, through, row), Plate(top, right ? AcrossCount - 1 : 0, through), wall * (_x[through + 1] - _x[through]));

            Junction On(CellPlace standing, CellPlace under, double area) => new(standing, under, height / area, half / area, FaceDirection.InPlane);
        }
    }

    private IEnumerable<BoundaryFace> OfWall(Body body, int column, CellSurface surface, IEnumerable<PlaneBoundaryEdge> ends)
    {
        double wall = body.Thickness(0);
        yield return new(0, body.Plane.Area[column], 0.5 * wall, surface, surface, FaceDirection.Through);
        foreach (PlaneBoundaryEdge end in ends)
        {
            CellSurface side = _surfaces[end.Edge == CellEdge.Left ? 2 : 3];
            yield return new(0, end.Length * wall, end.Distance, side, side, FaceDirection.InPlane);
        }
    }

    private IEnumerable<BoundaryFace> OfPlate(Body body, int column, CellSurface surface)
    {
        double plate = body.Plane.Top - body.Plane.Bottom, width = _y[column + 1] - _y[column];
        for (int depth = 0; depth < body.Depth; depth++)
        {
            double thickness = body.Thickness(depth);
            yield return new(depth, width * thickness, 0.5 * plate, surface, surface, FaceDirection.InPlane);
            if (column == 0 || column == AcrossCount - 1)
                yield return new(depth, plate * thickness, 0.5 * width, _surfaces[column == 0 ? 2 : 3], _surfaces[column == 0 ? 2 : 3], FaceDirection.InPlane);
            if (depth == 0 || depth == body.Depth - 1)
                yield return new(depth, plate * width, 0.5 * thickness, _surfaces[depth == 0 ? 0 : 1], _surfaces[depth == 0 ? 0 : 1], FaceDirection.Through);
        }
    }
}
