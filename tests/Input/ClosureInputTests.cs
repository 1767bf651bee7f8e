using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Closures of the electrolyte in case files.</summary>
public class ClosureInputTests
{
    private const string StefanMaxwell = """
        { "Closure": "Stefan-Maxwell", "Cation-solvent diffusivity [m2.s-1]": "1.5e-10*exp(-0.4e-3*x)", "Cation-solvent diffusivity activation energy [J.mol-1]": 15000,
          "Anion-solvent diffusivity [m2.s-1]": "3e-10*T/298.15", "Cation-anion diffusivity [m2.s-1]": {"x": [0, 2000], "y": [1e-11, 5e-11]},
          "Solvent concentration [mol.m-3]": "(1 - 6e-5*x)/8.5e-5", "Thermodynamic factor": "1 + 1e-3*x" }
        """;

    private const string NernstPlanck = """{ "Closure": "nernst-planck", "Cation diffusivity [m2.s-1]": 1e-10, "Anion diffusivity [m2.s-1]": 3e-10, "Anion diffusivity activation energy [J.mol-1]": 12000 }""";

    [Test]
    public void PropertiesFollowFromFriction()
    {
        const double c = 1200, kelvin = 310;
        double cation = 1.5e-10 * Math.Exp(-0.48) * new Arrhenius(15000, 298.15).At(kelvin).Factor, anion = 3e-10 * kelvin / 298.15, pair = 3.4e-11, solvent = (1 - (6e-5 * c)) / 8.5e-5;
        double resistance = PhysicalConstants.Gas * kelvin / (PhysicalConstants.Faraday * PhysicalConstants.Faraday * ((2 * c) + solvent)) * ((1 / pair) + (solvent / (c * (cation + anion))));
        Electrolyte electrolyte = Read(StefanMaxwell).Cell.Electrolyte;
        Assert.Multiple(() =>
        {
            Assert.That(electrolyte.ConductivityOf(298.15).Value(c, kelvin), Is.EqualTo(1 / resistance).Within(1e-12 / resistance));
            Assert.That(electrolyte.DiffusivityOf(298.15).Value(c, kelvin), Is.EqualTo(2 * cation * anion / (cation + anion) * ((2 * c) + solvent) / solvent * 2.2).Within(1e-22));
            Assert.That(electrolyte.TransferenceNumber.Value(c, kelvin), Is.EqualTo(cation / (cation + anion)).Within(1e-14));
            Assert.That(electrolyte.ThermodynamicFactor.Value(c), Is.EqualTo(2.2).Within(1e-14));
        });
    }

    /// <summary>Activation energies of the BPX file belong to what the closure replaces.</summary>
    [Test]
    public void PropertiesFollowFromIons()
    {
        Electrolyte electrolyte = Read(NernstPlanck).Cell.Electrolyte;
        double anion = 3e-10 * new Arrhenius(12000, 298.15).At(320).Factor;
        Assert.That(electrolyte.TransferenceNumber.Value(1000, 320), Is.EqualTo(1e-10 / (1e-10 + anion)).Within(1e-14));
        Assert.That(electrolyte.ThermodynamicFactor.IsConstant, Is.True);
        Assert.That((electrolyte.ConductivityActivationEnergy, electrolyte.DiffusivityActivationEnergy), Is.EqualTo((0.0, 0.0)));
    }

    [TestCase(StefanMaxwell)]
    [TestCase(NernstPlanck)]
    public void TheResolvedCaseGivesTheSameProperties(string closure)
    {
        SimulationCase simulation = Read(closure);
        CaseResult again = CaseFile.Read(Encoding.UTF8.GetBytes(simulation.ToJson()), Samples.PathOf("case.json"));
        Assert.That(Samples.Messages(again.Problems), Is.Empty);
        Assert.That(again.Case!.ToJson(), Is.EqualTo(simulation.ToJson()));
        Assert.That(again.Case.Cell.Electrolyte.Conductivity.Value(700, 305), Is.EqualTo(simulation.Cell.Electrolyte.Conductivity.Value(700, 305)));
        Assert.That(JsonNode.Parse(simulation.ToJson())!["Electrolyte"]!.AsObject().ContainsKey("Conductivity [S.m-1]"), Is.False);
    }

