using System.Numerics;
using System.Runtime.InteropServices;
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

    /// <summary>
    /// Replaces a file in one step: writes <c>path.tmp</c>, reads every dataset back and compares checksums, then renames it to
    /// <c>path</c> and forces file and folder to disk. A crash at any moment leaves the old file or the new one, never a part.
    /// </summary>
    /// <param name="path">The file to replace or create.</param>
    /// <param name="communicator">The ranks that write it.</param>
    /// <param name="write">Writes the contents.</param>
    /// <exception cref="IOException">What was read back differs from what was written, or the disk refused.</exception>
    public static void CreateAtomically(string path, Communicator communicator, Action<File> write)
    {
        string temporary = path + ".tmp";
        List<Written> written = [];
        using (File file = Create(temporary, communicator, written)) write(file);
        using (File reread = Open(temporary, communicator)) reread.Verify(written);
        string failure = "";
        if (communicator.IsRoot)
        {
            try
            {
                NativeMethods.Check(NativeMethods.c3d_file_replace(temporary, path));
            }
            catch (IOException e)
            {
                failure = e.Message;
            }
        }

        failure = communicator.Broadcast(failure);
        if (failure.Length > 0) throw new IOException(failure);
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

    private void Verify(List<Written> written)
    {
        string damaged = "";
        foreach (Written part in written)
        {
            byte[] bytes = new byte[part.Bytes];
            fixed (byte* first = bytes)
                NativeMethods.Check(NativeMethods.c3d_h5_read(Handle, part.Path, part.Type, part.RowOffset, part.Rows, first));
            if (Checksum(bytes) != part.Checksum) damaged = part.Path;
        }

        bool anyDamaged = _communicator.Any(damaged.Length > 0);
        if (anyDamaged)
            throw new IOException($"{Path}: what was read back differs from what was written{(damaged.Length > 0 ? $" in {damaged}" : "")}.");
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        uint sum = uint.MaxValue;
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words) sum = BitOperations.Crc32C(sum, word);
        foreach (byte b in bytes[(words.Length * sizeof(ulong))..]) sum = BitOperations.Crc32C(sum, b);
        return sum;
    }

    /// <summary>What this rank contributed to a dataset.</summary>
    private sealed record Written(string Path, int Type, long RowOffset, long Rows, long Bytes, uint Checksum);
}
