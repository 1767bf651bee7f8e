using System.Runtime.CompilerServices;
using System.Text;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Mpi;

/// <summary>
/// A group of ranks that talk to each other. Every method is *collective*: all ranks of the communicator call it, in the same order.
/// </summary>
public sealed unsafe class Communicator : IDisposable
{
    private static Communicator? s_world;
    private static Communicator? s_self;
    private readonly bool _owned;
    private bool _disposed;

    private Communicator(int handle, bool owned)
    {
        Handle = handle;
        _owned = owned;
        NativeMethods.Check(NativeMethods.c3d_comm_rank(handle, out int rank));
        NativeMethods.Check(NativeMethods.c3d_comm_size(handle, out int size));
        Rank = rank;
        Size = size;
    }

    /// <summary>All ranks of the job.</summary>
    /// <exception cref="InvalidOperationException">The runtime was not started.</exception>
    public static Communicator World => s_world ?? throw NotStarted();

    /// <summary>This rank alone.</summary>
    /// <exception cref="InvalidOperationException">The runtime was not started.</exception>
    public static Communicator Self => s_self ?? throw NotStarted();

    /// <summary>This rank's number, 0 … <see cref="Size"/> − 1.</summary>
    public int Rank { get; }

    /// <summary>Number of ranks.</summary>
    public int Size { get; }

    /// <summary>True on rank 0, which writes what is written once.</summary>
    public bool IsRoot => Rank == 0;

    internal int Handle { get; }

    /// <summary>Waits until all ranks have come here.</summary>
    public void Barrier() => NativeMethods.Check(NativeMethods.c3d_barrier(Handle));

    /// <summary>Combines one value per rank; every rank gets the result.</summary>
    public double Allreduce(double value, Operation operation)
    {
        Allreduce(&value, 1, ElementType.Double, operation);
        return value;
    }

    /// <inheritdoc cref="Allreduce(double, Operation)"/>
    public long Allreduce(long value, Operation operation)
    {
        Allreduce(&value, 1, ElementType.Int64, operation);
        return value;
    }

    /// <inheritdoc cref="Allreduce(double, Operation)"/>
    public int Allreduce(int value, Operation operation)
    {
        Allreduce(&value, 1, ElementType.Int32, operation);
        return value;
    }

    /// <summary>Combines values entry by entry, in place; the length is the same on all ranks.</summary>
    public void Allreduce(Span<double> values, Operation operation)
    {
        fixed (double* first = values) Allreduce(first, values.Length, ElementType.Double, operation);
    }

    /// <inheritdoc cref="Allreduce(Span{double}, Operation)"/>
    public void Allreduce(Span<long> values, Operation operation)
    {
        fixed (long* first = values) Allreduce(first, values.Length, ElementType.Int64, operation);
    }

    /// <summary>True on every rank when it is true on at least one: how ranks agree to stop or to retry.</summary>
    public bool Any(bool value) => Allreduce(value ? 1 : 0, Operation.Max) == 1;

    /// <summary>Largest value and the rank that holds it.</summary>
    public ValueLocation MaxLocation(double value) => Location(value, Operation.Max);

    /// <summary>Smallest value and the rank that holds it.</summary>
    public ValueLocation MinLocation(double value) => Location(value, Operation.Min);

    /// <summary>Sum over the lower ranks: where this rank's part of a global numbering begins. 0 on rank 0.</summary>
    public long Exscan(long value)
    {
        NativeMethods.Check(NativeMethods.c3d_exscan(Handle, ref value));
        return value;
    }

    /// <summary>One value per rank, in rank order, on every rank.</summary>
    public long[] Allgather(long value)
    {
        long[] ones = new long[Size];
        Array.Fill(ones, 1);
        return Allgatherv(new ReadOnlySpan<long>(in value), ones);
    }

    /// <summary>All ranks' values one after another in rank order, on every rank; lengths may differ and be zero.</summary>
    public double[] Allgatherv(ReadOnlySpan<double> values) => Allgatherv(values, Allgather(values.Length));

    /// <inheritdoc cref="Allgatherv(ReadOnlySpan{double})"/>
    public long[] Allgatherv(ReadOnlySpan<long> values) => Allgatherv(values, Allgather(values.Length));

