using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Whole cells in surroundings that change with time, with radiation: energy, ranks, the ends of time steps, order in time.</summary>
public class SurroundingsTests
{
    private const string Cooling = "Thermal.Cooling.All surfaces.";

    /// <summary>A pouch 15 K above T_ref under load, in surroundings that are warmer or colder and change.</summary>
    private static SimulationCase Pouch(double ambient) => TestCases.Pouch("Thermal.Initial temperature=313.15", Cooling + "Emissivity=0.9",
        FormattableString.Invariant($$"""{{Cooling}}Ambient temperature={"Times [s]": [0, 60, 60.01, 150], "Values": [{{ambient}}, {{ambient + 12}}, {{ambient}}, {{ambient - 5}}]}"""),
        Cooling + """Heat transfer coefficient={"Times [s]": [30, 90], "Values": [5, 40]}""");

    [Test]
    [Category("Mpi")]
    public void EnergyIsConservedInEveryStep([Values(265, 345)] double ambient)
    {
        SimulationCase simulation = Pouch(ambient);
        using CellRun run = new(simulation, Communicator.World);
        ConservationAudit audit = new(run.Model, directSolver: true, run.OneC);
        run.Start(-run.OneC);
        double most = 0;
        for (int step = 0; step < 10; step++)
        {
            run.Step(20);
            Balance balance = run.Report();
            most = Math.Max(most, balance.SumOf(Totals.HeatLost) * Math.Sign(313 - ambient));
            audit.Update(balance, afterStep: true);
        }
        TestContext.Out.WriteLine(string.Join('\n', audit.ToResults()));
        Assert.That(most, Is.GreaterThan(0.02), "W taken or brought");
        Assert.That(audit.ToResults().Select(result => result.Name), Has.Some.StartsWith("Heat balance"));
        Assert.That(audit.ToResults().Where(result => !result.Passed), Is.Empty);
    }

