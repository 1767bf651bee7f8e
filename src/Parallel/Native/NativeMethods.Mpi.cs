using System.Runtime.InteropServices;

namespace Cell3D.Parallel.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library)]
    public static partial int c3d_comm_world();

    [LibraryImport(Library)]
    public static partial int c3d_comm_self();

    [LibraryImport(Library)]
    public static partial int c3d_comm_rank(int comm, out int rank);

    [LibraryImport(Library)]
    public static partial int c3d_comm_size(int comm, out int size);

    [LibraryImport(Library)]
    public static partial int c3d_comm_split(int comm, int color, int key, out int part);

    [LibraryImport(Library)]
    public static partial int c3d_comm_free(int comm);

    [LibraryImport(Library)]
    public static partial int c3d_barrier(int comm);

    [LibraryImport(Library)]
    public static partial int c3d_allreduce(int comm, void* values, long count, int type, int operation);

    [LibraryImport(Library)]
    public static partial int c3d_allreduce_location(int comm, ref double value, out int rank, int operation);

    [LibraryImport(Library)]
    public static partial int c3d_exscan(int comm, ref long value);

    [LibraryImport(Library)]
    public static partial int c3d_broadcast(int comm, void* values, long bytes, int root);

    [LibraryImport(Library)]
    public static partial int c3d_allgatherv(int comm, void* local, long count, void* all, ReadOnlySpan<long> counts, int elementSize);

    [LibraryImport(Library)]
    public static partial int c3d_gatherv(int comm, void* local, long count, void* all, ReadOnlySpan<long> counts, int elementSize, int root);

    [LibraryImport(Library)]
    public static partial int c3d_halo_create(
        int comm, int neighbours, int[] ranks, int[] sendCounts, int[] send, int[] receiveCounts, int[] receive, out nint halo);

    [LibraryImport(Library)]
    public static partial int c3d_halo_begin(nint halo, void* values, int stride);

    [LibraryImport(Library)]
    public static partial int c3d_halo_end(nint halo, void* values, int stride);

    [LibraryImport(Library)]
    public static partial int c3d_halo_destroy(nint halo);
}
