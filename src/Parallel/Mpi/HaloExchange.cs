using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Mpi;

/// <summary>
/// Brings ghost entries up to date. Entries are blocks of <c>stride</c> values; packing, requests and buffers are kept per stride, so
/// that nothing is allocated after the first exchange of a stride. Between Begin and End the rank computes what needs no ghosts.
/// </summary>
public sealed unsafe class HaloExchange : IDisposable
{
    private readonly int _entries;
    private nint _handle;
    private int _stride;

    /// <summary>*Collective* over the communicator, also for ranks without neighbours.</summary>
    /// <param name="communicator">The ranks the neighbours' numbers refer to.</param>
    /// <param name="neighbours">Each neighbouring rank at most once; may be empty.</param>
    /// <exception cref="ArgumentException">A rank is repeated or outside the communicator, or an index is negative.</exception>
    public HaloExchange(Communicator communicator, IReadOnlyList<HaloNeighbour> neighbours)
    {
        foreach (HaloNeighbour n in neighbours)
        {
            if (n.Rank < 0 || n.Rank >= communicator.Size || neighbours.Count(other => other.Rank == n.Rank) > 1)
                throw new ArgumentException($"Halo neighbour {n.Rank} is repeated or not one of the {communicator.Size} ranks.");
        }

        int[] send = [.. neighbours.SelectMany(n => n.Send)];
        int[] receive = [.. neighbours.SelectMany(n => n.Receive)];
        if (send.Any(i => i < 0) || receive.Any(i => i < 0)) throw new ArgumentException("Halo indices count from 0.");
        _entries = 1 + Math.Max(send.DefaultIfEmpty(-1).Max(), receive.DefaultIfEmpty(-1).Max());
        NativeMethods.Check(NativeMethods.c3d_halo_create(
            communicator.Handle, neighbours.Count, [.. neighbours.Select(n => n.Rank)], [.. neighbours.Select(n => n.Send.Length)], send,
            [.. neighbours.Select(n => n.Receive.Length)], receive, out _handle));
    }

    /// <summary>Copies what the neighbours need and starts the messages; the values may change afterwards. One exchange at a time.</summary>
    /// <param name="values">Owned and ghost entries, entry i at i·stride.</param>
    /// <param name="stride">Values per entry, the same on all ranks.</param>
    public void Begin(ReadOnlySpan<double> values, int stride = 1)
    {
        fixed (double* first = values) Begin(first, values.Length, stride);
    }

    /// <inheritdoc cref="Begin(ReadOnlySpan{double}, int)"/>
    public void Begin(ReadOnlySpan<long> values, int stride = 1)
    {
        fixed (long* first = values) Begin(first, values.Length, stride);
    }

    /// <summary>Waits for the messages and writes the ghost entries; nothing else is touched.</summary>
    /// <param name="values">The array to complete, laid out as the one given to Begin.</param>
    public void End(Span<double> values)
    {
        fixed (double* first = values) End(first, values.Length);
    }

    /// <inheritdoc cref="End(Span{double})"/>
    public void End(Span<long> values)
    {
        fixed (long* first = values) End(first, values.Length);
    }

    /// <summary>Begin and End in one.</summary>
    public void Exchange(Span<double> values, int stride = 1)
    {
        Begin(values, stride);
        End(values);
    }

    /// <inheritdoc cref="Exchange(Span{double}, int)"/>
    public void Exchange(Span<long> values, int stride = 1)
    {
        Begin(values, stride);
        End(values);
    }

    /// <summary>*Collective.* Frees requests and buffers.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_halo_destroy(_handle));
        _handle = 0;
    }

    private void Begin(void* values, int length, int stride)
    {
        ObjectDisposedException.ThrowIf(_handle == 0, this);
        if (_stride != 0) throw new InvalidOperationException("A halo exchange is already under way; end it first.");
        CheckLength(length, stride);
        NativeMethods.Check(NativeMethods.c3d_halo_begin(_handle, values, stride));
        _stride = stride;
    }

    private void End(void* values, int length)
    {
        if (_stride == 0) throw new InvalidOperationException("No halo exchange is under way; begin it first.");
        CheckLength(length, _stride);
        NativeMethods.Check(NativeMethods.c3d_halo_end(_handle, values, _stride));
        _stride = 0;
    }

    private void CheckLength(int length, int stride)
    {
        if (stride < 1 || length < (long)_entries * stride)
            throw new ArgumentException($"{length} values cannot hold {_entries} halo entries of {stride}.");
    }
}
