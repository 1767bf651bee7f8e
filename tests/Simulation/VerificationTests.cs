using Cell3D.Input.Cases;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Error bars: known where values converge, covering the truth, and unknown elsewhere.</summary>
public class VerificationTests
{
    /// <summary>f(h) = f + C hᵖ: the order is seen and the bar is 1.25 times the error, more where the order is above the formal one.</summary>
    [Test]
    public void ErrorsOfPowersAreFound([Values(0.6, 1, 1.7, 2, 3.5)] double order, [Values(-3, 0.2)] double factor)
    {
        double[] spacings = [1, 1 / 0.7, 2], values = [.. spacings.Select(h => 3.7 + (factor * Math.Pow(0.1 * h, order)))];
        ErrorEstimate estimate = Richardson.Of(values, spacings, 2, 1e-12);
        double truth = Math.Abs(values[0] - 3.7);
        Assert.That(estimate.Order, Is.EqualTo(order).Within(1e-6));
        Assert.That(estimate.Error, order <= 2 ? Is.EqualTo(1.25 * truth).Within(1e-6).Percent : Is.GreaterThan(1.25 * truth));
    }

    [Test]
    public void WhatDoesNotConvergeIsUnknown()
    {
        Assert.That(Richardson.Of([1, 1.1, 1], [1, 1.4, 2], 2, 1e-9).IsKnown, Is.False, "back and forth");
        Assert.That(Richardson.Of([1, 1.1, 1.11], [1, 1.4, 2], 2, 1e-9).IsKnown, Is.False, "the finer, the further");
        Assert.That(Richardson.AgainstFinest([1, 1.3, 1.1], 1e-9).IsKnown, Is.False);
        Assert.That(Richardson.Of([1, 1 + 1e-9, 1], [1, 1.4, 2], 2, 1e-9).Error, Is.EqualTo(1e-9).Within(1e-3).Percent, "drowned in noise, which bounds it");
    }

    /// <summary>A mesh that cannot be made coarser tells nothing of its error.</summary>
    [Test]
    public void OneCellPerLayerTellsNoError()
    {
        SimulationCase simulation = TestCases.Column("Protocol.Steps=[\"Discharge at 2C for 60 s\"]", "Mesh.Cells through.Negative electrode=1", "Mesh.Cells through.Separator=1", "Mesh.Cells through.Positive electrode=1");
        RefinementStudy study = RefinementStudy.Of(simulation, Communicator.World, (_, _) => { }, () => false)!;
        DirectionErrors through = study.Directions.Single(direction => direction.Direction.Key == "Mesh.Cells through");
        Assert.That(through.Voltage.Concat(through.Temperature).Concat(through.Quantities).Any(estimate => estimate.IsKnown), Is.False);
        Assert.That(study.Directions[0].Voltage.Any(estimate => estimate.IsKnown), Is.True, "steps in time can");
    }

    /// <summary>The bars of a coarse column cover the difference to a run that is far finer in every direction.</summary>
    [TestCase(1.0)]
    [TestCase(-0.7)]
    public void BarsCoverTheTruth(double rate)
    {
        SimulationCase simulation = TestCases.ThermalColumn("Initial state.SOC=" + (rate < 0 ? "0.9" : "0.1"), "Thermal.Initial temperature=305",
            $"Protocol.Steps=[\"{(rate < 0 ? "Discharge" : "Charge")} at {Math.Abs(rate)}C for 1500 s\"]", "Mesh.Cells through.Negative electrode=12", "Mesh.Cells through.Separator=6", "Mesh.Cells through.Positive electrode=12", "Mesh.Grading=1");
        RefinementStudy study = RefinementStudy.Of(simulation, Communicator.World, (_, _) => { }, () => false)!;
        SolverSettings solver = simulation.Solver;
        SimulationCase truth = simulation with
        {
            Mesh = simulation.Mesh with { CellsThrough = [.. simulation.Mesh.CellsThrough.Select((cells, layer) => cells > 1 ? 5 * cells : 1)], ParticleModes = 40 },
            Solver = solver with { RelativeTolerance = 1e-6, ConcentrationTolerance = 1e-3, StoichiometryTolerance = 1e-7, TemperatureTolerance = 1e-6, VoltageTolerance = 1e-7, MaximumOrder = 5 },
        };
        RunTrace exact = RunTrace.Of(truth, Communicator.World, study.Base.Times, () => false);
        int known = 0, covered = 0;
        double largest = 0;
        for (int i = 0; i < study.Base.Times.Length; i++)
        {
            ErrorEstimate bar = study.Total(direction => direction.Voltage[i]);
            double error = Math.Abs(study.Base.Voltage[i] - exact.Voltage[i]);
            largest = Math.Max(largest, error);
            known += bar.IsKnown ? 1 : 0;
            covered += bar.IsKnown && error <= bar.Error ? 1 : 0;
        }
        TestContext.Out.WriteLine($"{covered} of {known} bars cover; {study.Base.Times.Length - known} unknown; largest error {1e3 * largest:g3} mV");
        Assert.That(study.Base.Times, Has.Length.EqualTo(exact.Times.Length).And.Length.GreaterThan(150));
        Assert.That(largest, Is.GreaterThan(1e-5), "there is something to be covered");
        // So that covering says something: what is not monotone is unknown by rule, and errors in time of pairs of formulas, far below the others, often change sign (56 of 200 when charging).
        Assert.That(known, Is.GreaterThan(0.5 * study.Base.Times.Length));
        Assert.That(covered, Is.GreaterThanOrEqualTo(0.95 * known));
        ErrorEstimate hottest = study.Total(direction => direction.Quantities[2]);
        if (hottest.IsKnown)
            Assert.That(Math.Abs(study.Base.Extremes.MaximumTemperature.Value - exact.Extremes.MaximumTemperature.Value), Is.LessThanOrEqualTo(hottest.Error));
    }

