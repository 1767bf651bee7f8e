namespace Cell3D.Mesh;

/// <summary>
/// Builds in-plane meshes within any outline: the power diagram of sites, cut at the outline. The cell of site i is where |x − p_i|² − w_i is least,
/// so that every common edge is normal to the line between two sites. The rectangles of a graded grid are the diagram of their middles with the squared
/// halves of their diagonals as weights; without weights cells are Voronoi cells.
/// </summary>
internal sealed class ClippedPlane
{
    /// <summary>Lengths below this share of the extent are round-off.</summary>
    private const double RoundOff = 1e-12, Welded = 1e-9;

    private readonly Outline _outline;
    private readonly (double Y, double Z, double Weight)[] _sites;
    private readonly int[] _order;
    private readonly int[] _rank;
    private readonly double _tolerance;
    private readonly double _heaviest;

    private ClippedPlane(Outline outline, (double Y, double Z, double Weight)[] sites)
    {
        (_outline, _sites) = (outline, sites);
        _order = [.. Enumerable.Range(0, sites.Length).OrderBy(site => sites[site].Y).ThenBy(site => sites[site].Z)];
        _rank = new int[sites.Length];
        for (int i = 0; i < _order.Length; i++)
            _rank[_order[i]] = i;
        _heaviest = sites.Max(site => site.Weight);
        _tolerance = RoundOff * Math.Max(outline.Extent.Right - outline.Extent.Left, outline.Extent.Top - outline.Extent.Bottom);
    }

    /// <summary>Graded rectangles cut at an outline; a rectangle whose middle lies outside goes to its neighbours.</summary>
    internal static PlaneMesh Graded(double[] y, double[] z, Outline outline)
    {
        List<(double Y, double Z, double Weight)> sites = [];
        for (int k = 0; k + 1 < z.Length; k++)
            for (int j = 0; j + 1 < y.Length; j++)
            {
                (double halfY, double halfZ) = (0.5 * (y[j + 1] - y[j]), 0.5 * (z[k + 1] - z[k]));
                if (outline.Contains(y[j] + halfY, z[k] + halfZ))
                    sites.Add((y[j] + halfY, z[k] + halfZ, (halfY * halfY) + (halfZ * halfZ)));
            }
        return sites.Count > 0
            ? new ClippedPlane(outline, [.. sites]).Mesh()
            : throw new MeshException("in-plane mesh: no control volume has its middle within the outline; take more cells along width and height");
    }

    /// <summary>Voronoi cells of points within or on an outline, moved to the centroids of their cells so many times.</summary>
    internal static PlaneMesh Voronoi(IReadOnlyList<(double Y, double Z)> points, Outline outline, int moves)
    {
        (double Y, double Z, double Weight)[] sites = [.. points.Select(point => (point.Y, point.Z, 0.0))];
        for (int move = 0; move < moves; move++)
        {
            ClippedPlane plane = new(outline, sites);
            sites = [.. Enumerable.Range(0, sites.Length).Select(site => PlanePolygon.Centroid(Corners(plane.Cell(site)))).Select(centre => (centre.Y, centre.Z, 0.0))];
        }
        return new ClippedPlane(outline, sites).Mesh();
    }

    private static (double Y, double Z)[] Corners(List<(double Y, double Z, int Mark)> cell) => [.. cell.Select(corner => (corner.Y, corner.Z))];

