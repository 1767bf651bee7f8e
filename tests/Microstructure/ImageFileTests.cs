using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;
using Cell3D.Tests.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure;

/// <summary>Files of voxels: what is written is read, and what is wrong is told.</summary>
public class ImageFileTests
{
    private const int X = 5, Y = 4, Z = 6;

    [Test]
    public void EveryFormatGivesTheSameVoxels([Values("raw8", "raw16", "tiff8", "tiff16", "tiff16 big", "hdf5")] string format)
    {
        using TemporaryFolder folder = new();
        string key = Write(folder, format);
        MicrostructureResult result = Load(folder, key);
        Assert.That(result.Spec, Is.Not.Null, string.Join('\n', result.Problems));
        VoxelImage image = ImageReader.Read(result.Spec!.Image!, result.Spec.Shape, new(2, 3), [.. result.Spec.Phases.Select(phase => phase.Labels)]);
        Assert.That(image.Phases, Is.EqualTo(Enumerable.Range(2 * X * Y, 3 * X * Y).Select(i => (byte)(Label(i) / 100))));
    }

    [TestCase("tiff8", 4, new byte[] { 255, 255, 255, 127 }, "lies outside of the file")]
    [TestCase("tiff8", 0, new byte[] { 88 }, "is not a TIFF file")]
    [TestCase("tiff8", 2, new byte[] { 43 }, "lies outside of the file")]
    [TestCase("tiff8", 2, new byte[] { 43, 0, 4 }, "BigTIFF file whose offsets do not have 8 bytes")]
    [TestCase("tiff8", 8, new byte[] { 0, 0 }, "claims 0 entries")]
    [TestCase("tiff8", 18, new byte[] { 0, 0 }, "pixels")]
    [TestCase("tiff8", 54, new byte[] { 6 }, "compressed by a method for photographs")]
    [TestCase("tiff8", 42, new byte[] { 12 }, "bits per pixel")]
    public void DamagedTiffFilesAreRefused(string format, int place, byte[] bytes, string problem)
    {
        using TemporaryFolder folder = new();
        string key = Write(folder, format);
        string file = folder.File("image.tif");
        byte[] content = File.ReadAllBytes(file);
        bytes.CopyTo(content, place);
        File.WriteAllBytes(file, content);
        MicrostructureResult result = Load(folder, key);
        Assert.That(result.Spec, Is.Null);
        Assert.That(string.Join('\n', result.Problems), Does.Contain(problem));
    }

    [Test]
    public void NoCutOrFlippedByteOfATiffFileDoesHarm()
    {
        using TemporaryFolder folder = new();
        string key = Write(folder, "tiff16");
        string file = folder.File("image.tif");
        byte[] content = File.ReadAllBytes(file);
        for (int i = 0; i < content.Length; i += 3)
            foreach (byte[] damaged in new[] { content[..i], [.. content[..i], (byte)~content[i], .. content[(i + 1)..]] })
            {
                File.WriteAllBytes(file, damaged);
                MicrostructureResult result = Load(folder, key);
                if (result.Spec is null) continue;
                try
                {
                    ImageReader.Read(result.Spec.Image!, result.Spec.Shape, new(0, result.Spec.Shape.Z), [.. result.Spec.Phases.Select(phase => phase.Labels)]);
                }
                catch (ImageException e)
                {
                    Assert.That(e.Message, Does.StartWith(file));
                }
            }
    }

    [Test]
    public void ARawFileMustHaveTheSizeOfItsShape()
    {
        using TemporaryFolder folder = new();
        string key = Write(folder, "raw8");
        File.AppendAllText(folder.File("image.raw"), "x");
        Assert.That(string.Join('\n', Load(folder, key).Problems), Does.Contain("has 121 bytes").And.Contain("are 120"));
        File.Delete(folder.File("image.raw"));
        MicrostructureResult missing = Load(folder, key);
        Assert.That((missing.Spec, missing.FileMissing), Is.EqualTo(((MicrostructureSpec?)null, true)));
    }

