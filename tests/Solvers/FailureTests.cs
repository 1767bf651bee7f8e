using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>A pulse that the cell cannot carry: a failed step is a value that says where and why.</summary>
public class FailureTests
{
    private const string Place = @"in the (negative electrode|positive electrode|separator) at x = [-\d.]+ µm, y = [-\d.]+ mm, z = [-\d.]+ mm";

    [Test]
    public void ATooLongStepNamesFieldLayerAndPlace()
    {
        using CellRun run = new(Depleted());
        run.Start(-10 * run.OneC);
        double voltage = run.Voltage;
        StepOutcome outcome = run.Integrator.Attempt(300);
        TestContext.Out.WriteLine($"{outcome.Failure}: {outcome.Detail}");
        Assert.That(outcome.Succeeded, Is.False);
        Assert.That(outcome.Detail, Does.Match(Place));
        Assert.That(run.Integrator.Reject(outcome), Is.True);
        Assert.That(run.Integrator.NextStep, Is.LessThan(100));
        Assert.That(run.Voltage, Is.EqualTo(voltage), "the state before stands");
    }

    [Test]
    public void ARunThatGivesUpKeepsTheLastStateAndSaysWhy([Values(true, false)] bool adaptive)
    {
        SimulationCase simulation = Depleted(TestCases.Column("Initial state.SOC=0.02", adaptive ? "Solver.Minimum step=1e-4" : "Solver.Minimum step=0.01"));
        using CellRun run = new(simulation, adaptive: adaptive);
        List<(StepOutcome Outcome, double Next)> failures = [];
        (double time, double voltage) = (0, 0);
        ProtocolRun protocol = new(run.Model, run.Integrator, simulation.Protocol, new([]), adaptive ? [] : [0.2])
        {
            Accepted = _ =>
            {
                (time, voltage) = (run.Integrator.Time, run.Voltage);
                return true;
            },
            Failed = (outcome, next) => failures.Add((outcome, next)),
        };
        RunEnd end = protocol.Execute();
        TestContext.Out.WriteLine($"{end.Reason} at {end.Time} s after {protocol.Counts.FailedSteps} failed steps: {end.Detail}");
        Assert.That(end.Reason, Is.EqualTo(EndReason.SolverGaveUp));
        Assert.That((end.Time, run.Voltage), Is.EqualTo((time, voltage)));
        Assert.That(end.Time, Is.Positive);
        Assert.That(failures[^1].Next, Is.LessThan(simulation.Solver.MinimumStep));
        Assert.That(end.Detail, Does.Match($@"^(the electrolyte is depleted: salt concentration [-\d.e]+ mol m-3|particles are (empty|full) at their surface: surface stoichiometry [\d.e-]+) {Place} \("));
        Assert.That(end.Detail, Does.Contain($"({failures[^1].Outcome.Detail})"));
        Assert.That(failures.Select(f => f.Outcome.Detail), Is.All.Match($"{Place}|local error of terminal voltage"));
        if (!adaptive)
            Assert.That(end.Detail, Does.Match(Place));
    }

    [Test]
    [Category("Mpi")]
    public void AllRanksHoldTheSameOutcome()
    {
        SimulationCase pouch = Depleted(TestCases.Pouch("Initial state.SOC=0.02"));
        using CellRun run = new(pouch, Communicator.World);
        run.Start(-10 * run.OneC);
        StepOutcome outcome = run.Integrator.Attempt(300);
        Assert.That(outcome.Succeeded, Is.False);
        Assert.That(outcome.Detail, Does.Match(Place));
        string words = Communicator.World.Broadcast($"{outcome.Failure} {outcome.NewtonIterations} {outcome.Detail}");
        Assert.That($"{outcome.Failure} {outcome.NewtonIterations} {outcome.Detail}", Is.EqualTo(words));
    }

    private static SimulationCase Depleted() => Depleted(TestCases.Column("Initial state.SOC=0.02"));

    /// <summary>10C without a cut-off that would end it in time.</summary>
    private static SimulationCase Depleted(SimulationCase simulation) => simulation with
    {
        Protocol = new Protocol([ProtocolStep.AtCurrent("", -50 * simulation.Protocol.CurrentShare, 600, null)], simulation.Protocol.CurrentShare, -100, 100),
    };
}
