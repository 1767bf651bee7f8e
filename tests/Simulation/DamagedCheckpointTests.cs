using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Checkpoints;
using Cell3D.Tests.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>What is not whole, or not of the same run, is never gone on from: the older checkpoint is, or the file and the reason are told.</summary>
public sealed class DamagedCheckpointTests : IDisposable
{
    private const string Newest = "checkpoint_000001.hdf", Older = "checkpoint_000000.hdf";
    private readonly TemporaryFolder _origin = new();

    [OneTimeSetUp]
    public void Stop()
    {
        Assert.That(Carry(_origin.Path, Column(), ResumeMode.Never, steps: 8).Status, Is.EqualTo(RunStatus.Stopped));
        Assert.That(Directory.GetFiles(_origin.Path, "checkpoint_*.hdf"), Has.Length.EqualTo(2));
    }

    public void Dispose() => _origin.Dispose();

    [Test]
    public void AWholeOneIsTheNewest()
    {
        using TemporaryFolder folder = Copy();
        double newest = CheckpointManifest.Read(folder.File(CheckpointManifest.Name)).Checkpoints[0].Time;
        var (status, remarks, time) = Carry(folder.Path, Column(), ResumeMode.Auto);
        Assert.That((status, time), Is.EqualTo((RunStatus.Done, newest)));
        Assert.That(remarks, Does.Not.Contain("checkpoint"));
    }

    [Test]
    public void OneThatIsCutShortGivesWayToTheOneBefore([Range(0, 9)] int tenth) => RequireOlder(path =>
    {
        using FileStream file = File.OpenWrite(path);
        file.SetLength(file.Length * tenth / 10);
    }, "bytes in place of");

    [Test]
    public void OneWithAFlippedBitGivesWayToTheOneBefore([Range(0, 9)] int tenth) => RequireOlder(path => Flip(path, tenth), "is damaged: its checksum");

    [Test]
    public void OneThatIsMissingGivesWayToTheOneBefore() => RequireOlder(File.Delete, "is missing");

    [Test]
    public void WhereBothAreDamagedTheRunIsRefusedAndEverythingStays()
    {
        using TemporaryFolder folder = Copy();
        Flip(folder.File(Newest), 3);
        Flip(folder.File(Older), 6);
        Dictionary<string, long> before = Directory.GetFiles(folder.Path).ToDictionary(file => file, file => new FileInfo(file).Length);
        string message = Refused(folder, Column());
        Assert.That(message, Does.Contain(Newest).And.Contains(Older).And.Contains("damaged"));
        foreach ((string file, long length) in before)
            if (Path.GetFileName(file) != OutputFolder.ListName)
                Assert.That(new FileInfo(file).Length, Is.EqualTo(length), file);
    }

