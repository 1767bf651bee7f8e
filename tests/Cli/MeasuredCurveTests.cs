using System.Text.Json.Nodes;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Cli;

/// <summary>Curves of the section Validation, and results that have been moved.</summary>
public class MeasuredCurveTests
{
    private static readonly string[] Short = ["--set", "Protocol.Steps=[\"Rest for 20 s\", \"Discharge at 1C for 20 s\"]", "--no-fields"];

    /// <summary>An experiment is taken by its name, the only one without; the run's time is that of the curve and the offset.</summary>
    [Test]
    public void ExperimentsOfTheBpxFileAreCompared()
    {
        using CaseFolder folder = CaseFolder.Column();
        Add(folder, "1C");
        string[] common = ["run", folder.Path, "--output", folder.Results, "--overwrite", "--overlay-offset", "20", .. Short, "--overlay"];
        ProgramResult only = Cell3DProgram.Run([.. common, "bpx"]);
        Assert.That(only.Code, Is.Zero, only.Errors);
        JsonNode overlay = JsonNode.Parse(File.ReadAllText(folder.In("results", "summary.json")))!["Overlay"]!;
        Assert.That(((string)overlay["File"]!, (int)overlay["Points"]!, (double)overlay["From [s]"]!, (double)overlay["Offset [s]"]!), Is.EqualTo(($"{Samples.Chen}: 1C", 3, 20.0, 20.0)));
        Assert.That((double)overlay["RMS temperature difference [K]"]!, Is.EqualTo(1).Within(1e-9));
        Add(folder, "C/2");
        ProgramResult several = Cell3DProgram.Run([.. common, "bpx"]), none = Cell3DProgram.Run([.. common, "bpx:2C"]), named = Cell3DProgram.Run([.. common, "bpx:c/2", "--quiet"]);
        Assert.That((several.Code, none.Code, named.Code), Is.EqualTo((65, 65, 0)), several.Errors + none.Errors + named.Errors);
        Assert.That(several.Errors, Does.Contain("holds 2 experiments, of which --overlay takes one (allowed: bpx:1C, bpx:C/2)"));
        Assert.That(none.Errors, Does.Contain($"{Samples.Chen}: Validation: there is no '2C' (allowed: bpx:1C, bpx:C/2)"));
        Assert.That(named.Output + named.Errors, Is.Empty, "quiet");
    }

    /// <summary>Nothing in the results names the place where they were made, and the resolved case runs where they are now.</summary>
    [Test]
    public void ResultsMayBeMoved()
    {
        using CaseFolder folder = CaseFolder.Column();
        File.WriteAllText(folder.In("curve.csv"), "Time [s],Voltage [V]\n0,4\n30,4\n");
        ProgramResult run = Cell3DProgram.Run(["run", folder.Case, "--output", folder.Results, "--overlay", folder.In("curve.csv"), .. Short[..2]]);
        Assert.That(run.Code, Is.Zero, run.Errors);
        string[] texts = [.. Directory.EnumerateFiles(folder.Results).Where(file => !file.EndsWith(".png", StringComparison.Ordinal))];
        Assert.That(texts, Has.Length.GreaterThan(5));
        foreach (string file in texts)
            Assert.That(File.ReadAllText(file), Does.Not.Contain(folder.Path), Path.GetFileName(file));
        using CaseFolder other = CaseFolder.Column();
        string summary = File.ReadAllText(Path.Combine(folder.Results, "timeseries.csv"));
        Directory.Move(folder.Results, other.In("moved"));
        File.Delete(other.In(Samples.Chen));
        ProgramResult again = Cell3DProgram.Run("run", other.In("moved", "case.resolved.json"), "--output", other.Results, "--no-fields");
        Assert.That(again.Code, Is.Zero, again.Errors);
        Assert.That(File.ReadAllText(Path.Combine(other.Results, "timeseries.csv")), Is.EqualTo(summary));
        ProgramResult inPlace = Cell3DProgram.Run("run", other.In("moved", "case.resolved.json"), "--output", other.In("moved"), "--overwrite", "--no-fields");
        Assert.That(inPlace.Code, Is.Zero, inPlace.Errors);
    }

    private static void Add(CaseFolder folder, string name)
    {
        JsonObject cell = JsonNode.Parse(File.ReadAllText(folder.In(Samples.Chen)))!.AsObject();
        if (cell["Validation"] is not JsonObject validation)
            cell["Validation"] = validation = [];
        validation[name] = JsonNode.Parse("""{ "Time [s]": [0, 10, 20], "Current [A]": [-5, -5, -5], "Voltage [V]": [4, 3.95, 3.94], "Temperature [K]": [297.15, 297.15, 297.15] }""");
        File.WriteAllText(folder.In(Samples.Chen), cell.ToJsonString());
    }
}
