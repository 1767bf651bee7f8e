using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>What two runs, a killed run and a user's hand do to one folder of results.</summary>
public class ResultsFolderTests
{
    [Test]
    public void EveryFileOfARunIsOnItsList()
    {
        using CaseFolder folder = CaseFolder.Pouch();
        File.WriteAllText(folder.In("measured.csv"), "Test Time / s,Voltage / V\n0.05,4.0\n0.5,4.0\n1,4.0\n");
        ProgramResult result = Cell3DProgram.Run(["run", folder.Path, "--output", folder.Results, "--steps", "20", "--overlay", folder.In("measured.csv"), .. CaseFolder.Coarse]);
        Assert.That(result.Code, Is.EqualTo(75), result.Errors);
        string?[] written = [.. Directory.EnumerateFiles(folder.Results).Select(Path.GetFileName).Where(name => name != OutputFolder.ListName)];
        Assert.That(written, Has.Length.GreaterThan(9).And.Contains("overlay.png").And.Contains("heat.png"));
        Assert.That(File.ReadAllLines(Path.Combine(folder.Results, OutputFolder.ListName)).Skip(2), Is.EquivalentTo(written));
    }

    [Test]
    public void ASecondRunIsKeptOutUntilTheFirstIsGoneHoweverItEnds()
    {
        using InterruptedRun first = new();
        ProgramResult second = Second(first);
        Assert.That(second.Code, Is.EqualTo(73));
        Assert.That(second.Errors, Does.Contain($"another run is writing here (process {first.Process.Id} on "));
        InterruptedRun.Signal("KILL", first.Process.Id);
        first.Finish();
        ProgramResult third = Second(first);
        Assert.That(third.Code, Is.EqualTo(75), third.Errors);
        Assert.That(first.Summary.Work.Steps, Is.EqualTo(2));
    }

    [TestCase("removed", 1)]
    [TestCase("replaced", 2)]
    [TestCase("emptied", 2)]
    public void AFolderThatVanishesEndsTheRun(string how, int ranks)
    {
        using InterruptedRun run = ranks == 1 ? new() : new("mpirun", "--quiet", "--bind-to", "none", "-n", "2");
        if (how == "removed")
            Directory.Delete(run.Results, recursive: true);
        else if (how == "emptied")
            foreach (string file in Directory.EnumerateFiles(run.Results)) File.Delete(file);
        else
        {
            Directory.Move(run.Results, run.Results + "-moved");
            Directory.CreateDirectory(run.Results);
        }
        ProgramResult result = run.Finish();
        Assert.That(result.Code, Is.EqualTo(74), result.Errors);
        Assert.That(result.Errors, Does.Contain("was removed or replaced during the run"));
    }

    private static ProgramResult Second(InterruptedRun first) =>
        Cell3DProgram.Run(["run", first.Case, "--output", first.Results, "--overwrite", "--steps", "2", .. CaseFolder.Coarse]);
}
