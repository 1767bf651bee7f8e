using System.Buffers.Binary;
using System.Diagnostics;
using System.IO.Compression;
using Cell3D.Microstructure.Images;
using Cell3D.Tests.Output;
using NUnit.Framework;
using InputSamples = Cell3D.Tests.Input.Samples;

namespace Cell3D.Tests.Microstructure;

/// <summary>TIFF and BigTIFF stacks as programs write them, and as strangers damage them.</summary>
public class TiffStackTests
{
    /// <summary>No multiples of the tiles, more codes per strip than one table of LZW holds.</summary>
    private const int X = 117, Y = 75, Z = 3;

    /// <summary>Every way to pack and to lay out, in both orders of bytes, with the numbers of noise and with those of segments.</summary>
    [Test]
    public void WhatIsWrittenIsRead(
        [Values("none", "lzw", "packbits", "deflate")] string packing, [Values(1, 8, 16)] int bits, [Values] bool isBig, [Values] bool bigEndian, [Values("strips", "tiles")] string layout, [Values] bool noise)
    {
        using TemporaryFolder folder = new();
        foreach (bool isPredicted in bits > 1 && packing is "lzw" or "deflate" ? new[] { false, true } : [false])
        {
            ushort[] labels = Labels(bits, noise);
            File.WriteAllBytes(folder.File("image.tif"), new TiffWriter(X, Y, bits) { Packing = packing, IsBig = isBig, BigEndian = bigEndian, IsTiled = layout == "tiles", RowsPerBlock = 32, IsPredicted = isPredicted }.Write(labels));
            Assert.That(Read(folder.File("image.tif")), Is.EqualTo(labels));
        }
    }

    [TestCase("libtiff-lzw.tif")]
    [TestCase("libtiff-16-bit-lzw.tif")]
    [TestCase("libtiff-deflate.tif")]
    [TestCase("libtiff-palette.tif")]
    [TestCase("libtiff-1-bit.tif")]
    [TestCase("tifffile-bigtiff.tif")]
    [TestCase("tifffile-bigtiff-tiles.tif")]
    [TestCase("tifffile-imagej.tif")]
    public void StacksOfOtherProgramsAreRead(string file)
    {
        string path = Path.Combine(InputSamples.Repository, "tests", "Microstructure", "Data", file);
        using (TiffStack stack = TiffStack.Open(path))
            Assert.That(stack.Size, Is.EqualTo((37, 29, 4)));
        int[] labels = [.. Enumerable.Range(0, 37 * 29 * 4).Select(i => i / 3 * 7 % 3 * 100)];
        Assert.That(Read(path), Is.EqualTo(labels.Select(label => (ushort)(file.Contains("1-bit", StringComparison.Ordinal) ? Math.Sign(label) : label))));
    }

    /// <summary>ImageJ writes stacks beyond 4 GB as one page with the other planes behind it: that of tifffile without its other pages.</summary>
    [Test]
    public void PlanesBehindTheOnlyPageOfImageJAreRead()
    {
        using TemporaryFolder folder = new();
        string file = folder.File("image.tif"), other = Path.Combine(InputSamples.Repository, "tests", "Microstructure", "Data", "tifffile-imagej.tif");
        byte[] content = File.ReadAllBytes(other);
        int directory = 10 + (12 * BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(8)));
        content.AsSpan(directory, 4).Clear();
        int compression = Enumerable.Range(0, directory).First(i => i % 12 == 10 && BinaryPrimitives.ReadUInt16LittleEndian(content.AsSpan(i)) == 259) + 8;
        int text = content.AsSpan().IndexOf("slices=4\nhyperstack=true"u8), pixels = BinaryPrimitives.ReadInt32LittleEndian(File.ReadAllBytes(other).AsSpan(directory)) - (37 * 29 * 4);
        File.WriteAllBytes(file, content);
        Assert.That(Read(file), Is.EqualTo(Read(other)));
        Refused(content[..(pixels + (37 * 29 * 4) - 1)], "some lie behind the end of the file");
        content[compression] = 5;
        Refused(content, "of 4 planes it alone is there");
        "channels=2\n"u8.CopyTo(content.AsSpan(text));
        Refused(content, "a stack of 2 channels");

