using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>A file system of 256 KiB in memory; mounting it needs the right to do so, without which these tests are skipped.</summary>
[NonParallelizable]
public sealed class DiskFullTests
{
    private const int Size = 256 * 1024;
    private string Disk { get; set; } = "";

    [SetUp]
    public void Mount()
    {
        Disk = Directory.CreateTempSubdirectory("cell3d-disk-").FullName;
        MemoryDisk.Mount(Disk, Size);
    }

    [TearDown]
    public void Unmount()
    {
        MemoryDisk.Unmount(Disk);
        Directory.Delete(Disk, recursive: true);
    }

    [Test]
    public void AWholeFileKeepsItsFormerContent()
    {
        string path = Path.Combine(Disk, "summary.json");
        AtomicFile.Write(path, "former");
        OutputException? e = Assert.Throws<OutputException>(() => AtomicFile.Write(path, new byte[2 * Size]));
        Assert.Multiple(() =>
        {
            Assert.That((e!.ExitCode, e.Path, e.Bytes), Is.EqualTo((74, path, 2L * Size)));
            Assert.That(e.Message, Does.StartWith($"{path}: writing 524 kB failed: No space left on device").And.Contain("free on that disk"));
            Assert.That(File.ReadAllText(path), Is.EqualTo("former"));
            Assert.That(Directory.EnumerateFiles(Disk).Count(), Is.EqualTo(1), "no leftover");
        });
    }

    [Test]
    public void TheTimeSeriesKeepsItsWholeLines()
    {
        string path = Path.Combine(Disk, "timeseries.csv");
        int appended = 0;
        using TimeSeriesWriter writer = new(path, [], TimeSpan.Zero);
        OutputException? e = Assert.Throws<OutputException>(() =>
        {
            for (; appended < 100_000; appended++)
            {
                writer.Append(appended, 1.0 / 3, 2.0 / 3, []);
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(e!.ExitCode, Is.EqualTo(74));
            Assert.That(File.ReadAllText(path), Does.EndWith("\n"));
            Assert.That(TimeSeriesReader.Read(path).Count, Is.EqualTo(appended), "every line before the failed one");
        });
    }

    [Test]
    public void FieldsStopWithEarlierFilesIntact()
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.Rectilinear([0, 0.05, 0.1], [0, 0.1, 0.2]), new LayerStack([new(LayerKind.Separator, "Separator", 1e-5)]), []);
        using OutputFolder results = OutputFolder.Create(Disk, overwrite: false);
        FieldWriter writer = new(Communicator.Self, results, mesh);
        CellField field = new("Temperature", "K", "Temperature", new double[mesh.CellCount]);
        OutputException? e = Assert.Throws<OutputException>(() =>
        {
            while (writer.Count < 1000)
            {
                writer.Write(writer.Count, [field]);
            }
        });
        Assert.Multiple(() =>
        {
            Assert.That(e!.ExitCode, Is.EqualTo(74));
            Assert.That(e.Message, Does.Contain("No space left on device").And.Contain("Results written before are intact"));
            Assert.That(writer.Count, Is.GreaterThan(0));
            Assert.That(Directory.EnumerateFiles(Disk, "fields_*.hdf").Count(), Is.EqualTo(writer.Count));
        });
        using Cell3D.Parallel.Hdf5.File last = Cell3D.Parallel.Hdf5.File.Open(Path.Combine(Disk, OutputFolder.FieldsName(writer.Count - 1)));
        Assert.That(last.ReadAll<float>("/VTKHDF/CellData/Temperature"), Has.Length.EqualTo(mesh.CellCount));
    }
}
