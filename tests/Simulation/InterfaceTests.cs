using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Double layers, films and hysteresis in a whole cell.</summary>
public class InterfaceTests
{
    private static readonly FilmGrowth Growth = new()
    {
        InitialThickness = 5e-9,
        Resistivity = 2e5,
        MolarVolume = 9.585e-5,
        LithiumPerMolecule = 2,
        EquilibriumPotential = 0.4,
    };

    /// <summary>L² = L₀² + 2 V̄ D c t/z where the solvent's diffusion limits, whatever the cell does.</summary>
    [Test]
    public void DiffusionLimitedFilmsGrowWithTheRootOfTime()
    {
        const double supply = 2.5e-22 * 2636 * 1e3;
        using CellRun run = new(Column(m => m with { Film = Growth with { SolventSupply = supply, NarrowsPores = false } }), adaptive: false);
        run.Start(0.2 * run.OneC);
        for (int step = 0; step < 400; step++)
            run.Step(5);
        double exact = Math.Sqrt((5e-9 * 5e-9) + (2 * 9.585e-5 * supply * 2000 / 2)), grown = exact - 5e-9;
        foreach (double thickness in run.Model.Interfaces[0].Film!.ThicknessValues)
            Assert.That(thickness, Is.EqualTo(exact).Within(2e-4 * grown));
    }

