using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>A cell starts at rest: nothing moves at zero current, whatever its materials, temperature, charge and salt concentration.</summary>
public class RestTests
{
    private static readonly string[] Coarse =
        ["Mesh.Cells through.Negative electrode=4", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=4", "Solver.Newton tolerance=1e-9"];

    /// <summary>The published blend and one whose second material has another potential and another sign of dU/dT.</summary>
    [Test]
    public void ABlendRestsAwayFromItsReferenceTemperature(
        [Values(false, true)] bool unlike, [Values(273.15, 318)] double kelvin, [Values(0, 0.05, 0.5, 0.95, 1)] double charge)
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Blended;
        text["Protocol"]!["Steps"] = "Rest for 1 hour";
        if (unlike)
            text["Layers"] = JsonNode.Parse("""{ "Positive electrode": { "Materials": { "Small Particles": { "OCP [V]": "4.6 - 1.1*x", "Entropic change coefficient [V.K-1]": "0.0008*x - 0.0002" } } } }""");
        AssertRests(Samples.Case(text, [.. Coarse, Kelvin(kelvin), Charge(charge)]));
    }

    [Test]
    public void BlendsOfThreeInBothElectrodesRestAtAnySaltConcentration([Values(273.15, 318)] double kelvin, [Values(0.02, 0.4, 0.98)] double charge)
    {
        SimulationCase single = TestCases.Column(Kelvin(kelvin), Charge(charge), "Electrolyte.Initial concentration=700");
        AssertRests(single.WithMaterials(m => [Third(m, "plain", 0, 0), Third(m, "shifted", 0.05, 4e-4), Third(m, "other", -0.08, -3e-4)]));
    }

    /// <summary>At 250 K the strong dU/dT makes the second potential rise with x over half of its range.</summary>
    [Test]
    public void APotentialThatTurnsStillGivesRest([Values(0.1, 0.3, 0.5, 0.7, 0.9)] double charge)
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Blended;
        text["Protocol"]!["Steps"] = "Rest for 1 hour";
        text["Layers"] = JsonNode.Parse("""{ "Positive electrode": { "Materials": { "Small Particles": { "OCP [V]": "4.3 - 0.7*x", "Entropic change coefficient [V.K-1]": "0.006*sin(9*x)" } } } }""");
        AssertRests(Samples.Case(text, [.. Coarse, Kelvin(250), Charge(charge)]));
    }

    /// <summary>One material of a blend has a potential of x and T, the other a potential with its entropic coefficient.</summary>
    [Test]
    public void ABlendWithAPotentialOfTemperatureRests([Values(273.15, 318)] double kelvin, [Values(0.05, 0.5, 0.95)] double charge)
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Blended;
        text["Protocol"]!["Steps"] = "Rest for 1 hour";
        text["Layers"] = JsonNode.Parse("""{ "Positive electrode": { "Materials": { "Small Particles": { "OCP [V]": "4.6 - 1.1*x*(T/300)**2 + 2e-6*(T - 298.15)**2" } } } }""");
        AssertRests(Samples.Case(text, [.. Coarse, Kelvin(kelvin), Charge(charge)]));
    }

    private static string Kelvin(double kelvin) => FormattableString.Invariant($"Thermal.Initial temperature={kelvin}");

    private static string Charge(double charge) => FormattableString.Invariant($"Initial state.SOC={charge}");

    private static ActiveMaterial Third(ActiveMaterial whole, string name, double shift, double entropic) => whole with
    {
        Name = name,
        SurfaceAreaPerVolume = whole.SurfaceAreaPerVolume / 3,
        ActiveVolumeFraction = whole.ActiveVolumeFraction / 3,
        OpenCircuitPotential = DivergingEnds.With(PotentialEnds.Diverging, ExpressionCurve.Parse(FormattableString.Invariant($"{DivergingEnds.Without(whole.OpenCircuitPotential)} + {shift}"))),
        EntropicCoefficient = ExpressionCurve.Parse(FormattableString.Invariant($"{entropic}*(1 - x)")),
    };

    private static void AssertRests(SimulationCase simulation)
    {
        using CellRun run = new(simulation);
        double voltage = run.Voltage, oneC = run.OneC / (simulation.Geometry.Area * simulation.Layers.Sum(layer => layer.Thickness * Interface(layer)));
        double[] stoichiometries = [.. run.Model.Particles.Select(p => p.SurfaceStoichiometry[0])];
        run.Start(0);
        double largest = Largest(run);
        for (double step = 1; run.Integrator.Time < 3600; step *= 1.5)
            run.Step(step);
        TestContext.Out.WriteLine(FormattableString.Invariant($"voltage moved by {run.Voltage - voltage:e1} V, current {largest / oneC:e1} C at the start, x {string.Join(", ", stoichiometries)}"));
        Assert.Multiple(() =>
        {
            Assert.That(run.Voltage, Is.EqualTo(voltage).Within(1e-8));
            Assert.That(largest, Is.LessThan(1e-9 * oneC), "transfer current density against that of 1C");
            for (int i = 0; i < stoichiometries.Length; i++)
                Assert.That(run.Model.Particles[i].SurfaceStoichiometry.ToArray(), Is.All.EqualTo(stoichiometries[i]).Within(1e-8));
        });
    }

    private static double Largest(CellRun run) => run.Model.Particles.Max(p => p.CurrentDensity.ToArray().Max(Math.Abs));

    private static double Interface(CellLayer layer) => layer.Material.ActiveMaterials.Sum(material => material.SurfaceAreaPerVolume);
}
