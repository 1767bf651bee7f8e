using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Solves systems in the planes of a stack, a group of planes for each field: every rank has columns of all planes and factors some of every group whole.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal sealed class PlaneSolver : IDisposable
{
    private readonly PlaneFactors _factors;
    private readonly HaloExchange _out, _back;
    private readonly int _planes, _columns, _total, _first, _pairNumbers;

    /// <summary>First plane of each group among all, and the end; the same among those that this rank factors.</summary>
    private readonly int[] _starts, _ownStarts;

    /// <summary>Planes that this rank factors.</summary>
    private readonly int[] _own;

    /// <summary>Values of all planes in the columns of this rank, then those of its planes in all columns.</summary>
    private readonly double[] _values;

    /// <summary>Entries of its planes, eight side by side.</summary>
    private readonly double[] _pairs, _diagonals;

    /// <summary>Pairs of all ranks, as they come from them, each pair of nodes from both: its place among the pairs.</summary>
    private readonly int[] _pairOf;

    /// <param name="groups">How many planes each group has.</param>
    /// <param name="columns">Of this rank.</param>
    /// <param name="first">Number of the first among those of all ranks.</param>
    /// <param name="total">Columns of all ranks.</param>
    /// <param name="neighbours">Pairs of columns that are joined, by their numbers; the first of each is of this rank.</param>
    /// <param name="world">The ranks.</param>
    internal PlaneSolver(int[] groups, int columns, int first, int total, (int Own, int Other)[] neighbours, Communicator world)
    {
        _starts = Starts(groups);
        _ownStarts = Starts([.. groups.Select(count => Share(count, world.Rank).Length)]);
        _own = PlanesOf(world.Rank);
        (_planes, _columns, _first, _total) = (_starts[^1], columns, first, total);
        long[] firsts = world.Allgather(first);
        _values = new double[(_planes * columns) + (_own.Length * total)];
        List<HaloNeighbour> away = [], home = [];
        for (int rank = 0; rank < world.Size; rank++)
        {
            int start = (int)firsts[rank], count = (rank + 1 < world.Size ? (int)firsts[rank + 1] : total) - start;
            int[] mine = [.. PlanesOf(rank).SelectMany(plane => Enumerable.Range(plane * columns, columns))];
            int[] others = [.. Enumerable.Range(0, _own.Length).SelectMany(place => Enumerable.Range((_planes * columns) + (place * total) + start, count))];
            if (rank == world.Rank || (mine.Length == 0 && others.Length == 0))
                continue;
            away.Add(new(rank, mine, others));
            home.Add(new(rank, others, mine));
        }
        (_out, _back) = (new(world, away), new(world, home));
        long[] keys = world.Allgatherv([.. neighbours.Select(pair => ((long)pair.Own * total) + pair.Other)]);
        Dictionary<long, int> places = [];
        List<(int, int)> pairs = [];
        _pairOf = new int[keys.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            (int a, int b) = ((int)(keys[i] / total), (int)(keys[i] % total));
            if (places.TryAdd(((long)Math.Min(a, b) * total) + Math.Max(a, b), pairs.Count))
                pairs.Add((a, b));
            _pairOf[i] = places[((long)Math.Min(a, b) * total) + Math.Max(a, b)];
        }
        _factors = new(total, [.. pairs], _own.Length);
        int most = Enumerable.Range(0, world.Size).Max(rank => PlanesOf(rank).Length);
        Work = (double)_factors.Width * PlaneFactors.Lanes * BatchesOf(most) / most;
        _pairNumbers = pairs.Count * PlaneFactors.Lanes;
        _pairs = new double[BatchesOf(_own.Length) * _pairNumbers];
        _diagonals = new double[BatchesOf(_own.Length) * total * PlaneFactors.Lanes];
        Array.Fill(_diagonals, 1);

        int[] PlanesOf(int rank) => [.. groups.SelectMany((count, group) => Share(count, rank).Select(plane => _starts[group] + plane))];

        int[] Share(int count, int rank)
        {
            int from = (int)((long)count * rank / world.Size), end = (int)((long)count * (rank + 1) / world.Size);
            return [.. Enumerable.Range(from, end - from)];
        }

        static int[] Starts(int[] counts)
        {
            int sum = 0;
            return [0, .. counts.Select(count => sum += count)];
        }
    }

    /// <summary>What a solve costs per unknown: entries of a row, where lanes stay idle that many times more. The same on all ranks.</summary>
    internal double Work { get; }

    /// <summary>Takes over the entries off the diagonal of a plane.</summary>
    /// <param name="group">Of the plane.</param>
    /// <param name="plane">Which of it; nothing is done where it is another rank's.</param>
    /// <param name="values">By the neighbours that were given, of all ranks; the mean of both directions counts.</param>
    internal void TakePairs(int group, int plane, ReadOnlySpan<double> values)
    {
        if (PlaceOf(_starts[group] + plane) is not { } own)
            return;
        Span<double> entries = PairsOf(own.Batch);
        for (int i = own.Lane; i < entries.Length; i += PlaneFactors.Lanes)
            entries[i] = 0;
        for (int i = 0; i < values.Length; i++)
            entries[(_pairOf[i] * PlaneFactors.Lanes) + own.Lane] += 0.5 * values[i];
    }

    /// <summary>Takes over the entries of the diagonal.</summary>
    /// <param name="group">Of the plane.</param>
    /// <param name="plane">Which of it; nothing is done where it is another rank's.</param>
    /// <param name="values">By columns of all ranks.</param>
    internal void TakeDiagonal(int group, int plane, ReadOnlySpan<double> values)
    {
        if (PlaceOf(_starts[group] + plane) is not { } own)
            return;
        Span<double> entries = DiagonalsOf(own.Batch);
        for (int column = 0; column < values.Length; column++)
            entries[(column * PlaneFactors.Lanes) + own.Lane] = values[column];
    }

    /// <summary>Factors what was taken over of a group.</summary>
    internal void Factor(int group)
    {
        (int from, int end) = BatchesWith(group);
        for (int batch = from; batch < end; batch++)
            _factors.Factor(batch, PairsOf(batch), DiagonalsOf(batch));
    }

    /// <summary>Values of all planes of a group in own columns, plane by plane: right-hand sides, then solutions.</summary>
    internal Span<double> ValuesOf(int group) => _values.AsSpan(_starts[group] * _columns, (_starts[group + 1] - _starts[group]) * _columns);

    /// <summary>Solves in place for the values of all groups.</summary>
    internal void Solve() => Solve(0, BatchesOf(_own.Length));

    /// <summary>Solves in place for those of a group; what the others hold is lost.</summary>
    internal void Solve(int group)
    {
        (int from, int end) = BatchesWith(group);
        Solve(from, end);
    }

    public void Dispose()
    {
        _factors.Dispose();
        _out.Dispose();
        _back.Dispose();
    }

    private void Solve(int fromBatch, int endBatch)
    {
        Span<double> own = _values.AsSpan(_planes * _columns);
        for (int place = 0; place < _own.Length; place++)
            _values.AsSpan(_own[place] * _columns, _columns).CopyTo(own[((place * _total) + _first)..]);
        _out.Exchange(_values);
        for (int batch = fromBatch; batch < endBatch; batch++)
            _factors.Solve(batch, own);
        _back.Exchange(_values);
        for (int place = 0; place < _own.Length; place++)
            own.Slice((place * _total) + _first, _columns).CopyTo(_values.AsSpan(_own[place] * _columns));
    }

    private static int BatchesOf(int planes) => (planes + PlaneFactors.Lanes - 1) / PlaneFactors.Lanes;

    private (int From, int End) BatchesWith(int group) => _ownStarts[group] == _ownStarts[group + 1] ? (0, 0) : (_ownStarts[group] / PlaneFactors.Lanes, BatchesOf(_ownStarts[group + 1]));

    private (int Batch, int Lane)? PlaceOf(int plane) => Array.BinarySearch(_own, plane) is >= 0 and int place ? Math.DivRem(place, PlaneFactors.Lanes) : null;

    private Span<double> PairsOf(int batch) => _pairs.AsSpan(batch * _pairNumbers, _pairNumbers);

    private Span<double> DiagonalsOf(int batch) => _diagonals.AsSpan(batch * _total * PlaneFactors.Lanes, _total * PlaneFactors.Lanes);
}
