namespace Cell3D.Mesh;

/// <summary>
/// Divides a mesh over ranks: recursive coordinate bisection of whole columns by weight. Only when there are more ranks
/// than columns is a column cut, and then at its collectors, so that a segment is never cut.
/// </summary>
public sealed class Partition
{
    private readonly CellMesh _mesh;
    private readonly ThroughChains _columns;
    private readonly Segments _segments;
    private readonly int[] _owner;
    private readonly double[] _weight;

    private Partition(CellMesh mesh, ReadOnlySpan<double> cellWeights)
    {
        _mesh = mesh;
        _columns = ThroughChains.Follow(mesh, _ => true);
        _segments = Segments.Find(mesh);
        _owner = new int[mesh.CellCount];
        _weight = cellWeights.IsEmpty ? [.. Enumerable.Repeat(1.0, mesh.CellCount)] : cellWeights.ToArray();
    }

    /// <summary>Owner rank of each cell of a whole mesh; the same on every rank, and no rank stays empty.</summary>
    /// <param name="mesh">Whole mesh in any numbering.</param>
    /// <param name="ranks">Number of ranks, ≥ 1.</param>
    /// <param name="cellWeights">Work per cell, positive; empty for equal weights.</param>
    /// <exception cref="MeshException">More ranks than pieces.</exception>
    /// <exception cref="ArgumentException">Wrong number of weights, a weight that is not positive, or a mesh with ghosts.</exception>
    public static int[] Assign(CellMesh mesh, int ranks, ReadOnlySpan<double> cellWeights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(ranks, 1);
        if (mesh.OwnedCellCount != mesh.CellCount)
            throw new ArgumentException("only a whole mesh can be partitioned", nameof(mesh));
        if (!cellWeights.IsEmpty && cellWeights.Length != mesh.CellCount)
            throw new ArgumentException($"{cellWeights.Length} weights for {mesh.CellCount} cells", nameof(cellWeights));
        foreach (double weight in cellWeights)
        {
            if (!(weight > 0 && double.IsFinite(weight)))
                throw new ArgumentException($"weights must be positive, got {weight}", nameof(cellWeights));
        }
        return ranks == 1 ? new int[mesh.CellCount] : new Partition(mesh, cellWeights).Assign(ranks);
    }

    /// <summary>The largest number of ranks that <see cref="Assign(CellMesh, int, ReadOnlySpan{double})"/> can give a cell each.</summary>
    /// <param name="mesh">Whole mesh in any numbering.</param>
    public static int MostRanks(CellMesh mesh)
    {
        Partition partition = new(mesh, default);
        return PieceCount(partition.Columns(partition.StripAnchors()));
    }

    /// <summary>Largest weight of a rank over the mean weight; 1 is perfect.</summary>
    /// <param name="owner">Owner rank of each cell.</param>
    /// <param name="ranks">Number of ranks.</param>
    /// <param name="cellWeights">Work per cell; empty for equal weights.</param>
    public static double Imbalance(ReadOnlySpan<int> owner, int ranks, ReadOnlySpan<double> cellWeights = default)
    {
        double[] load = new double[ranks];
        for (int cell = 0; cell < owner.Length; cell++)
            load[owner[cell]] += cellWeights.IsEmpty ? 1 : cellWeights[cell];
        return load.Max() * ranks / load.Sum();
    }

    private int[] Assign(int ranks)
    {
        Dictionary<int, int> anchors = StripAnchors();
        foreach ((int strip, int collector) in anchors)
            _weight[collector] += _weight[strip];
        Item[] items = Columns(anchors);
        int pieces = PieceCount(items);
        if (ranks > pieces)
            throw new MeshException($"{ranks} ranks, but this mesh can be split into at most {pieces} pieces (segments and collector cells are kept whole)");
        Bisect(items, ranks, 0);
        foreach ((int strip, int collector) in anchors)
            _owner[strip] = _owner[collector];
        return _owner;
    }

    /// <summary>The columns of the stack; strip cells go with their anchors.</summary>
    private Item[] Columns(Dictionary<int, int> anchors)
    {
        List<Item> columns = [];
        for (int column = 0; column < _columns.Count; column++)
        {
            if (!anchors.ContainsKey(_columns[column][0]))
                columns.Add(Column(column));
        }
        return [.. columns];
    }

