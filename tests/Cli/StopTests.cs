using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Signals from outside: the run ends after its step, its results are complete, and the code says so.</summary>
public class StopTests
{
    private static string[] Mpirun => ["mpirun", "--quiet", "--bind-to", "none", "-n", "2"];

    [TestCase("TERM")]
    [TestCase("INT")]
    [TestCase("HUP")]
    [TestCase("USR2")]
    [TestCase("XCPU")]
    public void ASignalStopsTheRunAfterItsStep(string signal)
    {
        using InterruptedRun run = new();
        InterruptedRun.Signal(signal, run.Process.Id);
        RequireStopped(run);
    }

    [TestCase("TERM", 0)]
    [TestCase("INT", 1)]
    [TestCase("HUP", 1)]
    public void ASignalToOneRankStopsAll(string signal, int rank)
    {
        using InterruptedRun run = new(Mpirun);
        InterruptedRun.Signal(signal, run.Ranks[rank]);
        RequireStopped(run);
    }

    [TestCase("TERM")]
    [TestCase("INT")]
    [TestCase("HUP")]
    public void TheLauncherScriptStopsAllRanksInOrder(string signal)
    {
        using InterruptedRun run = new(["bash", Script, .. Mpirun[1..]]);
        InterruptedRun.Signal(signal, run.Process.Id);
        RequireStopped(run);
    }

    [Test]
    public void ASignalThatIsRepeatedAtOnceIsTheSameRequest()
    {
        using InterruptedRun run = new();
        for (int i = 0; i < 3; i++) InterruptedRun.Signal("TERM", run.Process.Id);
        RequireStopped(run);
    }

    /// <summary>Open MPI's mpirun kills its ranks so many seconds after it has passed SIGTERM on, one by default, and ends with 1 whatever they say.</summary>
    [Test]
    [Explicit("What mpirun leaves its ranks depends on its own clock; nothing is promised for it on a busy machine")]
    public void MpirunItselfStoppedLeavesASummary()
    {
        using InterruptedRun run = new(["env", "OMPI_MCA_odls_base_sigkill_timeout=10", .. Mpirun]);
        InterruptedRun.Signal("TERM", run.Process.Id);
        Assert.That(run.Finish().Code, Is.Not.Zero);
        Assert.That(run.Summary.Outcome.ExitCode, Is.EqualTo(75));
    }

    private static void RequireStopped(InterruptedRun run)
    {
        ProgramResult result = run.Finish();
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(result.Output, Does.Contain("Stopped at t = "));
        Assert.That((run.Summary.Outcome.Status, run.Summary.Outcome.ExitCode), Is.EqualTo((RunStatus.Stopped, 75)));
        Assert.That(TimeSeriesReader.Read(Path.Combine(run.Results, OutputFolder.TimeSeriesName)).Count, Is.GreaterThan(run.Summary.Work.Steps));
        Assert.That(File.Exists(Path.Combine(run.Results, "voltage.png")) && File.Exists(Path.Combine(run.Results, "heat.png")), "pictures");
    }

    internal static string Script
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "scripts", "mpirun.sh"))) folder = folder.Parent;
            return Path.Combine(folder!.FullName, "scripts", "mpirun.sh");
        }
    }
}
