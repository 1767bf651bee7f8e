using System.IO.Compression;
using System.Text;
using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Images;

/// <summary>The directory of one page: its size, and where its strips or tiles lie.</summary>
internal sealed class TiffPage
{
    private const int MostEntries = 512, MostDescription = 1 << 14, Differences = 2, FloatingPoint = 3;

    /// <summary>Methods of compression; Deflate has an older number beside its own.</summary>
    private const int Uncompressed = 1, Lzw = 5, Deflate = 8, OldDeflate = 32946, PackBits = 32773;
    private readonly TiffFile _file;
    private readonly Dictionary<int, Entry> _entries = [];
    private readonly string _place;
    private readonly int _compression;

    private TiffPage(TiffFile file, long directory, int number)
    {
        (_file, _place) = (file, FormattableString.Invariant($"page {number}"));
        NextDirectory = ReadEntries(directory);
        (Width, Height, Bits, _compression) = (One(Tag.Width, 0), One(Tag.Height, 0), One(Tag.BitsPerSample, 1), One(Tag.Compression, Uncompressed));
        IsPredicted = _compression is Lzw or Deflate or OldDeflate && One(Tag.Predictor, 1) != 1;
        RequireKnownKind();
        IsTiled = _entries.ContainsKey((int)Tag.TileWidth);
        (BlockWidth, BlockHeight) = IsTiled ? (One(Tag.TileWidth, 0), One(Tag.TileHeight, 0)) : (Width, Math.Min(One(Tag.RowsPerStrip, Height), Height));
        if (BlockWidth is < 1 or > VoxelShape.MostAlong || BlockHeight is < 1 or > VoxelShape.MostAlong) throw Problem(FormattableString.Invariant($"has strips or tiles of {BlockWidth} × {BlockHeight} pixels"));
    }

    private enum Tag
    {
        Width = 256, Height = 257, BitsPerSample = 258, Compression = 259, Photometric = 262, FillOrder = 266, Description = 270, StripOffsets = 273, SamplesPerPixel = 277, RowsPerStrip = 278,
        StripByteCounts = 279, Predictor = 317, TileWidth = 322, TileHeight = 323, TileOffsets = 324, TileByteCounts = 325, SampleFormat = 339,
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>1, 8 or 16 per pixel.</summary>
    public int Bits { get; }

    public bool IsTiled { get; }

    /// <summary>Pixels along x of a strip or tile; a tile may reach beyond the page.</summary>
    public int BlockWidth { get; }

    /// <summary>Pixels along y of all strips but the last, or of all tiles.</summary>
    public int BlockHeight { get; }

    /// <summary>Bytes of an unpacked row of a strip or tile.</summary>
    public int BlockRowBytes => RowBytes(BlockWidth);

    /// <summary>Bytes of the page where nothing is packed.</summary>
    public long PlaneBytes => (long)RowBytes(Width) * Height;

    /// <summary>Strips or tiles.</summary>
    public int Blocks => BlocksAcross * ((Height + BlockHeight - 1) / BlockHeight);

    public int BlocksAcross => (Width + BlockWidth - 1) / BlockWidth;

    /// <summary>Whether pixels are stored as the difference to the one before.</summary>
    public bool IsPredicted { get; }

    public bool IsCompressed => _compression != Uncompressed;

    /// <summary>Where the directory of the next page lies; 0 for none.</summary>
    public long NextDirectory { get; }

    /// <summary>Reads a directory.</summary>
    /// <param name="file">The file.</param>
    /// <param name="directory">Where it lies.</param>
    /// <param name="number">Number of the page, for messages.</param>
    /// <exception cref="ImageException">It is damaged or of a kind that is not read.</exception>
    public static TiffPage Read(TiffFile file, long directory, int number) => new(file, directory, number);

    /// <summary>What a program wrote about the image; empty for nothing.</summary>
    public string Description()
    {
        if (!_entries.TryGetValue((int)Tag.Description, out Entry entry) || entry.Size != 1) return "";
        byte[] text = new byte[Math.Min(entry.Count, MostDescription)];
        _file.Read(entry.Position, text);
        return Encoding.UTF8.GetString(text);
    }

    /// <summary>Where strips or tiles lie, row by row from the top.</summary>
    /// <exception cref="ImageException">There are more or fewer than the page needs, or they do not lie within the file.</exception>
    public (long Offset, long Count)[] Places()
    {
        long[] offsets = Values(IsTiled ? Tag.TileOffsets : Tag.StripOffsets), counts = Values(IsTiled ? Tag.TileByteCounts : Tag.StripByteCounts);
        (long, long)[] places = new (long, long)[offsets.Length];
        for (int i = 0; i < offsets.Length; i++)
        {
            places[i] = (offsets[i], counts[i]);
            if (!_file.Has(offsets[i], counts[i])) throw Problem("its pixels lie behind the end of the file (truncated?)");
            int rows = IsTiled ? BlockHeight : Math.Min(BlockHeight, Height - (i * BlockHeight));
            if (!IsCompressed && counts[i] < (long)rows * BlockRowBytes)
                throw Problem(FormattableString.Invariant($"it stores {counts[i]} bytes in a strip or tile, {(long)rows * BlockRowBytes} are needed"));
        }
        return places;
    }

