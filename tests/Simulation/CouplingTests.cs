using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>A pair of the Chen2020 cell with heat, started cold and cooled little: every order of work against the monolithic solution.</summary>
public class CouplingTests
{
    private const double End = 240;
    private const string Key = "Solver.Coupling.";

    /// <summary>With potentials that are held while heat is solved, the heat of a split step is that of the temperature of its middle: a first-order error that no symmetry
    /// removes. Where potentials follow, Strang is of second order.</summary>
    [TestCase("staggered", 1, "", 1)]
    [TestCase("staggered", 2, "Held values=extrapolated", 2)]
    [TestCase("iterated", 2, "", 2)]
    [TestCase("Lie", 2, "", 1)]
    [TestCase("Lie", 2, "Potentials=held", 1)]
    [TestCase("Strang", 2, "Potentials=held", 1)]
    [TestCase("Strang", 2, "", 2)]
    public void TheErrorFallsWithTheOrder(string strategy, int order, string more, int expected)
    {
        string[] settings = [$"{Key}Strategy={strategy}", .. more.Length > 0 ? new[] { Key + more } : [], $"Solver.Maximum order={order}"];
        (double Voltage, double Temperature)[] values = [.. Enumerable.Range(1, 5).Select(halvings => March(settings, 20.0 / (1 << halvings)))];
        AssertOrder($"{strategy} {more}: T", [.. values.Select(value => value.Temperature)], expected);
    }

    [Test]
    public void IterationGivesTheMonolithicSolution([Values("held", "follow")] string potentials)
    {
        (double voltage, double temperature) = March(["Solver.Maximum order=2"], 20);
        (double parts, double warmth) = March([$"{Key}Strategy=iterated", $"{Key}Inner tolerance=1e-9", $"{Key}Potentials={potentials}", "Solver.Maximum order=2"], 20);
        TestContext.Out.WriteLine($"{parts - voltage:e2} V, {warmth - temperature:e2} K");
        Assert.That(parts, Is.EqualTo(voltage).Within(1e-9));
        Assert.That(warmth, Is.EqualTo(temperature).Within(1e-8));
    }

    [Test]
    public void IterationOverParticlesGivesTheMonolithicSolution()
    {
        (double voltage, double temperature) = March(["Solver.Maximum order=2"], 1, 24);
        (double parts, double warmth) = March([$"{Key}Strategy=iterated", $"{Key}Between=electrode and particles", $"{Key}Inner tolerance=1e-11", "Solver.Maximum order=2"], 1, 24);
        TestContext.Out.WriteLine($"{parts - voltage:e2} V, {warmth - temperature:e2} K");
        Assert.That(parts, Is.EqualTo(voltage).Within(1e-9));
        Assert.That(warmth, Is.EqualTo(temperature).Within(1e-8));
    }

