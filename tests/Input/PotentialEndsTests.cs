using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Thermodynamics;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>A case chooses what its open-circuit potentials do at an empty and a full host; the choice is never applied twice.</summary>
public class PotentialEndsTests
{
    private const string Negative = "Layers.Negative electrode.OCP ends", Positive = "Layers.Positive electrode.OCP ends";

    /// <summary>Stoichiometries between the ends and close to them.</summary>
    private static readonly double[] Points = [0, 1e-9, 1e-4, 5e-4, 0.001, 0.003, 0.01, 0.3, 0.7, 0.99, 0.997, 0.999, 0.9995, 1 - 1e-9, 1];

    [Test]
    public void PotentialsDivergeUnlessTheCaseSaysOtherwise()
    {
        SimulationCase usual = Samples.Case(Samples.Column()), asGiven = Samples.Case(Samples.Column(), $"{Negative}=as given");
        Assert.Multiple(() =>
        {
            Assert.That(Chosen(usual, "Negative electrode"), Is.EqualTo("diverging"));
            Assert.That(Chosen(usual, "Positive electrode"), Is.EqualTo("diverging"));
            Assert.That(Chosen(asGiven, "Negative electrode"), Is.EqualTo("as given"));
            Assert.That(Chosen(asGiven, "Positive electrode"), Is.EqualTo("diverging"));
            Assert.That(Potentials(asGiven, positive: true), Is.EqualTo(Potentials(usual, positive: true)));
            Assert.That(Of(usual, positive: false).Value(0) - Of(asGiven, positive: false).Value(0), Is.EqualTo(1).Within(1e-12));
        });
    }

    [Test]
    public void AsGivenIsTheCurveOfTheFileToTheLastBit()
    {
        JsonNode file = JsonNode.Parse(File.ReadAllText(Samples.PathOf(Samples.Chen)))!["Parameterisation"]!;
        SimulationCase asGiven = Samples.Case(Samples.Column(), $"{Negative}=as given", $"{Positive}=as given");
        foreach (bool positive in new[] { false, true })
        {
            Curve written = ExpressionCurve.Parse((string)file[positive ? "Positive electrode" : "Negative electrode"]!["OCP [V]"]!);
            Assert.That(Potentials(asGiven, positive), Is.EqualTo(Points.Select(written.ValueAndSlope)));
        }
    }

    [Test]
    public void AResolvedCaseReadAgainGivesTheSamePotentialToTheLastBit(
        [Values(Samples.Chen, Samples.Blended, Samples.Hysteresis)] string cell, [Values("diverging", "as given")] string ends)
    {
        JsonObject text = Samples.Column();
        text["Cell"] = cell;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        SimulationCase first = Samples.Case(text, $"{Negative}={ends}", $"{Positive}={ends}");
        SimulationCase second = Samples.Case(JsonNode.Parse(first.ToJson())!), third = Samples.Case(JsonNode.Parse(second.ToJson())!);
        Assert.Multiple(() =>
        {
            foreach (SimulationCase again in new[] { second, third })
                foreach (bool positive in new[] { false, true })
                    Assert.That(Potentials(again, positive), Is.EqualTo(Potentials(first, positive)));
            Assert.That(second.ToJson(), Is.EqualTo(first.ToJson()));
        });
    }

    [Test]
    public void MaterialsOfABlendChooseBeforeTheirElectrode()
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Blended;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        text["Layers"] = JsonNode.Parse("""{ "Positive electrode": { "OCP ends": "as given", "Materials": { "Small Particles": { "OCP ends": "diverging" } } } }""");
        SimulationCase blend = Samples.Case(text);
        foreach (SimulationCase one in new[] { blend, Samples.Case(JsonNode.Parse(blend.ToJson())!) })
            Assert.That(one.Cell.PositiveElectrode.ActiveMaterials.Select(material => material.OpenCircuitPotential is DivergingEnds), Is.EqualTo(new[] { false, true }));
    }

    [Test]
    public void AnUnknownChoiceNamesTheKnownOnes() => Assert.That(
        Samples.Messages(Samples.Load(Samples.Column(), $"{Negative}=flat").Problems).Single(),
        Does.Contain($"{Negative} = \"flat\" (from --set): unknown word; allowed: \"diverging\", \"as given\""));

    private static Function Of(SimulationCase simulation, bool positive) =>
        (positive ? simulation.Cell.PositiveElectrode : simulation.Cell.NegativeElectrode).ActiveMaterials[0].OpenCircuitPotential;

    private static IEnumerable<(double Value, double Slope)> Potentials(SimulationCase simulation, bool positive) => Points.Select(x => ValueAndSlope(Of(simulation, positive), x));

    private static (double Value, double Slope) ValueAndSlope(Function potential, double x)
    {
        double[] value = new double[1], slope = new double[1];
        potential.Evaluate([x], value, slope);
        return (value[0], slope[0]);
    }

    private static string? Chosen(SimulationCase simulation, string electrode) => (string?)JsonNode.Parse(simulation.ToJson())!["Layers"]![electrode]!["OCP ends"];
}
