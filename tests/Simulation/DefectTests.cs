using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Internal shorts and missing layers.</summary>
[Category("Mpi")]
public class DefectTests
{
    private const double Resistance = 50;

    private static readonly string[] Short = ["Defects.Internal shorts.nail.Place=[0.05, 0.06]", $"Defects.Internal shorts.nail.Resistance={Resistance:F0}", "Thermal.Initial temperature=311", "Initial state.SOC=0.7"];

    /// <summary>At open circuit the short discharges the cell through its own resistance; what it dissipates warms the place, on any number of ranks.</summary>
    [Test]
    public void AShortDischargesTheCellFromInside()
    {
        SimulationCase simulation = TestCases.Pouch([.. Short, "Solver.Newton tolerance=1e-10"]);
        double[] alone = Run(Communicator.Self), together = Run(Communicator.World);
        for (int i = 0; i < alone.Length; i++)
            Assert.That(together[i], Is.EqualTo(alone[i]).Within(1e-9 * Math.Abs(alone[i])));

        double[] Run(Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(0);
            double lithium = run.Report().SumOf(Totals.Lithium);
            foreach (double step in new[] { 1.0, 2, 4, 8 })
                run.Step(step);
            Balance balance = run.Report();
            double current = balance["Short current"];
            Assert.That(current, Is.InRange(0.95 * run.Voltage / Resistance, run.Voltage / Resistance), "nearly the cell's voltage over the resistance");
            Assert.That(balance["Short heat"], Is.EqualTo(current * current * Resistance).Within(1e-12 * balance["Short heat"]));
            // Every electron that passes the short was given off by the negative electrode.
            Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(current).Within(1e-8 * current));
            Assert.That(balance.SumOf(Totals.PositiveTransfer), Is.EqualTo(-current).Within(1e-8 * current));
            Assert.That(balance["Current: positive terminal"], Is.Zero.Within(1e-9));
            Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-13 * lithium));
            return [run.Voltage, current, run.Whole(Field.Temperature).Max(), run.Whole(Field.Temperature).Min()];
        }
    }

    /// <summary>The audits know that a short takes its current out of the electrodes.</summary>
    [TestCase(-1.0)]
    [TestCase(0.7)]
    public void AuditsPassWithAShort(double rate)
    {
        using CellRun run = new(TestCases.Pouch([.. Short, "Defects.Internal shorts.nail.Resistance=2000", "Solver.Newton tolerance=1e-10"]), Communicator.World);
        ConservationAudit audit = new(run.Model, directSolver: true, run.OneC);
        run.Start(rate * run.OneC);
        audit.Update(run.Report(), afterStep: false);
        foreach (double step in new[] { 0.5, 0.5, 1, 2 })
        {
            run.Step(step);
            audit.Update(run.Report(), afterStep: true);
        }
        Assert.That(audit.ToResults().Where(result => !result.Passed), Is.Empty);
    }

    /// <summary>However small its resistance, a short passes only what its column can carry: the potentials right after it is closed are found at once, and beyond four fifths of V/R nobody is to blame.</summary>
    [TestCase(50.0, false)]
    [TestCase(1.0, true)]
    [TestCase(1e-4, true)]
    public void AColumnLimitsItsShort(double resistance, bool isLimited)
    {
        using CellRun run = new(TestCases.Pouch([.. Short, FormattableString.Invariant($"Defects.Internal shorts.nail.Resistance={resistance}")]), Communicator.World);
        run.Start(0);
        double current = run.Report()["Short current"];
        Assert.That(current, Is.InRange(0.5 * Math.Min(run.Voltage / resistance, 5), run.Voltage / resistance));
        string? words = ShortLimit.Of(run.Model, run.Integrator.Place);
        if (isLimited)
            Assert.That(words, Does.Contain("internal short \"nail\"").And.Contain(FormattableString.Invariant($"of {resistance:g4} Ohm passes {current:g4} A")).And.Contain("larger Defects.Internal shorts.nail.Resistance"));
        else
            Assert.That(words, Is.Null);
    }

    /// <summary>A run that ends because a short has used up its column says so, on any number of ranks.</summary>
    [Test]
    public void ARunThatAShortEndsNamesIt()
    {
        using CellRun run = new(TestCases.Pouch("Defects.Internal shorts.nail.Place=[0.05, 0.06]", "Defects.Internal shorts.nail.Resistance=0.01", "Initial state.SOC=0.7", "Solver.Minimum step=1e-4",
            "Mesh.Cells through.Negative electrode=2", "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=2"), Communicator.World, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Reason, Is.EqualTo(EndReason.SolverGaveUp));
        Assert.That(end.Detail, Does.Contain("the internal short \"nail\" of 0.01 Ohm passes").And.Contain("in the positive electrode at x = "));
        TestContext.Out.WriteLine(end.Detail);
    }

    /// <summary>With exact derivatives, heat of the short included, Newton needs at most one iteration more in each step than without it; counted above round-off, where the last digits
    /// depend on the machine.</summary>
    [TestCase(-5.0)]
    [TestCase(5.0)]
    public void NewtonConvergesAsWithoutIt(double current)
    {
        string[] warm = ["Thermal.Initial temperature=311", "Initial state.SOC=0.7", "Solver.Newton tolerance=1e-7"];
        Assert.That(Iterations([.. Short, .. warm]), Is.LessThanOrEqualTo(Iterations(warm) + 3), "one more in each of three steps");

        int Iterations(string[] settings)
        {
            using CellRun run = new(TestCases.Pouch(settings), Communicator.World);
            run.Start(current);
            return run.Step(1).NewtonIterations + run.Step(2).NewtonIterations + run.Step(4).NewtonIterations;
        }
    }

    /// <summary>Without coating there is no reaction, and what is left carries the whole current; volumes follow the rectangle.</summary>
    [TestCase("Positive electrode", LayerKind.PositiveElectrode)]
    [TestCase("Negative electrode", LayerKind.NegativeElectrode)]
    [TestCase("Separator", LayerKind.Separator)]
    public void AMissingPatchIsNotThere(string layer, LayerKind kind)
    {
        string[] patch = [$"Defects.Missing layers.bare.Layer={layer}", "Defects.Missing layers.bare.From=[0.03, 0.02]", "Defects.Missing layers.bare.To=[0.07, 0.05]"];
        string[] few = ["Mesh.Cells through.Negative electrode=2", "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=2"];
        SimulationCase simulation = TestCases.Pouch([.. patch, .. few, "Thermal.Initial temperature=311", "Initial state.SOC=0.6", "Solver.Newton tolerance=1e-10"]);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double volume = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == kind).Sum(cell => mesh.Volume[cell]);
        Assert.That(volume, Is.EqualTo(((0.1 * 0.12) - (0.04 * 0.03)) * simulation.Layer(kind)!.Thickness).Within(1e-12 * volume));
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        using CellRun run = new(simulation, Communicator.World);
        run.Start(-2 * run.OneC);
        double lithium = run.Report().SumOf(Totals.Lithium);
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32 })
            run.Step(step);
        Balance balance = run.Report();
        Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-12 * lithium));
        Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(2 * run.OneC).Within(1e-8 * run.OneC));
    }

    [Test]
    public void EveryMistakeIsReported()
    {
        CaseResult result = Samples.Load(Samples.Column(), [.. TestCases.PouchSettings,
            "Defects.Internal shorts.a.Pair=2", "Defects.Internal shorts.a.Place=[0.05, 0.5]", "Defects.Internal shorts.a.Resistance=0",
            "Defects.Missing layers.b.Layer=Separator", "Defects.Missing layers.b.From=[0.05, 0.05]", "Defects.Missing layers.b.To=[0.05, 0.02]",
            "Defects.Missing layers.c.Layer=Casing", "Defects.Missing layers.c.From=[0.05]", "Defects.Missing layers.c.To=[0.06, 0.02]"]);
        string text = string.Join('\n', result.Problems);
        foreach (string expected in new[] { "there is no pair 2", "lies outside the cell", "outside the allowed range", "does not lie beyond From [m]", "Casing", "a list of 2 numbers" })
            Assert.That(text, Does.Contain(expected));
    }
}
