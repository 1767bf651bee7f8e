using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

public sealed unsafe partial class File
{
    /// <summary>A dataset's extents, rows first; empty for a single value.</summary>
    public long[] Shape(string path)
    {
        Span<long> shape = stackalloc long[8];
        NativeMethods.Check(NativeMethods.c3d_h5_shape(Handle, path, out int dimensions, shape));
        return shape[..dimensions].ToArray();
    }

    /// <summary>Reads rows of a dataset. Numbers are converted to T.</summary>
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
            NativeMethods.Check(NativeMethods.c3d_h5_read(Handle, path, ElementType.Of<T>(), rowOffset, rowCount, values.Length, first));
    }

    /// <summary>Reads a whole dataset.</summary>
    public T[] ReadAll<T>(string path)
        where T : unmanaged => Read<T>(path, 0, Shape(path) is [long rows, ..] ? rows : 1);
}
