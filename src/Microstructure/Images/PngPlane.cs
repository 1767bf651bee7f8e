using System.Buffers.Binary;
using System.IO.Compression;

namespace Cell3D.Microstructure.Images;

/// <summary>
/// One plane as a PNG file (W3C, Portable Network Graphics, third edition) of grey values or of places in a palette, 1 to 16 bits per pixel, not interlaced. Memory
/// follows from the size of the picture, which is limited; a stream that unpacks to more is refused.
/// </summary>
internal sealed class PngPlane
{
    private const int HeaderBytes = 13, MostChunks = 1 << 20;
    private const int Grey = 0, Palette = 3;
    private readonly string _path;

    private PngPlane(string path) => _path = path;

    /// <summary>Pixels along x.</summary>
    public int Width { get; private set; }

    /// <summary>Pixels along y.</summary>
    public int Height { get; private set; }

    /// <summary>Bits per pixel.</summary>
    public int Bits { get; private set; }

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Reads the header.</summary>
    /// <exception cref="ImageException">It is missing, no PNG file, damaged, or of a kind that is not read.</exception>
    public static PngPlane Open(string path)
    {
        using FileStream file = ImageReader.OpenRead(path);
        return Open(path, file);
    }

    /// <summary>Reads a plane into values, which it fills.</summary>
    /// <param name="path">The file.</param>
    /// <param name="wanted">Pixels along x and y that the file must have.</param>
    /// <param name="values">Label of each pixel, x fastest.</param>
    /// <exception cref="ImageException">It is missing, damaged, of a kind that is not read or of another size.</exception>
    public static void Read(string path, (int X, int Y) wanted, Span<ushort> values)
    {
        using FileStream file = ImageReader.OpenRead(path);
        PngPlane plane = Open(path, file);
        if ((plane.Width, plane.Height) != wanted) throw plane.Problem(FormattableString.Invariant($"has {plane.Width} × {plane.Height} pixels instead of {wanted.X} × {wanted.Y}"));
        try
        {
            using ZLibStream pixels = new(new DataChunks(plane, file), CompressionMode.Decompress);
            plane.Unpack(pixels, values);
        }
        catch (InvalidDataException)
        {
            throw plane.Problem("holds pixels that cannot be unpacked (damaged?)");
        }
    }

    private static PngPlane Open(string path, FileStream file)
    {
        PngPlane plane = new(path);
        Span<byte> head = stackalloc byte[8 + 8 + HeaderBytes + 4];
        plane.ReadExactly(file, head);
        if (!head[..8].SequenceEqual(Signature)) throw plane.Problem("is not a PNG file");
        ReadOnlySpan<byte> header = head.Slice(16, HeaderBytes);
        if (BinaryPrimitives.ReadInt32BigEndian(head[8..]) != HeaderBytes || !head.Slice(12, 4).SequenceEqual("IHDR"u8) || Crc(head.Slice(12, 4 + HeaderBytes)) != BinaryPrimitives.ReadUInt32BigEndian(head[^4..]))
            throw plane.Problem("has a damaged header");
        (uint width, uint height) = (BinaryPrimitives.ReadUInt32BigEndian(header), BinaryPrimitives.ReadUInt32BigEndian(header[4..]));
        const int most = Voxels.VoxelShape.MostAlong;
        if (width is 0 or > most || height is 0 or > most) throw plane.Problem(FormattableString.Invariant($"has {width} × {height} pixels (allowed: 1 to {most} along either side)"));
        if (header[9] is not (Grey or Palette)) throw plane.Problem("holds colours (allowed: grey values, or places in a palette)");
        if (header[8] is not (1 or 2 or 4 or 8 or 16)) throw plane.Problem(FormattableString.Invariant($"has {header[8]} bits per pixel (allowed: 1, 2, 4, 8 or 16)"));
        if (header[12] != 0) throw plane.Problem("is interlaced, which is not read");
        (plane.Width, plane.Height, plane.Bits) = ((int)width, (int)height, header[8]);
        return plane;
    }

    /// <summary>CRC-32 of ISO 3309, as every chunk has one.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte value in bytes)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ ((crc & 1) * 0xEDB88320u);
        }
        return ~crc;
    }

    private void Unpack(Stream pixels, Span<ushort> values)
    {
        int length = ((Width * Bits) + 7) / 8, step = Math.Max(1, Bits / 8);
        byte[] row = new byte[length + 1], above = new byte[length];
        for (int y = 0; y < Height; y++)
        {
            ReadExactly(pixels, row);
            Span<byte> own = row.AsSpan(1);
            Restore(row[0], own, above, step);
            for (int x = 0; x < Width; x++) values[(y * Width) + x] = Value(own, x);
            own.CopyTo(above);
        }
        if (pixels.ReadByte() >= 0) throw Problem("holds more pixels than its size says");
    }

    private ushort Value(ReadOnlySpan<byte> row, int x)
    {
        if (Bits == 16) return BinaryPrimitives.ReadUInt16BigEndian(row[(2 * x)..]);
        int first = x * Bits;
        return (ushort)((row[first >> 3] >> (8 - Bits - (first & 7))) & ((1 << Bits) - 1));
    }

    /// <summary>Undoes the filter of a row: what was stored is the difference to what the left, the upper and the upper left byte foretell.</summary>
    private void Restore(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int step)
    {
        if (filter > 4) throw Problem(FormattableString.Invariant($"has a row with the unknown filter {filter}"));
        for (int i = 0; i < row.Length; i++)
        {
            (int left, int up, int corner) = (i < step ? 0 : row[i - step], above[i], i < step ? 0 : above[i - step]);
            row[i] += (byte)(filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) / 2, _ => Nearest(left, up, corner) });
        }
    }

    /// <summary>Whichever of three is nearest to left + up − corner (Paeth).</summary>
    private static int Nearest(int left, int up, int corner)
    {
        (int toLeft, int toUp, int toCorner) = (Math.Abs(up - corner), Math.Abs(left - corner), Math.Abs(left + up - (2 * corner)));
        return toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner;
    }

    private void ReadExactly(Stream stream, Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw Problem("ends in the middle (truncated?)");
    }

    private ImageException Problem(string text) => new(_path, text);

    /// <summary>The contents of all chunks of pixels one after another.</summary>
    private sealed class DataChunks(PngPlane plane, FileStream file) : ForwardStream
    {
        private long _left;
        private int _chunks;
        private bool _ended;

        public override int Read(Span<byte> buffer)
        {
            while (_left == 0 && !_ended) Next();
            int read = file.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
            if (read == 0 && _left > 0 && buffer.Length > 0) throw plane.Problem("ends in the middle (truncated?)");
            _left -= read;
            if (_left == 0 && read > 0) file.Position += 4;
            return read;
        }

        private void Next()
        {
            Span<byte> head = stackalloc byte[8];
            plane.ReadExactly(file, head);
            uint length = BinaryPrimitives.ReadUInt32BigEndian(head);
            if (length > file.Length - file.Position || ++_chunks > MostChunks) throw plane.Problem("ends in the middle (truncated?)");
            if (head[4..].SequenceEqual("IEND"u8)) _ended = true;
            else if (length > 0 && head[4..].SequenceEqual("IDAT"u8)) _left = length;
            else file.Position += length + 4;
        }
    }
}
