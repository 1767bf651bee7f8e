using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Reports;
using Cell3D.Simulation.Verification;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Accuracy as a voltage: what it chooses keeps the error of V(t) below it, on cells, rates, temperatures and drives that the models were not made of.</summary>
public class VoltageBudgetTests
{
    private const double After = 1;
    private static readonly string Cases = Path.Combine(Samples.Repository, "cases");

    [TestCase("comsol-dfn1d/marquis2019_bpx.json", "Discharge at 2C", 298.15, "0.5 mV")]
    [TestCase("comsol-dfn1d/marquis2019_bpx.json", "Charge at 1C for 1500 s", 288.15, "0.2 mV")]
    [TestCase("bpx-1d/chen2020_bpx.json", "Discharge at 0.7C", 285.15, "0.5 mV")]
    [TestCase("bpx-1d/nmc_pouch_cell_BPX.json", "Discharge at 2C", 283.15, "1 mV")]
    [TestCase("bpx-1d/nmc_pouch_cell_BPX.json", "Discharge at 40 W for 1200 s", 308.15, "0.1 mV")]
    [TestCase("lfp-half-cell-phase-field/lfp_18650_cell_BPX.json", "Discharge at 1C", 288.15, "1 mV")]
    [TestCase("pouch-20-layers/nmc_pouch_5ah_bpx.json", "Discharge at 1C", 293.15, "0.5 mV")]
    [TestCase("m50-4680-tabless/m50_4680_bpx.json", "Charge at 0.5C for 2000 s", 303.15, "0.3 mV")]
    public void TheErrorStaysWithinTheBudget(string cell, string step, double temperature, string budget)
    {
        SimulationCase simulation = Load(cell, step, temperature, $"Accuracy={budget}");
        AccuracySummary chosen = BudgetReport.Of(simulation)!;
        MeshSettings mesh = simulation.Mesh;
        SolverSettings solver = simulation.Solver;
        SimulationCase truth = Load(cell, step, temperature) with
        {
            Mesh = mesh with { CellsThrough = [.. mesh.CellsThrough.Select(cells => cells > 1 ? Math.Max(160, 4 * cells) : 1)], ParticleModes = 80, ParticleError = null },
            Solver = solver with { RelativeTolerance = 5e-6, ConcentrationTolerance = 5e-3, StoichiometryTolerance = 5e-7, TemperatureTolerance = 2e-5, VoltageTolerance = 1e-6, MaximumOrder = 5 },
        };
        double length = ProtocolEstimate.Seconds(simulation);
        double[] times = [.. Enumerable.Range(0, 30).Select(i => After * Math.Pow(length / (100 * After), i / 30.0)), .. Enumerable.Range(1, 200).Select(i => 1.1 * length * i / 200).Where(time => time > length / 100)];
        RunTrace run = RunTrace.Of(simulation, Communicator.World, times, () => false), exact = RunTrace.Of(truth, Communicator.World, times, () => false);
        int common = Math.Min(run.Voltage.Length, exact.Voltage.Length);
        double largest = Enumerable.Range(0, common).Max(i => Math.Abs(run.Voltage[i] - exact.Voltage[i]));
        TestContext.Out.WriteLine($"largest error {1e3 * largest:g3} mV of {budget}; expected {1e3 * simulation.Budget!.ExpectedTogether:g3}; {string.Join(", ", chosen.Chosen.Select(entry => $"{entry.Key} {entry.Value:g3}"))}");
        Assert.That(common, Is.GreaterThan(100));
        Assert.That(largest, Is.GreaterThan(1e-7).And.LessThanOrEqualTo(chosen.Budget));
    }

