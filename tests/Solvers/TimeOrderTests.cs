using Cell3D.Input.Cases;
using Cell3D.Simulation;
using Cell3D.Tests.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers;

/// <summary>Error in time of the Chen2020 column at 1C, alone: differences between runs on one mesh.</summary>
public class TimeOrderTests
{
    private static readonly double[] OutputTimes = [300, 900, 1500, 2100, 2700, 3300];

    [TestCase(1)]
    [TestCase(2)]
    public void VoltageConvergesWithTheOrderOfTheFormula(int order)
    {
        double[] voltages = [.. Enumerable.Range(0, 6).Select(halvings => Voltage(order, halvings))];
        AssertOrder($"V, order {order}", voltages, order);
    }

    /// <summary>A start with tiny steps of low order leaves the error to the formula.</summary>
    [TestCase(3)]
    [TestCase(4)]
    [TestCase(5)]
    public void HigherOrdersConvergeOnceTheirHistoryIsLongEnough(int order)
    {
        double[] voltages = [.. Enumerable.Range(1, 4).Select(halvings => Voltage(order, halvings, first: 1e-4))];
        AssertOrder($"V, order {order}", voltages, order, 0.6);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void TheEndOfDischargeConvergesWithTheOrderOfTheFormula(int order)
    {
        double[] ends = [.. Enumerable.Range(0, 6).Select(halvings => End(order, halvings))];
        AssertOrder($"end time, order {order}", ends, order);
    }

    [Test]
    public void TheErrorFollowsTheTolerance()
    {
        double[] exact = Controlled(1.0 / 512);
        double[] errors = [.. new[] { 1, 1 / 8.0, 1 / 64.0 }.Select(factor => Controlled(factor).Zip(exact, (a, b) => Math.Abs(a - b)).Max())];
        TestContext.Out.WriteLine($"largest error in V at tolerances 1, 1/8, 1/64 of the default: {string.Join(", ", errors.Select(e => e.ToString("e2")))}");
        Assert.That(errors[0], Is.LessThan(1e-3));
        for (int i = 1; i < errors.Length; i++)
            Assert.That(errors[i - 1] / errors[i], Is.InRange(2.5, 12), "a step's error of third order makes four times less from eight");
    }

    private static double Voltage(int order, int halvings, double first = 1)
    {
        using CellRun run = new(TestCases.Column($"Solver.Maximum order={order}"));
        run.Start(-run.OneC);
        foreach (double step in Halved(Ramp(1800, first), halvings))
            run.Step(step);
        return run.Voltage;
    }

    private static double End(int order, int halvings)
    {
        SimulationCase column = TestCases.Column($"Solver.Maximum order={order}");
        using CellRun run = new(column with { Solver = column.Solver with { FixedSteps = [.. Halved(Ramp(3600), halvings)] } });
        (double Time, double Voltage) before = default, last = default;
        run.Execute(() => (before, last) = (last, (run.Integrator.Time, run.Voltage)));
        Assert.That(last.Voltage, Is.EqualTo(2.5).Within(2e-7));
        // The cut-off is met to 1e-7 V, that is to 1e-5 s: the rest is extrapolated, to see smaller errors in time.
        return last.Time + ((2.5 - last.Voltage) * (last.Time - before.Time) / (last.Voltage - before.Voltage));
    }

    private static double[] Controlled(double factor)
    {
        SimulationCase column = TestCases.Column();
        using CellRun run = new(column with { Solver = column.Solver.WithTolerances(factor) }, adaptive: true);
        List<double> voltages = [];
        run.Execute(output: _ => voltages.Add(run.Voltage), outputTimes: OutputTimes);
        Assert.That(voltages, Has.Count.EqualTo(OutputTimes.Length));
        return [.. voltages];
    }

    /// <summary>Steps that grow by a fifth up to 30 s, then stay.</summary>
    private static List<double> Ramp(double end, double first = 1)
    {
        List<double> steps = [];
        double time = 0;
        for (double step = first; time < end; step = Math.Min(30, 1.2 * step))
        {
            steps.Add(Math.Min(step, end - time));
            time += steps[^1];
        }
        return steps;
    }

    private static IEnumerable<double> Halved(List<double> steps, int times) =>
        steps.SelectMany(step => Enumerable.Repeat(step / (1 << times), 1 << times));

    private static void AssertOrder(string what, double[] values, int order, double tolerance = 0.1)
    {
        double[] differences = [.. values.Zip(values.Skip(1), (coarse, fine) => Math.Abs(coarse - fine))];
        double[] orders = [.. differences.Zip(differences.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"{what}: differences {string.Join(", ", differences.Select(e => e.ToString("e2")))}; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That(orders[^1], Is.EqualTo(order).Within(tolerance));
    }
}
