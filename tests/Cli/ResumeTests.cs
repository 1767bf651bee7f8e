using Cell3D.Output;
using Cell3D.Simulation.Checkpoints;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Checkpoints from outside: what asks for one, what stops with one, and the command line that goes on.</summary>
public class ResumeTests
{
    [Test]
    public void AFileNamedStopEndsTheRunAndIsGone()
    {
        using InterruptedRun run = new();
        string stop = Path.Combine(run.Results, CheckpointClock.StopName);
        File.WriteAllText(stop, "");
        Assert.That(run.Finish().Code, Is.EqualTo(75));
        Assert.That(File.Exists(stop), Is.False);
        RequireGoingOn(run);
    }

    /// <summary>On one process, and through the launcher script to all ranks.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void SigUsr1AsksForACheckpointAndTheRunGoesOn(int ranks)
    {
        using InterruptedRun run = ranks == 1 ? new() : new("bash", StopTests.Script, "--quiet", "--bind-to", "none", "-n", "2");
        InterruptedRun.Signal("USR1", run.Process.Id);
        string manifest = Path.Combine(run.Results, CheckpointManifest.Name);
        Assert.That(() => File.Exists(manifest), Is.True.After(60_000, 50));
        Assert.That(run.Process.HasExited, Is.False);
        InterruptedRun.Signal("TERM", run.Process.Id);
        Assert.That(run.Finish().Code, Is.EqualTo(75));
        Assert.That(CheckpointManifest.Read(manifest).Checkpoints, Has.Count.EqualTo(2));
        RequireGoingOn(run);
    }

    [Test]
    public void ATimeLimitStopsWithACheckpointAndAFinishedRunHasNone()
    {
        using CaseFolder folder = CaseFolder.Column();
        string[] run = ["run", folder.Path, "--output", folder.Results, "--set", "Protocol.Steps=[\"Discharge at 1C for 5 s\"]"];
        ProgramResult stopped = Cell3DProgram.Run([.. run, "--wall-clock-limit", "0.01"]);
        Assert.That(stopped.Code, Is.EqualTo(75), stopped.Errors);
        ProgramResult refused = Cell3DProgram.Run(run);
        Assert.That((refused.Code, refused.Errors), Is.EqualTo((73, refused.Errors)));
        string checkpoint = Directory.GetFiles(folder.Results, "checkpoint_*.hdf").Single();
        ProgramResult elsewhere = Cell3DProgram.Run(["run", folder.Path, "--output", folder.In("other"), "--resume", checkpoint]);
        Assert.That(elsewhere.Code, Is.EqualTo(64), elsewhere.Errors);
        Assert.That(Cell3DProgram.Run(["run", folder.Path, "--resume", folder.In("no.hdf")]).Code, Is.EqualTo(66));
        ProgramResult other = Cell3DProgram.Run([.. run[..4], "--resume", "auto"]);
        Assert.That(other.Code, Is.EqualTo(65), other.Errors);
        Assert.That(other.Errors, Does.Contain("another case").And.Contains("--resume never --overwrite"));
        ProgramResult done = Cell3DProgram.Run([.. run[..2], .. run[4..], "--resume", checkpoint, "--checkpoint-every", "00:00:01"]);
        Assert.That(done.Code, Is.Zero, done.Errors);
        Assert.That(done.Output, Does.Contain("from a checkpoint at t = "));
        Assert.That(Directory.GetFiles(folder.Results, "checkpoint*"), Is.Empty);
        Assert.That(Cell3DProgram.Run([.. run, "--resume", "auto"]).Code, Is.EqualTo(73));
    }

    [TestCase("--checkpoint-every", "often")]
    [TestCase("--wall-clock-limit", "1:99")]
    [TestCase("--wall-clock-limit", "-5")]
    public void ATimeThatIsNoneIsTold(string option, string time)
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult result = Cell3DProgram.Run("run", folder.Path, $"{option}={time}");
        Assert.That(result.Code, Is.EqualTo(64));
        Assert.That(result.Errors, Does.Contain($"{option} takes seconds, MM:SS or HH:MM:SS, not '{time}'"));
    }

    private static void RequireGoingOn(InterruptedRun run)
    {
        long steps = run.Summary.Work.Steps;
        ProgramResult result = Cell3DProgram.Run([.. run.Arguments, "--resume", "auto", "--steps", "3"]);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        Assert.That(run.Summary.Work.Steps, Is.EqualTo(steps + 3));
        TimeSeries series = TimeSeriesReader.Read(Path.Combine(run.Results, OutputFolder.TimeSeriesName));
        Assert.That(series.Count, Is.EqualTo(steps + 4));
    }
}