    /// <summary>A tenth of a millivolt in sixty steps: cells, particles and steps together.</summary>
    [TestCase("bpx-1d/case.json", 60)]
    [TestCase("bpx-1d/nmc-1c.json", 52)]
    [TestCase("comsol-dfn1d/case.json", 60)]
    public void ADischargeTakesFewSteps(string file, int steps)
    {
        SimulationCase simulation = CaseFile.Load(Path.Combine(Cases, file), ["Accuracy=0.1 mV"]).Case!;
        SimulationCase truth = simulation with
        {
            Mesh = simulation.Mesh with { CellsThrough = [.. simulation.Mesh.CellsThrough.Select(cells => cells > 1 ? 200 : 1)], ParticleModes = 60, ParticleError = null },
            Solver = simulation.Solver.WithTolerances(0.02) with { MaximumOrder = 5 },
        };
        double[] times = [.. Enumerable.Range(0, 30).Select(i => After * Math.Pow(40, i / 29.0)), .. Enumerable.Range(3, 237).Select(i => 15.0 * i)];
        RunTrace run = RunTrace.Of(simulation, Communicator.World, times, () => false), exact = RunTrace.Of(truth, Communicator.World, times, () => false);
        double largest = run.Voltage.Zip(exact.Voltage, (one, other) => Math.Abs(one - other)).Max();
        TestContext.Out.WriteLine($"{run.Cells} control volumes, {run.Steps} steps, {run.NewtonIterations} iterations, largest error {1e3 * largest:g3} mV");
        Assert.Multiple(() =>
        {
            Assert.That(run.Voltage, Has.Length.GreaterThan(200));
            Assert.That(largest, Is.GreaterThan(1e-7).And.LessThan(1e-4));
            Assert.That(run.Steps, Is.LessThanOrEqualTo(steps));
            Assert.That(run.Cells, Is.LessThan(130));
        });
    }

    /// <summary>Short peaks of a drive cycle ask for fewer cells than the same current held.</summary>
    [Test]
    public void PeaksThatDoNotLastAreMeantOver()
    {
        SimulationCase cycle = CaseFile.Load(Path.Combine(Cases, "drive-cycle/us06.json"), ["Accuracy=0.1 mV"]).Case!;
        double peak = cycle.Protocol.Steps.Select(step => step.Drive).OfType<Drive.Cycle>().Single().Samples.Values.Max(Math.Abs);
        SimulationCase held = CaseFile.Load(Path.Combine(Cases, "drive-cycle/us06.json"), ["Accuracy=0.1 mV", FormattableString.Invariant($"Protocol.Steps=[\"Discharge at {peak} A for 600 s\"]")]).Case!;
        Assert.Multiple(() =>
        {
            Assert.That(cycle.Mesh.CellsThrough.Max(), Is.LessThan(0.75 * held.Mesh.CellsThrough.Max()));
            Assert.That(cycle.Budget!.Expected["Inside particles"], Is.EqualTo(held.Budget!.Expected["Inside particles"]));
            Assert.That(cycle.Budget.ExpectedTogether, Is.LessThanOrEqualTo(1e-4));
        });
    }

    /// <summary>Of a pouch the plane is divided too; one with twice as many cells in every direction tells the error.</summary>
    [Test]
    [Category("Slow")]
    public void APouchIsDividedInThePlaneToo()
    {
        string[] settings = ["Thermal.Model=isothermal", "Protocol.Steps=[\"Discharge at 1C for 300 s\"]"];
        SimulationCase simulation = CaseFile.Load(Path.Combine(Cases, "battmo-chen-pouch/case.json"), [.. settings, "Mesh={}", "Accuracy=1 mV"]).Case!;
        MeshSettings mesh = simulation.Mesh;
        TestContext.Out.WriteLine($"through {string.Join(' ', mesh.CellsThrough)}, plane {mesh.CellsAlongWidth} {mesh.CellsAlongHeight}");
        SimulationCase truth = simulation with { Mesh = mesh with { CellsThrough = [.. mesh.CellsThrough.Select((cells, layer) => cells > 1 ? 2 * cells : 1)], CellsAlongWidth = 3 * mesh.CellsAlongWidth, CellsAlongHeight = 3 * mesh.CellsAlongHeight, ParticleModes = 40 } };
        double[] times = [1, 3, 10, 30, 100, 200, 300];
        RunTrace run = RunTrace.Of(simulation, Communicator.World, times, () => false), exact = RunTrace.Of(truth, Communicator.World, times, () => false);
        double largest = run.Voltage.Zip(exact.Voltage, (one, other) => Math.Abs(one - other)).Max();
        TestContext.Out.WriteLine($"largest error {1e3 * largest:g3} mV");
        Assert.That(largest, Is.GreaterThan(1e-7).And.LessThan(1e-3));
    }

