using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Voxels;

/// <summary>
/// Brings what lies beside a slab up to date: every rank gives its lowest and highest entries to its neighbours below and above, and
/// receives theirs. In a periodic image the first and the last rank are neighbours, a single rank its own.
/// </summary>
internal sealed class SlabExchange : IDisposable
{
    private readonly HaloExchange? _exchange;
    private readonly double[] _values;
    private readonly bool _self;
    private readonly int _low, _high, _below, _above;

    /// <summary>*Collective.*</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="periodic">Whether the last slab is followed by the first.</param>
    /// <param name="low">Entries that the rank below needs.</param>
    /// <param name="high">Entries that the rank above needs.</param>
    public SlabExchange(Communicator communicator, bool periodic, int low, int high)
    {
        (int rank, int size) = (communicator.Rank, communicator.Size);
        (_low, _high) = (low, high);
        long[] lows = communicator.Allgather(low), highs = communicator.Allgather(high);
        bool hasBelow = periodic || rank > 0, hasAbove = periodic || rank < size - 1;
        (int below, int above) = ((rank + size - 1) % size, (rank + 1) % size);
        (_below, _above) = (hasBelow ? (int)highs[below] : 0, hasAbove ? (int)lows[above] : 0);
        _values = new double[low + high + _below + _above];
        _self = size == 1 && periodic;
        if (size == 1) return;
        int[] first = [.. Enumerable.Range(0, low)], last = [.. Enumerable.Range(low, high)];
        int[] fromBelow = [.. Enumerable.Range(low + high, _below)], fromAbove = [.. Enumerable.Range(low + high + _below, _above)];
        List<HaloNeighbour> neighbours = [];
        // Two ranks of a periodic image are neighbours twice: what one sends first, its lowest entries, lies above the other.
        if (hasBelow && hasAbove && below == above) neighbours.Add(new(below, [.. first, .. last], [.. fromAbove, .. fromBelow]));
        else
        {
            if (hasBelow) neighbours.Add(new(below, first, fromBelow));
            if (hasAbove) neighbours.Add(new(above, last, fromAbove));
        }
        _exchange = new(communicator, neighbours);
    }

    /// <summary>Entries received from below; 0 where nothing is there.</summary>
    public int Below => _below;

    /// <summary>Entries received from above; 0 where nothing is there.</summary>
    public int Above => _above;

    /// <summary>What this rank gives to the one below.</summary>
    public Span<double> ToBelow => _values.AsSpan(0, _low);

    /// <summary>What this rank gives to the one above.</summary>
    public Span<double> ToAbove => _values.AsSpan(_low, _high);

    /// <summary>What came from below.</summary>
    public ReadOnlySpan<double> FromBelow => _values.AsSpan(_low + _high, _below);

    /// <summary>What came from above.</summary>
    public ReadOnlySpan<double> FromAbove => _values.AsSpan(_low + _high + _below, _above);

    /// <summary>*Collective.* Sends what was put into <see cref="ToBelow"/> and <see cref="ToAbove"/>.</summary>
    public void Exchange()
    {
        if (_self)
        {
            ToAbove.CopyTo(_values.AsSpan(_low + _high));
            ToBelow.CopyTo(_values.AsSpan(_low + _high + _below));
        }
        _exchange?.Exchange(_values);
    }

    /// <summary>*Collective.*</summary>
    public void Dispose() => _exchange?.Dispose();
}