    [Test]
    public void ALabelOfNoPhaseIsTold()
    {
        using TemporaryFolder folder = new();
        string key = Write(folder, "raw8");
        using (FileStream file = File.OpenWrite(folder.File("image.raw")))
        {
            file.Position = (((3 * Y) + 2) * X) + 1;
            file.WriteByte(77);
        }
        MicrostructureSpec spec = Load(folder, key).Spec!;
        Assert.That(() => MicrostructureImage.Load(Communicator.Self, spec), Throws.InstanceOf<ImageException>().With.Message.Contains("x = 1, y = 2, z = 3 has the label 77"));
    }

    [Test]
    public void AllMistakesOfADescriptionAreToldAtOnce()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("d.json"), """{"Structure": {"Kind": "Gyroids", "Shape": [8, 8]}, "Phases": {"a": {"Kind": "Carbon-binder", "Labels": [1, 1]}}, "Foo": 1}""");
        string problems = string.Join('\n', MicrostructureFile.Load(folder.File("d.json")).Problems);
        foreach (string part in new[] { "Foo", "Voxel size [m]", "Structure.Kind", "Structure.Shape", "Phases.a.Porosity", "more than once", "no phase with the label 0" })
            Assert.That(problems, Does.Contain(part));
    }

    private static int Label(int i) => i * 7 % 3 * 100;

    private static MicrostructureResult Load(TemporaryFolder folder, string image)
    {
        const string phases = """{"Pore": {"Kind": "Pore", "Labels": [0]}, "A": {"Kind": "Active material", "Labels": [100]}, "B": {"Kind": "Active material", "Labels": [200]}}""";
        File.WriteAllText(folder.File("d.json"), $$"""{"Image": {{image}}, "Voxel size [m]": 1e-6, "Phases": {{phases}} }""");
        return MicrostructureFile.Load(folder.File("d.json"));
    }

    private static string Write(TemporaryFolder folder, string format)
    {
        ushort[] labels = [.. Enumerable.Range(0, X * Y * Z).Select(i => (ushort)Label(i))];
        if (format == "hdf5")
        {
            Cell3D.Parallel.Hdf5.File.Create(folder.File("image.h5"), Communicator.Self, file => file.Write<int>("/voxels", [.. labels.Select(label => (int)label)], Y, X));
            return """{"File": "image.h5", "Format": "hdf5", "Dataset": "/voxels"}""";
        }
        bool wide = format.Contains("16", StringComparison.Ordinal), big = format.Contains("big", StringComparison.Ordinal);
        byte[] voxels = [.. labels.SelectMany(label => Number(label, wide ? 2 : 1, big))];
        if (format.StartsWith("raw", StringComparison.Ordinal))
        {
            File.WriteAllBytes(folder.File("image.raw"), voxels);
            return $$"""{"File": "image.raw", "Format": "raw", "Shape": [5, 4, 6], "Bytes per voxel": {{(wide ? 2 : 1)}}}""";
        }
        File.WriteAllBytes(folder.File("image.tif"), Tiff(voxels, X, Y, Z, wide ? 16 : 8, big));
        return """{"File": "image.tif", "Format": "tiff", "Shape": [5, 4, 6]}""";
    }

    /// <summary>Directories of eight entries one after another behind the header, then the pixels.</summary>
    internal static byte[] Tiff(byte[] voxels, int width, int height, int pages, int bits, bool big)
    {
        const int directory = 2 + (12 * 6) + 4;
        int plane = width * height * bits / 8;
        List<byte> file = [.. big ? "MM"u8 : "II"u8, .. Number(42, 2, big), .. Number(8, 4, big)];
        for (int z = 0; z < pages; z++)
        {
            file.AddRange(Number(6, 2, big));
            foreach ((int tag, int value) in new[] { (256, width), (257, height), (258, bits), (259, 1), (273, 8 + (pages * directory) + (z * plane)), (279, plane) })
                file.AddRange([.. Number(tag, 2, big), .. Number(4, 2, big), .. Number(1, 4, big), .. Number(value, 4, big)]);
            file.AddRange(Number(z < pages - 1 ? 8 + ((z + 1) * directory) : 0, 4, big));
        }
        return [.. file, .. voxels];
    }

    private static IEnumerable<byte> Number(int value, int bytes, bool big)
    {
        byte[] all = [.. BitConverter.GetBytes(value).Take(bytes)];
        return big ? all.Reverse() : all;
    }
}
