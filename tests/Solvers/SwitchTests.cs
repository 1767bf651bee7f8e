using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Solvers;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>What happens when the current jumps.</summary>
public class SwitchTests
{
    [Test]
    public void CompositionStandsAndPotentialsJump()
    {
        using CellRun run = new(TestCases.Pouch());
        run.Start(-run.OneC);
        for (int i = 0; i < 5; i++)
            run.Step(20);
        IReadOnlyList<StateVariable> states = run.Model.System.States.Variables;
        double[][] before = [.. states.Select(state => (double[])state.Values.Clone())];
        double voltage = run.Voltage;
        run.Switch(0.5 * run.OneC);
        Assert.That(run.Voltage - voltage, Is.GreaterThan(0.02));
        for (int i = 0; i < states.Count; i++)
            Assert.That(states[i].Values.SequenceEqual(before[i]), Is.EqualTo(states[i].IsDifferential), states[i].Name);
        Assert.That(states.Count(state => state.IsDifferential), Is.EqualTo(8), "c, T and, per electrode, surface, mean and modes");
    }

    [Test]
    public void AlgebraicEquationsHoldAfterASwitch()
    {
        using CellRun run = new(TestCases.Column());
        run.Start(-run.OneC);
        run.Step(20);
        run.Switch(2 * run.OneC);
        run.Newton.Assemble();
        FieldLayout layout = run.Model.Layout;
        double worst = Math.Abs(run.Residual[layout.TerminalRow]);
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            foreach (Field field in new[] { Field.IonicPotential, Field.ElectronicPotential })
                if (layout.Has(cell, field))
                    worst = Math.Max(worst, Math.Abs(run.Residual[layout.Row(cell, field)]));
        Assert.That(worst, Is.LessThan(1e-8 * run.OneC));
    }

    /// <summary>The composition stands at a switch, so the voltage right after it cannot depend on how well diffusion is resolved.</summary>
    [Test]
    public void TheVoltageRightAfterASwitchBelongsToTheComposition([Values(-3, 2)] double rate)
    {
        double[] voltages = [.. new[] { 3, 10, 40 }.Select(modes =>
        {
            using CellRun run = new(TestCases.Column($"Mesh.Particle={modes}", "Initial state.SOC=0.5", "Thermal.Initial temperature=278"));
            return run.Start(rate * run.OneC).Voltage;
        })];
        Assert.That(voltages, Is.All.EqualTo(voltages[0]).Within(1e-11));
    }

    /// <summary>A first step is compared with a trial of twice its length: what it predicts is the true error of backward Euler.</summary>
    [Test]
    public void TheErrorOfAFirstStepIsEstimated()
    {
        double exact = After(0.01 / 64, 64);
        using CellRun run = new(TestCases.Column("Initial state.SOC=0.5", "Mesh.Particle=4"), adaptive: true);
        run.Start(-3 * run.OneC);
        StepOutcome outcome = run.Integrator.Attempt(0.01);
        double voltageTolerance = 1e-4, error = Math.Abs(run.Voltage - exact);
        TestContext.Out.WriteLine($"error ratio {outcome.ErrorRatio:g3}, voltage error {error:e2} V");
        Assert.That(outcome.ErrorRatio, Is.GreaterThan(0.5 * error / voltageTolerance));
        StepOutcome longer = run.Integrator.Attempt(10);
        Assert.That(longer.Failure, Is.EqualTo(StepFailure.LocalError));

        static double After(double step, int times)
        {
            using CellRun run = new(TestCases.Column("Initial state.SOC=0.5", "Mesh.Particle=4"));
            run.Start(-3 * run.OneC);
            for (int i = 0; i < times; i++)
                run.Step(step);
            return run.Voltage;
        }
    }

    /// <summary>Steps do not stop at output times: what is asked for does not change the solution, and what is told is a polynomial of the steps.</summary>
    [Test]
    public void OutputTimesDoNotChangeTheSolution()
    {
        (double[] without, _) = Voltages([]);
        (double[] with, List<(double Time, double Voltage)> told) = Voltages([0.013, 7, 7.5, 100, 1000, 2000]);
        Assert.That(with, Is.EqualTo(without));
        Assert.That(told.Select(t => t.Time), Is.EqualTo(new[] { 0.013, 7, 7.5, 100, 1000, 2000 }));
        (_, List<(double Time, double Voltage)> fine) = Voltages([0.013, 7, 7.5, 100, 1000, 2000], 0.02);
        for (int i = 0; i < told.Count; i++)
            Assert.That(told[i].Voltage, Is.EqualTo(fine[i].Voltage).Within(3e-4), $"t = {told[i].Time} s");

        static (double[], List<(double, double)>) Voltages(double[] times, double tolerance = 1)
        {
            SimulationCase simulation = TestCases.ThermalColumn(
                FormattableString.Invariant($"Solver.Voltage tolerance={1e-4 * tolerance}"), FormattableString.Invariant($"Solver.Stoichiometry tolerance={1e-5 * tolerance}"));
            using CellRun run = new(simulation, adaptive: true);
            List<double> voltages = [];
            List<(double, double)> told = [];
            run.Execute(() => voltages.Add(run.Voltage), time => told.Add((time, run.Voltage)), times);
            return ([.. voltages], told);
        }
    }

    [Test]
    public void ARejectedStepLeavesNoTrace()
    {
        using CellRun run = new(TestCases.Column(), adaptive: true);
        run.Start(-run.OneC);
        run.Integrator.Accept(run.Integrator.Attempt(0.01), steer: true);
        run.Integrator.Accept(run.Integrator.Attempt(0.01), steer: true);
        double[][] before = [.. run.Model.System.States.Variables.Select(state => (double[])state.Values.Clone())];
        StepOutcome outcome = run.Integrator.Attempt(1);
        Assert.That(outcome.Failure, Is.EqualTo(StepFailure.LocalError));
        Assert.That(outcome.Detail, Does.Contain("local error of").And.Contain("times its tolerance"));
        Assert.That(run.Integrator.Reject(outcome), Is.True);
        Assert.That(run.Integrator.NextStep, Is.LessThan(1));
        Assert.That(run.Integrator.Time, Is.EqualTo(0.02).Within(1e-15));
        Assert.That(run.Model.System.States.Variables.Select(state => state.Values), Is.EqualTo(before));
    }

    /// <summary>j as an unknown of η(j): undamped Newton from rest.</summary>
    [Test]
    public void NewtonConvergesQuicklyFromRest([Values(0.1, 1, 3, 10)] double rate)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.6"));
        run.Integrator.Start(0);
        StepOutcome outcome = run.Integrator.SwitchTo(new Control.Current(-rate * run.OneC));
        TestContext.Out.WriteLine($"{rate}C: {outcome.NewtonIterations} iterations, residual {run.Newton.ResidualNorm:e1}");
        Assert.That(outcome.Succeeded, outcome.Detail);
        Assert.That(outcome.NewtonIterations, Is.InRange(2, 6));
    }
}
