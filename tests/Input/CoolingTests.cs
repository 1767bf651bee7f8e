using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Whose surface is cooled, and what is said where it is not that of the cell.</summary>
public class CoolingTests
{
    private const string PouchOfTheSurface =
        """{ "Model": "resolved", "Faces and casing refer to": "whole cell", "Cooling": { "All surfaces": { "Heat transfer coefficient [W.m-2.K-1]": 10 } } }""";

    [Test]
    public void APouchWithTheSurfaceOfItsFileIsNotCommented() => Assert.That(Warnings(Nmc(PouchOfTheSurface)), Is.Empty);

    [Test]
    public void ARollAsAPouchIsTold()
    {
        JsonObject text = Nmc(PouchOfTheSurface);
        text["Cell"] = Samples.Lfp;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        text["Geometry"] = JsonNode.Parse("""{ "Form": "pouch", "Width [m]": 0.25, "Height [m]": 0.3584 }""");
        Assert.That(Warnings(text).Single(), Does.Contain("outer surface of 0.1835 m2 as simulated and of 0.00431 m2 by the BPX file: it is cooled 42.6 times too strongly; a wound or folded cell cannot be simulated as a flat one"));
    }

    [Test]
    public void FacesOfEveryPairAreTold()
    {
        JsonObject text = Nmc(PouchOfTheSurface.Replace("\"Faces and casing refer to\": \"whole cell\", ", "", StringComparison.Ordinal));
        Assert.That(Warnings(text).Single(), Does.Contain("of 0.0379 m2 by the BPX file: it is cooled 31.9 times too strongly; set \"Faces and casing refer to\" to \"whole cell\""));
        text["Cell"] = BpxWithout(Samples.Nmc, "External surface area [m2]");
        Assert.That(Warnings(text).Single(), Does.Contain("the cell of 34 pairs shows 34 times its outer faces"));
        text["Thermal"]!["Faces and casing refer to"] = "simulated pairs";
        Assert.That(Warnings(text), Is.Empty, "said in so many words");
        File.Delete((string)text["Cell"]!);
    }

    [TestCase("\"Negative face\": 10", "the two faces are cooled differently and 1 pair stands for 34", "by about 1.2 %")]
    [TestCase("\"Negative face\": 500, \"Positive face\": 100", "the two faces are cooled differently and 1 pair stands for 34", "by about 35 %")]
    [TestCase("\"All surfaces\": 1000", "the faces are cooled and 1 pair stands for 34: the gradient through the whole stack is not shown", "by about 43 %")]
    [TestCase("\"All surfaces\": 50", null, null)]
    [TestCase("\"Top edge\": 500", null, null)]
    public void AGradientThroughTheStackThatOnePairCannotShowIsTold(string cooling, string? expected, string? size)
    {
        string surfaces = System.Text.RegularExpressions.Regex.Replace(cooling, @": (\d+)", ": { \"Heat transfer coefficient [W.m-2.K-1]\": $1 }");
        string[] warnings = Warnings(Nmc($$"""{ "Model": "resolved", "Faces and casing refer to": "whole cell", "Cooling": { {{surfaces}} } }"""));
        if (expected is null) Assert.That(warnings, Is.Empty);
        else Assert.That(warnings.Single(), Does.Contain(expected).And.Contain("5.22 mm and 2.18 W/(m K)").And.Contain(size));
    }