        void Refused(byte[] bytes, string problem)
        {
            File.WriteAllBytes(file, bytes);
            Assert.That(() => Read(file), Throws.InstanceOf<ImageException>().With.Message.Contains(problem));
        }
    }

    [TestCase(259, 7, "compressed by a method for photographs")]
    [TestCase(259, 50000, "compressed by Zstandard")]
    [TestCase(259, 4, "compressed by a fax code")]
    [TestCase(259, 777, "compressed by method 777")]
    [TestCase(262, 2, "holds colours")]
    [TestCase(277, 3, "holds colours")]
    [TestCase(258, 32, "32 bits per pixel")]
    [TestCase(339, 3, "floating-point numbers")]
    [TestCase(317, 3, "a predictor that is not read")]
    [TestCase(266, 2, "lowest bit first")]
    [TestCase(256, 0, "0 × 75 pixels")]
    [TestCase(257, 60000, "117 × 60000 pixels")]
    [TestCase(278, 1, "claims 3 strips or tiles, 75 are needed")]
    public void KindsThatAreNotReadAreTold(int tag, int value, string problem)
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("image.tif"), new TiffWriter(X, Y, 16) { Packing = "lzw", RowsPerBlock = 32, Changed = (tag, value) }.Write(Labels(16, noise: false)));
        Assert.That(() => TiffStack.Open(folder.File("image.tif")), Throws.InstanceOf<ImageException>().With.Message.Contains(problem));
    }

    /// <summary>Whatever is cut or flipped: the file is read or refused in words, in little time and memory.</summary>
    [Test]
    public void NoCutOrFlippedByteDoesHarm([Values("none", "lzw", "packbits", "deflate")] string packing, [Values] bool isBig)
    {
        using TemporaryFolder folder = new();
        string file = folder.File("image.tif");
        ushort[] labels = [.. Enumerable.Range(0, 20 * 17 * 2).Select(i => (ushort)(i / 5 * 7 % 3 * 100))];
        byte[] content = new TiffWriter(20, 17, 16) { Packing = packing, IsBig = isBig, IsTiled = isBig, RowsPerBlock = 16, IsPredicted = packing is "lzw" or "deflate" }.Write(labels);
        int refused = 0;
        Random random = new(11);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Stopwatch watch = Stopwatch.StartNew();
        List<byte[]> damages = [.. Enumerable.Range(0, content.Length).SelectMany(i => new[] { content[..i], [.. content[..i], (byte)~content[i], .. content[(i + 1)..]] })];
        for (int i = 0; i < 300; i++)
        {
            byte[] many = [.. content];
            for (int k = 0; k < 8; k++) many[random.Next(many.Length)] ^= (byte)(1 << random.Next(8));
            damages.Add(many);
        }
        foreach (byte[] damaged in damages)
        {
            File.WriteAllBytes(file, damaged);
            try
            {
                Read(file, most: 1 << 22);
            }
            catch (ImageException e)
            {
                Assert.That(e.Message, Does.StartWith(file));
                refused++;
            }
        }
        Assert.That(refused, Is.GreaterThan(content.Length), "every cut file at least");
        Assert.That(watch.Elapsed.TotalSeconds / damages.Count, Is.LessThan(0.05));
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before) / damages.Count, Is.LessThan(20_000_000));
    }

    /// <summary>A small file that claims as many large pages as there may be, all with the same table of strips: told before much is read.</summary>
    [Test]
    public void AFileThatClaimsFarMoreThanItHoldsIsRefusedSoon()
    {
        using TemporaryFolder folder = new();
        byte[] content = new TiffWriter(8192, 8192, 8) { Packing = "deflate", RowsPerBlock = 1, Claimed = 8192 }.Write([]);
        File.WriteAllBytes(folder.File("image.tif"), content);
        Stopwatch watch = Stopwatch.StartNew();
        long before = GC.GetTotalAllocatedBytes();
        Assert.That(() => TiffStack.Open(folder.File("image.tif")), Throws.InstanceOf<ImageException>().With.Message.Contains("allowed: 4194304"));
        Assert.That(watch.Elapsed.TotalSeconds, Is.LessThan(10));
        Assert.That(GC.GetTotalMemory(forceFullCollection: true), Is.LessThan(200_000_000));
        TestContext.Out.WriteLine($"{content.Length} bytes, {watch.Elapsed.TotalSeconds:f2} s, {(GC.GetTotalAllocatedBytes() - before) / 1e6:f0} MB allocated in passing");
    }

    /// <summary>A strip that unpacks to far more than its rows: only those are unpacked.</summary>
    [Test]
    public void ABombIsUnpackedNoFurtherThanItsRows()
    {
        using TemporaryFolder folder = new();
        File.WriteAllBytes(folder.File("image.tif"), new TiffWriter(16, 16, 8) { Packing = "deflate", RowsPerBlock = 16, Bomb = 1 << 28 }.Write(new ushort[256]));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.That(Read(folder.File("image.tif")), Is.All.Zero);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(10_000_000));
    }

    private static ushort[] Labels(int bits, bool noise)
    {
        Random random = new(5);
        int most = 1 << bits;
        return [.. Enumerable.Range(0, X * Y * Z).Select(i => (ushort)(noise ? random.Next(most) : i / 41 * 7 % 3 % most))];
    }

    private static ushort[] Read(string file, long most = long.MaxValue)
    {
        using TiffStack stack = TiffStack.Open(file);
        (int x, int y, int z) = stack.Size;
        if ((long)x * y * z > most) return [];
        ushort[] values = new ushort[x * y * z];
        for (int plane = 0; plane < z; plane++) stack.Read(plane, values.AsSpan(plane * x * y, x * y));
        return values;
    }
}

