using System.Buffers.Binary;
using System.IO.Compression;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Voxels;
using Cell3D.Tests.Output;
using NUnit.Framework;
using SkiaSharp;

namespace Cell3D.Tests.Microstructure;

/// <summary>A folder of pictures, one per plane: what is written is read, and what is wrong is told.</summary>
public class SliceFolderTests
{
    private const int X = 13, Y = 9, Z = 12;

    /// <summary>Names count without leading zeros, so that their order is not that of letters; rows of PNG files go through all filters.</summary>
    [Test]
    public void EveryKindOfPictureGivesTheSameVoxels([Values("grey 1", "grey 2", "grey 4", "grey 8", "grey 16", "palette 4", "other encoder", "tif")] string kind)
    {
        using TemporaryFolder folder = new();
        for (int z = 0; z < Z; z++) WritePlane(folder, kind, z);
        MicrostructureResult result = Load(folder);
        Assert.That(result.Spec, Is.Not.Null, string.Join('\n', result.Problems));
        Assert.That(result.Spec!.Shape, Is.EqualTo(new VoxelShape(X, Y, Z)));
        VoxelImage image = ImageReader.Read(result.Spec.Image!, result.Spec.Shape, new(2, 9), [.. result.Spec.Phases.Select(phase => phase.Labels)]);
        Assert.That(image.Phases, Is.EqualTo(Enumerable.Range(2 * X * Y, 9 * X * Y).Select(i => (byte)Label(i))));
    }

    [Test]
    public void WhatMakesNoStackIsTold()
    {
        using TemporaryFolder folder = new();
        Assert.That(Load(folder), Has.Property("FileMissing").True);
        Directory.CreateDirectory(folder.File("planes"));
        Assert.That(Problems(folder), Does.Contain("holds no files .png, .tif or .tiff"));
        for (int z = 0; z < 4; z++) WritePlane(folder, "grey 8", z);
        Assert.That(Problems(folder), Is.Empty);
        File.WriteAllText(folder.File("planes/notes.txt"), "not a plane");
        Assert.That(Problems(folder), Is.Empty, "other files do not count");
        File.Copy(folder.File("planes/z2.png"), folder.File("planes/odd.png"));
        Assert.That(Problems(folder), Does.Contain("odd.png").And.Contain("has no number in its name"));
        File.Move(folder.File("planes/odd.png"), folder.File("planes/w02.png"));
        Assert.That(Problems(folder), Does.Contain("w02.png and z2.png have the same number"));
        File.Move(folder.File("planes/w02.png"), folder.File("planes/z5.png"));
        Assert.That(Problems(folder), Does.Contain("z5.png follows z3.png, but before the numbers rise by 1: is a plane missing?"));
        File.Delete(folder.File("planes/z5.png"));
        File.WriteAllBytes(folder.File("planes/z4.png"), Png(X - 1, Y, 8, 0, new ushort[(X - 1) * Y]));
        Assert.That(Problems(folder), Does.Contain("z4.png").And.Contain("has 12 × 9 pixels, z0.png has 13 × 9"));
        File.Delete(folder.File("planes/z4.png"));
        WritePlane(folder, "tif", 4);
        Assert.That(Problems(folder), Does.Contain("holds 4 files .png among 5 pictures"));
    }

    [TestCase(0, "is not a PNG file")]
    [TestCase(17, "damaged header")]
    [TestCase(25, "damaged header")]
    public void DamagedHeadersAreRefused(int place, string problem)
    {
        using TemporaryFolder folder = new();
        WritePlane(folder, "grey 8", 0);
        byte[] content = File.ReadAllBytes(folder.File("planes/z0.png"));
        content[place] ^= 0x55;
        File.WriteAllBytes(folder.File("planes/z0.png"), content);
        Assert.That(Problems(folder), Does.Contain(problem));
    }

