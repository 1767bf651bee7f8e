using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Given temperatures and fluxes, contacts and patches of a case file.</summary>
public class PatchInputTests
{
    private const string Channels = """{ "Surface": "Negative face", "From [m]": [0.01, 0.01], "To [m]": [0.02, 0.16], "Repetitions": 3, "Pitch [m]": [0.03, 0], "Surface temperature [K]": { "Times [s]": [0, 60], "Values": [298.15, 288.15] }, "Contact resistance [K.m2.W-1]": 2e-4 }""";

    [Test]
    public void EveryKindIsRead()
    {
        SimulationCase pouch = Samples.Case(Pouch(("Channels", Channels), ("Heater", """{ "Surface": "Top edge", "From [m]": [0, 0.02], "To [m]": [1e-4, 0.04], "Heat flux [W.m-2]": -200 }""")),
            """Thermal.Cooling.Left edge={"Heat transfer coefficient [W.m-2.K-1]": 30, "Contact resistance [K.m2.W-1]": 0.01}""");
        CoolingSettings channels = pouch.Thermal.Cooling.Single(entry => entry.Name == "Channels"), heater = pouch.Thermal.Cooling.Single(entry => entry.Name == "Heater");
        Assert.Multiple(() =>
        {
            Assert.That(channels.Surface, Is.EqualTo(CellSurface.NegativeFace));
            Assert.That(channels.Rectangles, Has.Count.EqualTo(3));
            Assert.That(channels.Rectangles[2].FirstEnd, Is.EqualTo(0.08).Within(1e-15));
            Assert.That(channels.Surroundings.IsPlate);
            Assert.That(channels.Surroundings.ContactResistance, Is.EqualTo(34 * 2e-4).Within(1e-15), "one pair's face carries its share");
            Assert.That(heater.Surroundings.HeatFlux, Is.EqualTo(TimeTable.Constant(-200)));
            Assert.That(pouch.Thermal.Cooling.Single(entry => entry.Name == "Left edge").Surroundings.Conductance(0), Is.EqualTo(1 / ((1 / 30.0) + 0.01)));
            Assert.That(pouch.Thermal.TimesOfChange, Is.EqualTo(new[] { 0, 60.0 }));
        });
    }

    [Test]
    public void TheResolvedCaseIsTheSame()
    {
        SimulationCase first = Samples.Case(Pouch(("Channels", Channels))), again = Samples.Case(JsonNode.Parse(first.ToJson())!);
        Assert.That(again.ToJson(), Is.EqualTo(first.ToJson()));
        Assert.That(again.Thermal.Cooling.Select(entry => (entry.Name, entry.Surroundings)), Is.EqualTo(first.Thermal.Cooling.Select(entry => (entry.Name, entry.Surroundings))));
        Assert.That(again.Thermal.Cooling[^1].Rectangles, Is.EqualTo(first.Thermal.Cooling[^1].Rectangles));
    }

