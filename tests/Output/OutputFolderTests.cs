using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Tests.Parallel;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class OutputFolderTests
{
    [Test]
    public void MissingParentsAreMade()
    {
        using TemporaryFolder folder = new();
        OutputFolder output = OutputFolder.Create(folder.File("a/b"), overwrite: false);
        Assert.That(Directory.Exists(folder.File("a/b")));
        Assert.That(output.File(OutputFolder.SummaryName), Is.EqualTo(folder.File("a/b/summary.json")));
        Assert.That(Directory.EnumerateFileSystemEntries(output.Path), Is.Empty);
    }

    [Test]
    public void ForeignFilesNeitherHinderNorVanish()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("notes.txt"), "mine");
        File.WriteAllText(folder.File("my_fields_000000.hdf"), "mine");
        OutputFolder.Create(folder.Path, overwrite: false);
        OutputFolder.Create(folder.Path, overwrite: true);
        Assert.That(Directory.EnumerateFiles(folder.Path).Count(), Is.EqualTo(2));
    }

    [Test]
    public void EarlierResultsAreRefusedUnlessTheyMayGo()
    {
        using TemporaryFolder folder = new();
        string[] results = ["mesh.hdf", "fields_000012.hdf", "fields.hdf.series", "timeseries.csv", "summary.json", "overlay.png", "fields_000013.hdf.tmp"];
        foreach (string name in results)
        {
            File.WriteAllText(folder.File(name), "old");
        }

        OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(folder.Path, overwrite: false));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, folder.Path)));
        Assert.That(e.Message, Does.Contain("and 6 more").And.Contain("--overwrite"));
        Assert.That(Directory.EnumerateFiles(folder.Path).Count(), Is.EqualTo(results.Length), "nothing is lost by a refusal");

        OutputFolder.Create(folder.Path, overwrite: true);
        Assert.That(Directory.EnumerateFiles(folder.Path), Is.Empty);
    }

    [Test]
    public void APlaceThatCannotBeWrittenIsNamed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "");
        foreach (string path in (string[])[folder.File("file"), folder.File("file/below"), "/proc/cell3d"])
        {
            OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(path, overwrite: true));
            Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, path)));
            Assert.That(e.Message, Does.StartWith($"{path}: this folder cannot be written (").And.EndsWith("Choose another one with --output"));
        }
    }

    [Test]
    public void OnlyAnExistingFolderOpens()
    {
        using TemporaryFolder folder = new();
        Assert.That(OutputFolder.Open(folder.Path).Path, Is.EqualTo(folder.Path));
        Assert.That(() => OutputFolder.Open(folder.File("none")), Throws.InstanceOf<OutputException>().With.Property("ExitCode").EqualTo(73));
    }

    [Test]
    [Category("Mpi")]
    public void ARefusalReachesEveryRank()
    {
        using SharedFolder shared = new();
        OutputFolder output = OutputFolder.Create(Communicator.World, shared["results"], overwrite: false);
        RootOnly.Run(Communicator.World, () => File.WriteAllText(output.File(OutputFolder.SummaryName), "{}"));
        OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(Communicator.World, output.Path, overwrite: false));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, output.Path)));
        Assert.That(e.Message, Does.Contain("summary.json").And.Contain("--overwrite"));
    }

    [TestCase(0, "0 B")]
    [TestCase(999, "999 B")]
    [TestCase(1000, "1.00 kB")]
    [TestCase(12345, "12.3 kB")]
    [TestCase(999_600, "1.00 MB")]
    [TestCase(1_250_000_000, "1.25 GB")]
    public void BytesReadWell(long bytes, string expected) => Assert.That(ByteText.Format(bytes), Is.EqualTo(expected));

    [Test]
    public void ARunThatCannotFitIsRefused()
    {
        using TemporaryFolder folder = new();
        DiskSpace.Require(folder.File("not/yet"), 1, out long? free);
        Assert.That(free, Is.Positive);
        OutputException? e = Assert.Throws<OutputException>(() => DiskSpace.Require(folder.Path, long.MaxValue, out _));
        Assert.That(e!.ExitCode, Is.EqualTo(73));
        Assert.That(e.Message, Does.Contain("will write about 9.22 EB, but only"));
    }

    [Test]
    public void TheSeriesForecastCoversALine()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        using (TimeSeriesWriter writer = new(path, [SeriesColumn.MeanTemperature]))
        {
            for (int i = 0; i < 1000; i++)
            {
                writer.Append(i / 3.0, 4 - i / 7e3, -12.5, [298.15 + i / 11.0]);
            }
        }

        long measured = new FileInfo(path).Length;
        Assert.That(DiskSpace.ForecastSeries(1000, 4), Is.InRange(measured, 3 * measured));
    }
}