    /// <summary>With laws that are powers the rows hold them, none is cheaper at the same error, and what a row promises is the sum of its directions.</summary>
    [Test]
    public void WhatAccuracyCostsIsTheLeast()
    {
        IReadOnlyList<Refinement> directions = Refinement.Of(TestCases.Column());
        ErrorLaw temperature = new(0.02, 1.5), unknown = new(double.NaN, 1);
        DirectionCost[] costs = [new(directions[0], new(3e-4, 0.9), temperature, new(0.4, 1.1), 0.4, 0.5), new(directions[1], new(5e-4, 2), temperature, new(1e-3, 0), 1.1, 0), new(directions[2], new(1e-4, 4), temperature, unknown, 0.6, 0)];
        IReadOnlyList<BudgetRow> rows = AccuracyBudget.Of(costs, 100, 50, 2);
        Assert.That(rows, Has.Count.GreaterThan(3));
        Assert.That(rows.Select(row => row.Voltage), Is.Ordered.Descending);
        Assert.That(rows.Select(row => row.Seconds), Is.Ordered.Ascending);
        BudgetRow tight = AccuracyBudget.For(1e-4, costs, 100, 50, 2);
        Assert.That(tight.Voltage, Is.EqualTo(1e-4).Within(1e-6).Percent);
        Assert.That(Error(tight.Resolutions), Is.EqualTo(tight.Voltage).Within(1e-9).Percent);
        Assert.That(tight.Temperature, Is.EqualTo(tight.Resolutions.Sum(resolution => 0.02 * Math.Pow(resolution, -1.5))).Within(1e-9).Percent);
        Assert.That(tight.End, Is.NaN, "that of one direction is unknown");
        Assert.That(AccuracyBudget.At([2, 3, 1], [costs[0], costs[1], costs[2] with { End = new(0.1, 2) }], 100, 50, 2).End, Is.EqualTo((0.4 * Math.Pow(2, -1.1)) + 1e-3 + 0.1).Within(1e-9).Percent, "a bound stays");
        Assert.That(tight.Cells, Is.EqualTo(100 * tight.Resolutions[1]).Within(1e-9).Percent, "only cells through the layers are more control volumes");
        Assert.That(tight.Steps, Is.EqualTo(50 * Math.Sqrt(tight.Resolutions[0])).Within(1e-9).Percent);
        for (int more = 0; more < 3; more++)
        {
            // A little more of one direction, the others taken back alike until the error is the same: it costs more.
            double[] other = [.. tight.Resolutions];
            other[more] *= 1.2;
            int less = (more + 1) % 3;
            double left = tight.Voltage - Enumerable.Range(0, 3).Where(i => i != less).Sum(i => costs[i].Voltage.At(other[i]));
            other[less] = Math.Pow(left / costs[less].Voltage.Error, -1 / costs[less].Voltage.Order);
            Assert.That(Seconds(other), Is.GreaterThan(tight.Seconds));
        }
        Assert.That(AccuracyBudget.Of([costs[0], costs[1] with { Voltage = unknown }, costs[2]], 100, 50, 2), Is.Empty, "unknown is no number");

        double Error(IReadOnlyList<double> resolutions) => costs.Zip(resolutions, (cost, resolution) => cost.Voltage.At(resolution)).Sum();
        double Seconds(IReadOnlyList<double> resolutions) => 2 * costs.Zip(resolutions, (cost, resolution) => cost.TimeAt(resolution)).Aggregate((a, b) => a * b);
    }

    /// <summary>What small runs hide behind the cost of every step, finer ones show.</summary>
    [Test]
    public void FinerMeshesTakeTimeForTheirControlVolumes()
    {
        IReadOnlyList<Refinement> directions = Refinement.Of(TestCases.Pouch());
        DirectionCost plane = new(directions[2], new(1e-3, 1), new(0.1, 1), new(1, 1), 0.2, 0), particles = new(directions[3], new(1e-3, 2), new(0.1, 2), new(1, 2), 0.2, 0);
        Assert.That(plane.TimeAt(3), Is.EqualTo(9).Within(1e-12));
        Assert.That(plane.TimeAt(0.5), Is.EqualTo(Math.Pow(0.5, 0.2)).Within(1e-12), "coarser ones as they were measured");
        Assert.That(particles.TimeAt(3), Is.EqualTo(Math.Pow(3, 0.2)).Within(1e-12));
    }

