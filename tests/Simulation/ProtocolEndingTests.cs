using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>How a protocol ends is told: what ended it, what was cut short, not carried out or skipped.</summary>
public class ProtocolEndingTests
{
    [Test]
    public void ACutOffEndsAStepThatNamesNothingElse()
    {
        RunEnd end = Execute("Initial state.SOC=0.1", ("Discharge at 1C", -1, null, null), ("Rest for 60 s", 0, 60, null));
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Steps.Select(step => step.Ending), Is.All.EqualTo(StepEnding.CarriedOut));
        Assert.That(end.Steps[0].Words, Is.EqualTo("lower cut-off of 2.5 V reached"));
        Assert.That(end.Time, Is.EqualTo(end.Steps[0].End + 60));
    }

    [Test]
    public void ACutOffInsideAStepEndsTheRunAndNamesWhatIsSkipped()
    {
        RunEnd end = Execute("Initial state.SOC=0.1", ("Discharge at 1C for 2 h", -1, 7200, null), ("Rest for 60 s", 0, 60, null), ("Charge at 1C for 60 s", 1, 60, null));
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Detail, Is.EqualTo(
            "lower cut-off of 2.5 V reached before the end of step 1, \"Discharge at 1C for 2 h\"; skipped: step 2, \"Rest for 60 s\", step 3, \"Charge at 1C for 60 s\""));
        Assert.That(end.Steps.Select(step => step.Ending), Is.EqualTo(new[] { StepEnding.CutShort, StepEnding.Skipped, StepEnding.Skipped }));
        Assert.That(end.Steps[0].End, Is.InRange(60, 600));
    }

    [Test]
    public void ACurrentThatTheCellCannotCarryIsNotCarriedOut()
    {
        RunEnd end = Execute("Initial state.SOC=0.5", ("Discharge at 1000C for 1 s", -1000, 1, null), ("Rest for 60 s", 0, 60, null));
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Detail, Does.StartWith("step 1, \"Discharge at 1000C for 1 s\" cannot be carried out: right after the switch the voltage is -").And.Contain("beyond the lower cut-off of 2.5 V; skipped: step 2"));
        Assert.That(end.Time, Is.Zero);
    }

    /// <summary>A step whose target is passed already is left out and told; the next one follows.</summary>
    [Test]
    public void AStepBeyondItsTargetIsLeftOut()
    {
        RunEnd end = Execute("Initial state.SOC=0.5", ("Charge at 1C until 3 V", 1, null, 3), ("Discharge at 1C for 60 s", -1, 60, null));
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Steps.Select(step => step.Ending), Is.EqualTo(new[] { StepEnding.NotCarriedOut, StepEnding.CarriedOut }));
        Assert.That(end.Detail, Does.StartWith("step 1, \"Charge at 1C until 3 V\", was not carried out: right after the switch the voltage is ").And.EndsWith("beyond the target of 3 V"));
        Assert.That(end.Time, Is.EqualTo(60));
    }

    /// <summary>A charge until a state of charge that is passed already cannot be carried out, and one at which the cell is needs no step.</summary>
    [TestCase(0.5, StepEnding.NotCarriedOut, EndReason.LimitReached)]
    [TestCase(0.7, StepEnding.MetAtOnce, EndReason.ProtocolFinished)]
    public void AChargeOfAFullerCellIsToldToBeInfeasible(double until, StepEnding ending, EndReason reason)
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.7", FormattableString.Invariant($"Protocol.Steps=[\"Charge at 1C until {100 * until} % SOC\", \"Rest for 10 s\"]"));
        RunEnd end = Execute(simulation), skipping = Execute(simulation with { Protocol = simulation.Protocol with { SkipsInfeasible = true } });
        Assert.That(end.Steps.Select(step => step.Ending), Is.EqualTo(new[] { ending, StepEnding.CarriedOut }));
        Assert.That(end.Reason, Is.EqualTo(reason), end.Detail);
        Assert.That(skipping.Reason, Is.EqualTo(EndReason.ProtocolFinished), skipping.Detail);
        if (ending == StepEnding.NotCarriedOut)
            Assert.That(end.Steps[0].Words, Is.EqualTo("the state of charge is 70 % already, beyond the target of 50 % SOC"));

        static RunEnd Execute(SimulationCase simulation)
        {
            using CellRun run = new(simulation, adaptive: true);
            return run.Execute();
        }
    }

    [Test]
    public void AChargeMeetsTheUpperCutOff()
    {
        RunEnd end = Execute("Initial state.SOC=0.8", ("Charge at 1C for 2 h", 1, 7200, null));
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Detail, Is.EqualTo("upper cut-off of 4.2 V reached before the end of step 1, \"Charge at 1C for 2 h\""));
    }

    /// <summary>Open-circuit potentials as the file gives them stay finite where a host is empty: the voltage ends the run, or, where it does not fall so far, the empty particles do.</summary>
    [TestCase("1", EndReason.ProtocolFinished, "^target of 1 V reached$")]
    [TestCase("0.1", EndReason.SolverGaveUp, @"^particles are empty at their surface: surface stoichiometry [\d.e-]+ in the negative electrode at x = ")]
    public void PotentialsWithoutDivergingEndsEndAtANamedLimit(string cutOff, EndReason reason, string words)
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.05", "Layers.Negative electrode.OCP ends=as given",
            "Layers.Positive electrode.OCP ends=as given", $"Protocol.Lower voltage cut-off={cutOff}", $"Protocol.Steps=Discharge at 1C until {cutOff} V");
        using CellRun run = new(simulation, adaptive: true);
        RunEnd end = run.Execute();
        double[] surfaces = [.. run.Model.Particles.SelectMany(particles => particles.SurfaceStoichiometry.ToArray())];
        TestContext.Out.WriteLine($"{end.Time} s, x {surfaces.Min()} to {surfaces.Max()}: {end.Detail}");
        Assert.That(end.Reason, Is.EqualTo(reason), end.Detail);
        Assert.That(reason == EndReason.SolverGaveUp ? end.Detail : end.Steps[0].Words, Does.Match(words));
        Assert.That(surfaces, Is.All.InRange(0, 1));
    }

    private static RunEnd Execute(string setting, params (string Text, double Rate, double? Duration, double? Until)[] steps)
    {
        SimulationCase simulation = TestCases.Column(setting);
        double oneC = TestCases.OneC * simulation.Protocol.CurrentShare;
        simulation = simulation with
        {
            Protocol = simulation.Protocol with { Steps = [.. steps.Select(s => ProtocolStep.AtCurrent(s.Text, s.Rate * oneC, s.Duration, s.Until))] },
        };
        using CellRun run = new(simulation, adaptive: true);
        return run.Execute();
    }
}
