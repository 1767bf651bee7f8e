using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Keys of particles that part into phases.</summary>
public class PhaseInputTests
{
    private const string Electrode = "Layers.Positive electrode.";

    private static readonly string[] Lfp =
    [
        $"{Electrode}Particle transport=Cahn-Hilliard", $"{Electrode}Free energy.Interaction=[11096]", $"{Electrode}Free energy.Reference potential=3.8", $"{Electrode}Gradient energy=2.2e-14",
        $"{Electrode}Particle radius=5e-8", $"{Electrode}Surface area per unit volume=3e7", $"{Electrode}Minimum stoichiometry=0.01", $"{Electrode}Maximum stoichiometry=0.99",
    ];

    [Test]
    public void FickIsTheDefault() => Assert.That(Positive(Samples.Case(Samples.Column())).PhaseSeparation, Is.Null);

    [Test]
    public void TheyAreReadAndWrittenAgain()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. Lfp, $"{Electrode}Surface wetting=-0.02", $"{Electrode}Surface area per unit volume=1.5e7", $"{Electrode}Particle shape=plate", $"{Electrode}Particle grading=2"]);
        PhaseSeparation phases = Positive(simulation).PhaseSeparation!;
        Assert.That((phases.GradientEnergy, phases.ReferencePotential, phases.SurfaceWetting, phases.Shape, phases.Grading), Is.EqualTo((2.2e-14, 3.8, -0.02, ParticleShape.Plate, 2.0)));
        Assert.That(Positive(simulation).ActiveVolumeFraction, Is.EqualTo(0.75).Within(1e-12), "a R of a plate");
        ActiveMaterial again = Positive(Samples.Case(JsonNode.Parse(simulation.ToJson())!));
        Assert.That(again.PhaseSeparation! with { Host = phases.Host }, Is.EqualTo(phases));
    }

    [TestCase("Particle transport=Cahn-Hilliard", "needs a free energy", "a section \"Free energy\" beside it")]
    [TestCase("Gradient energy=1e-14", "says nothing of Fick's law", "only with \"Particle transport\" \"Cahn-Hilliard\"")]
    [TestCase("Particle shape=plate", "says nothing of Fick's law", "only with")]
    [TestCase("Particle transport=Stefan", "unknown word", "\"Fick\", \"Cahn-Hilliard\"")]
    public void WhatDoesNotBelongTogetherIsRefused(string setting, params string[] words)
    {
        string[] messages = Samples.Messages(Samples.Load(Samples.Column(), Electrode + setting).Problems);
        foreach (string word in words)
            Assert.That(messages, Has.Some.Contains(word));
    }

    [Test]
    public void AnInterfaceThatNodesDoNotResolveIsRefused()
    {
        string[] messages = Samples.Messages(Samples.Load(Samples.Column(), [.. Lfp, "Mesh.Particle=20"]).Problems);
        Assert.That(messages, Has.Some.Contains("is 3.1 nm wide and spans 1.2 distances between 20 nodes").And.Contains("at least 2.5"));
        Assert.That(Samples.Load(Samples.Column(), [.. Lfp, "Mesh.Particle=60"]).Warnings.Select(warning => warning.ToString()), Has.Some.Contains("6 are better"));
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), [.. Lfp, $"{Electrode}Particle radius=5e-6", $"{Electrode}Surface area per unit volume=3e5"]).Problems), Has.Some.Contains("between 500 nodes"));
    }

    private static ActiveMaterial Positive(SimulationCase simulation) => simulation.Cell.PositiveElectrode.ActiveMaterials[0];
}
