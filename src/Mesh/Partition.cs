namespace Cell3D.Mesh;

/// <summary>
/// Divides the columns of a domain over ranks by recursive coordinate bisection with weights. Only when there are more
/// ranks than columns is a column cut, and then at its collectors, so that a segment is never cut.
/// </summary>
public sealed class Partition
{
    /// <summary>Owner of each column; of one that is cut, the complement of its place in the list of cuts.</summary>
    private readonly int[] _owner;
    private readonly List<int[]> _cuts = [];
    private readonly CellDomain _domain;
    private readonly Func<LayerKind, double> _weight;

    private Partition(CellDomain domain, int ranks, Func<LayerKind, double> weight)
    {
        (_domain, Ranks, _weight) = (domain, ranks, weight);
        _owner = new int[domain.ColumnCount];
    }

    /// <summary>Number of ranks.</summary>
    public int Ranks { get; }

    /// <summary>Divides a domain; the same on every rank, and no rank stays empty.</summary>
    /// <param name="domain">What to divide.</param>
    /// <param name="ranks">Number of ranks, ≥ 1.</param>
    /// <param name="weight">Work per cell of a kind, positive; null for equal weights.</param>
    /// <exception cref="MeshException">More ranks than pieces.</exception>
    public static Partition Of(CellDomain domain, int ranks, Func<LayerKind, double>? weight = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        Partition partition = new(domain, ranks, weight ?? (_ => 1));
        if (ranks > 1)
            partition.Divide();
        return partition;
    }

    /// <summary>The largest number of ranks that a domain can give a cell each.</summary>
    public static int MostRanks(CellDomain domain)
    {
        Partition partition = new(domain, 1, _ => 1);
        return PieceCount(partition.Items(partition.Anchors()));
    }

    /// <summary>Owner of a cell.</summary>
    public int Owner(int column, int depth) => _owner[column] is >= 0 and int rank ? rank : _cuts[~_owner[column]][depth];

    /// <summary>Owner of all cells of a column; −1 where it is cut.</summary>
    public int Owner(int column) => Math.Max(_owner[column], -1);

    /// <summary>Work of each rank.</summary>
    public double[] Loads()
    {
        double[] loads = new double[Ranks];
        for (int column = 0; column < _owner.Length; column++)
        {
            ReadOnlySpan<int> regions = _domain.RegionsOf(column);
            for (int depth = 0; depth < regions.Length; depth++)
                if (regions[depth] != Body.Absent)
                    loads[Owner(column, depth)] += Weight(regions[depth]);
        }
        return loads;
    }

    /// <summary>Largest work of a rank over the mean; 1 is perfect.</summary>
    public double Imbalance()
    {
        double[] loads = Loads();
        return loads.Max() * Ranks / loads.Sum();
    }

    private double Weight(int region) => _weight(_domain.Regions[region].Kind);

    private void Divide()
    {
        CellPlace?[] anchors = Anchors();
        Item[] items = Items(anchors);
        int pieces = PieceCount(items);
        if (Ranks > pieces)
            throw new MeshException($"{Ranks} ranks, but this mesh can be split into at most {pieces} pieces (segments and collector cells are kept whole)");
        Bisect(items, Ranks, 0);
        for (int column = 0; column < anchors.Length; column++)
            if (anchors[column] is { } anchor)
                _owner[column] = Owner(anchor.Column, anchor.Depth);
    }

    /// <summary>For the columns of bodies that are joined to earlier ones the nearest cell they are joined to; it may be anchored itself.</summary>
    private CellPlace?[] Anchors()
    {
        CellPlace?[] anchors = new CellPlace?[_domain.ColumnCount];
        foreach (IGrouping<int, Junction> joined in _domain.Junctions.Where(j => _domain.BodyOf(j.Left.Column) < _domain.BodyOf(j.Right.Column)).GroupBy(j => _domain.BodyOf(j.Right.Column)))
        {
            Body body = _domain.Bodies[joined.Key];
            CellPlace[] holds = [.. joined.Select(junction => junction.Left).DistinctBy(place => place.Column)];
            for (int column = 0; column < body.Plane.CellCount; column++)
                anchors[body.FirstColumn + column] = holds.MinBy(place => (Distance(body.FirstColumn + column, place.Column), place.Column));
        }
        return anchors;
    }

    private double Distance(int a, int b)
    {
        ((double ax, double ay, double az), (double bx, double by, double bz)) = (Position(a), Position(b));
        return ((ax - bx) * (ax - bx)) + ((ay - by) * (ay - by)) + ((az - bz) * (az - bz));
    }

    private (double X, double Y, double Z) Position(int column)
    {
        Body body = _domain.Bodies[_domain.BodyOf(column)];
        return body.Position(column - body.FirstColumn);
    }

    /// <summary>The columns that are divided, with the weight of those that go with them.</summary>
    private Item[] Items(CellPlace?[] anchors)
    {
        double[] weight = new double[anchors.Length];
        for (int column = anchors.Length - 1; column >= 0; column--)
        {
            foreach (int region in _domain.RegionsOf(column))
                weight[column] += region == Body.Absent ? 0 : Weight(region);
            if (anchors[column] is { } anchor)
                weight[anchor.Column] += weight[column];
        }
        List<Item> items = new(anchors.Length);
        for (int column = 0; column < anchors.Length; column++)
            if (anchors[column] is null && weight[column] > 0)
                items.Add(new(column, Position(column), weight[column], Pieces(column).Count));
        return [.. items];
    }

