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
    private const int Seconds = 90, Skipped = 2;

    /// <summary>Whole and half seconds: the latter lie within steps.</summary>
    private static readonly double[] Times = [.. Enumerable.Range(2 * Skipped, 2 * (Seconds - Skipped)).Select(i => 0.5 * i)];

    [Test]
    [Category("Mpi")]
    public void TheVoltageIsWithinATenthOfAMillivolt()
    {
        RunTrace run = Trace(1), exact = Trace(1e-2);
        double error = Error(run, exact);
        TestContext.Out.WriteLine($"{run.Steps} and {exact.Steps} steps, {1e3 * error:g3} mV");
        Assert.That(run.Times, Has.Length.EqualTo(Times.Length));
        Assert.That(error, Is.LessThan(1e-4));
        Assert.That(run.Steps, Is.LessThan(4 * Seconds));
    }

    [Test]
    [Category("Mpi")]
    public void ErrorsFollowTheTolerance()
    {
        RunTrace exact = Trace(1e-3);
        double coarse = Error(Trace(1), exact), fine = Error(Trace(0.1), exact);
        TestContext.Out.WriteLine($"{1e3 * coarse:g3} and {1e3 * fine:g3} mV");
        Assert.That(fine, Is.LessThan(0.25 * coarse));
    }

    private static RunTrace Trace(double factor)
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.6");
        double[] samples = [.. Enumerable.Range(0, Seconds + 1).Select(i => i == 0 ? 0 : 0.4 * TestCases.OneC * (Math.Sin(0.7 * i) + (i % 3 == 0 ? 0.8 : -0.4)))];
        ProtocolStep step = new("Run bends.csv (A)", new Drive.Cycle(new([.. Enumerable.Range(0, Seconds + 1).Select(i => (double)i)], samples, IsPower: false, IsHeld: false)));
        return RunTrace.Of(simulation with { Protocol = simulation.Protocol with { Steps = [step] }, Solver = simulation.Solver.WithTolerances(factor) }, Communicator.World, Times, () => false);
    }

    private static double Error(RunTrace run, RunTrace exact) => run.Voltage.Zip(exact.Voltage, (one, other) => Math.Abs(one - other)).Max();
}
