using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

/// <summary>
/// An HDF5 file shared by the ranks of a communicator. Every method is *collective*: all ranks call it with the same arguments, except
/// for the rows they contribute or ask for. Element types are double, float, long, int and byte, stored little-endian.
/// </summary>
public sealed unsafe partial class File : IDisposable
{
    private readonly Communicator _communicator;
    private readonly List<Written>? _written;
    private long _handle;
    private bool _open;

    private File(string path, Communicator communicator, long handle, List<Written>? written)
    {
        Path = path;
        _communicator = communicator;
        _handle = handle;
        _open = true;
        _written = written;
    }

    /// <summary>The path it was opened under.</summary>
    public string Path { get; }

    private long Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(!_open, this);
            return _handle;
        }
    }

    /// <summary>Creates a file, replacing one of the same name.</summary>
    /// <exception cref="Hdf5Exception">It cannot be created.</exception>
    public static File Create(string path, Communicator communicator) => Create(path, communicator, written: null);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="Hdf5Exception">It is missing or no HDF5 file.</exception>
    public static File Open(string path, Communicator communicator)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_open(communicator.Handle, path, out long handle));
        return new File(path, communicator, handle, written: null);
    }

    /// <summary>Creates a group and those above it; does nothing when it exists.</summary>
    public void CreateGroup(string path) => NativeMethods.Check(NativeMethods.c3d_h5_group(Handle, path));

    /// <summary>True when a link of that path exists; the target of an external link need not.</summary>
    public bool Exists(string path)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_exists(Handle, path, out int exists));
        return exists != 0;
    }

    /// <summary>Makes an object of another file appear here.</summary>
    /// <param name="name">Path here; missing groups are created.</param>
    /// <param name="file">The other file, relative to this one's folder.</param>
    /// <param name="path">The object's path there.</param>
    public void LinkExternal(string name, string file, string path) =>
        NativeMethods.Check(NativeMethods.c3d_h5_link_external(Handle, name, file, path));

    /// <summary>Closes the file; what was written is then complete.</summary>
    public void Dispose()
    {
        if (!_open || !ParallelRuntime.IsRunning) return;
        _open = false;
        NativeMethods.Check(NativeMethods.c3d_h5_close(_handle));
    }

    private static File Create(string path, Communicator communicator, List<Written>? written)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_create(communicator.Handle, path, out long handle));
        return new File(path, communicator, handle, written);
    }
}