    [Test]
    [Category("Mpi")]
    public void RanksAgree([Values("staggered", "iterated", "Lie", "Strang")] string strategy)
    {
        SimulationCase pouch = TestCases.Pouch([$"{Key}Strategy={strategy}", "Solver.Fixed time steps=[20]"]);
        using CellRun alone = new(pouch), together = new(pouch, Communicator.World);
        foreach (CellRun run in new[] { alone, together })
        {
            run.Start(-2 * run.OneC);
            for (int i = 0; i < 4; i++)
                run.Step(20);
        }
        double[] expected = alone.Whole(Field.Temperature), actual = together.Whole(Field.Temperature);
        Assert.That(together.Voltage, Is.EqualTo(alone.Voltage).Within(1e-10));
        Assert.That(actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-9));
    }

    /// <summary>Every stage of a split step keeps lithium, salt, charge and energies to what Newton leaves; electric energy where potentials are held to the thousandth that a run is held to.</summary>
    [Test]
    [Category("Mpi")]
    public void EveryStageIsAudited([Values("Lie", "Strang")] string strategy, [Values("held", "follow")] string potentials)
    {
        (ConservationAudit audit, int stages) = Audited(strategy, potentials, _ => { });
        Assert.That(stages, Is.EqualTo(4 * (strategy == "Lie" ? 4 : 6)), "two stages per operator");
        Assert.That(audit.ToResults().Where(result => !result.Passed).Select(result => result.ToString()), Is.Empty);
    }

    [Test]
    [Category("Mpi")]
    public void ParticlesSolvedByThemselvesAreAudited([Values("Lie", "Strang")] string strategy)
    {
        (ConservationAudit audit, _) = Audited(strategy, "follow", _ => { }, $"{Key}Between=electrode and particles");
        Assert.That(audit.ToResults().Where(result => !result.Passed).Select(result => result.ToString()), Is.Empty);
    }

    /// <summary>Salt or heat that goes astray behind a stage and is back behind the next one: the last stage of a step shows nothing.</summary>
    [Test]
    [Category("Mpi")]
    public void AStageThatLeaksFailsItsAudit([Values("Salt drift, relative", "Heat balance mismatch, relative")] string what)
    {
        (bool isSalt, int stage) = (what.StartsWith("Salt", StringComparison.Ordinal), 0);
        // Heat is solved for in stages 1, 2, 5, 6, salt in 3 and 4.
        int leak = isSalt ? 3 : 2;
        double[] kept = [];
        (ConservationAudit audit, _) = Audited("Strang", "follow", model =>
        {
            double[] values = isSalt ? model.Fields.Salt : model.Fields.Temperature;
            if (++stage == leak)
            {
                kept = [.. values];
                for (int cell = 0; cell < values.Length; cell++)
                    values[cell] += isSalt ? 1e-6 * values[cell] : 1e-3;
            }
            else if (stage == leak + 1)
            {
                kept.CopyTo(values, 0);
            }
        }, steps: 1);
        AuditResult result = audit.ToResults().Single(result => result.Name == what);
        Assert.That(result.Passed, Is.False, result.ToString());
    }

    /// <summary>Audits of a pouch with heat over some steps, with something done between stages before each is audited.</summary>
    private static (ConservationAudit Audit, int Stages) Audited(string strategy, string potentials, Action<CellModel> between, string more = "", int steps = 4)
    {
        string[] settings = [$"{Key}Strategy={strategy}", "Solver.Fixed time steps=[5]", "Solver.Newton tolerance=1e-11", .. more.Length > 0 ? new[] { more } : [$"{Key}Potentials={potentials}"]];
        using CellRun run = new(TestCases.Pouch(settings), Communicator.World);
        ConservationAudit audit = new(run.Model, directSolver: false, run.OneC) { EnergyLimit = Couplings.EnergyLimit(run.Coupling!.Options) };
        run.Start(-2 * run.OneC);
        audit.Update(run.Report(), afterStep: false);
        int stages = 0;
        run.Coupling.StageSolved = part =>
        {
            stages++;
            between(run.Model);
            audit.UpdateStage(run.Report(), part);
        };
        for (int i = 0; i < steps; i++)
        {
            run.Step(5);
            audit.Update(run.Report(), afterStep: true);
        }
        TestContext.Out.WriteLine(string.Join('\n', audit.ToResults()));
        return (audit, stages);
    }

    /// <summary>Lithium stays, whatever the order of work.</summary>
    [TestCase("staggered")]
    [TestCase("Strang")]
    public void LithiumIsConserved(string strategy)
    {
        using CellRun run = new(Cold([$"{Key}Strategy={strategy}"]));
        run.Start(-2 * run.OneC);
        double before = Lithium(run);
        for (int i = 0; i < 8; i++)
            run.Step(20);
        Assert.That(Lithium(run), Is.EqualTo(before).Within(1e-12 * before));

        static double Lithium(CellRun run) => run.Report().SumOf(Cell3D.Physics.Totals.Lithium);
    }

    /// <summary>Electrode and particles: the surface of particles lags by a step.</summary>
    [TestCase("staggered", 1, "", 1)]
    [TestCase("staggered", 2, "Held values=extrapolated", 2)]
    [TestCase("iterated", 2, "", 2)]
    [TestCase("Lie", 2, "", 1)]
    [TestCase("Strang", 2, "", 1)]
    public void ParticlesInTurn(string strategy, int order, string more, int expected)
    {
        string[] settings = [$"{Key}Strategy={strategy}", $"{Key}Between=electrode and particles", .. more.Length > 0 ? new[] { Key + more } : [], $"Solver.Maximum order={order}"];
        AssertOrder($"particles, {strategy} {more}: V", [.. Enumerable.Range(0, 5).Select(halvings => March(settings, 0.5 / (1 << halvings), 12).Voltage)], expected);
    }

    /// <summary>A run whose parts drive each other ever further ends and says so, with the place and the factor.</summary>
    [Test]
    public void AnUnstableRunSaysSo()
    {
        SimulationCase stiff = CaseFile.Load(Path.Combine(Samples.Repository, "cases", "stiff-heat", "case.json"),
            [$"{Key}Strategy=staggered", $"{Key}Held values=extrapolated", "Solver.Fixed time steps=[4]", "Solver.Maximum order=2"]).Case!;
        using CellRun run = new(stiff);
        RunEnd end = run.Execute();
        TestContext.Out.WriteLine(end.Detail);
        Assert.That(end.Reason, Is.EqualTo(EndReason.SolverGaveUp));
        Assert.That(end.Detail, Does.Contain("staggered coupling of electrochemistry and heat is unstable").And.Contain("temperature in the"));
    }

    private static SimulationCase Cold(IEnumerable<string> settings) => TestCases.ThermalColumn(["Thermal.Initial temperature=268", "Thermal.Ambient temperature=268", "Solver.Fixed time steps=[20]", .. settings]);

    private static (double Voltage, double Temperature) March(IEnumerable<string> settings, double step, double end = End)
    {
        using CellRun run = new(Cold(settings));
        run.Start(-run.OneC);
        for (int i = 0; i < (int)Math.Round(end / step); i++)
            run.Step(step);
        return (run.Voltage, run.Model.Fields.Temperature.Max());
    }

    private static void AssertOrder(string what, double[] values, int order)
    {
        double[] differences = [.. values.Zip(values.Skip(1), (coarse, fine) => Math.Abs(coarse - fine))];
        double[] orders = [.. differences.Zip(differences.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"{what}: differences {string.Join(", ", differences.Select(e => e.ToString("e2")))}; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That(orders[^1], Is.EqualTo(order).Within(0.2), what);
    }
}
