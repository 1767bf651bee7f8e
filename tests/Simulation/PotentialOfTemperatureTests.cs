using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Whole cells whose open-circuit potentials are functions of x and T, away from the reference temperature.</summary>
public class PotentialOfTemperatureTests
{
    private const double Kelvin = 311;
    private static readonly string[] Warm = ["Initial state.SOC=0.55", FormattableString.Invariant($"Thermal.Initial temperature={Kelvin}"), "Thermal.Ambient temperature=305"];
    private static readonly string[] Adiabatic = [.. Warm, "Thermal.Cooling.All surfaces.Heat transfer coefficient=0"];

    /// <summary>The potential of the material with a share that is nonlinear in temperature.</summary>
    internal static Function Nonlinear(ActiveMaterial material) => DivergingEnds.With(PotentialEnds.Diverging, ExpressionFunction.Parse(
        $"{DivergingEnds.Without(material.OpenCircuitPotential)} + 2e-4*(T - 298.15)*cos(5*x) + 3e-6*(1 - x)*(T - 298.15)**2", "x", "T"));

    [Test]
    public void OneExpressionGivesTheRunOfPotentialAndEntropicCoefficient([Values(-1.5, 1.5)] double rate)
    {
        const string negative = "1e-4*cos(5*x)", positive = "-2e-4 + 3e-4*x**2";
        SimulationCase plain = TestCases.ThermalColumn(Warm);
        string[] two = [$"Layers.Negative electrode.Entropic change coefficient={negative}", $"Layers.Positive electrode.Entropic change coefficient={positive}"];
        string[] one =
        [
            $"Layers.Negative electrode.OCP={Text(plain.Cell.NegativeElectrode)} + (T - 298.15)*({negative})",
            $"Layers.Positive electrode.OCP={Text(plain.Cell.PositiveElectrode)} + (T - 298.15)*({positive})",
        ];
        using CellRun expected = Run(two), found = Run(one);
        Assert.That(plain.Cell.ReferenceTemperature, Is.EqualTo(298.15));
        for (int step = 0; step < 30; step++)
        {
            expected.Step(20);
            found.Step(20);
            Assert.That(found.Voltage, Is.EqualTo(expected.Voltage).Within(1e-12 * expected.Voltage), $"voltage after step {step}");
        }
        Balance a = expected.Report(), b = found.Report();
        Assert.Multiple(() =>
        {
            Assert.That(found.Whole(Field.Temperature), Is.EqualTo(expected.Whole(Field.Temperature)).Within(1e-10));
            foreach (string name in new[] { "Reversible heat", "Reaction heat", "Chemical power", "Enthalpy, rate" })
                Assert.That(b[name], Is.EqualTo(a[name]).Within(1e-9 * Math.Abs(a[name])), name);
        });

        CellRun Run(string[] settings)
        {
            CellRun run = new(TestCases.ThermalColumn([.. Warm, .. settings]));
            return run.Start(rate * run.OneC);
        }

        static string Text(PorousElectrode electrode) => $"{DivergingEnds.Without(electrode.ActiveMaterials[0].OpenCircuitPotential)}";
    }

    [Test]
    public void AtRestTheVoltageIsTheDifferenceOfPotentials([Values(273.15, Kelvin)] double kelvin)
    {
        SimulationCase simulation = With(TestCases.Column("Initial state.SOC=0.4", FormattableString.Invariant($"Thermal.Initial temperature={kelvin}")));
        using CellRun run = new(simulation);
        run.Start(0);
        double[] x = [.. run.Model.Particles.Select(particles => particles.MeanStoichiometry[0])];
        double[] potentials = [.. run.Model.Particles.Select((particles, i) => particles.Material.OpenCircuitPotential.Value(x[i], kelvin))];
        Assert.That(run.Voltage, Is.EqualTo(potentials[1] - potentials[0]).Within(1e-12));
        Assert.That(simulation.Cell.Balance.OpenCircuitVoltage(0.4, kelvin), Is.EqualTo(potentials[1] - potentials[0]).Within(1e-14));
        double[] overpotential = new double[run.Model.Mesh.CellCount];
        foreach (Cell3D.Physics.Particles.ReactingParticles particles in run.Model.Particles)
            particles.FillOverpotential(overpotential);
        Assert.That(overpotential, Is.All.Zero.Within(1e-12));
        run.Step(1000);
        Assert.That(run.Voltage, Is.EqualTo(potentials[1] - potentials[0]).Within(1e-9));
    }