/// <summary>Writes stacks of one page per plane.</summary>
internal sealed record TiffWriter(int Width, int Height, int Bits)
{
    private const int TileWidth = 48;

    public string Packing { get; init; } = "none";

    public bool IsBig { get; init; }

    public bool BigEndian { get; init; }

    public bool IsTiled { get; init; }

    /// <summary>Of a strip or tile.</summary>
    public int RowsPerBlock { get; init; } = 8;

    public bool IsPredicted { get; init; }

    /// <summary>A tag whose value is another one.</summary>
    public (int Tag, int Value) Changed { get; init; }

    /// <summary>Pages that share the strips of one; 0 for pages of their own.</summary>
    public int Claimed { get; init; }

    /// <summary>Zeros behind the pixels of each strip.</summary>
    public int Bomb { get; init; }

    public byte[] Write(ushort[] labels)
    {
        MemoryStream file = new();
        file.Write(BigEndian ? "MM"u8 : "II"u8);
        Put(file, IsBig ? 43 : 42, 2);
        if (IsBig)
        {
            Put(file, 8, 2);
            Put(file, 0, 2);
        }
        long link = file.Position;
        Put(file, 0, Word);
        if (Claimed > 0)
        {
            int rows = Height / RowsPerBlock;
            long places = file.Position, counts = places + (rows * Word);
            for (int i = 0; i < rows; i++) Put(file, 8, Word);
            for (int i = 0; i < rows; i++) Put(file, 1, Word);
            for (int z = 0; z < Claimed; z++) link = Directory(file, link, rows, places, counts);
            return file.ToArray();
        }
        for (int z = 0; z < labels.Length / (Width * Height); z++)
        {
            List<(long Offset, long Count)> blocks = [];
            int across = IsTiled ? TileWidth : Width;
            for (int top = 0; top < Height; top += RowsPerBlock)
                for (int left = 0; left < Width; left += across)
                {
                    byte[] packed = Pack(Raw(labels.AsSpan(z * Width * Height, Width * Height), left, top, across, IsTiled ? RowsPerBlock : Math.Min(RowsPerBlock, Height - top)));
                    blocks.Add((file.Position, packed.Length));
                    file.Write(packed);
                }
            long places = file.Position;
            foreach ((long offset, _) in blocks) Put(file, offset, Word);
            long counts = file.Position;
            foreach ((_, long count) in blocks) Put(file, count, Word);
            // A single value stands in the directory itself.
            link = blocks.Count > 1 ? Directory(file, link, blocks.Count, places, counts) : Directory(file, link, 1, blocks[0].Offset, blocks[0].Count);
        }
        return file.ToArray();
    }

    private int Word => IsBig ? 8 : 4;

    private List<(int Tag, long Count, long Value)> Tags(int blocks, long places, long counts)
    {
        int packing = Packing switch { "lzw" => 5, "packbits" => 32773, "deflate" => 8, _ => 1 };
        List<(int Tag, long Count, long Value)> tags = [(256, 1, Width), (257, 1, Height), (258, 1, Bits), (259, 1, packing), (262, 1, 1), (317, 1, IsPredicted ? 2 : 1)];
        tags.AddRange(IsTiled ? [(322, 1, TileWidth), (323, 1, RowsPerBlock), (324, blocks, places), (325, blocks, counts)] : [(273, blocks, places), (278, 1, RowsPerBlock), (279, blocks, counts)]);
        tags.RemoveAll(tag => tag.Tag == Changed.Tag);
        if (Changed.Tag > 0) tags.Add((Changed.Tag, 1, Changed.Value));
        tags.Sort();
        return tags;
    }