    private PlaneMesh Mesh()
    {
        int cells = _sites.Length;
        double[] area = new double[cells];
        int[] offsets = new int[cells + 1];
        List<int> polygons = [];
        List<PlaneEdge> edges = [];
        List<PlaneBoundaryEdge> outer = [];
        List<int> apart = [];
        Vertices vertices = new(_tolerance / RoundOff * Welded);
        for (int cell = 0; cell < cells; cell++)
        {
            List<(double Y, double Z, int Mark)> polygon = Cell(cell);
            area[cell] = PlanePolygon.Area(Corners(polygon));
            if (IsApart(cell, polygon))
                apart.Add(cell);
            polygons.AddRange(polygon.Select(corner => vertices.Index(corner.Y, corner.Z)));
            offsets[cell + 1] = polygons.Count;
            edges.AddRange(EdgesOf(cell, polygon));
            outer.AddRange(OuterEdgesOf(cell, polygon));
        }
        if (apart.Count > 0)
            throw new MeshException(FormattableString.Invariant($"in-plane mesh: {apart.Count} control volumes reach across a notch or slit, one around y = {_sites[apart[0]].Y:G6} m, z = {_sites[apart[0]].Z:G6} m; nodes on both of its flanks have to lie as close to each other as it is wide"));
        return new PlaneMesh
        {
            CentreY = Array.ConvertAll(_sites, site => site.Y),
            CentreZ = Array.ConvertAll(_sites, site => site.Z),
            Area = area,
            VertexY = [.. vertices.Y],
            VertexZ = [.. vertices.Z],
            VertexOffsets = offsets,
            CellVertices = [.. polygons],
            Edges = [.. edges.OrderBy(edge => edge.Left).ThenBy(edge => edge.Right)],
            BoundaryEdges = [.. outer],
            Outline = _outline,
        };
    }

    /// <summary>The polygon of a site; marks of its sides are neighbours, or complements of sides of the outline.</summary>
    private List<(double Y, double Z, int Mark)> Cell(int site)
    {
        List<(double Y, double Z, int Mark)> polygon = [.. _outline.Corners.Select((corner, i) => (corner.Y, corner.Z, ~i))], other = [];
        double farthest = Farthest(site, polygon);
        (bool goesDown, bool goesUp) = (true, true);
        for (int step = 1; goesDown || goesUp; step++)
        {
            double reach = farthest + Math.Sqrt(Math.Max(0, (farthest * farthest) + _heaviest - _sites[site].Weight));
            (goesDown, goesUp) = (goesDown && IsNear(_rank[site] - step), goesUp && IsNear(_rank[site] + step));
            if (goesDown) CutAt(_order[_rank[site] - step]);
            if (goesUp) CutAt(_order[_rank[site] + step]);

            bool IsNear(int rank) => rank >= 0 && rank < _order.Length && Math.Abs(_sites[_order[rank]].Y - _sites[site].Y) <= reach;
        }
        Tidy(polygon);
        return polygon.Count >= 3
            ? polygon
            : throw new MeshException(FormattableString.Invariant($"in-plane mesh: the control volume around y = {_sites[site].Y:G6} m, z = {_sites[site].Z:G6} m is empty"));

        void CutAt(int neighbour)
        {
            (double a, double b, double at) = Bisector(site, neighbour);
            if (at >= farthest)
                return;
            PlanePolygon.Cut(polygon, other, (-a, -b, -((a * _sites[site].Y) + (b * _sites[site].Z) + at)), neighbour, _tolerance);
            (polygon, other) = (other, polygon);
            farthest = Farthest(site, polygon);
        }
    }

    /// <summary>Direction to a neighbour, and the way in it to the common edge [m].</summary>
    private (double A, double B, double At) Bisector(int site, int neighbour)
    {
        (double dy, double dz) = (_sites[neighbour].Y - _sites[site].Y, _sites[neighbour].Z - _sites[site].Z);
        double distance = Math.Sqrt((dy * dy) + (dz * dz));
        return (dy / distance, dz / distance, 0.5 * (distance + ((_sites[site].Weight - _sites[neighbour].Weight) / distance)));
    }

    private double Farthest(int site, List<(double Y, double Z, int Mark)> polygon)
    {
        double square = 0;
        foreach ((double y, double z, _) in polygon)
            square = Math.Max(square, ((y - _sites[site].Y) * (y - _sites[site].Y)) + ((z - _sites[site].Z) * (z - _sites[site].Z)));
        return Math.Sqrt(square);
    }