    /// <summary>Without the losses, which are the same for either sign of a small current, the heat is I T ∂V_oc/∂T.</summary>
    [Test]
    public void ReversibleHeatOfASmallCurrentIsThatOfTheOpenCircuitVoltage([Values(0.25, 0.7)] double charge)
    {
        SimulationCase simulation = With(TestCases.ThermalColumn([.. Adiabatic, FormattableString.Invariant($"Initial state.SOC={charge}")]));
        double current = 1e-4 * simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        double slope = (simulation.Cell.Balance.OpenCircuitVoltage(charge, Kelvin + 0.01) - simulation.Cell.Balance.OpenCircuitVoltage(charge, Kelvin - 0.01)) / 0.02;
        double[] stored = [.. new[] { current, -current }.Select(Stored)];
        double expected = current * Kelvin * slope, found = 0.5 * (stored[0] - stored[1]);
        TestContext.Out.WriteLine(FormattableString.Invariant($"∂V/∂T = {1e3 * slope:f4} mV/K, heat {found:e6} W, expected {expected:e6} W"));
        Assert.That(Math.Abs(slope), Is.GreaterThan(1e-5));
        Assert.That(found, Is.EqualTo(expected).Within(1e-5 * Math.Abs(expected)));

        double Stored(double applied)
        {
            using CellRun run = new(simulation);
            run.Start(applied);
            run.Step(1);
            run.Step(1);
            return run.Report()["Enthalpy, rate"];
        }
    }

    [Test]
    public void EnergyIsConservedInEveryStep([Values(-2, 2)] double rate)
    {
        using CellRun run = new(With(TestCases.Pouch(Warm)));
        run.Start(rate * run.OneC);
        for (int step = 0; step < 8; step++)
        {
            run.Step(20);
            Balance balance = run.Report();
            double work = run.Voltage * rate * run.OneC, losses = balance.SumOf(Balance.Losses), released = losses + balance["Reversible heat"];
            Assert.That(losses + balance["Chemical power"], Is.EqualTo(work).Within(1e-8 * Math.Abs(work)));
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-8 * Math.Abs(losses)));
        }
    }

    /// <summary>Branches that depend on temperature: their mean counts for the entropic coefficient, the gap follows temperature.</summary>
    [Test]
    public void HysteresisFollowsTemperature([Values(-1, 1)] double state)
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.5", "Thermal.Initial temperature=311").WithMaterials(m =>
        {
            string fit = $"{DivergingEnds.Without(m.OpenCircuitPotential)}";
            PotentialHysteresis hysteresis = new(
                ExpressionFunction.Parse($"{fit} + 2e-3*(T - 298.15)", "x", "T"), ExpressionFunction.Parse($"{fit} - 1e-3*(T - 298.15)", "x", "T"), 40, m.MaximumConcentration < 50000 ? state : 0);
            return [m with { OpenCircuitPotential = DivergingEnds.With(PotentialEnds.Diverging, hysteresis.Mean), Hysteresis = hysteresis }];
        });
        using CellRun run = new(simulation), plain = new(TestCases.Column("Initial state.SOC=0.5", "Thermal.Initial temperature=311"));
        run.Start(0);
        plain.Start(0);
        double gap = 1.5e-3 * (311 - 298.15);
        Assert.That(run.Voltage, Is.EqualTo(plain.Voltage - (state * gap)).Within(1e-9), "means of both electrodes shift alike");
    }

    private static SimulationCase With(SimulationCase simulation) =>
        simulation.WithMaterials(m => [m with { OpenCircuitPotential = Nonlinear(m), EntropicCoefficient = Curve.Constant(0) }]);
}