    [Test]
    public void EveryMistakeIsToldAtOnce()
    {
        string[] found = Problems("""
            { "Closure": "Stefan-Maxwell", "Cation-solvent diffusivity [m2.s-1]": -1e-10, "Anion-solvent diffusivity [m2.s-1]": "1e-12*T", "Anion-solvent diffusivity activation energy [J.mol-1]": 5000,
              "Solvent concentration [mol.m-3]": "12000 - 10*x", "Conductivity [S.m-1]": 1, "Cation transference number": 0.3, "Cation diffusivity [m2.s-1]": 1e-10 }
            """);
        Assert.Multiple(() =>
        {
            Assert.That(found, Has.One.Contains("Electrolyte.Cation-solvent diffusivity [m2.s-1] = -1e-10: outside the allowed range; allowed: 1e-16 to 1e-5"));
            Assert.That(found, Has.One.Contains("Electrolyte.Anion-solvent diffusivity activation energy [J.mol-1] = 5000: stands beside a property that holds the temperature T"));
            Assert.That(found, Has.One.Contains("Electrolyte.Cation-anion diffusivity [m2.s-1]: the key is missing; allowed: 1e-16 to 1"));
            Assert.That(found, Has.One.Contains("Electrolyte.Solvent concentration [mol.m-3] = \"12000 - 10*x\": is 0 at x = 1200; allowed: 1 to 100000 for x from 500 to 1500"));
            Assert.That(found, Has.One.Contains("Electrolyte.Conductivity [S.m-1] = 1: stands beside a closure, from which it follows"));
            Assert.That(found, Has.One.Contains("Electrolyte.Cation transference number = 0.3: stands beside a closure, from which it follows"));
            Assert.That(found, Has.One.Contains("Electrolyte.Cation diffusivity [m2.s-1] = 1e-10: needs the closure \"Nernst-Planck\""));
            Assert.That(found, Has.Length.EqualTo(7));
        });
    }

    [TestCase("""{ "Cation diffusivity [m2.s-1]": 1e-10 }""", "Electrolyte.Cation diffusivity [m2.s-1] = 1e-10: needs the closure \"Nernst-Planck\"")]
    [TestCase("""{ "Solvent concentration [mol.m-3]": 1e4 }""", "Electrolyte.Solvent concentration [mol.m-3] = 1e4: needs the closure \"Stefan-Maxwell\"")]
    [TestCase("""{ "Closure": "Maxwell" }""", "Electrolyte.Closure = \"Maxwell\": unknown word; allowed: \"given functions\", \"Stefan-Maxwell\", \"Nernst-Planck\"")]
    [TestCase("""{ "Closure": "Nernst-Planck", "Cation diffusivity [m2.s-1]": 1e-10, "Anion diffusivity [m2.s-1]": 1e-10, "Thermodynamic factor": 2 }""", "Electrolyte.Thermodynamic factor = 2: stands beside the closure \"Nernst-Planck\", by which it is 1")]
    [TestCase("""{ "Closure": "Nernst-Planck", "Cation diffusivity [m2.s-1]": 1e-16, "Anion diffusivity [m2.s-1]": 1e-16 }""",
        "Electrolyte.Closure = \"Nernst-Planck\": the conductivity that follows is 4.25486E-07 at x = 500, T = 263.15; allowed: 1e-6 to 1000 for x from 500 to 1500, T from 263.15 to 333.15")]
    public void WhatIsWrongWithAClosureIsTold(string electrolyte, string problem) => Assert.That(Problems(electrolyte), Has.One.Contains(problem));

    private static SimulationCase Read(string electrolyte) => Samples.Case(With(electrolyte));

    private static string[] Problems(string electrolyte) => Samples.Messages(Samples.Load(With(electrolyte)).Problems);

    private static JsonObject With(string electrolyte)
    {
        JsonObject text = Samples.Column();
        text["Electrolyte"] = JsonNode.Parse(electrolyte);
        return text;
    }
}
