using System.Buffers.Binary;

namespace Cell3D.Microstructure.Images;

/// <summary>
/// Pages of an uncompressed TIFF file (Adobe, TIFF Revision 6.0, 1992) with one sample of 8 or 16 bits per pixel. Every offset and count is held against
/// the file before it is used; nothing is allocated by what the file claims.
/// </summary>
public sealed class TiffStack
{
    private const int MostPages = Voxels.VoxelShape.MostAlong, MostEntries = 512, MostStrips = 65536;
    private const int Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, StripOffsets = 273, SamplesPerPixel = 277, StripByteCounts = 279, TileWidth = 322;

    private readonly string _path;
    private readonly long _length;
    private readonly List<Page> _pages = [];
    private bool _littleEndian;

    private TiffStack(string path, long length) => (_path, _length) = (path, length);

    /// <summary>Pixels along x, pixels along y, pages.</summary>
    public (int X, int Y, int Z) Size => (_pages[0].Width, _pages[0].Height, _pages.Count);

    /// <summary>1 or 2.</summary>
    public int BytesPerVoxel => _pages[0].Bits / 8;

    /// <summary>Reads the directories of a file.</summary>
    /// <exception cref="ImageException">It is missing, no TIFF file, damaged, or of a kind that is not read.</exception>
    public static TiffStack Open(string path)
    {
        using FileStream file = ImageReader.OpenRead(path);
        TiffStack stack = new(path, file.Length);
        stack.ReadDirectories(file);
        return stack;
    }

    /// <summary>Reads a page into values, which it fills.</summary>
    /// <exception cref="ImageException">The file ends before the page does.</exception>
    public void Read(FileStream file, int page, Span<ushort> values)
    {
        Page from = _pages[page];
        int bytes = from.Bits / 8, next = 0;
        byte[] strip = [];
        foreach ((long offset, long count) in from.Strips)
        {
            int wanted = (int)Math.Min(count, (long)(values.Length - next) * bytes);
            if (strip.Length < wanted) strip = new byte[wanted];
            file.Position = offset;
            ReadExactly(file, strip.AsSpan(0, wanted));
            for (int i = 0; i + bytes <= wanted; i += bytes)
                values[next++] = bytes == 1 ? strip[i] : _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(strip.AsSpan(i)) : BinaryPrimitives.ReadUInt16BigEndian(strip.AsSpan(i));
        }
    }

    private void ReadDirectories(FileStream file)
    {
        Span<byte> head = stackalloc byte[8];
        ReadExactly(file, head);
        _littleEndian = head[0] == 'I';
        if (!(head[0] == head[1] && head[0] is (byte)'I' or (byte)'M') || Short(head[2..]) is not (42 or 43)) throw Problem("is not a TIFF file");
        if (Short(head[2..]) == 43) throw Problem("is a BigTIFF file, which is not read; store the voxels as raw or HDF5");
        HashSet<long> seen = [];
        for (long next = Long(head[4..]); next != 0;)
        {
            if (!seen.Add(next) || _pages.Count == MostPages) throw Problem(FormattableString.Invariant($"holds a chain of pages that never ends, or more than {MostPages}"));
            next = ReadDirectory(file, next);
        }
        if (_pages.Count == 0) throw Problem("holds no page");
    }

    private long ReadDirectory(FileStream file, long offset)
    {
        Span<byte> word = stackalloc byte[4];
        Go(file, offset, 2);
        ReadExactly(file, word[..2]);
        int entries = Short(word);
        if (entries is 0 or > MostEntries) throw Problem(FormattableString.Invariant($"page {_pages.Count + 1}: its directory claims {entries} entries (allowed: 1 to {MostEntries})"));
        byte[] table = new byte[12 * entries];
        ReadExactly(file, table);
        ReadExactly(file, word);
        long next = Long(word);
        Dictionary<int, long[]> tags = [];
        for (int e = 0; e < entries; e++)
        {
            int tag = Short(table.AsSpan(12 * e));
            if (tag is Width or Height or BitsPerSample or Compression or Photometric or StripOffsets or SamplesPerPixel or StripByteCounts or TileWidth)
                tags[tag] = Values(file, table.AsSpan(12 * e, 12), tag);
        }
        Page page = new((int)One(tags, Width, 0), (int)One(tags, Height, 0), (int)One(tags, BitsPerSample, 1), Strips(tags));
        Check(page, tags);
        _pages.Add(page);
        return next;
    }