    /// <summary>Appends a directory, links it to the one before and returns where the link to the next stands.</summary>
    private long Directory(MemoryStream file, long link, int blocks, long places, long counts)
    {
        long start = file.Position;
        file.Position = link;
        Put(file, start, Word);
        file.Position = start;
        List<(int Tag, long Count, long Value)> tags = Tags(blocks, places, counts);
        Put(file, tags.Count, IsBig ? 8 : 2);
        foreach ((int tag, long count, long value) in tags)
        {
            Put(file, tag, 2);
            Put(file, IsBig ? 16 : 4, 2);
            Put(file, count, Word);
            Put(file, value, Word);
        }
        long next = file.Position;
        Put(file, 0, Word);
        return next;
    }

    private byte[] Raw(ReadOnlySpan<ushort> plane, int left, int top, int columns, int rows)
    {
        int bytes = ((columns * Bits) + 7) / 8;
        byte[] raw = new byte[bytes * rows];
        for (int y = 0; y < rows && top + y < Height; y++)
        {
            int before = 0;
            for (int x = 0; x < columns && left + x < Width; x++)
            {
                int own = plane[((top + y) * Width) + left + x], value = IsPredicted ? own - before : own, at = y * bytes;
                before = own;
                if (Bits == 1) raw[at + (x / 8)] |= (byte)(value << (7 - (x % 8)));
                else if (Bits == 8) raw[at + x] = (byte)value;
                else if (BigEndian) BinaryPrimitives.WriteUInt16BigEndian(raw.AsSpan(at + (2 * x)), (ushort)value);
                else BinaryPrimitives.WriteUInt16LittleEndian(raw.AsSpan(at + (2 * x)), (ushort)value);
            }
        }
        return raw;
    }

    private byte[] Pack(byte[] raw)
    {
        switch (Packing)
        {
            case "deflate":
                MemoryStream packed = new();
                using (ZLibStream stream = new(packed, CompressionLevel.Optimal, leaveOpen: true))
                {
                    stream.Write(raw);
                    if (Bomb > 0) stream.Write(new byte[Bomb]);
                }
                return packed.ToArray();
            case "packbits": return [.. PackBits(raw)];
            case "lzw": return Lzw(raw);
            default: return raw;
        }
    }

    private static IEnumerable<byte> PackBits(byte[] raw)
    {
        yield return 128;
        for (int i = 0; i < raw.Length;)
        {
            int run = 1;
            while (i + run < raw.Length && run < 128 && raw[i + run] == raw[i]) run++;
            if (run > 1)
            {
                yield return (byte)(257 - run);
                yield return raw[i];
                i += run;
                continue;
            }
            int end = i + 1;
            while (end < raw.Length && end - i < 128 && (end + 1 == raw.Length || raw[end] != raw[end + 1])) end++;
            yield return (byte)(end - i - 1);
            for (; i < end; i++) yield return raw[i];
        }
    }

    /// <summary>As in section 13 of TIFF 6.0.</summary>
    private static byte[] Lzw(byte[] raw)
    {
        List<byte> packed = [];
        Dictionary<(int, byte), int> table = [];
        (ulong bits, int count, int width, int next, int known) = (0, 0, 9, 258, -1);
        Emit(256);
        foreach (byte value in raw)
        {
            if (known < 0)
            {
                known = value;
                continue;
            }
            if (table.TryGetValue((known, value), out int longer))
            {
                known = longer;
                continue;
            }
            Emit(known);
            table[(known, value)] = next++;
            known = value;
            if (next == 4094)
            {
                Emit(known);
                Emit(256);
                (width, next, known) = (9, 258, -1);
                table.Clear();
            }
            else if (next == 1 << width)
            {
                width++;
            }
        }
        if (known >= 0) Emit(known);
        Emit(257);
        if (count > 0) packed.Add((byte)(bits << (8 - count)));
        return [.. packed];

        void Emit(int code)
        {
            (bits, count) = ((bits << width) | (uint)code, count + width);
            for (; count >= 8; count -= 8) packed.Add((byte)(bits >> (count - 8)));
            bits &= (1UL << count) - 1;
        }
    }

    private void Put(MemoryStream file, long value, int bytes)
    {
        Span<byte> all = stackalloc byte[8];
        if (BigEndian) BinaryPrimitives.WriteInt64BigEndian(all, value);
        else BinaryPrimitives.WriteInt64LittleEndian(all, value);
        file.Write(BigEndian ? all[(8 - bytes)..] : all[..bytes]);
    }
}