    /// <summary>A patch takes its area from the surface.</summary>
    [Test]
    public void ConductancesAreThoseOfTheAreas()
    {
        JsonObject text = Pouch(("Spot", """{ "Surface": "Negative face", "From [m]": [0.01, 0.01], "To [m]": [0.03, 0.06], "Heat transfer coefficient [W.m-2.K-1]": 100 }"""));
        double with = OuterSurface.Conductance(Samples.Case(text)).Largest, without = OuterSurface.Conductance(Samples.Case(Pouch())).Largest;
        Assert.That(with - without, Is.EqualTo(0.02 * 0.05 * (100 - 10)).Within(1e-12));
        text["Thermal"]!["Cooling"]!["Patches"]!["Spot"]!["Heat flux [W.m-2]"] = -50;
        Assert.That(OuterSurface.GivenHeat(Samples.Case(text)), Is.EqualTo((-0.05, -0.05)).Using<(double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) < 1e-12 && Math.Abs(a.Item2 - b.Item2) < 1e-12));
    }

    [TestCase("\"From [m]\": [0.02, 0.01], \"To [m]\": [0.01, 0.02]", "does not lie above the other corner in both coordinates")]
    [TestCase("\"From [m]\": [0.02, 0.01], \"To [m]\": [0.3, 0.02]", "leaves the surface; allowed: within [0, 0] to [")]
    [TestCase("\"From [m]\": [0.02, 0.01, 0], \"To [m]\": [0.03, 0.02]", "has the wrong type; allowed: a list of 2 numbers")]
    [TestCase("\"From [m]\": [0.02, 0.01]", "To [m]: the key is missing")]
    [TestCase("\"From [m]\": [0, 0], \"To [m]\": [0.01, 0.01], \"Repetitions\": 3", "Pitch [m]: the key is missing")]
    [TestCase("\"From [m]\": [0, 0], \"To [m]\": [0.01, 0.01], \"Repetitions\": 3, \"Pitch [m]\": [0.005, 0]", "the repeated rectangles overlap")]
    [TestCase("\"From [m]\": [0.05, 0.05], \"To [m]\": [0.06, 0.06]", "overlaps patch \"First\"")]
    public void WrongRectanglesAreTold(string rectangle, string expected)
    {
        string[] messages = Messages(Pouch(("First", Patch("\"From [m]\": [0.04, 0.04], \"To [m]\": [0.055, 0.055]")), ("Second", Patch(rectangle))));
        Assert.That(messages, Has.Some.StartsWith("case.json").And.Contains("Thermal.Cooling.Patches.Second").And.Contains(expected));
    }

    [Test]
    public void WrongPatchesAreToldAllAtOnce()
    {
        string[] messages = Messages(Pouch(
            ("Top edge", Patch("\"From [m]\": [0.04, 0.04], \"To [m]\": [0.055, 0.055]")),
            ("a/b", Patch("\"From [m]\": [0.01, 0.01], \"To [m]\": [0.015, 0.015]")),
            ("Nowhere", """{ "Surface": "Underside", "From [m]": [0, 0], "To [m]": [1, 1], "Heat transfer coefficient [W.m-2.K-1]": 1 }"""),
            ("Both", """{ "Surface": "Negative face", "From [m]": [0, 0], "To [m]": [0.001, 0.001], "Surface temperature [K]": 300, "Emissivity": 0.5, "Heat flux [W.m-2]": 3 }"""),
            ("Nothing", """{ "Surface": "Negative face", "From [m]": [0.002, 0.002], "To [m]": [0.003, 0.003], "Contact resistance [K.m2.W-1]": -1 }""")));
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.Some.Contains("Patches.Top edge").And.Contains("is the name of a surface"));
            Assert.That(messages, Has.Some.Contains("Patches.a/b").And.Contains("cannot bear"));
            Assert.That(messages, Has.Some.Contains("Patches.Nowhere.Surface = \"Underside\": the case has no such surface for a patch; allowed: Negative face, Positive face, Left edge"));
            Assert.That(messages, Has.Some.Contains("Patches.Both.Emissivity = 0.5: Surface temperature [K] is given as well"));
            Assert.That(messages, Has.Some.Contains("Patches.Both.Heat flux [W.m-2] = 3: Surface temperature [K] is given as well"));
            Assert.That(messages, Has.Some.Contains("Patches.Nothing.Heat transfer coefficient [W.m-2.K-1]: the key is missing"));
            Assert.That(messages, Has.Some.Contains("Patches.Nothing.Contact resistance [K.m2.W-1] = -1: outside the allowed range; allowed: 0 to 100"));
        });
    }

    /// <summary>One of 34 pairs shows neither the gradient towards a plate nor that of a heated face.</summary>
    [Test]
    public void GradientsOfPlatesAndHeatersAreTold()
    {
        string[] plate = Warnings("""{ "Negative face": { "Surface temperature [K]": 290 } }"""), contact = Warnings("""{ "Negative face": { "Surface temperature [K]": 290, "Contact resistance [K.m2.W-1]": 1e-3 } }""");
        string[] heater = Warnings("""{ "Negative face": { "Heat flux [W.m-2]": -1000 }, "Positive face": { "Heat flux [W.m-2]": 1000 } }""");
        Assert.Multiple(() =>
        {
            Assert.That(plate.Single(), Does.Contain("the two faces are cooled differently and 1 pair stands for 34").And.Contain("by about 1.5E+02 %"));
            Assert.That(contact.Single(), Does.Contain("the two faces are cooled differently"));
            Assert.That(heater.Single(), Does.Contain("the heat fluxes of the two faces differ and 1 pair stands for 34").And.Contain("2.4 K"));
            Assert.That(Warnings("""{ "All surfaces": { "Heat flux [W.m-2]": -1000 } }"""), Is.Empty);
        });
    }

    private static string Patch(string rectangle) => $$"""{ "Surface": "Negative face", {{rectangle}}, "Heat transfer coefficient [W.m-2.K-1]": 100 }""";

    private static string[] Messages(JsonObject text) => Samples.Messages(Samples.Load(text).Problems);

    private static string[] Warnings(string cooling)
    {
        JsonObject text = Samples.Pouch();
        text["Thermal"] = JsonNode.Parse($$"""{ "Model": "resolved", "Faces and casing refer to": "whole cell", "Cooling": {{cooling}} }""");
        return [.. Samples.Load(text).Warnings.Where(problem => problem.Path == "Thermal.Cooling").Select(problem => problem.Text)];
    }

    private static JsonObject Pouch(params (string Name, string Text)[] patches)
    {
        JsonObject text = Samples.Pouch(), entries = [];
        foreach ((string name, string patch) in patches)
            entries[name] = JsonNode.Parse(patch);
        text["Thermal"]!["Cooling"]!["Patches"] = entries;
        return text;
    }
}