    /// <summary>For each strip cell the nearest collector cell that its strip is joined to.</summary>
    private Dictionary<int, int> StripAnchors()
    {
        List<int>[] joined = [.. _mesh.Regions.Select(_ => new List<int>())];
        foreach (Face face in _mesh.Faces)
        {
            if (face.Direction == FaceDirection.Junction)
                joined[_mesh.Region[face.Right]].Add(face.Left);
        }
        Dictionary<int, int> anchors = [];
        for (int cell = 0; cell < _mesh.CellCount; cell++)
        {
            if (joined[_mesh.Region[cell]].Count > 0)
                anchors[cell] = Nearest(cell, joined[_mesh.Region[cell]]);
        }
        return anchors;
    }

    private int Nearest(int strip, List<int> collectors) =>
        collectors.MinBy(collector => (PlaneDistance(strip, collector), _mesh.GlobalCell[collector]));

    private double PlaneDistance(int a, int b)
    {
        double dy = _mesh.CentreY[a] - _mesh.CentreY[b], dz = _mesh.CentreZ[a] - _mesh.CentreZ[b];
        return dy * dy + dz * dz;
    }

    private Item Column(int column)
    {
        ReadOnlySpan<int> cells = _columns[column];
        double y = 0, z = 0, weight = 0;
        int pieces = 0;
        for (int i = 0; i < cells.Length; i++)
        {
            y += _mesh.CentreY[cells[i]] / cells.Length;
            z += _mesh.CentreZ[cells[i]] / cells.Length;
            weight += _weight[cells[i]];
            if (i == 0 || StartsPiece(cells[i - 1], cells[i]))
                pieces++;
        }
        return new Item(column, y, z, weight, pieces);
    }

    private bool StartsPiece(int before, int cell) =>
        _segments.OfCell[cell] < 0 || _segments.OfCell[cell] != _segments.OfCell[before];

    private void Bisect(Span<Item> items, int ranks, int firstRank)
    {
        if (ranks == 1)
        {
            foreach (Item item in items)
                Own(_columns[item.Column], firstRank);
            return;
        }
        if (items.Length == 1)
        {
            CutColumn(_columns[items[0].Column], items[0].Pieces, ranks, firstRank);
            return;
        }
        SortAlongLongerExtent(items);
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

    private static void SortAlongLongerExtent(Span<Item> items)
    {
        double minY = double.PositiveInfinity, maxY = double.NegativeInfinity;
        double minZ = double.PositiveInfinity, maxZ = double.NegativeInfinity;
        foreach (Item item in items)
        {
            (minY, maxY) = (Math.Min(minY, item.Y), Math.Max(maxY, item.Y));
            (minZ, maxZ) = (Math.Min(minZ, item.Z), Math.Max(maxZ, item.Z));
        }
        if (maxY - minY >= maxZ - minZ)
            items.Sort((a, b) => (a.Y, a.Z).CompareTo((b.Y, b.Z)));
        else
            items.Sort((a, b) => (a.Z, a.Y).CompareTo((b.Z, b.Y)));
    }

    private void CutColumn(ReadOnlySpan<int> cells, int pieces, int ranks, int firstRank)
    {
        int[] start = new int[pieces + 1];
        double[] weights = new double[pieces];
        for (int i = 0, piece = -1; i < cells.Length; i++)
        {
            if (i == 0 || StartsPiece(cells[i - 1], cells[i]))
                start[++piece] = i;
            weights[piece] += _weight[cells[i]];
        }
        start[pieces] = cells.Length;
        BisectPieces(cells, start, weights, ranks, firstRank);
    }

    private void BisectPieces(ReadOnlySpan<int> cells, int[] start, double[] weights, int ranks, int firstRank)
    {
        if (ranks == 1)
        {
            Own(cells[start[0]..start[^1]], firstRank);
            return;
        }
        int half = ranks / 2;
        int cut = NearestCut(weights, (double)half / ranks, half, weights.Length - (ranks - half));
        BisectPieces(cells, start[..(cut + 1)], weights[..cut], half, firstRank);
        BisectPieces(cells, start[cut..], weights[cut..], ranks - half, firstRank + half);
    }

    private void Own(ReadOnlySpan<int> cells, int rank)
    {
        foreach (int cell in cells)
            _owner[cell] = rank;
    }

    /// <summary>A column with its place, weight and the number of pieces it can be cut into.</summary>
    private readonly record struct Item(int Column, double Y, double Z, double Weight, int Pieces);
}
