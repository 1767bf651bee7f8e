using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Drive cycles from CSV files.</summary>
public class DriveCycleFileTests
{
    private static DriveColumns? Read(string text, out string[] messages)
    {
        InputReport report = new("cycle.csv");
        DriveColumns? columns = DriveCycleFile.Read(Encoding.UTF8.GetBytes(text), report);
        messages = [.. report.Problems.Select(problem => problem.ToString())];
        Assert.That(columns is null, Is.EqualTo(messages.Length > 0), string.Join('\n', messages));
        return columns;
    }

    [TestCase("0,1\n1,-2\n", "unnamed 1 -2")]
    [TestCase("# comment\n\n0 1\n 1\t-2 \n", "unnamed 1 -2")]
    [TestCase("Time [s],Current [A]\n0,1\n1,-2\n", "current 1 -2")]
    [TestCase("# Time [s], Current [A]\n0,1\n1,-2\n", "current 1 -2")]
    [TestCase("Test Time / s,Voltage / V,Current / A\n0,4,1\n1,4,-2\n", "current 1 -2")]
    [TestCase("test_time_second,voltage_volt,current_ampere\n0,4,1\n1,4,-2\n", "current 1 -2")]
    [TestCase("Current (mA);Time (min)\n1000;0\n-2000;1\n", "current 1 -2")]
    [TestCase("t;P [kW]\n0;0,001\n1;-0,002\n", "power 1 -2")]
    [TestCase("time_s,power_W\n0,1\n1,-2\n", "power 1 -2")]
    [TestCase("\"Time [s]\",\"Current [A]\"\r\n\"0\",\"1\"\r\n\"1\",\"-2\"\r\n", "current 1 -2")]
    [TestCase("\"0\";\"1\"\n\"1\";\"-2,0\"\n", "unnamed 1 -2")]
    [TestCase("\uFEFFtime,load\r\n0,1\r\n1,-2\r\n", "unnamed 1 -2")]
    public void ColumnsAreFoundByNameOrOrder(string text, string meaning)
    {
        DriveColumns columns = Read(text, out _)!;
        string found = columns.Currents is { } currents ? $"current {string.Join(' ', currents)}" : columns.Powers is { } powers ? $"power {string.Join(' ', powers)}" : $"unnamed {string.Join(' ', columns.Unnamed!)}";
        Assert.That(found, Is.EqualTo(meaning));
        Assert.That(columns.Times[0], Is.Zero);
        Assert.That(columns.Times[1], Is.EqualTo(text.Contains("min", StringComparison.Ordinal) ? 60 : 1));
    }

    [Test]
    public void CurrentsAndPowersMayStandSideBySide()
    {
        DriveColumns columns = Read("Time [s],Power [W],Current [A]\n0,4,1\n1,8,2\n", out _)!;
        Assert.That(columns.Currents, Is.EqualTo(new double[] { 1, 2 }));
        Assert.That(columns.Powers, Is.EqualTo(new double[] { 4, 8 }));
    }

    /// <summary>A logger's clock seldom starts at zero, and a first value that holds for long changes the charge.</summary>
    [TestCase("[1000, 1010, 1020]", true)]
    [TestCase("[10, 20, 30]", false)]
    [TestCase("[0, 20, 30]", false)]
    public void ALateFirstSampleIsRemarked(string times, bool isRemarked)
    {
        JsonObject text = Samples.Column();
        text["Protocol"] = JsonNode.Parse($$"""{ "Drive cycles": { "log": { "Times [s]": {{times}}, "Values": [-1, -1, -1] } }, "Steps": "Run log (A)" }""");
        string[] warnings = [.. Samples.Load(text).Problems.Where(problem => problem.Severity == Severity.Warning).Select(problem => problem.ToString())];
        Assert.That(warnings.Any(warning => warning.Contains("the first sample of \"log\" stands at 1000 s, and its value holds from the start of the step until then", StringComparison.Ordinal)), Is.EqualTo(isRemarked), string.Join('\n', warnings));
    }

    [Test]
    public void AllFaultsAreToldAtOnceWithTheirLines()
    {
        Read("# UDDS\nTime [s],Current [A]\n0,1\n1,x\n1,2\n2\n-3,4\n3,1e99\nnan,5\n", out string[] messages);
        Assert.That(messages, Is.EqualTo(new[]
        {
            "cycle.csv(4): error: Current = \"x\": is not a number; allowed: a number with a decimal point",
            "cycle.csv(5): error: Time = \"1\": does not lie after the time before it; allowed: > 1",
            "cycle.csv(6): error: Columns = 1: are not as many as in the first row; allowed: 2",
            "cycle.csv(7): error: Time = \"-3\": outside the allowed range; allowed: 0 to 1000000000 s",
            "cycle.csv(8): error: Current = \"1e99\": outside the allowed range; allowed: -1000000000 to 1000000000",
            "cycle.csv(9): error: Time = \"nan\": is not a number; allowed: a number with a decimal point",
        }));
    }

