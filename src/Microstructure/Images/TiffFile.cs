using System.Buffers.Binary;

namespace Cell3D.Microstructure.Images;

/// <summary>The numbers of a TIFF file (Adobe, TIFF Revision 6.0, 1992) or of a BigTIFF file, whose offsets and counts have 8 bytes, in its own order of bytes. Every place is held against
/// the length of the file before anything is read or allocated.</summary>
internal sealed class TiffFile : IDisposable
{
    private const int Classic = 42, Big = 43;
    private readonly string _path;
    private readonly bool _littleEndian;

    private TiffFile(string path, FileStream stream)
    {
        (_path, Stream) = (path, stream);
        Span<byte> head = stackalloc byte[16];
        Read(0, head[..8]);
        _littleEndian = head[0] == 'I';
        int version = Short(head[2..]);
        if (!(head[0] == head[1] && head[0] is (byte)'I' or (byte)'M') || version is not (Classic or Big)) throw Problem("is not a TIFF file");
        IsBig = version == Big;
        if (IsBig) Read(0, head);
        if (IsBig && (Short(head[4..]) != 8 || Short(head[6..]) != 0)) throw Problem("is a BigTIFF file whose offsets do not have 8 bytes");
        FirstDirectory = Offset(head[(IsBig ? 8 : 4)..]);
    }

    /// <summary>The file itself.</summary>
    public FileStream Stream { get; }

    /// <summary>Whether offsets and counts have 8 bytes instead of 4.</summary>
    public bool IsBig { get; }

    /// <summary>Where the directory of the first page lies.</summary>
    public long FirstDirectory { get; }

    /// <summary>Opens a file and reads its header.</summary>
    /// <exception cref="ImageException">It is missing or no TIFF file.</exception>
    public static TiffFile Open(string path)
    {
        FileStream stream = ImageReader.OpenRead(path);
        try
        {
            return new(path, stream);
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Whether some bytes lie within the file.</summary>
    public bool Has(long offset, long count) => offset >= 0 && count >= 0 && offset <= Stream.Length - count;

    /// <summary>Reads some bytes.</summary>
    /// <exception cref="ImageException">They do not lie within the file, or cannot be read.</exception>
    public void Read(long offset, Span<byte> bytes)
    {
        if (!Has(offset, bytes.Length)) throw Problem(FormattableString.Invariant($"refers to byte {offset}, which lies outside of the file of {Stream.Length} bytes, or too near to its end (truncated?)"));
        try
        {
            Stream.Position = offset;
            Stream.ReadExactly(bytes);
        }
        catch (IOException e)
        {
            throw Problem($"cannot be read: {e.Message}");
        }
    }

    public ushort Short(ReadOnlySpan<byte> bytes) => _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    /// <summary>A number of 4 bytes.</summary>
    public long Long(ReadOnlySpan<byte> bytes) => _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    /// <summary>A number of 8 bytes; below 0 where it is larger than any file.</summary>
    public long LongLong(ReadOnlySpan<byte> bytes) => _littleEndian ? BinaryPrimitives.ReadInt64LittleEndian(bytes) : BinaryPrimitives.ReadInt64BigEndian(bytes);

    /// <summary>An offset or a count, of 4 or 8 bytes.</summary>
    public long Offset(ReadOnlySpan<byte> bytes) => IsBig ? LongLong(bytes) : Long(bytes);

    public ImageException Problem(string text) => new(_path, text);

    public void Dispose() => Stream.Dispose();
}
