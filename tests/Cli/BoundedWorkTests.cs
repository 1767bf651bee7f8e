using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Whatever a file asks for, its size and kind and the forecast are looked at first: nothing hangs and nothing fills memory or disk.</summary>
public class BoundedWorkTests
{
    /// <summary>Far above the second that it takes, far below what the work itself would.</summary>
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private static ProgramResult Quickly(params string[] arguments)
    {
        Stopwatch clock = Stopwatch.StartNew();
        ProgramResult result = Cell3DProgram.Run(arguments);
        Assert.That(clock.Elapsed, Is.LessThan(Soon));
        return result;
    }

    private static CaseFolder PouchOf(int along, int heightAlong) => CaseFolder.With(Samples.Pouch().ToJsonString()
        .Replace("\"Cells along width\":8", $"\"Cells along width\":{along}", StringComparison.Ordinal)
        .Replace("\"Cells along height\":10", $"\"Cells along height\":{heightAlong}", StringComparison.Ordinal)
        .Replace(Samples.Nmc, Samples.PathOf(Samples.Nmc), StringComparison.Ordinal));

    [TestCase("check")]
    [TestCase("mesh")]
    [TestCase("run")]
    public void MeshesThatNoMachineHoldsAreForecastBeforeTheyAreBuilt(string command)
    {
        using CaseFolder tooMany = PouchOf(100_000, 100_000), huge = PouchOf(3000, 3000), large = PouchOf(800, 800);
        ProgramResult range = Quickly(command, tooMany.Path), count = Quickly(command, huge.Path);
        Assert.That((range.Code, count.Code), Is.EqualTo((65, command == "run" ? 65 : 0)), range.Errors + count.Errors);
        Assert.That(range.Errors, Does.Contain("Mesh.Cells along width = 100000: outside the allowed range (allowed: 1 to 20000)"));
        string all = count.Errors + count.Output;
        Assert.That(all, Does.Contain("control volumes are more than the 1E+08 that a run can have"));
        foreach (string figure in new[] { " unknowns and ", "of memory", "achines", "like this one" })
            Assert.That(all, Does.Contain(figure));
        ProgramResult memory = Quickly(command == "mesh" ? "check" : command, large.Path);
        Assert.That(memory.Code, Is.EqualTo(command == "run" ? 71 : 0), memory.Errors);
        if (command == "run") Assert.That(memory.Errors, Does.Contain(" of memory on this machine, and ").And.Contain("available"));
    }

    [Test]
    public void AnOutputEveryNanosecondIsRefused()
    {
        using CaseFolder folder = CaseFolder.Column();
        ProgramResult check = Quickly("check", folder.Path, "--set", "Output.Field interval=1e-9"), run = Quickly("run", folder.Path, "--output", folder.Results, "--set", "Output.Field interval=1e-9");
        Assert.That((check.Code, run.Code), Is.EqualTo((65, 65)), run.Errors);
        Assert.That(run.Errors, Does.Contain("fields at 3.7").And.Contain("E+12 times are too many (allowed: at most 1000000)"));
        Assert.That(Directory.Exists(folder.Results), Is.False);
        ProgramResult disk = Quickly("run", folder.Path, "--output", folder.Results, "--set", "Output.Field interval=0.01", "--set", "Mesh.Cells through.Negative electrode=10000", "--set", "Mesh.Cells through.Positive electrode=10000", "--set", "Output.Precision=double");
        Assert.That(disk.Code, Is.EqualTo(73).Or.EqualTo(71), disk.Errors);
    }

