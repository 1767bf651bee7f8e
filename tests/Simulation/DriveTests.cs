using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Simulation;
using Cell3D.Simulation.Protocols;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Whatever drives the terminals, and whatever ends a step, is met exactly.</summary>
public class DriveTests
{
    private static SimulationCase Warm(params string[] settings) => TestCases.ThermalColumn(["Thermal.Initial temperature=308", "Initial state.SOC=0.5", .. settings]);

    [Test]
    public void AChargeAtConstantVoltageEndsAtItsCurrent()
    {
        double oneC = TestCases.OneC;
        List<(double Time, double Voltage, double Current)> hold = [];
        RunEnd end = Run(Warm("Initial state.SOC=0.8"), out CellRun run, (state, index) =>
        {
            if (index == 1)
                hold.Add(state);
        }, null,
            ProtocolStep.AtCurrent("Charge at C/2 until 4.2 V", 0.5 * oneC, null, 4.2),
            new("Hold at 4.2 V until C/20", new Drive.Voltage(4.2)) { Until = [new(EndQuantity.Current, oneC / 20)] },
            ProtocolStep.AtCurrent("Rest", 0, 600));
        using (run)
        {
            Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
            Assert.That(end.Steps[1].Words, Is.EqualTo("target of 0.25 A reached"));
            Assert.That(hold.Select(state => state.Voltage), Is.All.EqualTo(4.2).Within(1e-8));
            Assert.That(hold[0].Current, Is.EqualTo(0.5 * oneC).Within(1e-3 * oneC), "the current goes on where the charge left it");
            Assert.That(hold[^1].Current, Is.EqualTo(oneC / 20).Within(1e-6 * oneC));
            Assert.That(hold.Zip(hold.Skip(1), (one, next) => next.Current - one.Current), Is.All.Negative);
        }
    }

