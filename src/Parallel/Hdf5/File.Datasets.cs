using System.Runtime.InteropServices;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
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
        long rows = local.Length / rowLength;
        Span<long> shape = stackalloc long[1 + rowShape.Length];
        shape[0] = _communicator.Allreduce(rows, Operation.Sum);
        for (int d = 0; d < rowShape.Length; d++) shape[d + 1] = rowShape[d];
        WriteRows(path, local, shape, _communicator.Exscan(rows), rows, options, options.RowsPerChunk(rowLength));
    }

    /// <summary>Writes a 1-D dataset of values that all ranks hold alike; rank 0's are stored.</summary>
    public void WriteReplicated<T>(string path, ReadOnlySpan<T> values)
        where T : unmanaged => Write(path, _communicator.IsRoot ? values : []);

    /// <summary>Writes a single value without dimensions; rank 0's is stored.</summary>
    public void WriteScalar<T>(string path, T value)
        where T : unmanaged =>
        WriteRows(path, new ReadOnlySpan<T>(in value), [], 0, _communicator.IsRoot ? 1 : 0, DatasetOptions.Contiguous, 0);

    /// <summary>A dataset's extents, rows first; empty for a single value.</summary>
    public long[] Shape(string path)
    {
        Span<long> shape = stackalloc long[8];
        NativeMethods.Check(NativeMethods.c3d_h5_shape(Handle, path, out int dimensions, shape));
        return shape[..dimensions].ToArray();
    }

    /// <summary>Reads rows of a dataset; ranks may ask for different ones, or none. Numbers are converted to T.</summary>
    /// <exception cref="Hdf5Exception">The dataset is missing, shorter, or fails its checksum.</exception>
    public T[] Read<T>(string path, long rowOffset, long rowCount)
        where T : unmanaged
    {
        long[] shape = Shape(path);
        long rowLength = 1;
        for (int d = 1; d < shape.Length; d++) rowLength *= shape[d];
        T[] values = new T[rowCount * rowLength];
        Read(path, rowOffset, rowCount, values);
        return values;
    }

    /// <summary>Reads rows into memory the caller owns.</summary>
    /// <param name="path">The dataset.</param>
    /// <param name="rowOffset">First row.</param>
    /// <param name="rowCount">Rows to read, 0 for none.</param>
    /// <param name="values">Receives rowCount rows.</param>
    /// <exception cref="ArgumentException">The memory does not fit the rows.</exception>
    public void Read<T>(string path, long rowOffset, long rowCount, Span<T> values)
        where T : unmanaged
    {
        long[] shape = Shape(path);
        long expected = rowCount;
        for (int d = 1; d < shape.Length; d++) expected *= shape[d];
        if (values.Length != expected) throw new ArgumentException($"{path}: {rowCount} rows are {expected} values, not {values.Length}.");
        fixed (T* first = values)
            NativeMethods.Check(NativeMethods.c3d_h5_read(Handle, path, ElementType.Of<T>(), rowOffset, rowCount, first));
    }

    /// <summary>Reads a whole dataset on every rank.</summary>
    public T[] ReadAll<T>(string path)
        where T : unmanaged => Read<T>(path, 0, Shape(path) is [long rows, ..] ? rows : 1);

    private void WriteRows<T>(
        string path, ReadOnlySpan<T> local, ReadOnlySpan<long> shape, long rowOffset, long rows, DatasetOptions options, long chunkRows)
        where T : unmanaged
    {
        int type = ElementType.Of<T>();
        fixed (T* first = local)
        {
            NativeMethods.Check(NativeMethods.c3d_h5_write(
                Handle, path, type, shape.Length, shape, rowOffset, rows, first, chunkRows, options.Deflate, options.Shuffle ? 1 : 0,
                options.Fletcher32 ? 1 : 0));
        }

        if (_written is null) return;
        ReadOnlySpan<byte> bytes = rows > 0 ? MemoryMarshal.AsBytes(local) : [];
        _written.Add(new Written(path, type, rowOffset, rows, bytes.Length, Checksum(bytes)));
    }
}
