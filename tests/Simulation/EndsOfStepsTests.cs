using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>When steps end that something else than their time ends: how close to the truth, and how that follows the tolerances.</summary>
public class EndsOfStepsTests
{
    private const double Finest = 1e-5;

    /// <summary>A current that falls by decades decides when a hold ends: its error is that of the time over the time in which the current falls by itself.</summary>
    [TestCase("Charge at 0.8C until 4.05 V", "Hold at 4.05 V until C/30", 0.55, 291)]
    [TestCase("Discharge at 1.3C until 3.55 V", "Hold at 3.55 V until C/12", 0.8, 303)]
    [TestCase("Rest for 60 s", "Hold at 3.9 V until C/20", 0.6, 298)]
    public void AHoldEndsWhereItsCurrentIsMet(string before, string hold, double charge, double temperature)
    {
        SimulationCase simulation = Case([before, hold], charge, temperature);
        (RunTrace run, RunTrace exact) = (Run(simulation, 1), Run(simulation, Finest));
        double[] times = exact.Series.Time, currents = exact.Series.Column(SeriesColumn.Current);
        double decay = currents[^1] * (times[^1] - times[^2]) / (currents[^2] - currents[^1]), error = Lengths(run)[^1] - Lengths(exact)[^1];
        TestContext.Out.WriteLine(FormattableString.Invariant($"{hold}: {error:g3} s of {Lengths(exact)[^1]:f0} s, the current falls in {decay:f0} s; {run.Steps} steps"));
        Assert.That(decay, Is.GreaterThan(100), "the current falls slowly");
        Assert.That(Math.Abs(error), Is.LessThan(2e-3 * decay));
    }

    /// <summary>Over two decades of the tolerances the errors of all ends fall by two decades, whatever ends the steps.</summary>
    [Test]
    public void EndsFollowTheTolerance()
    {
        double[] factors = [0.05, 0.005, 0.0005];
        SimulationCase simulation = Case(["Discharge at 0.9C until 3.65 V", "Discharge at 1.4C until 3.3 V", "Charge at 0.7C until 4.05 V", "Hold at 4.05 V until C/7", "Hold at 4.05 V until C/25", "Discharge at 12 W until 3.5 V", "Discharge at 0.4 Ohm until 3.2 V"], 0.95, 293);
        double[] exact = Lengths(Run(simulation, Finest));
        double[][] errors = [.. factors.Select(factor => Lengths(Run(simulation, factor)).Zip(exact, (length, truth) => Math.Abs(length - truth)).ToArray())];
        double[] falls = [.. errors[0].Zip(errors[^1], (loose, tight) => Math.Log10(loose / tight))];
        TestContext.Out.WriteLine(string.Join('\n', Enumerable.Range(0, exact.Length).Select(i => FormattableString.Invariant($"{simulation.Protocol.Steps[i].Text}: {string.Join(", ", errors.Select(row => row[i].ToString("e2")))} s"))));
        Assert.That(exact, Has.Length.EqualTo(7));
        // An error that is about to change its sign is small by chance: none falls by much less, any may fall by more.
        Assert.That(falls.Order().ElementAt(falls.Length / 2), Is.InRange(1.8, 2.2));
        Assert.That(falls, Is.All.GreaterThan(1.5));
    }

    /// <summary>Limits are met the more closely the tighter tolerances are.</summary>
    [TestCase(1, 1e-7)]
    [TestCase(1e-2, 1e-9)]
    [TestCase(1e-3, 1e-10)]
    public void LimitsAreMetAsCloselyAsTolerancesAsk(double factor, double closeness)
    {
        RunTrace run = Run(Case(["Discharge at 0.9C until 3.47 V"], 0.7, 301), factor);
        Assert.That(run.Series.Voltage[^1], Is.EqualTo(3.47).Within(closeness));
    }

    /// <summary>Error bars of the ends cover the difference to a run that is finer in every direction.</summary>
    [Test]
    public void BarsOfEndsCoverTheTruth()
    {
        SimulationCase simulation = Case(["Discharge at 0.9C until 3.6 V", "Rest for 120 s", "Charge at 0.8C until 4.05 V", "Hold at 4.05 V until C/12"], 0.9, 296);
        RefinementStudy study = RefinementStudy.Of(simulation, Communicator.World, (_, _) => { }, () => false)!;
        RunTrace exact = Run(simulation with { Mesh = simulation.Mesh with { CellsThrough = [.. simulation.Mesh.CellsThrough.Select(cells => cells > 1 ? 5 * cells : 1)], ParticleModes = 40 } }, 1e-3);
        (StepRecord Step, IReadOnlyList<ErrorEstimate> Errors)[] ends = [.. study.Ends()];
        Assert.That(ends.Select(end => end.Step.Number), Is.EqualTo(new[] { 1, 2, 3, 4 }));
        int known = 0;
        for (int i = 0; i < ends.Length; i++)
        {
            double bar = ends[i].Errors.Sum(error => error.Error), error = Math.Abs(ends[i].Step.End - exact.End.Steps[i].End);
            TestContext.Out.WriteLine(FormattableString.Invariant($"{ends[i].Step.Name}: {ends[i].Step.End:f3} ± {bar:g3} s, truth {exact.End.Steps[i].End:f3} s"));
            if (double.IsNaN(bar))
                continue;
            known++;
            Assert.That(error, Is.LessThanOrEqualTo(bar), ends[i].Step.Name);
        }
        Assert.That(known, Is.GreaterThanOrEqualTo(3));
    }

    private static SimulationCase Case(string[] steps, double charge, double temperature) => TestCases.Column(
        $"Protocol.Steps=[{string.Join(", ", steps.Select(step => $"\"{step}\""))}]", FormattableString.Invariant($"Initial state.SOC={charge}"), FormattableString.Invariant($"Thermal.Initial temperature={temperature}"));

    private static RunTrace Run(SimulationCase simulation, double factor) =>
        RunTrace.Of(simulation with { Solver = simulation.Solver.WithTolerances(factor) }, Communicator.World, [], () => false);

    /// <summary>Lengths of the steps that something else than their time ends [s].</summary>
    private static double[] Lengths(RunTrace run) => [.. run.End.Steps.Where(step => step.Step.Duration is null).Select(step => step.End - step.Start)];
}