    private void Check(Page page, Dictionary<int, long[]> tags)
    {
        string place = FormattableString.Invariant($"page {_pages.Count + 1}");
        if (tags.ContainsKey(TileWidth)) throw Problem($"{place}: it is stored in tiles, which are not read");
        if (One(tags, Compression, 1) != 1) throw Problem($"{place}: it is compressed, which is not read; store it uncompressed");
        if (One(tags, SamplesPerPixel, 1) != 1 || One(tags, Photometric, 1) > 1) throw Problem($"{place}: it holds colours (allowed: one sample of 8 or 16 bits per pixel)");
        if (page.Bits is not (8 or 16)) throw Problem(FormattableString.Invariant($"{place}: it has {page.Bits} bits per pixel (allowed: 8 or 16)"));
        const int most = Voxels.VoxelShape.MostAlong;
        if (page.Width is < 1 or > most || page.Height is < 1 or > most) throw Problem(FormattableString.Invariant($"{place}: it has {page.Width} × {page.Height} pixels (allowed: 1 to {most} along either side)"));
        if (_pages.Count > 0 && (page.Width, page.Height, page.Bits) != (_pages[0].Width, _pages[0].Height, _pages[0].Bits)) throw Problem($"{place}: its size or depth differs from that of the first");
        long stored = page.Strips.Sum(strip => strip.Count), wanted = (long)page.Width * page.Height * page.Bits / 8;
        if (stored < wanted) throw Problem(FormattableString.Invariant($"{place}: it stores {stored} bytes, {wanted} are needed"));
        foreach ((long offset, long count) in page.Strips)
            if (offset + count > _length) throw Problem(FormattableString.Invariant($"{place}: its pixels lie behind the end of the file (truncated?)"));
    }

    private (long Offset, long Count)[] Strips(Dictionary<int, long[]> tags)
    {
        if (!tags.TryGetValue(StripOffsets, out long[]? offsets) || !tags.TryGetValue(StripByteCounts, out long[]? counts) || offsets.Length != counts.Length)
            return tags.ContainsKey(TileWidth) ? [] : throw Problem(FormattableString.Invariant($"page {_pages.Count + 1}: it does not say where its pixels are"));
        return [.. offsets.Zip(counts)];
    }

    private long[] Values(FileStream file, ReadOnlySpan<byte> entry, int tag)
    {
        int type = Short(entry[2..]), size = type switch { 1 => 1, 3 => 2, 4 => 4, _ => throw Problem(FormattableString.Invariant($"page {_pages.Count + 1}: tag {tag} has the unknown type {type}")) };
        long count = Long(entry[4..]);
        if (count is 0 or > MostStrips) throw Problem(FormattableString.Invariant($"page {_pages.Count + 1}: tag {tag} claims {count} values (allowed: 1 to {MostStrips})"));
        byte[] bytes = new byte[count * size];
        if (bytes.Length <= 4) entry.Slice(8, bytes.Length).CopyTo(bytes);
        else
        {
            long back = file.Position;
            Go(file, Long(entry[8..]), bytes.Length);
            ReadExactly(file, bytes);
            file.Position = back;
        }
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
            values[i] = size == 1 ? bytes[i] : size == 2 ? Short(bytes.AsSpan(2 * i)) : Long(bytes.AsSpan(4 * i));
        return values;
    }

    private static long One(Dictionary<int, long[]> tags, int tag, long otherwise) => tags.TryGetValue(tag, out long[]? values) ? Math.Min(values[0], int.MaxValue) : otherwise;

    private void Go(FileStream file, long offset, long bytes)
    {
        if (offset < 8 || offset + bytes > _length) throw Problem(FormattableString.Invariant($"refers to byte {offset}, which lies outside of the file of {_length} bytes (truncated?)"));
        file.Position = offset;
    }

    private int Short(ReadOnlySpan<byte> bytes) => _littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private long Long(ReadOnlySpan<byte> bytes) => _littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);

    private void ReadExactly(FileStream file, Span<byte> bytes)
    {
        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Problem("ends in the middle (truncated?)");
    }

    private ImageException Problem(string text) => new(_path, text);

    private sealed record Page(int Width, int Height, int Bits, (long Offset, long Count)[] Strips);
}
