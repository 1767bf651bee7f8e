using Cell3D.Input.Cases;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation.Reports;

public class CellFiguresTests
{
    /// <summary>F ε_s c_max (x_max − x_min) δ A n / 3600 of the NMC example, by hand; energy between the mean voltages of its curve.</summary>
    [Test]
    public void FiguresOfTheNmcExampleAreThoseByHand()
    {
        CellFigures figures = CellFigures.Of(Samples.Cell(Samples.Nmc));
        double active = 499522 * 4.12e-6 / 3, area = 34 * 0.016808;
        double negative = 96485.33212 * active * 29730 * (0.75668 - 0.005504) * 56.2e-6 * area / 3600;
        Assert.That(figures.NegativeWindowCapacity, Is.EqualTo(negative).Within(1e-9 * negative));
        Assert.That(figures.WindowCapacity, Is.EqualTo(13.187).Within(1e-3));
        Assert.That(figures.ElectrodeArea, Is.EqualTo(0.571472).Within(1e-12));
        Assert.That(figures.OneCCurrentDensity, Is.EqualTo(12.5 / 0.571472).Within(1e-9));
        Assert.That(figures.Mass, Is.EqualTo(1847 * 0.000128).Within(1e-12));
        Assert.That(figures.HeatCapacity, Is.EqualTo(1847 * 0.000128 * 913).Within(1e-9));
        Assert.That(figures.SpecificEnergy, Is.EqualTo(figures.OpenCircuitEnergy / 0.236416).Within(1e-9));
        Assert.That(figures.EnergyDensity, Is.EqualTo(figures.OpenCircuitEnergy / 0.128).Within(1e-9));
        Assert.That(figures.OpenCircuitEnergy / figures.WindowCapacity, Is.InRange(3.6, 3.8), "mean voltage");
    }

    [Test]
    public void ACellWithoutMassHasNoSpecificEnergy()
    {
        CellFigures figures = CellFigures.Of(Samples.Cell(Samples.Nmc) with { Density = null, Volume = null });
        Assert.That((figures.Mass, figures.SpecificEnergy, figures.EnergyDensity, figures.HeatCapacity), Is.EqualTo(((double?)null, (double?)null, (double?)null, (double?)null)));
    }

    /// <summary>13.187 A h over 0.571472 m² is 23.08 A h m⁻² on either side.</summary>
    [Test]
    public void LayersHoldTheCapacityOfTheCell()
    {
        IReadOnlyList<LayerFigures> layers = LayerFigures.Of(Samples.Cell(Samples.Nmc));
        Assert.That(layers.Select(layer => layer.Name), Is.EqualTo(new[] { "Negative electrode", "Separator", "Positive electrode" }));
        Assert.That(layers[0].ArealCapacity, Is.EqualTo(13.187 / 0.571472).Within(2e-3));
        Assert.That(layers[2].ArealCapacity, Is.EqualTo(13.187 / 0.571472).Within(2e-3));
        Assert.That(layers[1].ArealCapacity, Is.Zero);
        Assert.That(layers[0].ArealMass, Is.Null);
    }

    [Test]
    public void CaseFiguresScaleWithTheSimulatedShare()
    {
        SimulationCase simulation = Samples.Case(Samples.Pouch());
        CaseFigures figures = CaseFigures.Of(simulation);
        double area = 0.1 * 0.16808, casing = 0.0034 / 34, lumped = 1847;
        Assert.That(figures.Share, Is.EqualTo(1.0 / 34).Within(1e-9));
        Assert.That(figures.SimulatedArea, Is.EqualTo(area).Within(1e-12));
        Assert.That(figures.SimulatedOneC, Is.EqualTo(12.5 / 34).Within(1e-9));
        IReadOnlyList<LayerFigures> layers = figures.Layers;
        Assert.That(layers.Select(layer => layer.Name), Does.Contain("Negative casing").And.Contain("Positive collector"));
        Assert.That(layers[0].ArealMass, Is.EqualTo(casing * lumped).Within(1e-9));
        Assert.That(layers[1].ArealMass, Is.EqualTo(8960 * 1e-5).Within(1e-12));
        Assert.That(layers[1].Source, Is.EqualTo("copper"));
        double strips = 2e-4 * 0.02 * 0.02 * (simulation.Geometry.NegativeTab!.Thermal.Density + simulation.Geometry.PositiveTab!.Thermal.Density);
        Assert.That(figures.SimulatedMass, Is.EqualTo((area * layers.Sum(layer => layer.ArealMass!.Value)) + strips).Within(1e-12));
        Assert.That(figures.MassFromLayers, Is.EqualTo(34 * figures.SimulatedMass).Within(1e-9));
        Assert.That(figures.LayersHeatCapacity, Is.EqualTo(area * layers.Sum(layer => layer.ArealHeatCapacity!.Value)).Within(1e-9));
        Assert.That(figures.LumpedHeatCapacity, Is.EqualTo(1847 * 0.000128 * 913 / 34).Within(1e-9));
    }
}