    /// <summary>The pixels of a strip or tile as they were before they were packed.</summary>
    public Stream Unpacked(Stream packed) => _compression switch
    {
        Lzw => new LzwStream(packed),
        Deflate or OldDeflate => new ZLibStream(packed, CompressionMode.Decompress, leaveOpen: true),
        PackBits => new PackBitsStream(packed),
        _ => packed,
    };

    public ImageException Problem(string text) => _file.Problem($"{_place}: {text}");

    private int RowBytes(int pixels) => ((pixels * Bits) + 7) / 8;

    private void RequireKnownKind()
    {
        if (Width is < 1 or > VoxelShape.MostAlong || Height is < 1 or > VoxelShape.MostAlong)
            throw Problem(FormattableString.Invariant($"it has {Width} × {Height} pixels (allowed: 1 to {VoxelShape.MostAlong} along either side)"));
        if (One(Tag.SamplesPerPixel, 1) != 1 || One(Tag.Photometric, 1) is not (0 or 1 or 3)) throw Problem("it holds colours (allowed: one grey value, or place in a palette, per pixel)");
        bool isReal = One(Tag.SampleFormat, 1) == FloatingPoint;
        if (Bits is not (1 or 8 or 16) || isReal)
            throw Problem(FormattableString.Invariant($"it has {Bits} bits per pixel{(isReal ? " as floating-point numbers" : "")} (allowed: whole numbers of 1, 8 or 16)"));
        if (_compression is not (Uncompressed or Lzw or Deflate or OldDeflate or PackBits)) throw Problem($"it is compressed by {NameOf(_compression)} (allowed: LZW, Deflate, PackBits, or not at all)");
        if (IsPredicted && (Bits == 1 || One(Tag.Predictor, 1) != Differences)) throw Problem("its pixels are stored by a predictor that is not read; store it without");
        if (One(Tag.FillOrder, 1) != 1) throw Problem("its bytes have the lowest bit first, which is not read");
    }

    private static string NameOf(int compression) => compression switch
    {
        2 or 3 or 4 or 32771 => "a fax code",
        6 or 7 or 33003 or 33004 or 33005 or 34712 or 50001 => "a method for photographs",
        34925 => "LZMA",
        50000 => "Zstandard",
        _ => FormattableString.Invariant($"method {compression}"),
    };

    /// <summary>Where the numbers of each tag lie; returns where the next directory does.</summary>
    private long ReadEntries(long directory)
    {
        (int head, int size, int own) = _file.IsBig ? (8, 20, 12) : (2, 12, 8);
        Span<byte> word = stackalloc byte[8];
        _file.Read(directory, word[..head]);
        long entries = _file.IsBig ? _file.LongLong(word) : _file.Short(word);
        if (entries is < 1 or > MostEntries) throw Problem(FormattableString.Invariant($"its directory claims {entries} entries (allowed: 1 to {MostEntries})"));
        byte[] table = new byte[(size * (int)entries) + (size - own)];
        _file.Read(directory + head, table);
        for (int at = 0; at < size * entries; at += size)
        {
            ReadOnlySpan<byte> entry = table.AsSpan(at, size);
            int bytes = _file.Short(entry[2..]) switch { 1 or 2 => 1, 3 => 2, 4 or 13 => 4, 16 or 18 => 8, _ => 0 };
            long count = _file.Offset(entry[4..]);
            bool isInside = count <= (size - own) / Math.Max(1, bytes);
            if (bytes > 0) _entries[_file.Short(entry)] = new(bytes, count, isInside ? directory + head + at + own : _file.Offset(entry[own..]));
        }
        return _file.Offset(table.AsSpan(size * (int)entries));
    }

    private int One(Tag tag, int otherwise)
    {
        if (!_entries.TryGetValue((int)tag, out Entry entry)) return otherwise;
        if (entry.Count < 1) throw Problem($"tag {(int)tag} has no value");
        return (int)Math.Clamp(Values(entry, 1)[0], 0, int.MaxValue);
    }

    private long[] Values(Tag tag)
    {
        if (!_entries.TryGetValue((int)tag, out Entry entry)) throw Problem("it does not say where its pixels are");
        return entry.Count == Blocks ? Values(entry, Blocks) : throw Problem(FormattableString.Invariant($"tag {(int)tag} claims {entry.Count} strips or tiles, {Blocks} are needed"));
    }

    private long[] Values(Entry entry, int count)
    {
        byte[] bytes = new byte[count * entry.Size];
        _file.Read(entry.Position, bytes);
        long[] values = new long[count];
        for (int i = 0; i < count; i++)
            values[i] = entry.Size switch { 1 => bytes[i], 2 => _file.Short(bytes.AsSpan(2 * i)), 4 => _file.Long(bytes.AsSpan(4 * i)), _ => _file.LongLong(bytes.AsSpan(8 * i)) };
        return values;
    }

    /// <summary>Numbers of a tag.</summary>
    /// <param name="Size">Bytes of each.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Position">Where they lie in the file.</param>
    private readonly record struct Entry(int Size, long Count, long Position);
}