    /// <summary>With the reaction in series growth is slower than with either limit alone, and lithium, salt included, is accounted for.</summary>
    [Test]
    [Category("Mpi")]
    public void FilmsNarrowPoresAndKeepTheLithium()
    {
        SimulationCase simulation = TestCases.Pouch("Initial state.SOC=0.3", "Thermal.Initial temperature=308")
            .WithMaterials(m => [m with { Film = Growth with { ExchangeCurrent = 1.5e-3, ActivationEnergy = 30000, SolventSupply = 1e-13 } }]);
        using CellRun run = new(simulation, Communicator.World);
        run.Start(run.OneC);
        double lithium = run.Report().SumOf(Totals.Lithium), inFilms = run.Report()["Lithium in films"], drift = 0, energy = 0, current = 0;
        Field porosity = run.Model.System.Unknowns.Find("Porosity")!.Field;
        double[] before = run.Whole(porosity);
        for (int step = 0; step < 20; step++)
        {
            run.Step(10);
            Balance balance = run.Report();
            drift = Math.Max(drift, Math.Abs((balance.SumOf(Totals.Lithium) / lithium) - 1));
            double power = run.Voltage * run.OneC;
            energy = Math.Max(energy, Math.Abs((balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower)) / power - 1));
            current = Math.Max(current, Math.Abs((balance.SumOf(Totals.NegativeTransfer) / -run.OneC) - 1));
        }
        TestContext.Out.WriteLine($"lithium {drift:e1}, energy {energy:e1}, current {current:e1}, growth of lithium in films {(run.Report()["Lithium in films"] / inFilms) - 1:e1}");
        Assert.That(drift, Is.LessThan(1e-12));
        Assert.That(current, Is.LessThan(1e-9));
        Assert.That(energy, Is.LessThan(1e-8));
        Assert.That(run.Report()["Lithium in films"], Is.GreaterThan(1.01 * inFilms));
        Assert.That(run.Whole(porosity).Zip(before, (now, then) => then - now).Max(), Is.GreaterThan(1e-5));
    }

    [Test]
    [Category("Mpi")]
    public void AFilmGrowsAlikeOnAnyNumberOfRanks()
    {
        (double Voltage, double Lithium) grown = Grown(Communicator.World), expected = Grown(Communicator.Self);
        Assert.That(grown.Voltage, Is.EqualTo(expected.Voltage).Within(1e-10));
        Assert.That(grown.Lithium, Is.EqualTo(expected.Lithium).Within(1e-10 * expected.Lithium));

        static (double Voltage, double Lithium) Grown(Communicator world)
        {
            SimulationCase simulation = TestCases.Pouch("Initial state.SOC=0.3").WithMaterials(m => [m with { Film = Growth with { ExchangeCurrent = 1e-2 } }]);
            using CellRun run = new(simulation, world);
            run.Start(run.OneC);
            for (int step = 0; step < 5; step++)
                run.Step(20);
            return (run.Voltage, run.Report()["Lithium in films"]);
        }
    }

    /// <summary>As C_dl → 0 the difference to the algebraic limit vanishes in proportion to it.</summary>
    [Test]
    public void WithoutCapacitanceTheAlgebraicLimitIsRecovered()
    {
        double limit = After(0);
        double[] misses = [.. new[] { 0.4, 0.2, 0.1, 0.05 }.Select(capacitance => Math.Abs(After(capacitance) - limit))];
        TestContext.Out.WriteLine(string.Join(", ", misses.Select(miss => $"{miss:e2} V")));
        for (int i = 1; i < misses.Length; i++)
            Assert.That(misses[i - 1] / misses[i], Is.EqualTo(2).Within(0.1));

        static double After(double capacitance)
        {
            using CellRun run = new(Column(m => m with { DoubleLayerCapacitance = capacitance }), adaptive: false);
            run.Start(-run.OneC);
            for (int step = 0; step < 100; step++)
                run.Step(1);
            return run.Voltage;
        }
    }

    /// <summary>Right after a switch the potential of every double layer stands; then it relaxes within R_ct C_dl, and the voltage with it.</summary>
    [Test]
    public void ADoubleLayerStandsWhileTheCurrentIsSwitched()
    {
        using CellRun with = new(Column(m => m with { DoubleLayerCapacitance = 0.2 })), without = new(Column(m => m));
        with.Start(0);
        without.Start(0);
        double[] before = Layers(with);
        double rest = with.Voltage, ions = with.Report()["Lithium in electrolyte"] + with.Report().SumOf(Totals.HeldIons);
        with.Switch(-2 * with.OneC);
        without.Switch(-2 * without.OneC);
        // What the current moves in an instant of ten nanoseconds.
        Assert.That(Layers(with), Is.EqualTo(before).Within(5e-6));
        Assert.That(rest - with.Voltage, Is.LessThan(0.8 * (rest - without.Voltage)).And.Positive);
        Balance balance = with.Report();
        Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(2 * with.OneC).Within(1e-6 * with.OneC));
        for (int step = 0; step < 200; step++)
        {
            with.Step(1e-3);
            balance = with.Report();
            double power = with.Voltage * -2 * with.OneC;
            Assert.That(balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower), Is.EqualTo(power).Within(1e-8 * Math.Abs(power)));
            Assert.That(balance["Lithium in electrolyte"] + balance.SumOf(Totals.HeldIons), Is.EqualTo(ions).Within(1e-12 * ions));
        }
        for (int step = 0; step < 200; step++)
            without.Step(1e-3);
        for (int step = 0; step < 10; step++)
        {
            with.Step(0.2);
            without.Step(0.2);
        }
        Assert.That(with.Voltage, Is.EqualTo(without.Voltage).Within(1e-4));

        static double[] Layers(CellRun run) => [.. Enumerable.Range(0, run.Model.Layout.OwnedCells)
            .Where(cell => run.Model.Layout.Has(cell, Field.ElectronicPotential) && run.Model.Layout.Has(cell, Field.IonicPotential))
            .Select(cell => run.Model.Fields.AbsoluteElectronicPotential(cell) - run.Model.Fields.IonicPotential[cell])];
    }

    /// <summary>1 − h decays as exp(−γ Δx) with the filling of the particles, and a closed cycle turns the gap into heat.</summary>
    [Test]
    public void HysteresisFollowsTheFillingOfTheParticles()
    {
        const double rate = 40, gap = 0.02;
        PotentialHysteresis hysteresis = new(Cell3D.Numerics.Curve.Constant(gap), Cell3D.Numerics.Curve.Constant(-gap), rate);
        using CellRun run = new(Column(m => m with { Hysteresis = hysteresis }));
        run.Start(-0.5 * run.OneC);
        Cell3D.Physics.Particles.ReactingParticles particles = run.Model.Particles[0];
        double start = particles.MeanStoichiometry[3];
        for (int step = 0; step < 300; step++)
            run.Step(2);
        Assert.That(particles.Hysteresis!.Values[3], Is.EqualTo(1 - Math.Exp(-rate * (start - particles.MeanStoichiometry[3]))).Within(2e-4));
        Assert.That(run.Model.Particles[1].Hysteresis!.Values[3], Is.Negative);
        using CellRun plain = new(Column(m => m));
        plain.Start(-0.5 * plain.OneC);
        for (int step = 0; step < 300; step++)
            plain.Step(2);
        double reached = particles.Hysteresis.Values[3] - run.Model.Particles[1].Hysteresis!.Values[3];
        Assert.That(plain.Voltage - run.Voltage, Is.EqualTo(gap * reached).Within(0.05 * gap * reached));
        Balance balance = run.Report();
        double power = run.Voltage * -0.5 * run.OneC;
        Assert.That(balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower), Is.EqualTo(power).Within(1e-9 * Math.Abs(power)));
    }

    private static SimulationCase Column(Func<ActiveMaterial, ActiveMaterial> change) =>
        TestCases.Column("Initial state.SOC=0.6", "Thermal.Initial temperature=303").WithMaterials(m => [change(m)]);
}
