using System.Text;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;
using Microsoft.Win32.SafeHandles;

namespace Cell3D.Parallel.Hdf5;

/// <summary>
/// An HDF5 file that the ranks of a communicator write together. Every method is *collective*: all ranks call it with the same
/// arguments, except for the rows they contribute.
/// </summary>
/// <remarks>
/// Rank 0 alone lays the file out with HDF5: groups, attributes, and a fixed place for each dataset. Then every rank puts its own rows
/// into that place with plain writes. No step both touches the disk and waits for another rank, so a write that fails on one
/// rank – a full disk, a quota, a folder that vanished – is a failure that all ranks learn of, never one that leaves them waiting.
/// Chunked datasets have no fixed place: their rows pass through rank 0.
/// </remarks>
public sealed unsafe partial class NewFile
{
    private readonly Communicator _communicator;
    private readonly string _path;
    private readonly List<Piece> _pieces = [];
    private readonly List<File.Written> _written = [];
    private readonly long _handle;
    private bool _open;

    private NewFile(string path, Communicator communicator)
    {
        (_path, _communicator) = (path, communicator);
        long handle = 0;
        Agree(communicator.IsRoot ? NativeMethods.c3d_h5_create(path, out handle) : 0);
        _handle = handle;
        _open = communicator.IsRoot;
    }

    /// <summary>Creates a group and those above it; does nothing when it exists.</summary>
    public void CreateGroup(string path) => Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_group(_handle, path) : 0);

    /// <summary>Makes an object of another file appear here.</summary>
    /// <param name="name">Path here; missing groups are created.</param>
    /// <param name="file">The other file, relative to this one's folder.</param>
    /// <param name="path">The object's path there.</param>
    public void LinkExternal(string name, string file, string path) =>
        Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_link_external(_handle, name, file, path) : 0);

    /// <summary>Attaches a text of fixed length, ASCII, as VTKHDF wants it.</summary>
    /// <param name="item">Path of the group or dataset; <c>/</c> for the file.</param>
    /// <param name="name">The attribute's name.</param>
    /// <param name="text">ASCII text.</param>
    /// <exception cref="ArgumentException">The text is not ASCII.</exception>
    public void WriteAttribute(string item, string name, string text)
    {
        if (!Ascii.IsValid(text)) throw new ArgumentException($"Attribute {name} of {item} is not ASCII: {text}");
        Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_write_attribute_text(_handle, item, name, text) : 0);
    }

    /// <summary>Writes a 1-D dataset of texts, ASCII, that all ranks hold alike; rank 0's are stored.</summary>
    /// <param name="path">Path of the new dataset; missing groups are created.</param>
    /// <param name="texts">ASCII texts; at least one.</param>
    /// <exception cref="ArgumentException">A text is not ASCII.</exception>
    public void WriteTexts(string path, IReadOnlyList<string> texts)
    {
        if (texts.FirstOrDefault(text => !Ascii.IsValid(text)) is string wrong) throw new ArgumentException($"A text of {path} is not ASCII: {wrong}");
        int length = texts.Max(text => text.Length) + 1;
        byte[] bytes = new byte[length * texts.Count];
        for (int i = 0; i < texts.Count; i++) Encoding.ASCII.GetBytes(texts[i], bytes.AsSpan(i * length));
        Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_write_texts(_handle, path, texts.Count, length, bytes) : 0);
    }

    /// <summary>Attaches a single number.</summary>
    public void WriteAttribute<T>(string item, string name, T value)
        where T : unmanaged =>
        Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_write_attribute(_handle, item, name, ElementType.Of<T>(), -1, &value) : 0);

    /// <summary>Attaches a row of numbers.</summary>
    public void WriteAttribute<T>(string item, string name, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        fixed (T* first = values)
            Agree(_communicator.IsRoot ? NativeMethods.c3d_h5_write_attribute(_handle, item, name, ElementType.Of<T>(), values.Length, first) : 0);
    }

    /// <summary>*Collective.* Writes a file and tells what this rank put into it.</summary>
    internal static IReadOnlyList<File.Written> Write(string path, Communicator communicator, Action<NewFile> write)
    {
        NewFile file = new(path, communicator);
        try
        {
            write(file);
            file.Agree(file.Close());
        }
        finally
        {
            file.Close();
        }

        Agreement.Reach(communicator, file.WritePieces);
        return file._written;
    }

    /// <summary>All ranks fail when rank 0 did.</summary>
    private void Agree(int status) => Agreement.Reach(_communicator, NativeMethods.Failure(status));

    private int Close()
    {
        if (!_open || !ParallelRuntime.IsRunning) return 0;
        _open = false;
        int status = NativeMethods.c3d_h5_close(_handle);
        return status != 0 || _communicator.Size == 1 ? status : NativeMethods.c3d_file_settle(_path);
    }

    private void WritePieces()
    {
        if (_pieces.Count == 0) return;
        using SafeFileHandle file = System.IO.File.OpenHandle(_path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        foreach (Piece piece in _pieces) RandomAccess.Write(file, piece.Bytes, piece.Offset);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Rows of this rank and their place in the file.</summary>
    private readonly record struct Piece(long Offset, byte[] Bytes);
}
