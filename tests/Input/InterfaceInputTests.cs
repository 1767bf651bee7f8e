using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Double layer, film and hysteresis in case and BPX files.</summary>
public class InterfaceInputTests
{
    private const string Electrode = "Layers.Negative electrode.";

    [Test]
    public void NothingOfItIsThereByDefault()
    {
        ActiveMaterial material = Negative(Samples.Case(Samples.Column()));
        Assert.That((material.DoubleLayerCapacitance, material.Film, material.Hysteresis), Is.EqualTo((0.0, (FilmGrowth?)null, (PotentialHysteresis?)null)));
    }

    [Test]
    public void AFilmIsReadAndWrittenAgain()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), $"{Electrode}SEI.Exchange current density=1.5e-7", $"{Electrode}SEI.Solvent diffusivity=2.5e-22", $"{Electrode}Double layer capacitance=0.2");
        FilmGrowth film = Negative(simulation).Film!;
        Assert.That((film.ExchangeCurrent, film.SolventSupply, film.InitialThickness, film.NarrowsPores), Is.EqualTo((1.5e-7, 2.5e-22 * 2636, 5e-9, true)));
        ActiveMaterial again = Negative(Samples.Case(JsonNode.Parse(simulation.ToJson())!));
        Assert.That((again.Film, again.DoubleLayerCapacitance), Is.EqualTo((film, 0.2)));
    }

    [Test]
    public void AFilmThatNothingLimitsIsRefused() =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"{Electrode}SEI.Resistivity=1e5").Problems).Single(), Does.Contain("SEI").And.Contains("nothing limits the growth; allowed: \"Exchange current density [A.m-2]\", \"Solvent diffusivity [m2.s-1]\", or both"));

    [Test]
    public void TheDecayConstantMakesTheBranchesOfABpxFileCount()
    {
        JsonObject text = Samples.Column();
        text["Cell"] = Samples.Hysteresis;
        text["Protocol"]!["Steps"] = "Discharge at 1C until 3 V";
        PotentialHysteresis without = Negative(Samples.Case((JsonObject)text.DeepClone())).Hysteresis!;
        SimulationCase simulation = Samples.Case(text, $"{Electrode}OCP hysteresis decay constant=100", $"{Electrode}Initial hysteresis state=-1");
        ActiveMaterial material = Negative(simulation);
        Assert.That((without.DecayRate, material.Hysteresis!.DecayRate, material.Hysteresis.InitialState), Is.EqualTo(((double?)null, 100.0, -1.0)));
        Assert.That(material.OpenCircuitPotential.Value(0.4), Is.EqualTo(0.5 * (material.Hysteresis.Delithiation.Value(0.4) + material.Hysteresis.Lithiation.Value(0.4))).Within(1e-14));
        ActiveMaterial again = Negative(Samples.Case(JsonNode.Parse(simulation.ToJson())!));
        Assert.That(again.OpenCircuitPotential.Value(0.4), Is.EqualTo(material.OpenCircuitPotential.Value(0.4)));
        Assert.That(again.Hysteresis!.InitialState, Is.EqualTo(-1));
    }

    [Test]
    public void ADecayConstantWithoutBranchesIsRefused() =>
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), $"{Electrode}OCP hysteresis decay constant=100").Problems).Single(), Does.Contain("OCP hysteresis decay constant = 100").And.Contains("stands alone; allowed: both \"OCP (delithiation) [V]\" and"));

    private static ActiveMaterial Negative(SimulationCase simulation) => simulation.Cell.NegativeElectrode.ActiveMaterials[0];
}