    [Test]
    [Category("Mpi")]
    public void TheNumberOfRanksDoesNotMatter()
    {
        using CellRun alone = new(Pouch(280)), together = new(Pouch(280), Communicator.World);
        foreach (CellRun run in new[] { alone, together })
        {
            run.Start(-run.OneC);
            for (int step = 0; step < 6; step++)
                run.Step(25);
        }
        Assert.That(alone.Whole(Field.Temperature).Zip(together.Whole(Field.Temperature), (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(1e-9));
    }

    /// <summary>Plates, contacts, heaters and patches at once; the cell starts at 311 K.</summary>
    private static SimulationCase EveryKind() => TestCases.Pouch("Thermal.Initial temperature=311", "Initial state.SOC=0.6",
        """Thermal.Cooling.Negative face={"Surface temperature [K]": {"Times [s]": [0, 100], "Values": [311, 303]}, "Contact resistance [K.m2.W-1]": 1e-3}""",
        """Thermal.Cooling.Top edge={"Heat flux [W.m-2]": {"Times [s]": [20, 50], "Values": [0, -500]}, "Heat transfer coefficient [W.m-2.K-1]": 4}""",
        """Thermal.Cooling.Positive tab={"Surface temperature [K]": 309}""",
        """Thermal.Cooling.Patches.Heater={"Surface": "Positive face", "From [m]": [0.013, 0.02], "To [m]": [0.047, 0.071], "Heat flux [W.m-2]": -60, "Emissivity": 0.7}""",
        """Thermal.Cooling.Patches.Channels={"Surface": "Negative face", "From [m]": [0.01, 0.005], "To [m]": [0.02, 0.115], "Repetitions": 3, "Pitch [m]": [0.03, 0], "Heat transfer coefficient [W.m-2.K-1]": 120, "Contact resistance [K.m2.W-1]": 2e-3}""",
        """Thermal.Cooling.Patches.Weld={"Surface": "Negative tab", "From [m]": [0.02, 0.13], "To [m]": [0.03, 0.14], "Surface temperature [K]": 318}""");

    /// <summary>Energy is conserved with every kind of surface, and their heat adds up to what leaves, charging and discharging.</summary>
    [Test]
    [Category("Mpi")]
    public void EveryKindOfSurfaceIsInTheBalance([Values(-2, 1.5)] double rate)
    {
        Dictionary<string, SurfaceSummary> surfaces = InBalance(EveryKind(), rate).ToDictionary(surface => surface.Name);
        Assert.Multiple(() =>
        {
            Assert.That(surfaces.Keys, Is.EqualTo(new[] { "Negative face", "Positive face", "Left edge", "Right edge", "Bottom edge", "Top edge", "Negative tab", "Positive tab", "Heater", "Channels", "Weld" }));
            Assert.That(surfaces["Heater"].Area, Is.EqualTo(0.034 * 0.051).Within(1e-14));
            Assert.That(surfaces["Channels"].Area, Is.EqualTo(3 * 0.01 * 0.11).Within(1e-14));
            Assert.That(surfaces["Negative face"].Area + surfaces["Channels"].Area, Is.EqualTo(0.012).Within(1e-14));
            Assert.That(surfaces["Weld"].Area, Is.EqualTo(2e-4).Within(1e-14));
            Assert.That(surfaces["Weld"].HeatLost, Is.Negative);
            Assert.That(surfaces["Channels"].HeatLost, Is.Positive);
        });
    }

    /// <summary>*Collective.* Runs a case; the heat of its surfaces adds up to what leaves in every step, no audit fails, and one rank finds the same.</summary>
    internal static IReadOnlyList<SurfaceSummary> InBalance(SimulationCase simulation, double rate)
    {
        using CellRun run = new(simulation, Communicator.World), alone = new(simulation);
        ConservationAudit audit = new(run.Model, directSolver: true, run.OneC);
        SurfaceRecord record = new(run.Model, simulation, Communicator.World), ofOne = new(alone.Model, simulation, Communicator.Self);
        double[] lost = new double[record.Columns.Count], ofAlone = new double[lost.Length];
        run.Start(rate * run.OneC);
        alone.Start(rate * run.OneC);
        for (int step = 0; step < 8; step++)
        {
            run.Step(20);
            alone.Step(20);
            Balance balance = run.Report();
            audit.Update(balance, afterStep: true);
            record.Take(run.Integrator.Time, lost);
            Assert.That(lost.Sum(), Is.EqualTo(balance.SumOf(Totals.HeatLost)).Within(1e-12));
        }
        alone.Report();
        ofOne.Take(alone.Integrator.Time, ofAlone);
        Assert.That(lost, Is.EqualTo(ofAlone).Within(1e-8), "ranks");
        Assert.That(Math.Abs((run.Voltage / alone.Voltage) - 1), Is.LessThan(1e-9), "ranks");
        Assert.That(audit.ToResults().Where(result => !result.Passed), Is.Empty);
        return record.ToSummary()!;
    }

    /// <summary>A patch over a whole surface is that surface.</summary>
    [Test]
    public void APatchOverAllOfASurfaceIsThatSurface()
    {
        const string film = "\"Heat transfer coefficient [W.m-2.K-1]\": 90, \"Contact resistance [K.m2.W-1]\": 1e-3";
        using CellRun surface = new(TestCases.Pouch($$"""Thermal.Cooling.Negative face={ {{film}} }"""));
        using CellRun patch = new(TestCases.Pouch($$"""Thermal.Cooling.Patches.All={ "Surface": "Negative face", "From [m]": [0, 0], "To [m]": [0.1, 0.12], {{film}} }"""));
        foreach (CellRun run in new[] { surface, patch })
        {
            run.Start(-run.OneC);
            for (int step = 0; step < 4; step++)
                run.Step(30);
        }
        Assert.That(patch.Whole(Field.Temperature), Is.EqualTo(surface.Whole(Field.Temperature)).Within(1e-10));
    }

    /// <summary>A cell at rest in warm surroundings of its own temperature stays as it is, radiation or not.</summary>
    [Test]
    public void NothingMovesAtTheTemperatureOfTheSurroundings()
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.5", "Thermal.Initial temperature=318.15", "Thermal.Ambient temperature=318.15", Cooling + "Emissivity=1"));
        run.Start(0);
        for (double step = 1; run.Integrator.Time < 3600; step *= 1.5)
            run.Step(step);
        Assert.That(run.Model.Fields.Temperature.Max(t => Math.Abs(t - 20)), Is.LessThan(1e-11));
    }

    [Test]
    public void StepsEndWhereTheSurroundingsChange([Values(false, true)] bool fixedSteps)
    {
        double[] times = [0, 400, 401, 430, 1200, 5000];
        List<double> steps = StepEnds(fixedSteps, times, out RunEnd end);
        Assert.Multiple(() =>
        {
            Assert.That(times[1..5].Except(steps), Is.Empty, "all within the protocol");
            Assert.That(end.Time, Is.EqualTo(1500));
            Assert.That(steps.Zip(steps.Skip(1), (a, b) => b - a).Min(), Is.GreaterThan(fixedSteps ? 0.9 : 1e-3), "no step of no length");
        });
    }

    /// <summary>A change that ends with the protocol step, or a hair before, makes no step of its own.</summary>
    [Test]
    public void AChangeAtTheEndMakesNoStepOfItsOwn()
    {
        List<double> steps = StepEnds(fixedSteps: true, [0, 700, 1500 - 1e-7], out RunEnd end);
        Assert.That(end.Time, Is.EqualTo(1500));
        Assert.That(steps, Has.Count.EqualTo(1 + 7 + 8), "the start, seven steps to 700 s and eight from there");
    }

    /// <summary>A minute of heat in an hour of rest, which steps of two minutes would miss, is found: T_max is that of small steps.</summary>
    [Test]
    public void AShortPulseIsNotSteppedOver()
    {
        double Warmest(string step)
        {
            SimulationCase simulation = TestCases.ThermalColumn("Initial state.SOC=0.5", $"Solver.Maximum step={step}", "Protocol.Steps=[\"Rest for 1 h\"]",
                Cooling + """Ambient temperature={"Times [s]": [1805, 1806, 1865, 1866], "Values": [298.15, 400, 400, 298.15]}""");
            using CellRun run = new(simulation, adaptive: true);
            double warmest = 0;
            run.Execute(() => warmest = Math.Max(warmest, run.Model.Fields.Temperature.Max()));
            return warmest;
        }

        (double large, double small) = (Warmest("600"), Warmest("1"));
        TestContext.Out.WriteLine($"warmest: {large:f4} K and {small:f4} K above the start");
        Assert.That(small, Is.GreaterThan(5));
        Assert.That(large, Is.EqualTo(small).Within(0.2));
    }

    /// <summary>Surroundings over time cost no order: fixed steps that do not meet the table's points are cut there.</summary>
    [Test]
    public void ACellUnderLoadConvergesWithSecondOrder()
    {
        double Temperature(int halvings)
        {
            string step = (36.0 / (1 << halvings)).ToString("R", System.Globalization.CultureInfo.InvariantCulture);
            SimulationCase simulation = TestCases.ThermalColumn("Protocol.Steps=[\"Discharge at 1C for 900 s\"]", $"Solver.Fixed time steps=[{step}]", "Solver.Maximum order=2",
                Cooling + "Heat transfer coefficient=0.5", Cooling + "Emissivity=0.1",
                Cooling + """Ambient temperature={"Times [s]": [0, 250, 600], "Values": [298.15, 340, 310]}""");
            using CellRun run = new(simulation);
            run.Execute();
            return run.Model.Fields.Temperature[0];
        }

        double[] values = [.. Enumerable.Range(0, 6).Select(Temperature)];
        double[] differences = [.. values.Zip(values.Skip(1), (coarse, fine) => Math.Abs(coarse - fine))];
        double[] orders = [.. differences.Zip(differences.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"T: differences {string.Join(", ", differences.Select(e => e.ToString("e2")))}; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That((orders[^1] + orders[^2]) / 2, Is.EqualTo(2).Within(0.15), "the pieces cut off at the points differ in length from one halving to the next");
    }

    private static List<double> StepEnds(bool fixedSteps, double[] times, out RunEnd end)
    {
        string table = $"[{string.Join(", ", times.Select(t => t.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))}]";
        SimulationCase simulation = TestCases.ThermalColumn("Initial state.SOC=0.5", "Protocol.Steps=[\"Rest for 1500 s\"]",
            $$"""{{Cooling}}Ambient temperature={"Times [s]": {{table}}, "Values": [{{string.Join(", ", times.Select((_, i) => 298 + (i % 2)))}}]}""");
        if (fixedSteps)
            simulation = simulation with { Solver = simulation.Solver with { FixedSteps = [100] } };
        using CellRun run = new(simulation, adaptive: !fixedSteps);
        List<double> steps = [];
        end = run.Execute(() => steps.Add(run.Integrator.Time));
        return steps;
    }
}