    /// <summary>Drops sides without length, and those that go to and fro between parts.</summary>
    private void Tidy(List<(double Y, double Z, int Mark)> polygon)
    {
        for (int i = 0, unchanged = 0; polygon.Count > 2 && unchanged < polygon.Count; unchanged++)
        {
            i %= polygon.Count;
            ((double y, double z, int mark), (double nextY, double nextZ, _)) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            int before = (i + polygon.Count - 1) % polygon.Count;
            (double toY, double toZ, double backY, double backZ) = (nextY - y, nextZ - z, polygon[before].Y - y, polygon[before].Z - z);
            double to = Math.Sqrt((toY * toY) + (toZ * toZ)), back = Math.Sqrt((backY * backY) + (backZ * backZ));
            bool isNothing = to <= 4 * _tolerance, turnsBack = (toY * backY) + (toZ * backZ) > 0 && Math.Abs((toY * backZ) - (toZ * backY)) <= 4 * _tolerance * Math.Max(to, back);
            if (!isNothing && !turnsBack)
            {
                i++;
                continue;
            }
            if (!isNothing && to > back)
                polygon[before] = polygon[before] with { Mark = mark };
            polygon.RemoveAt(i);
            (i, unchanged) = (Math.Max(0, i - 1), -1);
        }
    }

    /// <summary>Whether a polygon consists of parts, which hang together by a stretch of a common edge that runs backwards across the outside.</summary>
    private bool IsApart(int cell, List<(double Y, double Z, int Mark)> polygon) => Enumerable.Range(0, polygon.Count).Any(i =>
    {
        if (polygon[i].Mark < 0)
            return false;
        (double a, double b, _) = Bisector(cell, polygon[i].Mark);
        (double Y, double Z, int) next = polygon[(i + 1) % polygon.Count];
        return (a * (next.Z - polygon[i].Z)) - (b * (next.Y - polygon[i].Y)) < -_tolerance / RoundOff * Welded;
    });

    /// <summary>Edges to neighbours of larger number.</summary>
    private IEnumerable<PlaneEdge> EdgesOf(int cell, List<(double Y, double Z, int Mark)> polygon)
    {
        foreach (IGrouping<int, int> sides in Enumerable.Range(0, polygon.Count).Where(i => polygon[i].Mark > cell).GroupBy(i => polygon[i].Mark))
        {
            (double a, double b, double at) = Bisector(cell, sides.Key);
            double length = sides.Sum(i => (a * (polygon[(i + 1) % polygon.Count].Z - polygon[i].Z)) - (b * (polygon[(i + 1) % polygon.Count].Y - polygon[i].Y)));
            (double dy, double dz) = (_sites[sides.Key].Y - _sites[cell].Y, _sites[sides.Key].Z - _sites[cell].Z);
            double distance = Math.Sqrt((dy * dy) + (dz * dz));
            if (length > 4 * _tolerance)
                yield return new(cell, sides.Key, length, Math.Clamp(at, 0, distance), distance - Math.Clamp(at, 0, distance));
        }
    }

    private IEnumerable<PlaneBoundaryEdge> OuterEdgesOf(int cell, List<(double Y, double Z, int Mark)> polygon)
    {
        for (int i = 0; i < polygon.Count; i++)
        {
            if (polygon[i].Mark >= 0)
                continue;
            int side = ~polygon[i].Mark;
            ((double y, double z, _), (double nextY, double nextZ, _)) = (polygon[i], polygon[(i + 1) % polygon.Count]);
            double length = Math.Sqrt(((nextY - y) * (nextY - y)) + ((nextZ - z) * (nextZ - z)));
            double distance = (((nextY - y) * (_sites[cell].Z - z)) - ((nextZ - z) * (_sites[cell].Y - y))) / length;
            (double one, double other) = (_outline.Along(side, (y, z)), _outline.Along(side, (nextY, nextZ)));
            yield return new(cell, Math.Max(0, distance), _outline.EdgeOf(side), Math.Min(one, other), Math.Max(one, other));
        }
    }

    /// <summary>Numbers places; those that differ by round-off are one.</summary>
    private sealed class Vertices(double size)
    {
        /// <summary>Keeps the borders of the squares away from round numbers.</summary>
        private const double Offset = 0.3137;

        private readonly Dictionary<(long, long), int> _index = [];

        internal List<double> Y { get; } = [];

        internal List<double> Z { get; } = [];

        internal int Index(double y, double z)
        {
            (long, long) key = ((long)Math.Floor((y / size) + Offset), (long)Math.Floor((z / size) + Offset));
            if (!_index.TryGetValue(key, out int index))
            {
                _index.Add(key, index = _index.Count);
                Y.Add(y);
                Z.Add(z);
            }
            return index;
        }
    }
}