    [Test]
    public void PowerAndResistanceAreHeld()
    {
        const double watts = -12, ohms = 0.9;
        RunEnd end = Run(Warm(), out CellRun run, (state, index) =>
        {
            if (index == 0)
                Assert.That(state.Voltage * state.Current, Is.EqualTo(watts).Within(1e-7));
            else
                Assert.That(state.Current, Is.EqualTo(-state.Voltage / ohms).Within(1e-7));
        }, null,
            new("Discharge at 12 W for 300 s", new Drive.Power(watts)) { Duration = 300 },
            new("Discharge at 0.9 Ohm for 300 s", new Drive.Resistance(ohms)) { Duration = 300 });
        run.Dispose();
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Time, Is.EqualTo(600).Within(1e-9));
    }

    /// <summary>Every quantity ends a step where it has the value asked for.</summary>
    [TestCase(EndQuantity.Voltage, 3.5, 1e-6)]
    [TestCase(EndQuantity.Capacity, 1234.5, 1e-3)]
    [TestCase(EndQuantity.StateOfCharge, 0.44, 1e-7)]
    [TestCase(EndQuantity.MaximumTemperature, 309.2, 1e-4)]
    [TestCase(EndQuantity.MinimumTemperature, 308.8, 1e-4)]
    [TestCase(EndQuantity.MeanTemperature, 309, 1e-4)]
    [TestCase(EndQuantity.MinimumSalt, 700, 1e-3)]
    [TestCase(EndQuantity.NegativeStoichiometry, 0.4, 1e-6)]
    [TestCase(EndQuantity.PositiveStoichiometry, 0.66, 1e-6)]
    [TestCase(EndQuantity.Power, 11, 1e-4)]
    [TestCase(EndQuantity.ProbeTemperature, 309.1, 1e-4)]
    public void AStepEndsWhereAQuantityHasItsValue(EndQuantity quantity, double value, double accuracy)
    {
        string probe = quantity == EndQuantity.ProbeTemperature ? "near a face" : "";
        double current = -TestCases.OneC, reached = double.NaN;
        RunEnd end = Run(Warm("Thermal.Cooling.All surfaces.Heat transfer coefficient=0", """Probes.Points={"near a face": [1e-6, 0.01, 0.01]}"""), out CellRun run, null, null,
            new ProtocolStep("Discharge at 1C", quantity == EndQuantity.Power ? new Drive.Resistance(0.6) : new Drive.Current(current)) { Until = [new(quantity, value) { Probe = probe }], Duration = 1e5 });
        using (run)
        {
            PassedCharge charge = new(0.5, run.Capacity);
            charge.BeginStep(0, current);
            charge.Add(end.Time, current);
            reached = new EndQuantities(run.Model).At(quantity, charge, probe);
            TestContext.Out.WriteLine($"{reached} at {end.Time} s: {end.Detail}");
            Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
            Assert.That(end.Time, Is.InRange(1, 2000));
            Assert.That(reached, Is.EqualTo(value).Within(accuracy));
        }
    }

    /// <summary>Lines between samples: charge is that of the samples, and steps end at their corners but pass over what lies on a line.</summary>
    [Test]
    public void ADriveCycleIsFollowed()
    {
        double[] times = [.. Enumerable.Range(0, 61).Select(i => (double)i)], amperes = [.. times.Select(t => t < 20 ? -5 * t / 20 : t < 30 ? -5 : t < 31 ? -5 + (8 * (t - 30)) : 3 - (0.1 * (t - 31)))];
        DriveCycle samples = new(times, amperes, IsPower: false, IsHeld: false, Repeats: 2);
        List<(double Time, double Current)> states = [];
        RunEnd end = Run(Warm(), out CellRun run, (state, _) => states.Add((state.Time, state.Current)), null, new ProtocolStep("Run cycle.csv (A)", new Drive.Cycle(samples)));
        run.Dispose();
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Time, Is.EqualTo(120).Within(1e-9));
        double charge = 0;
        for (int i = 1; i < states.Count; i++)
            charge += 0.5 * (states[i].Time - states[i - 1].Time) * (states[i].Current + states[i - 1].Current);
        double expected = 2 * Enumerable.Range(0, 60).Sum(i => 0.5 * (amperes[i] + amperes[i + 1]));
        Assert.That(charge, Is.EqualTo(expected).Within(1e-3 * Math.Abs(expected)));
        foreach (double corner in new double[] { 20, 30, 31, 80, 90, 91 })
            Assert.That(states.Select(state => Math.Abs(state.Time - corner)).Min(), Is.LessThan(1e-9), $"a step ends at {corner} s");
    }

    /// <summary>Held samples jump; each jump has a state before and behind it.</summary>
    [Test]
    public void HeldSamplesJump()
    {
        DriveCycle samples = new([0, 10, 20, 30], [-5, 0, 2, 2], IsPower: false, IsHeld: true);
        List<(double Time, double Current)> states = [];
        RunEnd end = Run(Warm(), out CellRun run, (state, _) => states.Add((state.Time, state.Current)), null, new ProtocolStep("Run cycle.csv (A)", new Drive.Cycle(samples)));
        run.Dispose();
        Assert.That(end.Time, Is.EqualTo(30).Within(1e-9), end.Detail);
        Assert.That(states.Where(state => state.Time == 10).Select(state => state.Current), Is.EqualTo(new double[] { -5, 0 }));
        Assert.That(states.Where(state => state.Time == 20).Select(state => state.Current), Is.EqualTo(new double[] { 0, 2 }));
        Assert.That(states.Where(state => state.Time > 20).Select(state => state.Current), Is.All.EqualTo(2));
    }

    /// <summary>Charge until the margin is reached, then hold it: the margin stays and the current falls.</summary>
    [Test]
    public void ALithiumMarginIsHeld()
    {
        const double margin = 0.03;
        List<double> margins = [], currents = [];
        SimulationCase simulation = Warm("Initial state.SOC=0.3", "Thermal.Initial temperature=288");
        CellRun? running = null;
        RunEnd end = Run(simulation, out CellRun run, (state, index) =>
        {
            if (index != 1)
                return;
            margins.Add(new EndQuantities(running!.Model).At(EndQuantity.LithiumMargin, default));
            currents.Add(state.Current);
        }, made => running = made,
            new ProtocolStep("Charge at 1C until lithium margin 30 mV", new Drive.Current(TestCases.OneC)) { Until = [new(EndQuantity.LithiumMargin, margin)] },
            new ProtocolStep("Hold lithium margin at 30 mV until 70 % SOC", new Drive.LithiumMargin(margin)) { Until = [new(EndQuantity.StateOfCharge, 0.7)] });
        run.Dispose();
        TestContext.Out.WriteLine($"{end.Time} s, {currents.Count} states, {currents[0]} A to {currents[^1]} A: {end.Detail}");
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(margins, Is.All.EqualTo(margin).Within(2e-6));
        Assert.That(currents[^1], Is.LessThan(currents[0]).And.Positive);
    }

    /// <summary>Rounds go on until the capacity they give has fallen below what the loop asks for.</summary>
    [Test]
    public void ALoopEndsByItsCondition()
    {
        double oneC = TestCases.OneC;
        ProtocolStep[] round = [ProtocolStep.AtCurrent("Discharge at 1C for 60 s", -oneC, 60), ProtocolStep.AtCurrent("Rest for 10 s", 0, 10)];
        ProtocolStep[] steps = [.. Enumerable.Range(1, 5).SelectMany(i => round.Select(step => step with { Round = i, Duration = step.Duration! * (i == 3 ? 0.5 : 1) })), ProtocolStep.AtCurrent("Rest for 5 s", 0, 5)];
        EndCondition fade = new(EndQuantity.Capacity, 0.8 * 60 * oneC, Crossing.Falling);
        Protocol protocol = Warm().Protocol with { Steps = steps, Loops = [new(0, [1, 3, 5, 7, 9]) { Ends = [new LoopEnd.Holds(fade)] }] };
        using CellRun run = new(Warm() with { Protocol = protocol }, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Steps.Select(step => step.Number), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6, 11 }));
        Assert.That(end.Time, Is.EqualTo(60 + 10 + 60 + 10 + 30 + 5 + 5).Within(1e-9));
    }

    /// <summary>Each loop counts the charge of its own rounds, and a loop that ends at the end of a round lets the one around it end there.</summary>
    [Test]
    public void LoopsInLoopsEndByTheirOwnConditions()
    {
        double oneC = TestCases.OneC;
        ProtocolStep step = ProtocolStep.AtCurrent("Discharge at 1C for 60 s", -oneC, 60);
        EndCondition spent = new(EndQuantity.Capacity, 0.9 * 60 * oneC, Crossing.Rising), low = new(EndQuantity.StateOfCharge, 0.5 - (2.5 * 60 / 3600), Crossing.Falling);
        // Two rounds of three, each of which a charge ends at once, within at most four of a loop that ends by the state of charge.
        ProtocolLoop[] loops = [new(0, [2, 5, 8, 11]) { Ends = [new LoopEnd.Holds(low)] }, .. Enumerable.Range(0, 4).Select(outer => new ProtocolLoop(3 * outer, [3 * outer, (3 * outer) + 1, (3 * outer) + 2]) { Ends = [new LoopEnd.Holds(spent)] })];
        Protocol protocol = Warm().Protocol with { Steps = [.. Enumerable.Repeat(step, 12), ProtocolStep.AtCurrent("Rest for 5 s", 0, 5)], Loops = loops };
        SimulationCase simulation = Warm("Initial state.SOC=0.5") with { Protocol = protocol with { StateOfChargeAtStart = 0.5 } };
        using CellRun run = new(simulation, adaptive: true);
        RunEnd end = run.Execute();
        TestContext.Out.WriteLine(string.Join(' ', end.Steps.Select(done => done.Number)));
        Assert.That(end.Steps.Select(done => done.Number), Is.EqualTo(new[] { 1, 4, 7, 13 }));
    }

    /// <summary>A margin above that at rest is not held by discharging.</summary>
    [Test]
    public void AMarginIsNeverHeldByDischarging()
    {
        RunEnd end = Run(Warm("Initial state.SOC=0.8"), out CellRun run, (state, _) => Assert.That(state.Current, Is.GreaterThanOrEqualTo(0)), _ => { },
            new ProtocolStep("Hold lithium margin at 200 mV until 90 % SOC", new Drive.LithiumMargin(0.2)) { Until = [new(EndQuantity.StateOfCharge, 0.9)] });
        run.Dispose();
        Assert.That(end.Detail, Does.Contain("even without current the lithium margin is").And.Contain("no charge holds it at 200 mV"));
    }

    /// <summary>What a step waits for may never come.</summary>
    [Test]
    public void ARestThatNeverMeetsItsEndEnds()
    {
        RunEnd end = Run(Warm("Initial state.SOC=0.5"), out CellRun run, (_, _) => { }, _ => { },
            ProtocolStep.AtCurrent("Discharge at 1C for 60 s", -TestCases.OneC, 60), ProtocolStep.AtCurrent("Rest until 4.1 V", 0, untilVoltage: 4.1));
        run.Dispose();
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Detail, Does.Contain("has not met its end in 1e+09 s").Or.Contain("has not met its end in 1E+09 s"));
    }

    /// <summary>A step may have surroundings of its own.</summary>
    [Test]
    public void AStepMayBeInAnotherChamber()
    {
        List<double> temperatures = [];
        CellRun? running = null;
        RunEnd end = Run(Warm("Thermal.Cooling.All surfaces.Heat transfer coefficient=500"), out CellRun run, (state, index) =>
        {
            if (state.Time == 3600 * (index + 1))
                temperatures.Add(running!.Model.Fields.ReferenceTemperature + running.Model.Fields.Temperature[0]);
        }, made => running = made,
            ProtocolStep.AtCurrent("Rest for 1 h (35 oC)", 0, 3600) with { Ambient = 308 }, ProtocolStep.AtCurrent("Rest for 1 h (5 oC)", 0, 3600) with { Ambient = 278 }, ProtocolStep.AtCurrent("Rest for 1 h", 0, 3600));
        using (run)
        {
            Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
            Assert.That(temperatures, Is.EqualTo(new[] { 308, 278, 298.15 }).Within(0.01), "the last is that of the case");
        }
    }

    [Test]
    public void ASafetyLimitEndsTheRun()
    {
        SimulationCase simulation = Warm("Thermal.Cooling.All surfaces.Heat transfer coefficient=0");
        simulation = simulation with
        {
            Protocol = simulation.Protocol with
            {
                Steps = [ProtocolStep.AtCurrent("Discharge at 2C for 600 s", -2 * TestCases.OneC, 600), ProtocolStep.AtCurrent("Rest", 0, 10)],
                SafetyLimits = [new(EndQuantity.MaximumTemperature, 309)],
                SkipsInfeasible = true,
            },
        };
        using CellRun run = new(simulation, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Reason, Is.EqualTo(EndReason.LimitReached));
        Assert.That(end.Detail, Does.StartWith("safety limit of 309 K reached before the end of step 1"));
        Assert.That(end.Steps.Select(step => step.Ending), Is.EqualTo(new[] { StepEnding.CutShort, StepEnding.Skipped }));
    }

    /// <summary>What no state of the cell can carry without passing its cut-off is infeasible, whether or not the equations have a solution: it is skipped, or ends the run, and the next step starts from where the cell was.</summary>
    [TestCase(-1e5, true)]
    [TestCase(-1e5, false)]
    public void WhatTheCellCannotCarryIsSkipped(double watts, bool skips)
    {
        SimulationCase simulation = TestCases.Column();
        simulation = simulation with
        {
            Protocol = simulation.Protocol with
            {
                Steps =
                [
                    ProtocolStep.AtCurrent("Discharge at 1C for 60 s", -TestCases.OneC, 60),
                    new("too much", new Drive.Power(watts)) { Duration = 10 },
                    ProtocolStep.AtCurrent("Discharge at 1C for 30 s", -TestCases.OneC, 30),
                ],
                SkipsInfeasible = skips,
            },
        };
        using CellRun run = new(simulation, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Steps[1].Ending, Is.EqualTo(StepEnding.NotCarriedOut));
        Assert.That(end.Steps[1].Words, Does.StartWith("at 2.5 V, which ends it, the cell gives").And.EndsWith("W instead of 100000 W"));
        Assert.That(end.Reason, Is.EqualTo(skips ? EndReason.ProtocolFinished : EndReason.LimitReached), end.Detail);
        Assert.That(end.Time, Is.EqualTo(skips ? 90 : 60).Within(1e-9));
        if (!skips)
            return;
        using CellRun without = new(simulation with { Protocol = simulation.Protocol with { Steps = [simulation.Protocol.Steps[0], simulation.Protocol.Steps[2]] } }, adaptive: true);
        without.Execute();
        Assert.That(run.Voltage, Is.EqualTo(without.Voltage).Within(1e-9), "the step that is left out leaves nothing behind");
    }

    /// <summary>From the potentials of a current that leads far beyond the cut-off there is no way back for Newton's method.</summary>
    [Test]
    public void ACurrentFarBeyondTheCutOffIsSkipped()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), "Protocol.Steps=[\"Discharge at 1C for 60 s\",\"Discharge at 5000 A for 10 s\",\"Rest for 30 s\"]", "Protocol.When infeasible=skip");
        using CellRun run = new(simulation, adaptive: true);
        RunEnd end = run.Execute();
        Assert.That(end.Reason, Is.EqualTo(EndReason.ProtocolFinished), end.Detail);
        Assert.That(end.Steps.Select(step => step.Ending), Is.EqualTo(new[] { StepEnding.CarriedOut, StepEnding.NotCarriedOut, StepEnding.CarriedOut }));
        Assert.That(end.Time, Is.EqualTo(90).Within(1e-9));
        Assert.That(run.Voltage, Is.InRange(3.9, 4.2), "it rests from where it was");
    }

    private static RunEnd Run(SimulationCase simulation, out CellRun run, Action<(double Time, double Voltage, double Current), int>? accepted, Action<CellRun>? made, params ProtocolStep[] steps)
    {
        CellRun running = run = new(simulation with { Protocol = simulation.Protocol with { Steps = steps } }, adaptive: true);
        made?.Invoke(running);
        ProtocolRun protocol = running.Protocol();
        protocol.Accepted = _ =>
        {
            accepted?.Invoke((running.Integrator.Time, running.Voltage, running.Model.System.Terminal.Current), protocol.StepIndex);
            return true;
        };
        return protocol.Execute();
    }
}
