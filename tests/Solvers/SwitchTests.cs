using Cell3D.Discretization;
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
        Assert.That(worst, Is.LessThan(1e-5 * run.OneC), "the composition moves for a microsecond and is put back");
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
        StepOutcome outcome = run.Integrator.SwitchTo(-rate * run.OneC);
        TestContext.Out.WriteLine($"{rate}C: {outcome.NewtonIterations} iterations, residual {run.Newton.ResidualNorm:e1}");
        Assert.That(outcome.Succeeded, outcome.Detail);
        Assert.That(outcome.NewtonIterations, Is.InRange(2, 6));
    }
}