    [Test]
    public void AColumnIsCooledAsALumpedCell([Values(Samples.Lfp, Samples.Nmc)] string cell)
    {
        JsonObject text = Lumped(cell);
        SimulationCase column = Samples.Case(text);
        Assert.Multiple(() =>
        {
            Assert.That(Warnings(text), Is.Empty);
            Assert.That(column.Thermal.Cooling.Select(cooling => cooling.Surface), Is.EqualTo(new[] { CellSurface.NegativeFace, CellSurface.PositiveFace }));
            Assert.That(column.Thermal.Cooling.Select(cooling => cooling.Surroundings.AmbientTemperature), Is.All.EqualTo(TimeTable.Constant(290)));
            Assert.That(OuterSurface.Area(column), Is.EqualTo(column.Cell.ExternalSurfaceArea));
            Assert.That(OuterSurface.Conductance(column).Largest, Is.EqualTo(8 * column.Cell.ExternalSurfaceArea!.Value).Within(1e-12));
            Assert.That(OuterSurface.Conductance(Samples.Case(JsonNode.Parse(column.ToJson())!)), Is.EqualTo(OuterSurface.Conductance(column)), "resolved");
        });
    }

    [Test]
    public void TheExternalSurfaceIsForColumnsAloneAndForFilesThatGiveIt()
    {
        JsonObject both = Lumped(Samples.Lfp), pouch = Nmc(Lumped(Samples.Nmc)["Thermal"]!.ToJsonString()), without = Lumped(BpxWithout(Samples.Lfp, "External surface area [m2]"));
        both["Thermal"]!["Cooling"]!["Top edge"] = JsonNode.Parse("""{ "Heat transfer coefficient [W.m-2.K-1]": 8 }""");
        Assert.Multiple(() =>
        {
            Assert.That(Samples.Messages(Samples.Load(both).Problems).Single(), Does.Contain("Thermal.Cooling.Top edge = {…}: External surface is given as well; allowed: one of both"));
            Assert.That(Samples.Messages(Samples.Load(pouch).Problems).Single(), Does.Contain("Thermal.Cooling.External surface = {…}: only a column is cooled as a lumped cell"));
            Assert.That(Samples.Messages(Samples.Load(without).Problems).Single(), Does.Contain("the BPX file gives no External surface area [m2]"));
        });
        File.Delete((string)without["Cell"]!);
    }

    [Test]
    public void NoPublishedCaseIsCommented()
    {
        string[] files = [.. Directory.EnumerateFiles(Path.Combine(Samples.Repository, "cases"), "*.json", SearchOption.AllDirectories).Where(file => JsonNode.Parse(File.ReadAllText(file)) is JsonObject text && text.ContainsKey("Protocol"))];
        Assert.That(files, Has.Length.GreaterThan(8));
        foreach (string file in files)
        {
            CaseResult result = CaseFile.Load(file);
            Assert.That(result.Case, Is.Not.Null, file);
            Assert.That(Cooling(result), Is.Empty, file);
        }
    }

    private static JsonObject Nmc(string thermal)
    {
        JsonObject text = Samples.Pouch();
        text["Thermal"] = JsonNode.Parse(thermal);
        return text;
    }

    private static JsonObject Lumped(string cell)
    {
        JsonObject text = Samples.Column();
        text["Cell"] = cell;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        text["Thermal"] = JsonNode.Parse("""{ "Model": "resolved", "Cooling": { "External surface": { "Heat transfer coefficient [W.m-2.K-1]": 8, "Ambient temperature [K]": 290 } } }""");
        return text;
    }

    private static string BpxWithout(string name, string key)
    {
        JsonNode cell = JsonNode.Parse(File.ReadAllText(Samples.PathOf(name)))!;
        cell["Parameterisation"]!["Cell"]!.AsObject().Remove(key);
        string file = Path.Combine(Path.GetTempPath(), $"cell3d-{Guid.NewGuid():N}.json");
        File.WriteAllText(file, cell.ToJsonString());
        return file;
    }

    private static string[] Warnings(JsonObject text) => Cooling(Samples.Load(text));

    private static string[] Cooling(CaseResult result)
    {
        Assert.That(result.Errors, Is.Empty);
        return [.. result.Warnings.Where(problem => problem.Path == "Thermal.Cooling" && !problem.Text.Contains("isothermal", StringComparison.Ordinal)).Select(problem => problem.Text)];
    }
}
