using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Solves systems in the planes of a stack: every rank has columns of all planes and factors some of the planes whole.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal sealed class PlaneSolver : IDisposable
{
    private readonly PlaneFactors _factors;
    private readonly HaloExchange _out, _back;
    private readonly int _planes, _columns, _total, _first, _from, _own, _pairNumbers;

    /// <summary>Values of all planes in the columns of this rank, then those of its planes in all columns.</summary>
    private readonly double[] _values;

    /// <summary>Entries of its planes, eight side by side.</summary>
    private readonly double[] _pairs, _diagonals;

    /// <summary>Pairs of all ranks, as they come from them, each pair of nodes from both: its place among the pairs.</summary>
    private readonly int[] _pairOf;

    /// <param name="planes">How many.</param>
    /// <param name="columns">Of this rank.</param>
    /// <param name="first">Number of the first among those of all ranks.</param>
    /// <param name="total">Columns of all ranks.</param>
    /// <param name="neighbours">Pairs of columns that are joined, by their numbers; the first of each is of this rank.</param>
    /// <param name="world">The ranks.</param>
    internal PlaneSolver(int planes, int columns, int first, int total, (int Own, int Other)[] neighbours, Communicator world)
    {
        (_planes, _columns, _first, _total) = (planes, columns, first, total);
        long[] firsts = world.Allgather(first);
        (_from, int end) = PlanesOf(world.Rank);
        _own = end - _from;
        _values = new double[(planes * columns) + (_own * total)];
        List<HaloNeighbour> away = [], home = [];
        for (int rank = 0; rank < world.Size; rank++)
        {
            (int theirs, int last) = PlanesOf(rank);
            int start = (int)firsts[rank], count = (rank + 1 < world.Size ? (int)firsts[rank + 1] : total) - start;
            int[] mine = [.. Enumerable.Range(theirs * columns, (last - theirs) * columns)];
            int[] others = [.. Enumerable.Range(0, _own).SelectMany(plane => Enumerable.Range((planes * columns) + (plane * total) + start, count))];
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
        _factors = new(total, [.. pairs], _own);
        int batches = (_own + PlaneFactors.Lanes - 1) / PlaneFactors.Lanes, most = (planes + world.Size - 1) / world.Size;
        Work = (double)_factors.Width * PlaneFactors.Lanes * ((most + PlaneFactors.Lanes - 1) / PlaneFactors.Lanes) / most;
        _pairNumbers = pairs.Count * PlaneFactors.Lanes;
        _pairs = new double[batches * _pairNumbers];
        _diagonals = new double[batches * total * PlaneFactors.Lanes];
        Array.Fill(_diagonals, 1);

        (int, int) PlanesOf(int rank) => ((int)((long)planes * rank / world.Size), (int)((long)planes * (rank + 1) / world.Size));
    }

    /// <summary>What a solve costs per unknown: entries of a row, where lanes stay idle that many times more. The same on all ranks.</summary>
    internal double Work { get; }

    /// <summary>Takes over the entries off the diagonal of a plane.</summary>
    /// <param name="plane">Which; nothing is done where it is another rank's.</param>
    /// <param name="values">By the neighbours that were given, of all ranks; the mean of both directions counts.</param>
    internal void TakePairs(int plane, ReadOnlySpan<double> values)
    {
        if (PlaceOf(plane) is not { } own)
            return;
        Span<double> entries = PairsOf(own.Batch);
        for (int i = own.Lane; i < entries.Length; i += PlaneFactors.Lanes)
            entries[i] = 0;
        for (int i = 0; i < values.Length; i++)
            entries[(_pairOf[i] * PlaneFactors.Lanes) + own.Lane] += 0.5 * values[i];
    }

    /// <summary>Takes over the entries of the diagonal.</summary>
    /// <param name="plane">Which; nothing is done where it is another rank's.</param>
    /// <param name="values">By columns of all ranks.</param>
    internal void TakeDiagonal(int plane, ReadOnlySpan<double> values)
    {
        if (PlaceOf(plane) is not { } own)
            return;
        Span<double> entries = DiagonalsOf(own.Batch);
        for (int column = 0; column < values.Length; column++)
            entries[(column * PlaneFactors.Lanes) + own.Lane] = values[column];
    }

    /// <summary>Factors what was taken over.</summary>
    internal void Factor()
    {
        for (int batch = 0; batch * PlaneFactors.Lanes < _own; batch++)
            _factors.Factor(batch, PairsOf(batch), DiagonalsOf(batch));
    }

    /// <summary>Values of all planes in own columns, plane by plane: right-hand sides, then solutions.</summary>
    internal Span<double> Values => _values.AsSpan(0, _planes * _columns);

    /// <summary>Solves for <see cref="Values"/> in place.</summary>
    internal void Solve()
    {
        Span<double> own = _values.AsSpan(_planes * _columns);
        for (int plane = 0; plane < _own; plane++)
            Values.Slice((_from + plane) * _columns, _columns).CopyTo(own[((plane * _total) + _first)..]);
        _out.Exchange(_values);
        for (int batch = 0; batch * PlaneFactors.Lanes < _own; batch++)
            _factors.Solve(batch, own);
        _back.Exchange(_values);
        for (int plane = 0; plane < _own; plane++)
            own.Slice((plane * _total) + _first, _columns).CopyTo(Values[((_from + plane) * _columns)..]);
    }

    public void Dispose()
    {
        _factors.Dispose();
        _out.Dispose();
        _back.Dispose();
    }

    private (int Batch, int Lane)? PlaceOf(int plane) => plane < _from || plane >= _from + _own ? null : Math.DivRem(plane - _from, PlaneFactors.Lanes);

    private Span<double> PairsOf(int batch) => _pairs.AsSpan(batch * _pairNumbers, _pairNumbers);

    private Span<double> DiagonalsOf(int batch) => _diagonals.AsSpan(batch * _total * PlaneFactors.Lanes, _total * PlaneFactors.Lanes);
}
