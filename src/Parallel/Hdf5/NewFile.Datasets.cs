using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class NewFile
{
    /// <summary>Values of a chunked dataset that pass through rank 0 at a time.</summary>
    private const long ValuesAtATime = 1 << 20;

    /// <summary>Writes a dataset from the rows of all ranks, in rank order.</summary>
    /// <param name="path">Path of the new dataset; missing groups are created.</param>
    /// <param name="local">This rank's rows, one after another; may be empty.</param>
    /// <param name="rowShape">Extents of one row: none for a 1-D dataset, [3] for one of vectors, the same on all ranks.</param>
    /// <exception cref="Hdf5Exception">The path exists already or the disk refused.</exception>
    public void Write<T>(string path, ReadOnlySpan<T> local, params ReadOnlySpan<int> rowShape)
        where T : unmanaged => Write(path, local, DatasetOptions.Contiguous, rowShape);

    /// <param name="path">Path of the new dataset; missing groups are created.</param>
    /// <param name="local">This rank's rows, one after another; may be empty.</param>
    /// <param name="options">Chunks and filters.</param>
    /// <param name="rowShape">Extents of one row: none for a 1-D dataset, [3] for one of vectors, the same on all ranks.</param>
    /// <inheritdoc cref="Write{T}(string, ReadOnlySpan{T}, ReadOnlySpan{int})"/>
    public void Write<T>(string path, ReadOnlySpan<T> local, DatasetOptions options, params ReadOnlySpan<int> rowShape)
        where T : unmanaged
    {
        long rowLength = 1;
        foreach (int extent in rowShape) rowLength *= extent;
        if (rowLength < 1 || rowShape.Length > 7) throw new ArgumentException($"{path}: a row has 0 to 7 dimensions, each of at least 1.");
        if (local.Length % rowLength != 0) throw new ArgumentException($"{path}: {local.Length} values are not whole rows of {rowLength}.");
        Rows rows = new(_communicator.Exscan(local.Length / rowLength), local.Length / rowLength, rowLength);
        Span<long> shape = stackalloc long[1 + rowShape.Length];
        shape[0] = _communicator.Allreduce(rows.Count, Operation.Sum);
        for (int d = 0; d < rowShape.Length; d++) shape[d + 1] = rowShape[d];
        WriteRows(path, local, shape, rows, options);
    }

    /// <summary>Writes a 1-D dataset of values that all ranks hold alike; rank 0's are stored.</summary>
    public void WriteReplicated<T>(string path, ReadOnlySpan<T> values)
        where T : unmanaged => Write(path, _communicator.IsRoot ? values : []);

    /// <summary>Writes a single value without dimensions; rank 0's is stored.</summary>
    public void WriteScalar<T>(string path, T value)
        where T : unmanaged =>
        WriteRows(path, _communicator.IsRoot ? new ReadOnlySpan<T>(in value) : [], [], new(0, _communicator.IsRoot ? 1 : 0, 1), DatasetOptions.Contiguous);

    private void WriteRows<T>(string path, ReadOnlySpan<T> local, ReadOnlySpan<long> shape, Rows rows, DatasetOptions options)
        where T : unmanaged
    {
        int type = ElementType.Of<T>();
        long chunkRows = options.RowsPerChunk(rows.Length), offset = -1;
        Agree(!_communicator.IsRoot ? 0 : NativeMethods.c3d_h5_dataset(
            _handle, path, type, shape.Length, shape, chunkRows, options.Deflate, options.Shuffle ? 1 : 0, options.Fletcher32 ? 1 : 0, out offset));
        _communicator.Broadcast(new Span<long>(ref offset));
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(local);
        if (offset < 0 && shape.Length > 0 && shape[0] > 0)
            WriteThroughRoot(path, local, shape[0], rows, Math.Max(1, ValuesAtATime / (rows.Length * chunkRows)) * chunkRows);
        else if (bytes.Length > 0)
            _pieces.Add(new Piece(offset + (rows.First * rows.Length * Unsafe.SizeOf<T>()), bytes.ToArray()));
        if (rows.Count > 0) _written.Add(new File.Written(path, type, rows.First, rows.Count, local.Length, bytes.Length, File.Checksum(bytes)));
    }

    /// <summary>Passes the rows to rank 0, a window of the dataset at a time; all agree at the end.</summary>
    private void WriteThroughRoot<T>(string path, ReadOnlySpan<T> local, long total, Rows own, long atATime)
        where T : unmanaged
    {
        long[] starts = _communicator.Allgather(own.First), counts = new long[starts.Length];
        T[] window = new T[_communicator.IsRoot ? Math.Min(atATime, total) * own.Length : 0];
        Exception? failure = null;
        for (long first = 0; first < total; first += atATime)
        {
            long last = Math.Min(total, first + atATime);
            long Within(long row) => Math.Clamp(row, first, last);
            for (int rank = 0; rank < counts.Length; rank++)
                counts[rank] = (Within(rank + 1 < starts.Length ? starts[rank + 1] : total) - Within(starts[rank])) * own.Length;
            long skipped = (Within(own.First) - own.First) * own.Length, given = counts[_communicator.Rank];
            fixed (T* values = local, gathered = window)
            {
                NativeMethods.Check(NativeMethods.c3d_gatherv(_communicator.Handle, values + skipped, given, gathered, counts, sizeof(T), 0));
                if (_communicator.IsRoot)
                    failure ??= NativeMethods.Failure(NativeMethods.c3d_h5_write(_handle, path, ElementType.Of<T>(), first, last - first, (last - first) * own.Length, gathered));
            }
        }

        Agreement.Reach(_communicator, failure);
    }

    /// <summary>A rank's rows of a dataset: the first, how many, and values in each.</summary>
    private readonly record struct Rows(long First, long Count, long Length);
}
