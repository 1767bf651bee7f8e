using Cell3D.Input.Bpx;
using Cell3D.Physics.Materials;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

public class CellBalanceTests
{
    private const double RoomTemperature = 298.15;

    [TestCase(Samples.Nmc, 13.187, 0.0005)]
    [TestCase(Samples.Lfp, 2.0801, 0.00005)]
    public void CapacityWindowIsThePublishedOne(string name, double capacity, double tolerance)
    {
        BpxCell cell = Samples.Cell(name);
        Assert.Multiple(() =>
        {
            Assert.That(cell.Balance.WindowCapacity, Is.EqualTo(capacity).Within(tolerance));
            Assert.That(cell.Balance.WindowCapacityOf(cell.NegativeElectrode), Is.EqualTo(cell.Balance.WindowCapacityOf(cell.PositiveElectrode)).Within(0.1).Percent);
        });
    }

    [Test]
    public void NmcStartsAboveItsCutOff() =>
        Assert.That(Samples.Cell(Samples.Nmc).Balance.OpenCircuitVoltage(1), Is.EqualTo(4.20176).Within(5e-6));

    [Test]
    public void StoichiometriesRunThroughTheWindow()
    {
        BpxCell cell = Samples.Cell(Samples.Nmc);
        Assert.Multiple(() =>
        {
            Assert.That(cell.Balance.NegativeStoichiometries(1, RoomTemperature).Single(), Is.EqualTo(0.75668).Within(1e-15));
            Assert.That(cell.Balance.NegativeStoichiometries(0, RoomTemperature).Single(), Is.EqualTo(0.005504).Within(1e-15));
            Assert.That(cell.Balance.PositiveStoichiometries(1, RoomTemperature).Single(), Is.EqualTo(0.42424).Within(1e-15));
            Assert.That(cell.Balance.PositiveStoichiometries(0.25, RoomTemperature).Single(), Is.EqualTo(0.42424 + 0.75 * (0.96210 - 0.42424)).Within(1e-15));
        });
    }

    [TestCase(Samples.Nmc)]
    [TestCase(Samples.Lfp)]
    [TestCase(Samples.Chen)]
    public void VoltageAndStateOfChargeInvertEachOther(string name)
    {
        BpxCell cell = Samples.Cell(name);
        foreach (double charge in new[] { 0.0, 0.05, 0.5, 0.93, 1 })
            Assert.That(cell.Balance.StateOfCharge(cell.Balance.OpenCircuitVoltage(charge, 273.15), 273.15), Is.EqualTo(charge).Within(1e-9));
        Assert.That(cell.Balance.StateOfCharge(1, 273.15), Is.Null);
    }

    [Test]
    public void IdenticalMaterialsShareTheLithiumAlike()
    {
        double[] stoichiometries = Samples.Cell(Samples.Blended).Balance.PositiveStoichiometries(0.3, 250);
        Assert.That(stoichiometries, Is.All.EqualTo(0.42424 + 0.7 * (0.96210 - 0.42424)).Within(1e-12));
    }

    [Test]
    public void DifferentMaterialsRestAtOnePotentialAndKeepTheLithium([Values(250, 298.15, 330)] double temperature)
    {
        BpxCell cell = Samples.Cell(Samples.Blended);
        IReadOnlyList<ActiveMaterial> materials = cell.PositiveElectrode.ActiveMaterials;
        ActiveMaterial other = materials[1] with { OpenCircuitPotential = Cell3D.Numerics.Curves.ExpressionCurve.Parse("4.5 - x"), EntropicCoefficient = Cell3D.Numerics.Curves.ExpressionCurve.Parse("0.001*x") };
        BpxCell blend = cell with { PositiveElectrode = cell.PositiveElectrode with { ActiveMaterials = [materials[0], other] } };
        double[] x = blend.Balance.PositiveStoichiometries(0.4, temperature);
        double linear = 0.42424 + 0.6 * (0.96210 - 0.42424);
        double Potential(ActiveMaterial material, double at) => material.EquilibriumPotentialOf(RoomTemperature).Value(at, temperature);
        double Lithium(double a, double b) => materials[0].ActiveVolumeFraction * a + other.ActiveVolumeFraction * b;
        Assert.Multiple(() =>
        {
            Assert.That(Potential(materials[0], x[0]), Is.EqualTo(Potential(other, x[1])).Within(1e-12));
            Assert.That(Lithium(x[0], x[1]), Is.EqualTo(Lithium(linear, linear)).Within(1e-15));
        });
    }

    [Test]
    public void MassEnergyAndRatioAreInRange()
    {
        BpxCell cell = Samples.Cell(Samples.Nmc);
        double sites = 1.0 - 0.42424;
        double ratio = 499522 * 4.12e-6 * 29730 * 5.62e-5 / (432072 * 4.6e-6 * 46200 * 5.23e-5 * sites);
        Assert.Multiple(() =>
        {
            Assert.That(cell.Mass, Is.EqualTo(1847 * 0.000128).Within(1e-12));
            Assert.That(cell.Balance.NegativeToPositiveRatio, Is.EqualTo(ratio).Within(1e-12));
            Assert.That(cell.Balance.OpenCircuitEnergy / cell.Balance.WindowCapacity, Is.InRange(3.6, 3.8));
        });
    }
}
