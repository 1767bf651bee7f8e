using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class BpxBadInputTests
{
    private static IEnumerable<TestCaseData> Values()
    {
        yield return Bad("Separator/Thickness [m]", "-2e-5", "Parameterisation.Separator.Thickness [m] = -2e-5: outside the allowed range; allowed: 1e-8 to 0.05");
        yield return Bad("Negative electrode/Porosity", "1.2", "Parameterisation.Negative electrode.Porosity = 1.2: outside the allowed range; allowed: > 0 and ≤ 1");
        yield return Bad("Negative electrode/Porosity", "\"high\"", "Parameterisation.Negative electrode.Porosity = \"high\": has the wrong type; allowed: a number, > 0 and ≤ 1");
        yield return Bad("Negative electrode/Porosity", "null", "Parameterisation.Negative electrode.Porosity = null: has no value; allowed: a number, > 0 and ≤ 1");
        yield return Bad("Positive electrode/Minimum stoichiometry", "0.97", "Parameterisation.Positive electrode.Minimum stoichiometry = 0.97: is not below the maximum stoichiometry; allowed: ≥ 0 and < 0.9621");
        yield return Bad("Positive electrode/Particle radius [m]", "4.6", "Parameterisation.Positive electrode.Particle radius [m] = 4.6: outside the allowed range; allowed: 1e-10 to 0.01");
        yield return Bad("Positive electrode/Surface area per unit volume [m-1]", "1e7", "Parameterisation.Positive electrode.Surface area per unit volume [m-1] = 1e7: gives an active volume fraction a R/3 above 1; allowed: > 0 and ≤ 652173.91");
        yield return Bad("Cell/Lower voltage cut-off [V]", "4.3", "Parameterisation.Cell.Lower voltage cut-off [V] = 4.3: is not below the upper cut-off; allowed: < 4.2");
        yield return Bad("Cell/Number of electrode pairs connected in parallel to make a cell", "3.5", "to make a cell = 3.5: has the wrong type; allowed: a whole number, 1 to 100000");
        yield return Bad("Negative electrode/OCP [V]", "\"exp(-x) + tanh(y)\"", "Parameterisation.Negative electrode.OCP [V] = \"exp(-x) + tanh(y)\": unknown name 'y'");
        yield return Bad("Negative electrode/OCP [V]", "\"exp(-x) +\"", "the expression ends where a number, x, T, a function or '(' is expected at column 10; allowed: numbers, x, T, + - * / **");
        yield return Bad("Negative electrode/OCP [V]", "\"log(x - 0.1)\"", "Parameterisation.Negative electrode.OCP [V] = \"log(x - 0.1)\": is NaN at x = 0.005504; allowed: -10 to 10 for x from 0.005504 to 0.75668");
        yield return Bad("Negative electrode/Diffusivity [m2.s-1]", "\"1e-14*(x - 0.5)\"", "allowed: 1e-25 to 0.0001 for x from 0.005504 to 0.75668");
        yield return Bad("Electrolyte/Conductivity [S.m-1]", "-1", "Parameterisation.Electrolyte.Conductivity [S.m-1] = -1: outside the allowed range; allowed: 1e-6 to 1000");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "{\"x\": [0, 1000, 1000], \"y\": [1e-10, 2e-10, 3e-10]}", "Parameterisation.Electrolyte.Diffusivity [m2.s-1].x = 1000: x[1] and x[2] are the same, 1000; allowed: at least 2 points");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "{\"x\": [0, 1000, 500], \"y\": [1e-10, 2e-10, 3e-10]}", "x[2] = 500 turns back after x[1] = 1000");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "{\"x\": [0, 1000], \"y\": [1e-10]}", "x has 2 values, y has 1");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "{\"x\": [0, 1000], \"z\": [1e-10]}", "Diffusivity [m2.s-1].z = [1 values]: unknown key in a table; allowed: x, y");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "{\"x\": [0, \"a\"], \"y\": [1e-10, 2e-10]}", "Diffusivity [m2.s-1].x[1] = \"a\": has the wrong type; allowed: a number");
        yield return Bad("Electrolyte/Diffusivity [m2.s-1]", "true", "has the wrong type; allowed: a number, an expression in x, a table");
    }

    [TestCaseSource(nameof(Values))]
    public void WrongValuesNameFileLineKeyValueAndRange(string key, string value, string message)
    {
        string[] path = key.Split('/');
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text => text["Parameterisation"]![path[0]]![path[1]] = JsonNode.Parse(value));
        string[] messages = Samples.Messages(result.Problems);
        Assert.Multiple(() =>
        {
            Assert.That(result.Cell, Is.Null);
            Assert.That(messages, Has.Some.Contains(message));
            Assert.That(messages, Has.All.Match(@"^cell\.json\(\d+\): error: "));
        });
    }

    [Test]
    public void LinesAreThoseOfTheFile()
    {
        string[] lines = File.ReadAllLines(Samples.PathOf(Samples.Nmc));
        int line = Array.FindIndex(lines, text => text.Contains("0.253991", StringComparison.Ordinal)) + 1;
        BpxResult result = Samples.ReplacedBpx(Samples.Nmc, "0.253991", "1.2");
        Assert.That(result.Problems.Single(problem => problem.Severity == Severity.Error).Line, Is.EqualTo(line));
    }

    [Test]
    public void MissingUnknownAndDoubledKeysComeAllAtOnce()
    {
        string text = File.ReadAllText(Samples.PathOf(Samples.Nmc))
            .Replace("\"Electrode area [m2]\": 0.016808,", "", StringComparison.Ordinal)
            .Replace("\"Porosity\": 0.47,", "\"Porosity\": 0.47, \"Porosity\": 0.48, \"Tortuosity\": 2,", StringComparison.Ordinal)
            .Replace("\"Cation transference number\"", "\"Cation transferance number\"", StringComparison.Ordinal);
        string[] messages = Samples.Messages(BpxFile.Read(Encoding.UTF8.GetBytes(text), "cell.json").Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Length.EqualTo(5));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Cell.Electrode area [m2]: the key is missing; allowed: 1e-8 to 100"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Separator.Porosity = 0.48: the key is given twice; allowed: once"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Separator.Tortuosity = 2: unknown key; allowed: Thickness [m], Porosity, Transport efficiency"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Electrolyte.Cation transferance number = 0.2594: unknown key, did you mean \"Cation transference number\"?"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Electrolyte.Cation transference number: the key is missing; allowed: ≥ -1 and < 1"));
        });
    }

    [TestCase("Separator")]
    [TestCase("Electrolyte")]
    [TestCase("Positive electrode")]
    [TestCase("Cell")]
    public void MissingSectionsAreNamed(string section)
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text => text["Parameterisation"]!.AsObject().Remove(section));
        Assert.That(Samples.Messages(result.Problems).Single(), Does.EndWith($"error: Parameterisation.{section}: the section is missing"));
    }

    [Test]
    public void NotANumberInATableIsFoundTogetherWithTheRest()
    {
        string text = File.ReadAllText(Samples.PathOf(Samples.Lfp))
            .Replace("\"y\": [0.0001, 4.7145e-05,", "\"y\": [NaN, -Infinity,", StringComparison.Ordinal)
            .Replace("\"Porosity\": 0.47", "\"Porosity\": 47", StringComparison.Ordinal);
        string[] messages = Samples.Messages(BpxFile.Read(Encoding.UTF8.GetBytes(text), "cell.json").Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Length.EqualTo(3));
            Assert.That(messages, Has.Some.Contains("Positive electrode.Entropic change coefficient [V.K-1].y[0] = NaN or Infinity: not a finite number; allowed: a finite number"));
            Assert.That(messages, Has.Some.Contains("y[1] = NaN or Infinity"));
            Assert.That(messages, Has.Some.Contains("Parameterisation.Separator.Porosity = 47: outside the allowed range; allowed: > 0 and ≤ 1"));
        });
    }

    [Test]
    public void BlendedElectrodesRefuseParticleKeysBesideTheirClasses()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Blended, text => text["Parameterisation"]!["Positive electrode"]!["Particle radius [m]"] = 1e-6);
        Assert.That(Samples.Messages(result.Problems).Single(), Does.Contain("Parameterisation.Positive electrode.Particle radius [m] = 1E-06: unknown key"));
    }

    [Test]
    public void HysteresisNeedsBothBranches()
    {
        const string delithiation = "Negative electrode delithiation OCP [V]", lithiation = "Negative electrode lithiation OCP [V]";
        Assert.Multiple(() =>
        {
            Assert.That(Refusal(branches => branches.Remove(lithiation)), Does.Contain($"User-defined.{delithiation} = {{…}}: stands alone; allowed: both \"{delithiation}\" and \"{lithiation}\""));
            Assert.That(Refusal(branches => branches[lithiation] = "log(-x)"), Does.Contain($"{lithiation} = \"log(-x)\": is NaN at x = 0.005504"));
            Assert.That(Refusal(branches => branches["Negative electrode OCP [V] at -20 C"] = 0.1), Does.Contain("Negative electrode OCP [V] at -20 C = 0.1: a user-defined open-circuit potential of this name is not known"));
        });

        static string Refusal(Action<JsonObject> change) =>
            Samples.Messages(Samples.ChangedBpx(Samples.Hysteresis, text => change(text["Parameterisation"]!["User-defined"]!.AsObject())).Problems).Single();
    }

    [Test]
    public void SingleParticleSetsAreRefused()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text =>
        {
            text["Header"]!["Model"] = "SPM";
            text["Parameterisation"]!.AsObject().Remove("Electrolyte");
            text["Parameterisation"]!.AsObject().Remove("Separator");
        });
        string[] messages = Samples.Messages(result.Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Length.EqualTo(2));
            Assert.That(messages, Has.Some.Contains("Header.Model = \"SPM\": Cell3D needs a set for the Doyle-Fuller-Newman model; allowed: \"DFN\""));
            Assert.That(messages, Has.Some.Contains("it lacks \"Electrolyte\" and \"Separator\""));
        });
    }

    [Test]
    public void UnknownVersionsAreRefused()
    {
        BpxResult result = Samples.ReplacedBpx(Samples.Nmc, "\"BPX\": \"0.1.0\"", "\"BPX\": \"2.0\"");
        Assert.That(Samples.Messages(result.Problems), Has.Some.Contains("Header.BPX = \"2.0\": unknown version; allowed: 0.x, 1.x"));
    }

    [Test]
    public void TruncatedFilesSaySo()
    {
        byte[] text = File.ReadAllBytes(Samples.PathOf(Samples.Nmc));
        Assert.That(Samples.Messages(BpxFile.Read(text[..3000], "cell.json").Problems).Single(), Does.Match(@"^cell\.json\(\d+\): error: not valid JSON at column \d+: the file ends in the middle"));
    }

    [TestCase("{ \"a\": 1, // remark\n \"b\": 2 }", 1, "JSON knows no comments; remove it")]
    [TestCase("{ \"a\": 1,\n /* remark */ \"b\": 2 }", 2, "JSON knows no comments; remove it")]
    [TestCase("# remark\n{ \"a\": 1 }", 1, "JSON knows no comments; remove it")]
    [TestCase("{ \"a\": 1,\n}", 2, "a comma stands before the closing bracket")]
    [TestCase("{ \"a\": [1, 2, ] }", 1, "a comma stands before the closing bracket")]
    [TestCase("{ \"a\": 1\n \"b\": 2 }", 2, "a comma is missing before this")]
    [TestCase("{ 'a': 1 }", 1, "stand in double quotes")]
    public void WhatOtherLanguagesAllowIsToldInWords(string text, int line, string words) =>
        Assert.That(Samples.Messages(BpxFile.Read(Encoding.UTF8.GetBytes(text), "cell.json").Problems).Single(), Does.StartWith($"cell.json({line}): error: not valid JSON").And.Contain(words));

    [Test]
    public void OtherFilesSayWhatTheyAre()
    {
        string Message(byte[] text) => Samples.Messages(BpxFile.Read(text, "cell.json").Problems).Single();
        Assert.Multiple(() =>
        {
            Assert.That(Message([0x7f, 0x45, 0x4c, 0x46, 0, 1, 0xff, 0xfe]), Is.EqualTo("cell.json: error: the file is not UTF-8 text (binary data, or another encoding)"));
            Assert.That(Message([]), Is.EqualTo("cell.json: error: the file is empty"));
            Assert.That(Message("  \n"u8.ToArray()), Is.EqualTo("cell.json: error: the file is empty"));
            Assert.That(Message("[1, 2]"u8.ToArray()), Does.StartWith("cell.json(1): error:").And.Contain("is not a BPX file"));
            Assert.That(Message("{\"a\" 1}"u8.ToArray()), Does.StartWith("cell.json(1): error: not valid JSON at column 6"));
            Assert.That(Message("{} {}"u8.ToArray()), Does.Contain("not valid JSON"));
            Assert.That(Message(Encoding.UTF8.GetBytes(new string('[', 5000))), Does.Contain("not valid JSON"));
        });
    }

    [Test]
    public void MissingFilesAndFoldersAreNamed() => Assert.Multiple(() =>
    {
        Assert.That(BpxFile.Load("/nowhere/cell.json").Problems.Single().ToString(), Is.EqualTo("/nowhere/cell.json: error: the file does not exist"));
        Assert.That(BpxFile.Load(Samples.Folder).Problems.Single().ToString(), Is.EqualTo($"{Samples.Folder}: error: is a folder, not a file"));
    });

    [Test]
    public void MeasurementsMustHaveOneLengthAndRisingTimes()
    {
        BpxResult result = Samples.ChangedBpx(Samples.Nmc, text =>
        {
            JsonNode curve = text["Validation"]!["1C discharge"]!;
            curve["Time [s]"]![1] = 0;
            curve["Voltage [V]"]!.AsArray().RemoveAt(0);
        });
        string[] messages = Samples.Messages(result.Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Some.Contains("Validation.1C discharge.Voltage [V] = [37 values]: has another number of values than Time [s]; allowed: 38 values"));
            Assert.That(messages, Has.Some.Contains("Validation.1C discharge.Time [s] = [38 values]: value 1 does not lie after value 0; allowed: rising times"));
        });
    }

    private static TestCaseData Bad(string key, string value, string message) => new TestCaseData(key, value, message).SetArgDisplayNames(key, value);
}
