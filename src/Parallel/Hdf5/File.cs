using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Hdf5;

/// <summary>
/// An HDF5 file. It is read by each rank for itself, and written by all ranks of a communicator through <see cref="NewFile"/>.
/// Element types are double, float, long, int and byte, stored little-endian.
/// </summary>
public sealed unsafe partial class File : IDisposable
{
    private readonly long _handle;
    private bool _open = true;

    private File(string path, long handle) => (Path, _handle) = (path, handle);

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

    /// <summary>*Collective.* Writes a file, replacing one of the same name at once; see <see cref="CreateAtomically"/> for a safe way.</summary>
    /// <param name="path">The file.</param>
    /// <param name="communicator">The ranks that write it.</param>
    /// <param name="write">Puts the contents in; called by every rank.</param>
    /// <exception cref="IOException">The disk refused; on every rank, whichever met it.</exception>
    /// <exception cref="Hdf5Exception">It cannot be created; on every rank.</exception>
    public static void Create(string path, Communicator communicator, Action<NewFile> write) => NewFile.Write(path, communicator, write);

    /// <summary>Opens a file for reading.</summary>
    /// <exception cref="Hdf5Exception">It is missing or no HDF5 file.</exception>
    public static File Open(string path)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_open(path, out long handle));
        return new File(path, handle);
    }

    /// <summary>True when a link of that path exists; the target of an external link need not.</summary>
    public bool Exists(string path)
    {
        NativeMethods.Check(NativeMethods.c3d_h5_exists(Handle, path, out int exists));
        return exists != 0;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        if (!_open || !ParallelRuntime.IsRunning) return;
        _open = false;
        NativeMethods.Check(NativeMethods.c3d_h5_close(_handle));
    }
}