    [TestCase("Layout", "cell3d-checkpoint-4", "cell3d-checkpoint-0", "its layout is cell3d-checkpoint-0")]
    [TestCase("File", Newest, "../evil.hdf", "'../evil.hdf' is not the name of a checkpoint")]
    [TestCase("brackets", "]", "", "cannot be read")]
    public void AManifestThatIsNotOfThisProgramIsRefused(string what, string text, string instead, string reason)
    {
        using TemporaryFolder folder = Copy();
        string manifest = folder.File(CheckpointManifest.Name);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace(text, instead, StringComparison.Ordinal));
        Assert.That(Refused(folder, Column()), Does.Contain(CheckpointManifest.Name).And.Contains(reason), what);
    }

    [Test]
    public void AnEmptyManifestIsRefused()
    {
        using TemporaryFolder folder = Copy();
        File.WriteAllText(folder.File(CheckpointManifest.Name), "");
        Assert.That(Refused(folder, Column()), Does.Contain("cannot be read"));
    }

    [Test]
    public void AnotherProgramIsRefused()
    {
        using TemporaryFolder folder = Copy();
        string manifest = folder.File(CheckpointManifest.Name);
        File.WriteAllText(manifest, File.ReadAllText(manifest).Replace($"\"{CheckpointManifest.PresentProgram}\"", "\"99.0.0\"", StringComparison.Ordinal));
        Assert.That(Refused(folder, Column()), Does.Contain("Cell3D 99.0.0 wrote it"));
    }

    [Test]
    public void AnotherCaseIsRefused()
    {
        using TemporaryFolder folder = Copy();
        Assert.That(Refused(folder, Column("Solver.Relative tolerance=3e-4")), Does.Contain("another case"));
    }

    [Test]
    public void TimesOfFieldsMayChange()
    {
        using TemporaryFolder folder = Copy();
        Assert.That(Carry(folder.Path, Column("Output.Field count=2"), ResumeMode.Auto).Status, Is.EqualTo(RunStatus.Done));
    }

    [Test]
    public void ATimeSeriesThatIsShorterThanItsCheckpointsIsTold()
    {
        using TemporaryFolder folder = Copy();
        File.WriteAllText(folder.File(OutputFolder.TimeSeriesName), "Test Time / s\n");
        Assert.That(Refused(folder, Column()), Does.Contain("bytes of timeseries.csv, which belong to it, are no longer there"));
    }

    /// <summary>An interrupted run without a manifest has no checkpoint, whatever files lie there: it starts anew, where that is allowed.</summary>
    [Test]
    public void WithoutAManifestThereIsNoCheckpoint()
    {
        using TemporaryFolder folder = Copy();
        File.Delete(folder.File(CheckpointManifest.Name));
        Assert.That(Assert.Throws<CheckpointException>(() => Carry(folder.Path, Column(), ResumeMode.Always))!.Message, Does.Contain("is missing"));
        Assert.That(Assert.Throws<OutputException>(() => Carry(folder.Path, Column(), ResumeMode.Auto))!.Message, Does.Contain("holds the results of an earlier run"));
        File.Delete(folder.File(OutputFolder.SummaryName));
        (RunStatus status, _, double from) = Carry(folder.Path, Column(), ResumeMode.Auto);
        Assert.That((status, from), Is.EqualTo((RunStatus.Done, 0)));
    }

    [Test]
    public void TheOlderOneMayBeAskedFor()
    {
        using TemporaryFolder folder = Copy();
        (RunStatus status, _, double from) = Carry(folder.Path, Column(), ResumeMode.Always, checkpoint: Older);
        Assert.That((status, from), Is.EqualTo((RunStatus.Done, CheckpointManifest.Read(Path.Combine(_origin.Path, CheckpointManifest.Name)).Checkpoints[1].Time)));
        Assert.That(Assert.Throws<CheckpointException>(() => Carry(folder.Path, Column(), ResumeMode.Always, checkpoint: "checkpoint_000009.hdf"))!.Message, Does.Contain("names no such checkpoint"));
    }

    private static void Flip(string path, int tenth)
    {
        byte[] bytes = File.ReadAllBytes(path);
        bytes[(bytes.Length - 1) * tenth / 9] ^= (byte)(1 << (tenth % 8));
        File.WriteAllBytes(path, bytes);
    }

    private static SimulationCase Column(params string[] settings)
    {
        SimulationCase simulation = TestCases.Column([.. settings, "Mesh.Particle=4", "Initial state.SOC=0.6"]);
        return simulation with { File = simulation.Cell.File, Protocol = simulation.Protocol with { Steps = [ProtocolStep.AtCurrent("Discharge at 1C for 100 s", -TestCases.OneC, 100)] } };
    }

    private static (RunStatus Status, string Warnings, double From) Carry(string folder, SimulationCase simulation, ResumeMode resume, int steps = int.MaxValue, string? checkpoint = null)
    {
        RunWarnings warnings = new();
        int state = 0;
        using CaseRun run = new(simulation, Communicator.Self, new() { Folder = folder, Resume = resume, ResumeFrom = checkpoint, MaximumSteps = steps, Warnings = warnings, CheckpointRequested = () => ++state == 5 });
        return (run.Execute().Outcome.Status, string.Join("; ", warnings.Sentences), run.GoesOnAt ?? 0);
    }

    private static string Refused(TemporaryFolder folder, SimulationCase simulation)
    {
        string message = Assert.Throws<CheckpointException>(() => Carry(folder.Path, simulation, ResumeMode.Auto))!.Message;
        Assert.That(message, Does.StartWith(folder.Path));
        return message;
    }

    private void RequireOlder(Action<string> damage, string reason)
    {
        using TemporaryFolder folder = Copy();
        double expected = CheckpointManifest.Read(folder.File(CheckpointManifest.Name)).Checkpoints[1].Time;
        damage(folder.File(Newest));
        (RunStatus status, string warnings, double from) = Carry(folder.Path, Column(), ResumeMode.Auto);
        Assert.That((status, from), Is.EqualTo((RunStatus.Done, expected)));
        Assert.That(warnings, Does.Contain(Newest).And.Contains(reason).And.Contains(Older));
    }

    private TemporaryFolder Copy()
    {
        TemporaryFolder copy = new();
        foreach (string file in Directory.GetFiles(_origin.Path))
            File.Copy(file, copy.File(Path.GetFileName(file)));
        return copy;
    }
}