    /// <summary>The same into an array that is there, where all ranks know how many values each has.</summary>
    /// <param name="values">This rank's values; no part of <paramref name="all"/>.</param>
    /// <param name="counts">How many each rank has.</param>
    /// <param name="all">Receives those of all ranks; its length is their sum.</param>
    /// <exception cref="ArgumentException">Lengths do not agree.</exception>
    public void Allgatherv(ReadOnlySpan<double> values, long[] counts, Span<double> all)
    {
        if (counts.Length != Size || counts[Rank] != values.Length || RequireArray(counts) != all.Length)
            throw new ArgumentException($"{values.Length} of {all.Length} values are not what the counts of the ranks say.", nameof(counts));
        fixed (double* local = values, gathered = all)
            NativeMethods.Check(NativeMethods.c3d_allgatherv(Handle, local, values.Length, gathered, counts, sizeof(double)));
    }

    /// <summary>Overwrites every rank's values with the root's; the length is the same on all ranks.</summary>
    public void Broadcast<T>(Span<T> values, int root = 0)
        where T : unmanaged
    {
        fixed (T* first = values) NativeMethods.Check(NativeMethods.c3d_broadcast(Handle, first, (long)values.Length * sizeof(T), root));
    }

    /// <summary>The root's text on every rank; the others' argument is ignored and may be null.</summary>
    public string Broadcast(string? text, int root = 0)
    {
        byte[] bytes = Rank == root ? Encoding.UTF8.GetBytes(text ?? "") : [];
        int length = bytes.Length;
        Broadcast(new Span<int>(ref length), root);
        if (Rank != root) bytes = new byte[length];
        Broadcast(bytes.AsSpan(), root);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The ranks' texts in rank order on the root; an empty array on the others.</summary>
    public string[] Gather(string text, int root = 0)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        long[] lengths = Allgather(bytes.Length);
        long total = RequireArray(lengths);
        byte[] all = new byte[Rank == root ? total : 0];
        fixed (byte* local = bytes, gathered = all)
            NativeMethods.Check(NativeMethods.c3d_gatherv(Handle, local, bytes.Length, gathered, lengths, 1, root));
        if (Rank != root) return [];
        string[] texts = new string[Size];
        int start = 0;
        for (int r = 0; r < Size; start += (int)lengths[r++]) texts[r] = Encoding.UTF8.GetString(all, start, (int)lengths[r]);
        return texts;
    }

    /// <summary>A new communicator of the ranks that give the same color, ordered by key, then by rank. The caller disposes it.</summary>
    /// <param name="color">Which part this rank joins, ≥ 0.</param>
    /// <param name="key">Order within the part.</param>
    public Communicator Split(int color, int key)
    {
        NativeMethods.Check(NativeMethods.c3d_comm_split(Handle, color, key, out int part));
        return new Communicator(part, owned: true);
    }

    /// <summary>Frees a communicator made by <see cref="Split"/>; <see cref="World"/> and <see cref="Self"/> live on.</summary>
    public void Dispose()
    {
        if (!_owned || _disposed || !ParallelRuntime.IsRunning) return;
        _disposed = true;
        NativeMethods.Check(NativeMethods.c3d_comm_free(Handle));
    }

    internal static void Start()
    {
        s_world = new Communicator(NativeMethods.c3d_comm_world(), owned: false);
        s_self = new Communicator(NativeMethods.c3d_comm_self(), owned: false);
    }

    private static InvalidOperationException NotStarted() => new("ParallelRuntime.Start comes first.");

    /// <summary>A lone rank holds the result already.</summary>
    private void Allreduce(void* values, long count, int type, Operation operation)
    {
        if (Size > 1)
            NativeMethods.Check(NativeMethods.c3d_allreduce(Handle, values, count, type, (int)operation));
    }

    private ValueLocation Location(double value, Operation operation)
    {
        NativeMethods.Check(NativeMethods.c3d_allreduce_location(Handle, ref value, out int rank, (int)operation));
        return new ValueLocation(value, rank);
    }

    private T[] Allgatherv<T>(ReadOnlySpan<T> values, long[] counts)
        where T : unmanaged
    {
        T[] all = new T[RequireArray(counts)];
        fixed (T* local = values, gathered = all)
            NativeMethods.Check(NativeMethods.c3d_allgatherv(Handle, local, values.Length, gathered, counts, Unsafe.SizeOf<T>()));
        return all;
    }

    /// <summary>The sum of counts that all ranks hold alike, so that all refuse what one could not hold.</summary>
    private static long RequireArray(long[] counts)
    {
        long total = counts.Sum();
        return total <= Array.MaxLength ? total : throw new ArgumentException($"{total} elements of all ranks together are more than one array can hold.");
    }
}
