using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;
using Cell3D.Solvers;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>What sets the length of steps, and that their error follows the tolerances from a switch on.</summary>
public class StepReasonTests
{
    /// <summary>From tolerances of twice the default to a fifth of it errors fall in proportion, also in the first minute, where steps grow as fast as they may.</summary>
    [TestCase("Discharge", 0.9)]
    [TestCase("Charge", 0.2)]
    public void ErrorsOfAHeldCurrentFollowTheTolerance(string way, double charge)
    {
        SimulationCase column = TestCases.ThermalColumn($"Protocol.Steps=[\"{way} at 1.3C for 900 s\"]", $"Initial state.SOC={charge}", "Thermal.Initial temperature=289");
        double[] times = [.. Enumerable.Range(0, 120).Select(i => 0.1 * Math.Pow(8000, i / 119.0))];
        RunTrace exact = Trace(column, 2e-3), loose = Trace(column, 2), tight = Trace(column, 0.2);
        (double fromLoose, double fromTight) = (Largest(loose.Voltage, exact.Voltage), Largest(tight.Voltage, exact.Voltage));
        TestContext.Out.WriteLine(FormattableString.Invariant($"{loose.Steps} and {tight.Steps} steps, {1e3 * fromLoose:g3} and {1e3 * fromTight:g3} mV"));
        Assert.That(fromTight, Is.LessThan(0.2 * fromLoose));
        Assert.That(Largest(tight.MaximumTemperature, exact.MaximumTemperature), Is.LessThan(0.2 * Largest(loose.MaximumTemperature, exact.MaximumTemperature)));

        RunTrace Trace(SimulationCase simulation, double factor) => RunTrace.Of(simulation with { Solver = simulation.Solver.WithTolerances(factor) }, Communicator.Self, times, () => false);
        static double Largest(double[] one, double[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
    }

    /// <summary>Where nothing happens fast the first step is a trial: the second is as long as its error allows.</summary>
    [Test]
    public void TheErrorOfTheFirstStepChoosesTheSecond()
    {
        SimulationCase column = TestCases.Column("Protocol.Steps=[\"Discharge at C/50 for 600 s\"]", "Initial state.SOC=0.55", "Solver.Initial step=0.001");
        double[] times = RunTrace.Of(column, Communicator.Self, [], () => false).Series.Time.ToArray();
        TestContext.Out.WriteLine(string.Join(" ", times.Take(5).Select(time => time.ToString("g4", System.Globalization.CultureInfo.InvariantCulture))));
        double second = times.First(time => time > 0.0011) - 0.001;
        Assert.That(second, Is.GreaterThan(0.05));
    }

    [Test]
    public void EveryStepHasOneReason()
    {
        SimulationCase column = TestCases.Column("Protocol.Steps=[\"Discharge at 2C for 50 s\", \"Rest for 100 s\", \"Discharge at 2C until 3.3 V\"]", "Initial state.SOC=0.6", "Solver.Maximum step=20");
        RunCounts counts = Counts(column);
        TestContext.Out.WriteLine(string.Join(", ", counts.Reasons.Select(count => $"{count.Key} {count.Value}")));
        Assert.That(counts.Reasons.Values.Sum(), Is.EqualTo(counts.Steps));
        Assert.That(counts.Reasons[StepReason.First] + counts.Failures.Values.Sum(), Is.GreaterThanOrEqualTo(3), "a first step is one, or repeated");
        Assert.That(counts.Reasons[StepReason.Limit], Is.EqualTo(1));
        Assert.That(counts.Reasons[StepReason.Maximum], Is.GreaterThan(0));
        Assert.That(counts.Reasons[StepReason.End], Is.InRange(2, 4), "two steps of the protocol, each with at most two");
        Assert.That(counts.OrdersRaised, Is.GreaterThan(2));
    }

    [Test]
    public void PrescribedStepsAreTheirOwnReason()
    {
        RunCounts counts = Counts(TestCases.Column("Protocol.Steps=[\"Discharge at 1C for 60 s\"]", "Solver.Fixed time steps=[7]"));
        Assert.That(counts.Reasons, Is.EquivalentTo(new Dictionary<StepReason, int> { [StepReason.Prescribed] = 8, [StepReason.End] = 1 }));
        Assert.That(counts.Failures, Is.Empty);
    }

    /// <summary>Counts that were kept stay as they were.</summary>
    [Test]
    public void CopiesOfCountsDoNotGrow()
    {
        RunCounts counts = new();
        counts.Add(StepReason.First, 0, 1);
        RunCounts copy = counts.Copy();
        counts.Add(StepReason.Error, 1, 2);
        counts.Add(new StepOutcome(StepFailure.NewtonIterations, 3, 4, double.NaN, null));
        Assert.That((copy.Steps, copy.Reasons.Count, copy.Failures.Count, copy.OrdersRaised), Is.EqualTo((1, 1, 0, 0)));
        Assert.That((counts.Steps, counts.Reasons.Count, counts.FailedSteps, counts.RejectedSteps, counts.OrdersRaised, counts.NewtonIterations), Is.EqualTo((2, 2, 1, 0, 1, 3)));
    }

    private static RunCounts Counts(SimulationCase simulation)
    {
        using CellModel model = CellModel.Build(simulation, CaseMesh.Part(simulation, 1, 0), Communicator.Self);
        InitialState.Apply(model, simulation);
        using CaseSolvers solvers = new(simulation, model, Communicator.Self);
        ProtocolRun run = new(model, solvers.Integrator, simulation.Protocol, new([]), simulation.Solver.FixedSteps);
        Assert.That(run.Execute().Reason, Is.EqualTo(EndReason.ProtocolFinished));
        return run.Counts;
    }
}
