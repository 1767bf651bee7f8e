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
        using OutputFolder output = OutputFolder.Create(folder.File("a/b"), overwrite: false);
        Assert.That(Directory.Exists(folder.File("a/b")));
        Assert.That(output.File(OutputFolder.SummaryName), Is.EqualTo(folder.File("a/b/summary.json")));
        Assert.That(Directory.EnumerateFileSystemEntries(output.Path), Is.EqualTo([folder.File("a/b/.cell3d-results")]));
    }

    [Test]
    public void ForeignFilesNeitherHinderNorVanish()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("notes.txt"), "mine");
        File.WriteAllText(folder.File("my_fields_000000.hdf"), "mine");
        WriteResults(folder.Path, overwrite: false, "summary.json");
        WriteResults(folder.Path, overwrite: true, "timeseries.csv");
        Assert.That(NamesIn(folder), Is.EquivalentTo(["notes.txt", "my_fields_000000.hdf", "timeseries.csv", OutputFolder.ListName]));
    }

    [Test]
    public void EarlierResultsAreRefusedUnlessTheyMayGo()
    {
        using TemporaryFolder folder = new();
        string[] results = ["mesh.hdf", "fields_000012.hdf", "fields.hdf.series", "timeseries.csv", "summary.json", "a-new-kind.of-file"];
        WriteResults(folder.Path, overwrite: false, results);
        File.WriteAllText(folder.File("mesh.hdf.tmp"), "of a run that was killed");

        OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(folder.Path, overwrite: false));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, folder.Path)));
        Assert.That(e.Message, Does.Contain("and 6 more").And.Contain("--overwrite"));
        Assert.That(NamesIn(folder).Count(), Is.EqualTo(results.Length + 2), "nothing is lost by a refusal");
        Assert.Throws<OutputException>(() => OutputFolder.Create(folder.Path, overwrite: true, long.MaxValue));
        Assert.That(NamesIn(folder).Count(), Is.EqualTo(results.Length + 2), "nor by one for want of space");

        OutputFolder.Create(folder.Path, overwrite: true).Dispose();
        Assert.That(NamesIn(folder), Is.EqualTo([OutputFolder.ListName]));
    }

    [TestCase(false)]
    [TestCase(true)]
    public void FilesThatOnlyLookLikeResultsAreNeverTouched(bool overwrite)
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("voltage.png"), "mine");
        OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(folder.Path, overwrite));
        Assert.That(e!.ExitCode, Is.EqualTo(73));
        Assert.That(e.Message, Does.Contain("voltage.png").And.Contain("an older version wrote them, or they are yours. Move or delete them"));
        Assert.That(NamesIn(folder), Is.EqualTo(["voltage.png"]));
    }

    [Test]
    public void AnotherRunCannotEnterUntilTheFirstHasEnded()
    {
        using TemporaryFolder folder = new();
        using (OutputFolder first = OutputFolder.Create(folder.Path, overwrite: false))
        {
            File.WriteAllText(first.ForWriting("summary.json"), "first");
            OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(folder.Path, overwrite: true));
            Assert.That(e!.ExitCode, Is.EqualTo(73));
            Assert.That(e.Message, Does.Contain($"another run is writing here (process {Environment.ProcessId} on {Environment.MachineName} since "));
            Assert.That(File.ReadAllText(folder.File("summary.json")), Is.EqualTo("first"));
        }

        OutputFolder.Create(folder.Path, overwrite: true).Dispose();
    }

    [Test]
    public void AFileInTheWayIsNotOverwritten()
    {
        using TemporaryFolder folder = new();
        using OutputFolder output = OutputFolder.Create(folder.Path, overwrite: false);
        File.WriteAllText(folder.File("summary.json"), "mine");
        File.CreateSymbolicLink(folder.File("mesh.hdf.tmp"), folder.File("nowhere"));
        foreach (string name in (string[])["summary.json", "mesh.hdf"])
            Assert.That(() => output.ForWriting(name), Throws.InstanceOf<OutputException>().With.Property("ExitCode").EqualTo(73).And.Message.Contains("is in the way"));
    }

    [TestCase(false, TestName = "WhatAKilledRunWasWritingIsNotInTheWayOfItsResumption(new file)")]
    [TestCase(true, TestName = "WhatAKilledRunWasWritingIsNotInTheWayOfItsResumption(replaced file)")]
    public void WhatAKilledRunWasWritingIsNotInTheWayOfItsResumption(bool finishedOnce)
    {
        const string name = "checkpoint_000002.hdf";
        using TemporaryFolder folder = new();
        using (OutputFolder killed = OutputFolder.Create(folder.Path, overwrite: false))
        {
            File.WriteAllText(killed.ForWriting(name) + ".tmp", "half a file");
            if (finishedOnce)
                File.WriteAllText(folder.File(name), "a whole one");
        }

        using OutputFolder resumed = OutputFolder.Resume(Communicator.World, folder.Path);
        Assert.That(resumed.Holds(name), Is.EqualTo(finishedOnce));
        Assert.That(resumed.ForWriting(name), Is.EqualTo(folder.File(name)));
        Assert.That(NamesIn(folder), Is.EquivalentTo(finishedOnce ? [name, OutputFolder.ListName] : new[] { OutputFolder.ListName }));
    }

    [Test]
    public void TheListNamesNoFileElsewhere()
    {
        using TemporaryFolder folder = new();
        Directory.CreateDirectory(folder.File("results"));
        File.WriteAllText(folder.File("precious"), "mine");
        File.WriteAllText(folder.File("results/cut"), "mine");
        File.WriteAllText(folder.File("results/.cell3d-results"), $"Cell3D results.\n../precious\n{folder.File("precious")}\n..\ncut");
        OutputFolder.Create(folder.File("results"), overwrite: true).Dispose();
        Assert.That(File.Exists(folder.File("precious")) && File.Exists(folder.File("results/cut")));
    }

    [Test]
    public void AForeignListIsRefused()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File(OutputFolder.ListName), "mine");
        Assert.That(() => OutputFolder.Create(folder.Path, overwrite: true), Throws.InstanceOf<OutputException>().With.Message.Contains("is not one of Cell3D's"));
        Assert.That(File.ReadAllText(folder.File(OutputFolder.ListName)), Is.EqualTo("mine"));
    }

    [TestCase("replaced")]
    [TestCase("emptied")]
    [TestCase("one file removed")]
    public void AFolderThatChangesDuringTheRunIsNoticed(string how)
    {
        using TemporaryFolder folder = new();
        using OutputFolder output = OutputFolder.Create(folder.File("results"), overwrite: false);
        File.WriteAllText(output.ForWriting("summary.json"), "{}");
        Assert.That(output.RequireComplete, Throws.Nothing);
        if (how == "replaced")
        {
            Directory.Move(output.Path, folder.File("elsewhere"));
            WriteResults(output.Path, overwrite: false, "summary.json");
        }
        else if (how == "emptied")
            foreach (string file in Directory.EnumerateFiles(output.Path)) File.Delete(file);
        else
            File.Delete(output.File("summary.json"));
        Assert.That(output.RequireComplete, Throws.InstanceOf<OutputException>().With.Property("ExitCode").EqualTo(74).And.Message.Contains("removed"));
        Assert.That(() => output.ForWriting("mesh.hdf"), how == "one file removed" ? Throws.Nothing : Throws.InstanceOf<OutputException>());
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
        RootOnly.Run(Communicator.World, () => File.WriteAllText(output.ForWriting(OutputFolder.SummaryName), "{}"));
        output.Dispose();
        OutputException? e = Assert.Throws<OutputException>(() => OutputFolder.Create(Communicator.World, output.Path, overwrite: false));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, output.Path)));
        Assert.That(e.Message, Does.Contain("summary.json").And.Contain("--overwrite"));
    }

    private static void WriteResults(string path, bool overwrite, params string[] names)
    {
        using OutputFolder output = OutputFolder.Create(path, overwrite);
        foreach (string name in names) File.WriteAllText(output.ForWriting(name), "result");
    }

    private static IEnumerable<string?> NamesIn(TemporaryFolder folder) => Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName);

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
        Assert.That(() => DiskSpace.Require(folder.File("not/yet"), 1), Throws.Nothing);
        Assert.That(() => DiskSpace.Require(folder.Path, long.MaxValue, long.MaxValue), Throws.Nothing, "earlier results make room");
        OutputException? e = Assert.Throws<OutputException>(() => DiskSpace.Require(folder.Path, long.MaxValue));
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
