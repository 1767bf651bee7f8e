using System.Text.Json.Nodes;
using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The positive electrode against lithium foil.</summary>
public class HalfCellTests
{
    [Test]
    public void AtRestTheVoltageIsThePotentialOfTheElectrode()
    {
        using CellRun run = new(HalfCell());
        run.Start(0);
        Cell3D.Physics.Particles.ReactingParticles particles = run.Model.Particles[0];
        double reference = run.Model.Fields.ReferenceTemperature;
        double expected = particles.Material.EquilibriumPotentialOf(reference).Value(particles.MeanStoichiometry[0], reference + run.Model.Fields.Temperature[0]);
        run.Step(100);
        Assert.That(run.Model.Particles, Has.Count.EqualTo(1));
        Assert.That(run.Voltage, Is.EqualTo(expected).Within(1e-9));
    }

    /// <summary>The drop of a small current is what closed formulas of all mechanisms give, but for the uniform reaction that they assume.</summary>
    [Test]
    public void ASmallCurrentMeetsTheResistancesOfAllMechanisms()
    {
        SimulationCase simulation = HalfCell("Layers.Positive electrode.Conductivity=1e6", "Layers.Positive electrode.Transport efficiency=0.3", "Layers.Positive electrode.Reaction rate constant=1e-9");
        using CellRun run = new(simulation);
        run.Start(0);
        double rest = run.Voltage, current = 1e-7 * run.OneC;
        run.Switch(-current);
        double expected = ResistanceEstimate.Of(simulation).Sum(item => item.AreaResistance);
        Assert.That((rest - run.Voltage) / (current / simulation.Geometry.Area), Is.EqualTo(expected).Within(2e-3 * expected));
    }

    /// <summary>The reaction sits on the face: with half cells between it and the cells' centres the error falls with the square of their size.</summary>
    [Test]
    public void TheErrorOfTheSeparatorIsOfSecondOrder()
    {
        double[] voltages = [.. new[] { 2, 4, 8, 32 }.Select(After)];
        double coarse = Math.Abs(voltages[0] - voltages[3]), middle = Math.Abs(voltages[1] - voltages[3]), fine = Math.Abs(voltages[2] - voltages[3]);
        TestContext.Out.WriteLine($"{coarse:e2}, {middle:e2}, {fine:e2} V");
        Assert.That(coarse / middle, Is.GreaterThan(3.3));
        Assert.That(middle / fine, Is.GreaterThan(3.3));

        static double After(int cells)
        {
            using CellRun run = new(HalfCell($"Mesh.Cells through.Separator={cells}", "Mesh.Grading=1"));
            run.Start(-run.OneC);
            for (int step = 0; step < 20; step++)
                run.Step(10);
            return run.Voltage;
        }
    }

    [Test]
    [Category("Mpi")]
    public void LithiumChargeAndEnergyAreConservedOnAnyNumberOfRanks([Values(-1, 0.7)] double rate)
    {
        SimulationCase simulation = WithFoil(Samples.Column(), TestCases.PouchSettings, "Initial state.SOC=0.5", "Thermal.Initial temperature=285");
        using CellRun run = new(simulation, Communicator.World), alone = new(simulation);
        foreach (CellRun each in new[] { run, alone })
        {
            each.Start(rate * each.OneC);
            double lithium = each.Report().SumOf(Totals.Lithium), current = rate * each.OneC;
            for (int step = 0; step < 10; step++)
            {
                each.Step(20);
                Balance balance = each.Report();
                Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-12 * lithium));
                Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(-current).Within(1e-9 * each.OneC));
                Assert.That(balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower), Is.EqualTo(each.Voltage * current).Within(1e-8 * each.OneC));
            }
            Assert.That(Math.Abs(each.Report()["Lithium given by foil"]), Is.EqualTo(Math.Abs(current) * 200 / PhysicalConstants.Faraday).Within(1e-6 * Math.Abs(current)));
        }
        Assert.That(run.Voltage, Is.EqualTo(alone.Voltage).Within(1e-9));
    }

    /// <summary>A column cut between foil and separator: both ranks know the reaction.</summary>
    [Test]
    [Category("Mpi")]
    public void AColumnOnSeveralRanksGivesTheSame()
    {
        SimulationCase simulation = HalfCell();
        if (Communicator.World.Size > Partition.MostRanks(CaseMesh.Describe(simulation)))
            Assert.Pass("fewer pieces than ranks");
        Assert.That(After(Communicator.World), Is.EqualTo(After(Communicator.Self)).Within(1e-9));

        double After(Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(-run.OneC);
            for (int step = 0; step < 5; step++)
                run.Step(10);
            return run.Voltage;
        }
    }

    internal static SimulationCase HalfCell(params string[] settings) => WithFoil(Samples.Column(), TestCases.Coarse, ["Layers.Positive collector.Thickness=1.6e-5", .. settings]);

    private static SimulationCase WithFoil(JsonObject text, string[] common, params string[] settings)
    {
        string[] own = [.. common.Where(setting => !setting.Contains("Layers.Negative", StringComparison.Ordinal) && !setting.Contains("through.Negative", StringComparison.Ordinal))];
        return Samples.Case(text, [.. own, "Layers.Lithium counter electrode.Thickness=5e-5", "Layers.Lithium counter electrode.Exchange current density=12", .. settings]);
    }
}