    [Test]
    public void PipesAndDevicesAreNotOpened()
    {
        using CaseFolder folder = CaseFolder.Column();
        string pipe = folder.In("pipe");
        using (Process made = Process.Start("mkfifo", [pipe])) made.WaitForExit();
        File.CreateSymbolicLink(folder.In("link"), pipe);
        foreach (string file in new[] { pipe, folder.In("link"), "/dev/zero" })
        {
            foreach (string[] arguments in new string[][] { ["check", file], ["info", file], ["bpx", file], ["mesh", file], ["run", file], ["init", folder.In("new"), "--cell", file], ["run", folder.Path, "--overlay", file], ["check", folder.Path, "--set", $"Cell={file}"] })
            {
                ProgramResult result = Quickly(arguments);
                Assert.That(result.Code, Is.EqualTo(65), string.Join(' ', arguments) + result.Errors);
                Assert.That(result.Errors, Does.Contain("or a pipe or device instead of a file"), string.Join(' ', arguments));
            }
        }
    }

    [Test]
    public void FilesBeyondTheirSizeAreNotRead()
    {
        using CaseFolder folder = CaseFolder.Column();
        using (FileStream large = File.Create(folder.In("large"))) large.SetLength(CaseFile.MostBytes + 1);
        using (FileStream larger = File.Create(folder.In("larger"))) larger.SetLength(1L << 40);
        ProgramResult check = Quickly("check", folder.In("large")), cell = Quickly("bpx", folder.In("larger")), overlay = Quickly("run", folder.Path, "--overlay", folder.In("larger"));
        Assert.That((check.Code, cell.Code, overlay.Code), Is.EqualTo((65, 65, 65)), check.Errors + cell.Errors + overlay.Errors);
        Assert.That(check.Errors, Does.Contain("the file has 16777217 bytes, at most 16777216 are read"));
        Assert.That(cell.Errors, Does.Contain("at most 67108864 are read"));
        Assert.That(overlay.Errors, Does.Contain("larger: has ").And.Contain("are read"));
    }

    [Test]
    public void TextMadeToTakeLongIsRefusedSoon()
    {
        string blanks = new(' ', 3000), words = string.Join(' ', Enumerable.Repeat("at for until or", 200));
        using CaseFolder folder = CaseFolder.Column();
        foreach (string step in new[] { $"Discharge at{blanks}x until{blanks}", $"Discharge {words} (", $"Rest for {new string('1', 3000)}" })
        {
            ProgramResult result = Quickly("check", folder.Path, "--set", $"Protocol.Steps={JsonValue.Create(step).ToJsonString()}");
            Assert.That(result.Code, Is.EqualTo(65));
            Assert.That(result.Errors, Does.Contain("is too long for a step (allowed: at most 200 characters)"));
        }
        StringBuilder many = new("{ ");
        for (int i = 0; i < 300_000; i++) many.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"unknown{i}\": {i},");
        File.WriteAllText(folder.Case, many.Append("\"Cell\": \"chen2020_bpx.json\" }").ToString());
        ProgramResult keys = Quickly("check", folder.Path);
        Assert.That(keys.Code, Is.EqualTo(65));
        Assert.That(keys.ErrorLines, Has.Length.InRange(200, 210));
        Assert.That(keys.Errors, Does.Match("and 29[0-9]* more problems"));
        File.WriteAllText(folder.Case, $"{{ \"Cell\": {new string('[', 1_000_000)}");
        Assert.That(Quickly("check", folder.Path).Code, Is.EqualTo(65));
        File.WriteAllText(folder.Case, $"[{string.Concat(Enumerable.Repeat("0,", 4_000_000))}0]");
        Assert.That(Quickly("check", folder.Path).Errors, Does.Contain("the file holds more than 2000000 values"));
    }

    [Test]
    public void MemoryIsForcedOnlyOnRequest()
    {
        using CaseFolder folder = PouchOf(400, 400);
        ProgramResult refused = Quickly("run", folder.Path, "--output", folder.Results, "--no-fields");
        Assume.That(MachineMemory.AvailableBytes, Is.LessThan(60L << 30));
        Assert.That(refused.Code, Is.EqualTo(71), refused.Errors);
        Assert.That(refused.Errors, Does.Contain("--force runs nevertheless"));
        Assert.That(Directory.Exists(folder.Results), Is.False);
    }
}