    /// <summary>The smaller the error, the more of everything; what a case says itself stands.</summary>
    [Test]
    public void SingleKeysWin()
    {
        const string cell = "bpx-1d/nmc_pouch_cell_BPX.json", step = "Discharge at 1C";
        SimulationCase coarse = Load(cell, step, 298.15, "Accuracy=2 mV"), fine = Load(cell, step, 298.15, "Accuracy=2e-5 V"), own = Load(cell, step, 298.15, "Accuracy=0.02 mV", "Mesh.Particle=12", "Mesh.Cells through.Separator=7", "Solver.Relative tolerance=1e-3");
        Assert.Multiple(() =>
        {
            Assert.That(fine.Mesh.CellsThrough.Max(), Is.GreaterThan(5 * coarse.Mesh.CellsThrough.Max()));
            Assert.That(fine.Solver.VoltageTolerance, Is.LessThan(coarse.Solver.VoltageTolerance));
            Assert.That(fine.Budget!.ExpectedTogether, Is.LessThanOrEqualTo(2e-5));
            Assert.That((own.Mesh.ParticleModes, own.Solver.RelativeTolerance, own.Solver.VoltageTolerance), Is.EqualTo((12, 1e-3, fine.Solver.VoltageTolerance)));
            Assert.That(own.Mesh.CellsThrough, Does.Contain(7));
            Assert.That(Load(cell, step, 298.15).Budget, Is.Null);
        });
    }

    /// <summary>Where salt runs out the case says that the promise does not hold.</summary>
    [Test]
    public void DepletionIsTold()
    {
        CaseResult result = CaseFile.Load(Path.Combine(Cases, "bpx-1d/case.json"), ["Protocol.Steps=[\"Discharge at 3C\"]", "Accuracy=1 mV"]);
        Assert.That(result.Warnings.Select(warning => warning.ToString()), Has.Some.Contains("may run out of salt"));
    }

    [TestCase("Accuracy=0.5", "has the wrong type")]
    [TestCase("Accuracy=fine", "is neither a level nor a voltage")]
    [TestCase("Accuracy=0.5 mA", "is neither a level nor a voltage")]
    [TestCase("Accuracy=0.001 mV", "outside the allowed range; allowed: 0.01 mV to 20 mV")]
    [TestCase("Accuracy=1 V", "outside the allowed range")]
    [TestCase("Accuracy=-1 mV", "outside the allowed range")]
    public void WrongValuesAreTold(string setting, string words) =>
        Assert.That(CaseFile.Load(Path.Combine(Cases, "bpx-1d/case.json"), [setting]).Errors.Select(error => error.ToString()), Has.Some.Contains("Accuracy").And.Some.Contains(words));

    private static SimulationCase Load(string cell, string step, double temperature, params string[] settings)
    {
        CaseResult result = CaseFile.Load(Path.Combine(Cases, "bpx-1d/case.json"),
            [$"Cell={Path.Combine(Cases, cell)}", FormattableString.Invariant($"Thermal.Initial temperature={temperature}"), $"Protocol.Steps=[\"{step}\"]", .. step.StartsWith("Charge", StringComparison.Ordinal) ? ["Initial state.SOC=0.2"] : Array.Empty<string>(), .. settings]);
        return result.Case ?? throw new ArgumentException(string.Join(", ", result.Errors));
    }
}
