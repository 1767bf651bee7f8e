using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Physics;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The identities of equations.md §7 over whole discharges with LU.</summary>
public class ConservationTests
{
    [Test]
    public void LithiumSaltAndCurrentAreConservedOverADischarge()
    {
        using CellRun run = new(TestCases.Column(), adaptive: true);
        (double lithium, double salt) = (double.NaN, double.NaN);
        double lithiumDrift = 0, saltDrift = 0, mismatch = 0;
        RunEnd end = run.Execute(() =>
        {
            Balance balance = run.Report();
            double inElectrolyte = balance["Lithium in electrolyte"], total = inElectrolyte + balance["Lithium in particles"];
            if (double.IsNaN(lithium))
                (lithium, salt) = (total, inElectrolyte);
            lithiumDrift = Math.Max(lithiumDrift, Math.Abs((total / lithium) - 1));
            saltDrift = Math.Max(saltDrift, Math.Abs((inElectrolyte / salt) - 1));
            double applied = run.Model.System.Terminal.Current;
            foreach ((string name, double current) in new[]
            {
                ("Reaction current: Negative electrode", -applied), ("Reaction current: Positive electrode", applied),
                ("Current: positive terminal", applied), ("Current: negative terminal", -applied),
            })
                mismatch = Math.Max(mismatch, Math.Abs((balance[name] / current) - 1));
        });
        TestContext.Out.WriteLine($"lithium {lithiumDrift:e1}, salt {saltDrift:e1}, current {mismatch:e1}");
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished));
        Assert.That(run.Voltage, Is.EqualTo(2.5).Within(1e-6));
        Assert.That(lithiumDrift, Is.LessThan(1e-12));
        Assert.That(saltDrift, Is.LessThan(1e-12));
        Assert.That(mismatch, Is.LessThan(1e-12));
    }

    /// <summary>Thermal properties that depend on temperature in every kind of layer.</summary>
    internal static readonly string[] ThermalExpressions =
    [
        "Layers.Negative electrode.Specific heat capacity=900 + 3*(T - 298.15) + 300/cosh((T - 300)/2)**2", "Layers.Negative electrode.Thermal conductivity=1.5*(T/300)**2",
        "Layers.Separator.Thermal conductivity=0.3 + 2e-3*(T - 298.15)", """Layers.Separator.Specific heat capacity={"T": [290, 300, 310], "y": [1500, 1600, 1900]}""", "Layers.Positive collector.Specific heat capacity=890 + 0.5*(T - 298.15)",
        "Layers.Positive collector.Thermal conductivity=237", "Layers.Positive collector.In-plane thermal conductivity=240 - 0.1*(T - 298.15)",
    ];

    [Test]
    public void EnergyIsConservedInEveryStep([Values(false, true)] bool expressions)
    {
        using CellRun run = new(TestCases.Pouch(expressions ? ThermalExpressions : []));
        run.Start(-run.OneC);
        (double electric, double heat) = (0, 0);
        for (int step = 0; step < 12; step++)
        {
            run.Step(20);
            Balance balance = run.Report();
            double work = run.Voltage * -run.OneC, released = Losses(balance) + balance["Reversible heat"];
            Assert.That(released, Is.Positive);
            electric = Math.Max(electric, Math.Abs((Losses(balance) + balance["Chemical power"] - work) / work));
            heat = Math.Max(heat, Math.Abs((balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost) - released) / released));
        }
        TestContext.Out.WriteLine($"VI against losses and open-circuit power: {electric:e1}; heat stored and lost against heat released: {heat:e1}");
        Assert.That(electric, Is.LessThan(1e-8));
        Assert.That(heat, Is.LessThan(1e-8));
    }

    [Test]
    public void ChargePassedIsLithiumMoved()
    {
        using CellRun run = new(TestCases.Column());
        run.Start(-run.OneC);
        double before = Charge(run);
        for (int step = 0; step < 30; step++)
            run.Step(30);
        Assert.That(before - Charge(run), Is.EqualTo(run.OneC * 900).Within(1e-10 * run.OneC * 900));
    }

    /// <summary>Charge of the lithium in the negative electrode's particles [C].</summary>
    private static double Charge(CellRun run)
    {
        Cell3D.Physics.Particles.ReactingParticles particles = run.Model.Particles[0];
        double sum = 0;
        for (int i = 0; i < particles.Cells.Length; i++)
            sum += run.Model.Mesh.Volume[particles.Cells[i]] * particles.MeanStoichiometry[i];
        return sum * particles.Material.ActiveVolumeFraction * particles.Material.MaximumConcentration * Cell3D.Physics.PhysicalConstants.Faraday;
    }

    private static double Losses(Balance balance) =>
        balance["Electronic ohmic heat"] + balance["Ionic ohmic heat"] + balance["Reaction heat"] + balance["Contact heat"];
}
