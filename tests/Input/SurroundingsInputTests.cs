using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Ambient temperature, heat transfer coefficient and emissivity of a case file, as numbers and as tables over time.</summary>
public class SurroundingsInputTests
{
    private const string Table = """{ "Times [s]": [0, 600, 600.1], "Values": [300, 320, 290] }""", Path = "Thermal.Cooling.Top edge.";

    [Test]
    public void NumbersAndTablesAreRead()
    {
        SimulationCase pouch = Samples.Case(Pouch($$"""{ "Heat transfer coefficient [W.m-2.K-1]": { "Times [s]": [0, 60], "Values": [0, 12] }, "Ambient temperature [K]": {{Table}}, "Emissivity": 0.8 }"""));
        Surroundings edge = Of(pouch, CellSurface.TopEdge), face = Of(pouch, CellSurface.PositiveFace);
        Assert.Multiple(() =>
        {
            Assert.That(edge, Is.EqualTo(new Surroundings(new([0, 60], [0, 12]), new([0, 600, 600.1], [300, 320, 290]), 0.8)));
            Assert.That(face, Is.EqualTo(new Surroundings(TimeTable.Constant(10.0 / 34), TimeTable.Constant(298.15))));
            Assert.That(pouch.Thermal.TimesOfChange, Is.EqualTo(new[] { 0, 60, 600, 600.1 }));
        });
    }

    [Test]
    public void TheAmbientTemperatureOfTheSectionIsTheDefault()
    {
        JsonObject text = Pouch("""{ "Heat transfer coefficient [W.m-2.K-1]": 3 }""");
        text["Thermal"]!["Ambient temperature [K]"] = JsonNode.Parse(Table);
        Assert.That(Samples.Case(text).Thermal.Cooling.Select(cooling => cooling.Surroundings.AmbientTemperature), Is.All.EqualTo(new TimeTable([0, 600, 600.1], [300, 320, 290])));
    }

    /// <summary>One pair's face stands for its share of the cell's: coefficient and emissivity are shared alike.</summary>
    [Test]
    public void FacesCarryTheirShareOfRadiation()
    {
        JsonObject text = Pouch("""{ "Heat transfer coefficient [W.m-2.K-1]": 3, "Emissivity": 0.8 }""");
        text["Thermal"]!["Cooling"]!["Negative face"] = JsonNode.Parse("""{ "Heat transfer coefficient [W.m-2.K-1]": { "Times [s]": [0, 60], "Values": [0, 34] }, "Emissivity": 0.5 }""");
        SimulationCase pouch = Samples.Case(text);
        Assert.That(Of(pouch, CellSurface.NegativeFace).Emissivity, Is.EqualTo(0.5 / 34).Within(1e-15));
        Assert.That(Of(pouch, CellSurface.NegativeFace).HeatTransferCoefficient, Is.EqualTo(new TimeTable([0, 60], [0, 1])));
        Assert.That(Of(pouch, CellSurface.TopEdge).Emissivity, Is.EqualTo(0.8));
    }

    [Test]
    public void ATableOfOneValueChangesNothing()
    {
        SimulationCase pouch = Samples.Case(Pouch("""{ "Heat transfer coefficient [W.m-2.K-1]": { "Times [s]": [5, 60], "Values": [3, 3] } }"""));
        Assert.That(pouch.Thermal.TimesOfChange, Is.Empty);
    }

    [Test]
    public void AnIsothermalCaseHasNoTimesOfChange()
    {
        JsonObject text = Pouch($$"""{ "Heat transfer coefficient [W.m-2.K-1]": 3, "Ambient temperature [K]": {{Table}} }""");
        text["Thermal"]!["Model"] = "isothermal";
        Assert.That(Samples.Case(text).Thermal.TimesOfChange, Is.Empty);
    }

    [Test]
    public void TheResolvedCaseIsTheSame()
    {
        JsonObject text = Pouch($$"""{ "Heat transfer coefficient [W.m-2.K-1]": 3, "Ambient temperature [K]": {{Table}}, "Emissivity": 0.9 }""");
        SimulationCase first = Samples.Case(text), again = Samples.Case(JsonNode.Parse(first.ToJson())!);
        Assert.That(again.Thermal.Cooling, Is.EqualTo(first.Thermal.Cooling));
        Assert.That(again.ToJson(), Is.EqualTo(first.ToJson()));
    }