    [TestCase("", "the file holds 0 samples, at least 2 are needed")]
    [TestCase("0,1\n", "the file holds 1 samples, at least 2 are needed")]
    [TestCase("1\n2\n", "Columns = 1: are not those of a drive cycle; allowed: Time [s] and Current [A] or Power [W]")]
    [TestCase("Current [A],Power [W]\n0,1\n1,2\n", "none of them is a time")]
    [TestCase("Time [s],Voltage [V],Temperature [K]\n0,1,2\n1,2,3\n", "none of them says current or power")]
    [TestCase("Time [s],Current [A],I [mA]\n0,1,2\n1,2,3\n", "Columns = \"I [mA]\": is a second column of current; allowed: one of each")]
    [TestCase("0,1,2\n1,2,3\n", "none of them says current or power")]
    [TestCase("0,1\n1,\0\n", "the file is not UTF-8 text")]
    public void FilesThatAreNoDriveCycleSayWhy(string text, string message)
    {
        Read(text, out string[] messages);
        Assert.That(messages, Has.Some.Contains(message));
    }

    [Test]
    public void TooManySamplesAreRefused()
    {
        StringBuilder text = new();
        for (int i = 0; i <= DriveCycleFile.MostSamples; i++) text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},1\n");
        Read(text.ToString(), out string[] messages);
        Assert.That(messages.Single(), Does.Contain("the file holds more than 200000 samples"));
    }

    [Test]
    public void AnyTextIsReadOrRefused()
    {
        string[] pieces = ["Time [s]", "Current [A]", "Power / W", ",", ";", "\t", " ", "\n", "\r\n", "0", "1", "-2", "1e999", "nan", "#", "\"", "x", "1,5", "é", "[", "]"];
        Random random = new(4);
        for (int i = 0; i < 5000; i++)
            Read(string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => pieces[random.Next(pieces.Length)])), out _);
    }

    /// <summary>Sentences name files beside the case; the resolved case holds their samples.</summary>
    [Test]
    public void ACaseRunsThroughItsFile()
    {
        string folder = Directory.CreateTempSubdirectory("cell3d-cycle-").FullName;
        try
        {
            File.Copy(Samples.PathOf(Samples.Chen), Path.Combine(folder, Samples.Chen));
            Directory.CreateDirectory(Path.Combine(folder, "cycles"));
            File.WriteAllText(Path.Combine(folder, "cycles", "short.csv"), "Time [s],Current [A]\n0,1\n10,2\n20,-1\n");
            File.CreateSymbolicLink(Path.Combine(folder, "link.csv"), Path.Combine(folder, "cycles", "short.csv"));
            string path = Path.Combine(folder, "case.json");
            CaseResult Load(string protocol, params string[] settings) =>
                CaseFile.Read(Encoding.UTF8.GetBytes($$"""{ "Cell": "{{Samples.Chen}}", "Geometry": { "Form": "column" }, "Protocol": {{protocol}} }"""), path, settings);

            CaseResult result = Load("""{ "Drive cycles": { "cycles/short.csv": { "Positive values": "discharge" } }, "Steps": ["Run cycles/short.csv (A)", "Run cycles/short.csv"] }""");
            SimulationCase simulation = result.Case ?? throw new AssertionException(string.Join('\n', result.Problems));
            DriveCycle samples = ((Drive.Cycle)simulation.Protocol.Steps[0].Drive).Samples;
            SimulationCase again = CaseFile.Read(Encoding.UTF8.GetBytes(simulation.ToJson()), path).Case!;
            Assert.Multiple(() =>
            {
                Assert.That(samples.Values, Is.EqualTo(new double[] { -1, -2, 1 }));
                Assert.That(simulation.ProtocolFiles, Is.EqualTo(new[] { Path.Combine(folder, "cycles/short.csv") }));
                Assert.That(((Drive.Cycle)again.Protocol.Steps[1].Drive).Samples.Values, Is.EqualTo(samples.Values));
                Assert.That(again.ProtocolFiles, Is.Empty, "the samples stand in the resolved case");
                Assert.That(result.Warnings, Is.Empty);
                Assert.That(Load("""{ "Steps": "Run cycles/short.csv (A)" }""").Warnings.Single().Text, Does.Contain("with its mean of +1 A the drive cycle charges the cell"));
                Assert.That(Load("""{ "Steps": "Run cycles/short.csv (W)" }""").Errors.Single().Text, Does.Contain("holds no power"));
                Assert.That(Load("""{ "Steps": "Run link.csv (A)" }""").Errors.Single().Text, Does.Contain("is not a file in the folder of the case"));
                Assert.That(Load("""{ "Steps": "Rest for 1 s" }""", $"Protocol.Steps=[\"Run '{folder}/cycles/../link.csv' (A)\"]").Case, Is.Not.Null, "the command line may name any");
                Assert.That(Load("""{ "Steps": "Run gone.csv" }""").FileMissing);
            });
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
