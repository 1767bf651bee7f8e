using System.Text.Json;

using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class SummaryTests
{
    private static readonly PartSummary Part = new() { ElectrodePairs = 1, ElectrodeArea = 0.016808, Share = 1.0 / 34, OneC = 12.5 / 34 };
    private static readonly TerminalSummary Terminal = TerminalSummary.FromSeries([0, 3600], [4, 3], [-2, -2], [0.1, 0.3]);

    private static Extreme At(double value) => new() { Value = value, Time = 60, Region = "Negative electrode", Place = [1e-5, 0.02, 0.1] };

    private static Summary Example() => new()
    {
        Title = "NMC pouch 1C",
        Outcome = new() { Status = RunStatus.Done, EndReason = "voltage reached 2.7 V", EndTime = 3541.25 },
        Part = Part,
        Terminal = Terminal,
        WholeCell = WholeCellSummary.Of(Terminal, Part, 34, 0.0379),
        Extremes = new() { MinimumTemperature = At(298.15), MaximumTemperature = At(303.4), LithiumMargin = At(double.NaN) },
        Size = new() { Cells = 20480, GlobalUnknowns = 70001, LocalUnknowns = 300000, Ranks = 2 },
        Work = new() { Steps = 300, RejectedByError = 4, RejectedBySolver = 0, NewtonIterations = 900, KrylovIterations = 9000, LinearSolver = "LU", PreconditionerBuilds = 304 },
        WallTime = new Dictionary<string, double> { ["Set-up"] = 2.5, ["Total"] = 180.25 },
        PeakMemory = new() { LargestRank = 512, AllRanks = 1000 },
        Audits = [new() { Name = "Lithium drift, relative", Value = 1e-13, Limit = 1e-8 }, new() { Name = "Energy", Value = double.NaN, Limit = 1 }],
        Versions = new Dictionary<string, string> { ["Cell3D"] = "0.1.0" },
        OptionsInForce = new Dictionary<string, string> { ["-ksp_type"] = "fgmres" },
    };

    [Test]
    public void KeysCarryTheirUnits()
    {
        using JsonDocument json = JsonDocument.Parse(Example().ToJson());
        JsonElement root = json.RootElement;
        Assert.Multiple(() =>
        {
            Assert.That(root.GetProperty("Layout").GetString(), Is.EqualTo(Summary.Layout));
            Assert.That(root.GetProperty("Outcome").GetProperty("Status").GetString(), Is.EqualTo("done"));
            Assert.That(root.GetProperty("Outcome").GetProperty("Exit code").GetInt32(), Is.Zero);
            Assert.That(root.GetProperty("Outcome").GetProperty("End time [s]").GetDouble(), Is.EqualTo(3541.25));
            Assert.That(root.GetProperty("Terminal").GetProperty("Discharged capacity [A.h]").GetDouble(), Is.EqualTo(2).Within(1e-12));
            Assert.That(root.GetProperty("Extremes").GetProperty("Maximum temperature [K]").GetProperty("Place [m]").GetArrayLength(), Is.EqualTo(3));
            Assert.That(root.GetProperty("Extremes").GetProperty("Minimum potential margin against lithium [V]").GetProperty("Value").ValueKind, Is.EqualTo(JsonValueKind.Null), "NaN");
            Assert.That(root.GetProperty("Wall time [s]").GetProperty("Total").GetDouble(), Is.EqualTo(180.25));
            Assert.That(root.GetProperty("Audits")[0].GetProperty("Passed").GetBoolean(), Is.True);
            Assert.That(root.GetProperty("Audits")[1].GetProperty("Passed").GetBoolean(), Is.False, "what is not a number has not passed");
            Assert.That(root.GetProperty("Audits passed").GetBoolean(), Is.False);
            Assert.That(root.TryGetProperty("Overlay", out _), Is.False, "absent where no curve was given");
        });
    }

    [Test]
    public void PicturesCountInTimeAndMemory()
    {
        Summary whole = Example().WithPictures(0.75, 400, 530);
        Assert.Multiple(() =>
        {
            Assert.That((whole.WallTime["Pictures"], whole.WallTime["Total"]), Is.EqualTo((0.75, 181.0)));
            Assert.That((whole.PeakMemory.LargestRank, whole.PeakMemory.AllRanks), Is.EqualTo((530.0, 1130.0)));
        });
    }

    [Test]
    public void EveryKeyIsDescribed()
    {
        string? folder = TestContext.CurrentContext.TestDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "docs", "guide.md")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        Assert.That(folder, Is.Not.Null);
        string description = File.ReadAllText(Path.Combine(folder!, "docs", "guide.md"));
        Overlay overlay = Overlay.Compare(
            new TimeSeries("a", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 1], [1, 1]]),
            new TimeSeries("b", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 1], [1, 1]]));
        Summary full = Example() with { Overlay = overlay.ToSummary(), InputFiles = [InputFile.Of(Path.Combine(folder!, "docs", "guide.md"))] };
        using JsonDocument json = JsonDocument.Parse(full.ToJson());
        Assert.That(Keys(json.RootElement).Distinct().Where(key => !description.Contains($"`{key}`", StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public void ReadsBackAsItWasWritten()
    {
        using TemporaryFolder folder = new();
        Example().Write(folder.File("summary.json"));
        string text = File.ReadAllText(folder.File("summary.json"));
        Assert.That(Summary.FromJson(text).ToJson(), Is.EqualTo(text));
    }

    [TestCase(RunStatus.Done, 0, "done")]
    [TestCase(RunStatus.GaveUp, 2, "gave-up")]
    [TestCase(RunStatus.SafetyLimit, 3, "safety-limit")]
    [TestCase(RunStatus.Stopped, 75, "stopped")]
    public void EveryStatusHasItsExitCode(RunStatus status, int exitCode, string word)
    {
        Summary summary = Example();
        summary = summary with { Outcome = summary.Outcome with { Status = status } };
        Assert.That((summary.Outcome.ExitCode, summary.ToJson().Contains($"\"{word}\"", StringComparison.Ordinal)), Is.EqualTo((exitCode, true)));
    }

    [Test]
    public void CapacityAndEnergyKeepChargeAndDischargeApart()
    {
        // 1 h at −2 A, a jump to +1 A, 2 h there; then one hour in which the current falls from +1 A to −1 A.
        TerminalSummary terminal = TerminalSummary.FromSeries([0, 3600, 3600, 10800, 14400], [4, 3, 3.5, 3.5, 3.5], [-2, -2, 1, 1, -1], [0.4, 0.6, 0, 0, 0.2]);
        Assert.Multiple(() =>
        {
            Assert.That(terminal.DischargedCapacity, Is.EqualTo(2.25).Within(1e-12));
            Assert.That(terminal.ChargedCapacity, Is.EqualTo(2.25).Within(1e-12));
            Assert.That(terminal.DischargedEnergy, Is.EqualTo(7 + 3.5 / 4).Within(1e-12));
            Assert.That(terminal.ChargedEnergy, Is.EqualTo(7 + 3.5 / 4).Within(1e-12));
            Assert.That((terminal.FirstVoltage, terminal.LastVoltage), Is.EqualTo((4.0, 3.5)));
            Assert.That(terminal.Heat, Is.EqualTo(0.5 + 0.1 - (0.2 / 3 / 6)).Within(1e-12), "the last hour by the parabola through its ends and the start of the two hours before");
            Assert.That(terminal.LargestCurrent, Is.EqualTo(-2));
        });
    }

    [Test]
    public void TheWholeCellIsThePartOverItsShare()
    {
        WholeCellSummary cell = WholeCellSummary.Of(Terminal, Part, 34, 0.0379);
        Assert.Multiple(() =>
        {
            Assert.That((cell.ElectrodePairs, cell.OuterSurface), Is.EqualTo((34, 0.0379)));
            Assert.That(cell.ElectrodeArea, Is.EqualTo(34 * 0.016808).Within(1e-12));
            Assert.That(cell.OneC, Is.EqualTo(12.5).Within(1e-12));
            Assert.That((cell.DischargedCapacity, cell.ChargedCapacity), Is.EqualTo((68.0, 0.0)).Within(1e-10));
            Assert.That(cell.DischargedEnergy, Is.EqualTo(34 * 7).Within(1e-10));
            Assert.That(cell.Heat, Is.EqualTo(34 * 0.2).Within(1e-12));
            Assert.That(cell.LargestCurrent, Is.EqualTo(-68).Within(1e-12));
        });
    }

    [Test]
    public void InputFilesAreHashed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("case.json"), "abc");
        InputFile file = InputFile.Of(folder.File("case.json"));
        Assert.That((file.Bytes, file.Sha256), Is.EqualTo((3L, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")));
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().Where(p => p.Name is not ("Set-up" or "Cell3D" or "-ksp_type")).SelectMany(p => Keys(p.Value).Prepend(p.Name)),
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Keys),
        _ => [],
    };
}
