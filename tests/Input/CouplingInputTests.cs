using Cell3D.Input.Cases;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

/// <summary>Solver.Coupling of a case file.</summary>
public class CouplingInputTests
{
    [Test]
    public void WithoutTheSectionAStepIsMonolithic()
    {
        SimulationCase column = Samples.Case(Samples.Column());
        Assert.That(column.Solver.Coupling, Is.EqualTo(CouplingSettings.Monolithic));
        Assert.That(column.ToJson(), Does.Not.Contain("Coupling"));
    }

    [Test]
    public void StrategiesAreReadAndWritten()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch(), "Solver.Coupling.Strategy=Strang", "Solver.Fixed time steps=[5]");
        Assert.That(pouch.Solver.Coupling, Is.EqualTo(new CouplingSettings(CouplingKind.Strang, CouplingParts.ElectrochemistryAndHeat, HeldValues.Last, PotentialsInHeat.Follow, 1e-6)));
        Assert.That(pouch.ToJson(), Does.Contain("\"Strategy\": \"Strang\"").And.Contain("\"Potentials\": \"follow\""));
        SimulationCase column = Samples.Case(Samples.Column(), "Solver.Coupling.Strategy=iterated", "Solver.Coupling.Between=electrode and particles");
        Assert.That(column.Solver.Coupling.InnerTolerance, Is.EqualTo(1e-8));
    }

    /// <summary>All at once, with the keys that would do.</summary>
    [Test]
    public void WhatDoesNotGoTogetherIsTold()
    {
        string[] messages = Samples.Messages(Samples.Load(Samples.Column(), "Solver.Coupling.Strategy=Lie", "Solver.Coupling.Held values=extrapolated", "Solver.Coupling.Inner tolerance=1e-5").Problems);
        Assert.Multiple(() =>
        {
            Assert.That(messages, Has.One.Contains("there is no heat to solve in turn"));
            Assert.That(messages, Has.One.Contains("its length has to be given"));
            Assert.That(messages, Has.One.Contains("only a staggered step"));
            Assert.That(messages, Has.One.Contains("nothing is iterated"));
        });
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), "Solver.Coupling.Inner tolerance=1e-5").Problems), Has.One.Contains("a monolithic step has no parts"));
        Assert.That(Samples.Messages(Samples.Load(Samples.Column(), "Solver.Coupling.Strategy=staggered", "Solver.Coupling.Between=electrode and particles", "Solver.Coupling.Potentials=held").Problems), Has.One.Contains("no heat is solved for in turn"));
    }
}