    [TestCase(2, 8, "holds colours")]
    [TestCase(0, 3, "bits per pixel")]
    public void KindsThatAreNotReadAreTold(int colours, int bits, string problem)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("planes"));
        File.WriteAllBytes(folder.File("planes/z0.png"), Png(X, Y, bits, colours, new ushort[X * Y]));
        Assert.That(Problems(folder), Does.Contain(problem));
    }

    /// <summary>A bomb: a header of few pixels before a stream of many; and the other way round.</summary>
    [TestCase(400, "holds more pixels than its size says")]
    [TestCase(2, "ends in the middle")]
    public void AStreamOfAnotherSizeThanTheHeaderSaysIsRefused(int rows, string problem)
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("planes"));
        byte[] content = Png(X, rows, 8, 0, new ushort[X * rows]);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(20), Y);
        BinaryPrimitives.WriteUInt32BigEndian(content.AsSpan(29), Crc(content.AsSpan(12, 17)));
        for (int z = 0; z < 4; z++) File.WriteAllBytes(folder.File($"planes/z{z}.png"), content);
        MicrostructureSpec spec = Load(folder).Spec!;
        Assert.That(() => Read(spec), Throws.InstanceOf<ImageException>().With.Message.Contains(problem));
    }

    [Test]
    public void NoCutOrFlippedByteDoesHarm()
    {
        using TemporaryFolder folder = new();
        for (int z = 0; z < 4; z++) WritePlane(folder, "grey 16", z);
        Assert.That(Load(folder).Spec, Is.Not.Null);
        string file = folder.File("planes/z0.png");
        byte[] content = File.ReadAllBytes(file);
        int refused = 0;
        for (int i = 0; i < content.Length; i++)
            foreach (byte[] damaged in new[] { content[..i], [.. content[..i], (byte)~content[i], .. content[(i + 1)..]] })
            {
                File.WriteAllBytes(file, damaged);
                if (Load(folder).Spec is not { } spec)
                {
                    refused++;
                    continue;
                }
                try
                {
                    Read(spec);
                }
                catch (ImageException e)
                {
                    Assert.That(e.Message, Does.StartWith(file));
                    refused++;
                }
            }
        // All of the header and the pixels; not what a comment says, and not the checksums of chunks behind the first.
        Assert.That(refused, Is.GreaterThan(2 * content.Length - 80));
    }

    private static int Label(int i) => i * 7 % 13 % 2;

    private static VoxelImage Read(MicrostructureSpec spec) => ImageReader.Read(spec.Image!, spec.Shape, new(0, spec.Shape.Z), [.. spec.Phases.Select(phase => phase.Labels)]);

    private static string Problems(TemporaryFolder folder) => string.Join('\n', Load(folder).Problems);

    private static MicrostructureResult Load(TemporaryFolder folder)
    {
        File.WriteAllText(folder.File("d.json"), """{"Image": {"File": "planes", "Format": "slices"}, "Voxel size [m]": 1e-6, "Phases": {"Pore": {"Kind": "Pore", "Labels": [0]}, "A": {"Kind": "Active material", "Labels": [1]}} }""");
        return MicrostructureFile.Load(folder.File("d.json"));
    }

    private static void WritePlane(TemporaryFolder folder, string kind, int z)
    {
        ushort[] labels = [.. Enumerable.Range(z * X * Y, X * Y).Select(i => (ushort)Label(i))];
        Directory.CreateDirectory(folder.File("planes"));
        string file = folder.File($"planes/z{z}.{(kind == "tif" ? "tif" : "png")}");
        string[] words = kind.Split(' ');
        File.WriteAllBytes(file, kind switch
        {
            "tif" => ImageFileTests.Tiff([.. labels.Select(label => (byte)label)], X, Y, 1, 8, false),
            "other encoder" => OtherEncoder(labels),
            _ => Png(X, Y, int.Parse(words[1], System.Globalization.CultureInfo.InvariantCulture), words[0] == "grey" ? 0 : 3, labels),
        });
    }

    private static byte[] OtherEncoder(ushort[] labels)
    {
        using SKBitmap bitmap = new(X, Y, SKColorType.Gray8, SKAlphaType.Opaque);
        for (int i = 0; i < labels.Length; i++) bitmap.SetPixel(i % X, i / X, new SKColor((byte)labels[i], (byte)labels[i], (byte)labels[i]));
        using SKData data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        return data.ToArray();
    }

    /// <summary>Rows by filters 0 to 4 in turn, pixels in two chunks with another kind of chunk before them.</summary>
    private static byte[] Png(int width, int height, int bits, int colours, ushort[] labels)
    {
        int length = ((width * bits) + 7) / 8, step = Math.Max(1, bits / 8);
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Optimal))
        {
            byte[] above = new byte[length];
            for (int y = 0; y < height; y++)
            {
                byte[] row = new byte[length];
                for (int x = 0; x < width; x++)
                {
                    int label = labels[(y * width) + x], first = x * bits;
                    if (bits == 16) BinaryPrimitives.WriteUInt16BigEndian(row.AsSpan(2 * x), (ushort)label);
                    else row[first >> 3] |= (byte)(label << (8 - (first & 7) - Math.Min(bits, 8 - (first & 7))));
                }
                int filter = y % 5;
                stream.WriteByte((byte)filter);
                for (int i = 0; i < length; i++)
                {
                    int left = i < step ? 0 : row[i - step], up = above[i], corner = i < step ? 0 : above[i - step], guess = left + up - corner;
                    int paeth = new[] { left, up, corner }.MinBy(value => Math.Abs(guess - value));
                    stream.WriteByte((byte)(row[i] - (filter switch { 0 => 0, 1 => left, 2 => up, 3 => (left + up) >> 1, _ => paeth })));
                }
                above = row;
            }
        }
        byte[] pixels = packed.ToArray(), header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = ((byte)bits, (byte)colours);
        return [0x89, .. "PNG\r\n\u001a\n"u8, .. Chunk("IHDR", header), .. Chunk("tEXt", [.. "Comment\0plane"u8]), .. Chunk("IDAT", pixels[..(pixels.Length / 2)]), .. Chunk("IDAT", pixels[(pixels.Length / 2)..]), .. Chunk("IEND", [])];
    }

    private static byte[] Chunk(string kind, byte[] content)
    {
        byte[] chunk = new byte[12 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        System.Text.Encoding.ASCII.GetBytes(kind, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + content.Length), Crc(chunk.AsSpan(4, 4 + content.Length)));
        return chunk;
    }

    /// <summary>By the table of the remainders of all bytes.</summary>
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        uint[] table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) != 0 ? 0xEDB88320u ^ (c >> 1) : c >> 1))];
        uint crc = 0xFFFFFFFFu;
        foreach (byte value in bytes) crc = table[(crc ^ value) & 0xFF] ^ (crc >> 8);
        return crc ^ 0xFFFFFFFFu;
    }
}
