using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Accuracy and cost of steps over a current that bends every second.</summary>
public class BendingDriveTests
{
    private const int Seconds = 90, Short = 6, Skipped = 2;

    /// <summary>Whole and half seconds: the latter lie within steps.</summary>
    private static readonly double[] Times = [.. Enumerable.Range(2 * Skipped, 2 * (Seconds - Skipped)).Select(i => 0.5 * i)];

    [Test]
    public void TheVoltageIsWithinATenthOfAMillivolt()
    {
        RunTrace run = Trace(1), exact = Trace(1e-2);
        double error = Error(run, exact);
        TestContext.Out.WriteLine($"{run.Steps} and {exact.Steps} steps, {1e3 * error:g3} mV");
        Assert.That(run.Times, Has.Length.EqualTo(Times.Length));
        Assert.That(error, Is.LessThan(1e-4));
        Assert.That(run.Steps, Is.LessThan(4 * Seconds));
    }

    /// <summary>Where the current passes through zero V bends as the reaction does: it is solved for within a step, not read by a polynomial, and nothing else changes.</summary>
    [Test]
    public void TheVoltageWithinAStepIsThatOfItsComposition()
    {
        SimulationCase column = TestCases.Column("Initial state.SOC=0.6", "Thermal.Initial temperature=278");
        double oneC = column.Cell.NominalCapacity * column.Protocol.CurrentShare;
        ProtocolStep step = new("Run through zero (A)", new Drive.Cycle(new([0, 30, 32, 60], [0.2 * oneC, 0.2 * oneC, -0.2 * oneC, -0.2 * oneC], IsPower: false, IsHeld: false)));
        column = column with { Protocol = column.Protocol with { Steps = [step] } };
        double[] times = [.. Enumerable.Range(1, 199).Select(i => 30 + (0.01 * i))];
        RunTrace run = RunTrace.Of(column, Communicator.Self, times, () => false), unread = RunTrace.Of(column, Communicator.Self, [], () => false);
        RunTrace exact = RunTrace.Of(column with { Solver = column.Solver.WithTolerances(1e-2) with { MaximumStep = 0.01 } }, Communicator.Self, times, () => false);
        int within = run.Series.Time.Count(time => time is > 30 and < 32);
        TestContext.Out.WriteLine(FormattableString.Invariant($"{within} steps for {times.Length} readings, {1e3 * Error(run, exact):g3} mV"));
        Assert.That(within, Is.LessThan(20));
        Assert.That(Error(run, exact), Is.LessThan(1e-4));
        Assert.That(run.Series.Voltage, Is.EqualTo(unread.Series.Voltage));
        Assert.That(run.Series.Time, Is.EqualTo(unread.Series.Time));
    }

    [Test]
    public void ErrorsFollowTheTolerance()
    {
        RunTrace exact = Trace(1e-3);
        double coarse = Error(Trace(1), exact), fine = Error(Trace(0.1), exact);
        TestContext.Out.WriteLine($"{1e3 * coarse:g3} and {1e3 * fine:g3} mV");
        Assert.That(fine, Is.LessThan(0.25 * coarse));
    }

    [Test]
    [Category("Mpi")]
    public void OnSeveralRanksItIsTheSame()
    {
        SimulationCase pouch = TestCases.Pouch("Initial state.SOC=0.6");
        RunTrace together = Trace(pouch, Communicator.World, Short), alone = Trace(pouch, Communicator.Self, Short);
        Assert.That(together.Times, Has.Length.EqualTo(2 * (Short - Skipped)));
        Assert.That(Error(together, alone), Is.LessThan(1e-7));
    }

    private static RunTrace Trace(double factor)
    {
        SimulationCase column = TestCases.Column("Initial state.SOC=0.6");
        return Trace(column with { Solver = column.Solver.WithTolerances(factor) }, Communicator.Self, Seconds);
    }

    private static RunTrace Trace(SimulationCase simulation, Communicator world, int seconds)
    {
        double oneC = simulation.Cell.NominalCapacity * simulation.Protocol.CurrentShare;
        double[] times = [.. Enumerable.Range(0, seconds + 1).Select(i => (double)i)];
        double[] currents = [.. times.Select(t => t == 0 ? 0 : 0.4 * oneC * (Math.Sin(0.7 * t) + (t % 3 == 0 ? 0.8 : -0.4)))];
        ProtocolStep step = new("Run bends.csv (A)", new Drive.Cycle(new(times, currents, IsPower: false, IsHeld: false)));
        return RunTrace.Of(simulation with { Protocol = simulation.Protocol with { Steps = [step] } }, world, [.. Times.Where(t => t < seconds)], () => false);
    }

    private static double Error(RunTrace run, RunTrace exact) => run.Voltage.Zip(exact.Voltage, (one, other) => Math.Abs(one - other)).Max();
}
