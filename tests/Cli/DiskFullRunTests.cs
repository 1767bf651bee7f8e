using System.Diagnostics;
using Cell3D.Output;
using Cell3D.Tests.Output;
using NUnit.Framework;
using Hdf5File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Tests.Cli;

/// <summary>
/// Whole runs on a disk that fills up on the way. The disk is a file system in memory; mounting it needs the right to do so, without
/// which these tests are skipped. The program is made to believe in ample space, or it would refuse to start.
/// </summary>
[NonParallelizable]
public sealed class DiskFullRunTests
{
    private const int Twentieths = 20, Page = 4096;
    private const string SourceOfAmpleSpace = "tests/campaigns/roomy.c";
    private static long s_wholeRun;
    private string _scratch = "";

    private string Disk => Path.Combine(_scratch, "disk");

    private string AmpleSpace => Path.Combine(_scratch, "ample_space.so");

    [SetUp]
    public void Prepare()
    {
        _scratch = Directory.CreateTempSubdirectory("cell3d-disk-").FullName;
        Directory.CreateDirectory(Disk);
        Mount(64 << 20);
        if (MemoryDisk.Run("cc", "-shared", "-fPIC", "-o", AmpleSpace, SourceFile()) != 0)
            Assert.Ignore("there is no C compiler here");
        if (s_wholeRun == 0)
        {
            ProgramResult whole = RunOnDisk(1);
            Assert.That(whole.Code, Is.Zero, whole.Errors);
            s_wholeRun = Directory.EnumerateFiles(Disk, "*", SearchOption.AllDirectories).Sum(file => (new FileInfo(file).Length + Page - 1) / Page * Page);
        }
    }

    [TearDown]
    public void Clean()
    {
        MemoryDisk.Unmount(Disk);
        Directory.Delete(_scratch, recursive: true);
    }

    /// <summary>Every twentieth on 1, 2 and 3 ranks is tried by tests/campaigns/disk-full.sh.</summary>
    [Test]
    public void AFullDiskEndsEveryRankAndLeavesWholeFiles([Values(1, 2)] int ranks, [Values(3, 12, 17, 19)] int twentieths)
    {
        Remount(s_wholeRun * twentieths / Twentieths);
        ProgramResult result = RunOnDisk(ranks);
        Assert.That(result.Code, Is.AnyOf(73, 74), result.Output + result.Errors);
        Assert.That(result.Errors, Does.Contain("No space left on device").And.Not.Contain("   at "));
        string[] files = Directory.Exists(Path.Combine(Disk, "results")) ? Directory.GetFiles(Path.Combine(Disk, "results")) : [];
        Assert.That(files, Has.None.EndsWith(".tmp"));
        foreach (string file in files) RequireWhole(file);
    }

    [Test]
    public void ARunThatCannotFitIsRefusedBeforeItStarts()
    {
        Remount(s_wholeRun / 2);
        using CaseFolder folder = CaseFolder.Pouch();
        ProgramResult result = Cell3DProgram.Run(Arguments(folder));
        Assert.That(result.Code, Is.EqualTo(73), result.Errors);
        Assert.That(result.Errors, Does.Contain("the run will write about "));
    }

    private static void RequireWhole(string file)
    {
        string name = Path.GetFileName(file);
        if (name == OutputFolder.SummaryName)
            Assert.That(Summary.FromJson(File.ReadAllText(file)).Outcome.ExitCode, Is.Zero);
        if (name == OutputFolder.TimeSeriesName && new FileInfo(file).Length > 0)
            Assert.That(File.ReadAllText(file), Does.EndWith("\n"));
        if (!name.EndsWith(".hdf", StringComparison.Ordinal))
            return;
        using Hdf5File fields = Hdf5File.Open(file);
        long cells = fields.ReadAll<long>("/VTKHDF/NumberOfCells").Sum();
        Assert.That(fields.ReadAll<float>(name == OutputFolder.MeshName ? "/VTKHDF/CellData/Region" : "/VTKHDF/CellData/Temperature"), Has.Length.EqualTo(cells));
    }

    private ProgramResult RunOnDisk(int ranks)
    {
        using CaseFolder folder = CaseFolder.Pouch();
        string[] program = ["env", $"LD_PRELOAD={AmpleSpace}", Cell3DProgram.Path, .. Arguments(folder)];
        Process process = ranks == 1
            ? Cell3DProgram.Start(program[0], program[1..])
            : Cell3DProgram.Start("mpirun", ["--quiet", "--oversubscribe", "--bind-to", "none", "-n", $"{ranks}", .. program]);
        return Cell3DProgram.Finish(process);
    }

    private string[] Arguments(CaseFolder folder) =>
        ["run", folder.Path, "--output", Path.Combine(Disk, "results"), "--set", "Solver.Fixed time steps=[100]", "--set", "Output.Field interval [s]=100", "--set", "Protocol.Steps=[\"Discharge at 1C for 400 s\"]", "--set", "Output.Fields=[\"Temperature\", \"Solid potential\"]", .. CaseFolder.Coarse];

    private void Remount(long bytes)
    {
        Assert.That(MemoryDisk.Unmount(Disk), Is.Zero);
        Mount(bytes);
    }

    private void Mount(long bytes) => MemoryDisk.Mount(Disk, Math.Max(Page, bytes / Page * Page));

    private static string SourceFile()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, SourceOfAmpleSpace))) folder = folder.Parent;
        return folder is null ? throw new FileNotFoundException(SourceOfAmpleSpace) : Path.Combine(folder.FullName, SourceOfAmpleSpace);
    }
}