    [Test]
    public void TablesCanBeSetOnTheCommandLine()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch(), $"{Path}Ambient temperature={Table}", $"{Path}Emissivity=0.7");
        Assert.That(Of(pouch, CellSurface.TopEdge), Is.EqualTo(new Surroundings(TimeTable.Constant(3), new([0, 600, 600.1], [300, 320, 290]), 0.7)));
    }

    private static IEnumerable<TestCaseData> BadTables()
    {
        yield return Bad("[0, 5, 4, 4]", "[300, 300, 300, 300]", "Times [s][2] = 4: does not lie after the time before it; allowed: > 5", "Times [s][3] = 4: does not lie after the time before it; allowed: > 4");
        yield return Bad("[0, 5]", "[300]", "Values = [1 values]: is not as long as the list of times; allowed: 2 values");
        yield return Bad("[0]", "[300]", "Times [s] = [1 values]: has the wrong type; allowed: a list of at least 2 numbers");
        yield return Bad("[0, 5]", "[300, 550]", "Values[1] = 550: outside the allowed range; allowed: 200 to 500");
        yield return Bad("[-1, 5]", "[20, 300]", "Times [s][0] = -1: outside the allowed range; allowed: 0 to 10000000000", "Values[0] = 20: outside the allowed range; allowed: 200 to 500");
        yield return Bad("[0, 1e400]", "[300, 300]", "Times [s][1] = 1e400: not a finite number");
        yield return Bad("[0, \"x\"]", "300", "Times [s][1] = \"x\": has the wrong type", "Values = 300: has the wrong type; allowed: a list of numbers");
        string tooLong = $"[{string.Join(",", Enumerable.Range(0, TimeTableKey.MostPoints + 1))}]";
        yield return new TestCaseData(tooLong, tooLong, new[] { "Times [s] = [10001 values]: holds too many values; allowed: at most 10000" }).SetArgDisplayNames("too long");

        static TestCaseData Bad(string times, string values, params string[] messages) => new TestCaseData(times, values, messages).SetArgDisplayNames(times, values);
    }

    [TestCaseSource(nameof(BadTables))]
    public void EveryMistakeOfATableIsTold(string times, string values, string[] expected)
    {
        JsonObject text = Pouch($$"""{ "Heat transfer coefficient [W.m-2.K-1]": 3, "Ambient temperature [K]": { "Times [s]": {{times}}, "Values": {{values}} }, "Emissivity": 1.2 }""");
        string[] messages = Samples.Messages(Samples.Load(text).Problems);
        foreach (string message in expected)
            Assert.That(messages, Has.Some.StartsWith("case.json").And.Contains($"{Path}Ambient temperature [K].{message}"));
        Assert.That(messages, Has.Some.Contains($"{Path}Emissivity = 1.2: outside the allowed range; allowed: 0 to 1"), "together with all others");
    }

    [TestCase("""{ "x": [0, 1], "y": [300, 310] }""", "has the wrong type; allowed: a number, 200 to 500, or a table {\"Times [s]\": [...], \"Values\": [...]}")]
    [TestCase("""{ "Times [s]": [0, 1], "Values": [300, 310], "Unit": "K" }""", "unknown key in a table; allowed: Times [s], Values")]
    [TestCase("\"300 + x\"", "has the wrong type; allowed: a number, 200 to 500, or a table")]
    [TestCase("199", "outside the allowed range; allowed: 200 to 500")]
    public void WhatIsNoTableIsTold(string value, string message)
    {
        JsonObject text = Pouch($$"""{ "Heat transfer coefficient [W.m-2.K-1]": 3, "Ambient temperature [K]": {{value}} }""");
        Assert.That(Samples.Messages(Samples.Load(text).Problems), Has.Some.Contains(message));
    }

    [Test]
    public void TheConductanceIsARangeAndRadiationIsAddedAtTheInitialTemperature()
    {
        JsonObject text = JsonNode.Parse(Samples.Column().ToJsonString())!.AsObject();
        text["Thermal"] = JsonNode.Parse("""{ "Model": "resolved", "Initial temperature [K]": 300, "Cooling": { "External surface": { "Heat transfer coefficient [W.m-2.K-1]": { "Times [s]": [10, 60], "Values": [4, 12] }, "Ambient temperature [K]": 290, "Emissivity": 0.9 } } }""");
        SimulationCase column = Samples.Case(text);
        double area = column.Cell.ExternalSurfaceArea!.Value;
        (double smallest, double largest) = OuterSurface.Conductance(column);
        Assert.Multiple(() =>
        {
            Assert.That(smallest, Is.EqualTo(4 * area).Within(1e-12));
            Assert.That(largest, Is.EqualTo(12 * area).Within(1e-12));
            Assert.That(OuterSurface.RadiativeConductance(column), Is.EqualTo(4 * 0.9 * 5.670374419e-8 * Math.Pow(300, 3) * area).Within(1e-12));
            Assert.That(OuterSurface.AmbientTemperature(column), Is.EqualTo((290.0, 290.0)));
        });
    }

    /// <summary>Faces that differ in emissivity alone are cooled differently.</summary>
    [Test]
    public void RadiationCountsWhereFacesAreCompared()
    {
        JsonObject text = Samples.Pouch();
        text["Thermal"]!["Cooling"]!["Negative face"] = JsonNode.Parse("""{ "Heat transfer coefficient [W.m-2.K-1]": 10, "Emissivity": 0.9 }""");
        Assert.That(Samples.Load(text).Warnings.Select(problem => problem.Text), Has.Some.Contains("the two faces are cooled differently"));
    }

    private static Surroundings Of(SimulationCase simulation, CellSurface surface) => simulation.Thermal.Cooling.Single(entry => entry.Surface == surface).Surroundings;

    /// <summary>The sample with an entry of its own for the top edge.</summary>
    private static JsonObject Pouch(string topEdge)
    {
        JsonObject text = Samples.Pouch();
        text["Thermal"]!["Cooling"]!["Top edge"] = JsonNode.Parse(topEdge);
        return text;
    }
}
