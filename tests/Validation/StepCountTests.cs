using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation.Verification;
using NUnit.Framework;

namespace Cell3D.Tests.Validation;

/// <summary>What a 1C discharge of a column costs in steps by default, and the error of V in time that it leaves, within steps too.</summary>
public class StepCountTests
{
    private const double Finest = 1e-3, LargestError = 1e-4;
    private const int Points = 400, MostSteps = 60;

    [TestCase("case.json", 3590)]
    [TestCase("nmc-1c.json", 3730)]
    [TestCase("nmc-1c-heat.json", 3730)]
    public void SixtyStepsLeaveATenthOfAMillivolt(string file, double last)
    {
        SimulationCase simulation = CaseFile.Load(Path.Combine(CaseSolution.Folder, "bpx-1d", file)).Case!;
        double[] times = [.. Enumerable.Range(1, Points).Select(i => i * last / Points)];
        RunTrace run = RunTrace.Of(simulation, Communicator.Self, times, () => false);
        RunTrace exact = RunTrace.Of(simulation with { Solver = simulation.Solver.WithTolerances(Finest) }, Communicator.Self, times, () => false);
        double error = run.Voltage.Zip(exact.Voltage, (one, other) => Math.Abs(one - other)).Max();
        TestContext.Out.WriteLine(FormattableString.Invariant($"{file}: {run.Steps} steps, {1e3 * error:f3} mV"));
        Assert.That(run.Steps, Is.LessThanOrEqualTo(MostSteps));
        Assert.That(error, Is.LessThanOrEqualTo(LargestError));
    }
}