    /// <summary>First depths of the pieces into which a column can be cut: whole segments and single cells without electrolyte.</summary>
    private List<int> Pieces(int column)
    {
        ReadOnlySpan<int> regions = _domain.RegionsOf(column);
        List<int> starts = [];
        bool wasWet = false;
        for (int depth = 0; depth < regions.Length; depth++)
        {
            bool isWet = regions[depth] != Body.Absent && _domain.Regions[regions[depth]].Kind.HasElectrolyte();
            if (regions[depth] != Body.Absent && !(isWet && wasWet))
                starts.Add(depth);
            wasWet = isWet;
        }
        return starts;
    }

    private void Bisect(Span<Item> items, int ranks, int firstRank)
    {
        if (ranks == 1)
        {
            foreach (Item item in items)
                _owner[item.Column] = firstRank;
            return;
        }
        if (items.Length == 1)
        {
            Cut(items[0].Column, ranks, firstRank);
            return;
        }
        SortAlongLongestExtent(items);
        (int split, int leftRanks) = Split(items, ranks);
        Bisect(items[..split], leftRanks, firstRank);
        Bisect(items[split..], ranks - leftRanks, firstRank + leftRanks);
    }

    /// <summary>Where to cut a row of columns, and how many ranks the left part gets.</summary>
    private static (int Split, int LeftRanks) Split(Span<Item> items, int ranks)
    {
        double[] weights = Array.ConvertAll(items.ToArray(), item => item.Weight);
        int half = ranks / 2;
        if (items.Length >= ranks)
            return (NearestCut(weights, (double)half / ranks, half, items.Length - (ranks - half)), half);
        int split = NearestCut(weights, 0.5, 1, items.Length - 1);
        double share = weights.Take(split).Sum() / weights.Sum();
        int fewest = Math.Max(1, ranks - PieceCount(items[split..])), most = Math.Min(PieceCount(items[..split]), ranks - 1);
        return (split, Math.Clamp((int)Math.Round(share * ranks), fewest, most));
    }

    private static int PieceCount(ReadOnlySpan<Item> items)
    {
        int pieces = 0;
        foreach (Item item in items)
            pieces += item.Pieces;
        return pieces;
    }

    /// <summary>The number of leading weights, between two limits, whose sum comes nearest to a share of the total.</summary>
    private static int NearestCut(double[] weights, double share, int fewest, int most)
    {
        double target = share * weights.Sum(), sum = 0, nearest = double.PositiveInfinity;
        int cut = fewest;
        for (int count = 0; count <= most; count++)
        {
            if (count >= fewest && Math.Abs(sum - target) < nearest)
                (cut, nearest) = (count, Math.Abs(sum - target));
            if (count < most)
                sum += weights[count];
        }
        return cut;
    }

    private static void SortAlongLongestExtent(Span<Item> items)
    {
        Span<(double Extent, int Axis)> extents = stackalloc (double, int)[3];
        for (int axis = 0; axis < 3; axis++)
        {
            double smallest = double.PositiveInfinity, largest = double.NegativeInfinity;
            foreach (Item item in items)
                (smallest, largest) = (Math.Min(smallest, item[axis]), Math.Max(largest, item[axis]));
            extents[axis] = (largest - smallest, axis);
        }
        // Of equal extents y comes first, then z.
        extents.Sort((a, b) => a.Extent == b.Extent ? ((a.Axis + 2) % 3).CompareTo((b.Axis + 2) % 3) : b.Extent.CompareTo(a.Extent));
        (int first, int second, int third) = (extents[0].Axis, extents[1].Axis, extents[2].Axis);
        items.Sort((a, b) => (a[first], a[second], a[third], a.Column).CompareTo((b[first], b[second], b[third], b.Column)));
    }

    /// <summary>Gives the pieces of one column to several ranks.</summary>
    private void Cut(int column, int ranks, int firstRank)
    {
        ReadOnlySpan<int> regions = _domain.RegionsOf(column);
        List<int> starts = Pieces(column);
        double[] weights = new double[starts.Count];
        int[] pieceOf = new int[regions.Length];
        for (int depth = 0, piece = -1; depth < regions.Length; depth++)
        {
            if (piece + 1 < starts.Count && starts[piece + 1] == depth)
                piece++;
            pieceOf[depth] = Math.Max(piece, 0);
            weights[pieceOf[depth]] += regions[depth] == Body.Absent ? 0 : Weight(regions[depth]);
        }
        int[] ownerOf = new int[starts.Count];
        BisectPieces(ownerOf, weights, ranks, firstRank);
        _owner[column] = ~_cuts.Count;
        _cuts.Add(Array.ConvertAll(pieceOf, piece => ownerOf[piece]));
    }

    private static void BisectPieces(Span<int> owners, double[] weights, int ranks, int firstRank)
    {
        if (ranks == 1)
        {
            owners.Fill(firstRank);
            return;
        }
        int half = ranks / 2;
        int cut = NearestCut(weights, (double)half / ranks, half, weights.Length - (ranks - half));
        BisectPieces(owners[..cut], weights[..cut], half, firstRank);
        BisectPieces(owners[cut..], weights[cut..], ranks - half, firstRank + half);
    }

    /// <summary>A column with its place, weight and the number of pieces it can be cut into.</summary>
    private readonly record struct Item(int Column, (double X, double Y, double Z) Place, double Weight, int Pieces)
    {
        internal double this[int axis] => axis switch { 0 => Place.X, 1 => Place.Y, _ => Place.Z };
    }
}
