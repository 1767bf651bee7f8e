using System.Diagnostics;
using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>A run of many small steps that has begun stepping, to be disturbed from outside.</summary>
internal sealed class InterruptedRun : IDisposable
{
    private const int Steps = 3;
    private readonly CaseFolder _folder = CaseFolder.Pouch();

    /// <summary>Starts it and waits for its first steps.</summary>
    /// <param name="launcher">What comes before the program: a launcher with its options; nothing for one process.</param>
    public InterruptedRun(params string[] launcher)
    {
        string[] words = [.. launcher, Cell3DProgram.Path, .. Arguments];
        Process = Cell3DProgram.Start(words[0], words[1..], ("OMPI_MCA_rmaps_base_oversubscribe", "1"));
        string? line = "";
        while (line is not null && line != ProgressLine.Header) line = Process.StandardOutput.ReadLine();
        for (int step = 0; step < Steps && line is not null; step++) line = Process.StandardOutput.ReadLine();
        Assert.That(line, Is.Not.Null, "the run did not begin");
    }

    /// <summary>What the program was told.</summary>
    public string[] Arguments => ["run", _folder.Path, "--output", Results, "--set", "Solver.Fixed time steps=[0.01]", .. CaseFolder.Coarse];

    /// <summary>The process that was started: the launcher where there is one.</summary>
    public Process Process { get; }

    public string Results => _folder.In("results");

    public string Case => _folder.Path;

    /// <summary>Processes of the program itself, by rank.</summary>
    public int[] Ranks => [.. Directory.EnumerateDirectories("/proc").Select(folder => int.TryParse(Path.GetFileName(folder), out int id) ? id : 0).Where(IsRank).Order()];

    public static void Signal(string name, int process)
    {
        using Process kill = Process.Start("kill", [$"-{name}", $"{process}"]);
        kill.WaitForExit();
    }

    public ProgramResult Finish() => Cell3DProgram.Finish(Process);

    public Summary Summary => Summary.FromJson(File.ReadAllText(Path.Combine(Results, OutputFolder.SummaryName)));

    public void Dispose() => _folder.Dispose();

    private bool IsRank(int id)
    {
        try
        {
            string[] words = id == 0 ? [] : File.ReadAllText($"/proc/{id}/cmdline").Split('\0');
            return words[0] == Cell3DProgram.Path && words.Contains(Results);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or IndexOutOfRangeException)
        {
            return false;
        }
    }
}