    /// <summary>A finer mesh, taken as a row says, leaves the errors that the row promises or less.</summary>
    [TestCase("Discharge at 1.4C for 1200 s", 291, false)]
    [TestCase("Discharge at 1.1C until 3.5 V", 299, true)]
    public void ARowOfTheBudgetHoldsWhatItPromises(string step, double kelvin, bool hasHeat)
    {
        string[] settings = [$"Protocol.Steps=[\"{step}\"]", "Initial state.SOC=0.85", FormattableString.Invariant($"Thermal.Initial temperature={kelvin}"), "Mesh.Cells through.Negative electrode=10", "Mesh.Cells through.Separator=4", "Mesh.Cells through.Positive electrode=10", "Mesh.Particle=12"];
        SimulationCase simulation = hasHeat ? TestCases.ThermalColumn(settings) : TestCases.Column(settings);
        RefinementStudy study = RefinementStudy.Of(simulation, Communicator.World, (_, _) => { }, () => false)!;
        IReadOnlyList<DirectionCost> costs = study.Costs(0.5);
        double own = costs.Sum(cost => cost.Voltage.Error);
        BudgetRow row = AccuracyBudget.For(0.3 * own, costs, study.Base.Cells, study.Base.Steps, study.Base.Seconds);
        SimulationCase With(double time, double through, double modes) => simulation with
        {
            Mesh = simulation.Mesh with { CellsThrough = [.. simulation.Mesh.CellsThrough.Select(cells => cells > 1 ? (int)Math.Ceiling(through * cells) : 1)], ParticleModes = (int)Math.Ceiling(modes * 12) },
            Solver = simulation.Solver.WithTolerances(1 / time),
        };
        RunTrace refined = RunTrace.Of(With(row.Resolutions[0], row.Resolutions[1], row.Resolutions[2]), Communicator.World, study.Base.Times, () => false);
        RunTrace exact = RunTrace.Of(With(200, 8, 3), Communicator.World, study.Base.Times, () => false);
        double error = Apart(refined.Voltage, exact.Voltage), before = Apart(study.Base.Voltage, exact.Voltage), temperature = Apart(refined.MaximumTemperature, exact.MaximumTemperature), end = Math.Abs(refined.End.Time - exact.End.Time);
        TestContext.Out.WriteLine(FormattableString.Invariant($"resolutions {string.Join(", ", row.Resolutions.Select(r => r.ToString("g3", System.Globalization.CultureInfo.InvariantCulture)))}: promised {1e3 * row.Voltage:g3}, left {1e3 * error:g3} of {1e3 * before:g3} mV; {1e3 * row.Temperature:g3}, {1e3 * temperature:g3} mK; {row.End:g3}, {end:g3} s"));
        Assert.That(row.Voltage, Is.LessThan(0.5 * own), "there is something to be promised");
        Assert.That(error, Is.LessThanOrEqualTo(row.Voltage));
        Assert.That(row.Cells, Is.EqualTo(refined.Cells).Within(15).Percent);
        Assert.That(temperature, Is.Not.GreaterThan(row.Temperature));
        Assert.That(end, Is.Not.GreaterThan(row.End));
        Assert.That(costs.Any(cost => cost.Temperature.Order > 0), Is.EqualTo(hasHeat), "without heat there is no error of the temperature to be lowered");
        IReadOnlyList<IReadOnlyList<BudgetRow>> runs = study.Runs(costs);
        Assert.That(runs.SelectMany(levels => levels).Select(level => level.Voltage), Is.All.GreaterThan(0));
        Assert.That(runs[1].Select(level => level.Voltage), Is.Ordered.Ascending, "coarser and coarser cells");

        static double Apart(double[] one, double[] other) => one.Zip(other, (a, b) => Math.Abs(a - b)).Max();
    }

    /// <summary>A pouch is refined in the plane as well, on any number of ranks alike.</summary>
    [Test]
    public void APouchHasFourDirections()
    {
        SimulationCase pouch = TestCases.Pouch("Initial state.SOC=0.6", "Protocol.Steps=[\"Discharge at 1C for 60 s\"]");
        IReadOnlyList<Refinement> directions = Refinement.Of(pouch);
        Assert.That(directions.Select(direction => direction.Name), Is.EqualTo(new[] { "in time", "through the layers", "in the plane", "inside particles" }));
        Assert.That(directions[2].Spacings, Is.Ordered.Ascending);
        Assert.That(RefinementStudy.CasesOf(pouch), Has.Count.EqualTo(9));
    }
}
