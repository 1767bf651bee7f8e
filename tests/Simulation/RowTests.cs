using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Tests.Input;
using Cell3D.Tests.Parallel;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Rows of the time series at wanted times: what they hold, and that nothing else notices.</summary>
[Category("Mpi")]
public class RowTests
{
    /// <summary>What a polynomial may miss V by within the first steps of a discharge at 2C, a tenth of what these are allowed [V]; 5e-6 V are missed.</summary>
    private const double BentWithinStep = 1e-5;

    private const string Times = "[0.5, 7, 12.25, 30, 33.3, 61]", RowTimes = $"Output.Row times [s]={Times}";

    /// <summary>Steps, states, totals and audits are the same to the last bit, whichever rows are asked for.</summary>
    [TestCase("Output.Row period [s]=0.7")]
    [TestCase(RowTimes)]
    public void WantedRowsChangeNothing(string rows)
    {
        using SharedFolder folder = new();
        (Summary plain, double[][] states, _) = Run(folder["plain"], []);
        (Summary asked, double[][] same, TimeSeries? series) = Run(folder["asked"], [rows]);
        Assert.That(same, Is.EqualTo(states));
        Assert.That(asked.Work.StepsByReason, Is.EquivalentTo(plain.Work.StepsByReason));
        Assert.That(asked.Work.RepeatedByReason, Is.EquivalentTo(plain.Work.RepeatedByReason));
        Assert.That(asked.Work with { StepsByReason = plain.Work.StepsByReason, RepeatedByReason = plain.Work.RepeatedByReason }, Is.EqualTo(plain.Work));
        Assert.That(asked.Terminal, Is.EqualTo(plain.Terminal));
        Assert.That(asked.HeatByMechanism, Is.EqualTo(plain.HeatByMechanism));
        Assert.That(asked.Audits.Select(audit => audit.Value), Is.EqualTo(plain.Audits.Select(audit => audit.Value)));
        if (series is not null)
            Assert.That(asked.Pulses, Is.EqualTo(plain.Pulses));
    }

    /// <summary>A row holds the voltage and the sums that the integrator's interpolant gives at its time; V of the state that is shown then is solved for at the interpolated composition where systems are solved directly, from which the polynomial differs by how V bends; elsewhere both are the polynomial.</summary>
    [Test]
    public void RowsAreThoseOfTheInterpolant()
    {
        using SharedFolder folder = new();
        List<(double Time, double Voltage)> seen = [];
        (_, _, TimeSeries? series) = Run(folder["rows"], [RowTimes, $"Output.Field times [s]={Times}"], (run, time) => seen.Add((time, run.Model.Fields.TerminalVoltage)));
        if (series is null)
            return;
        Assert.That(seen.Select(entry => entry.Time), Is.SupersetOf(new[] { 0.5, 7, 12.25, 33.3, 61 }));
        foreach ((double time, double voltage) in seen)
        {
            int row = Array.LastIndexOf(series.Time, time);
            Assert.That(row, Is.GreaterThanOrEqualTo(0), $"a row at {time} s");
            Assert.That(series.Voltage[time == 30 ? row - 1 : row], Is.EqualTo(voltage).Within(Communicator.World.Size > 1 ? 1e-12 : BentWithinStep));
        }
        SeriesColumn[] losses = [.. series.Columns.Where(column => column.Unit == "V" && column.Name.EndsWith("loss", StringComparison.Ordinal) || column.Name.EndsWith("overpotential", StringComparison.Ordinal) || column.Name.EndsWith("uneven lithiation", StringComparison.Ordinal))];
        double[] charge = series.Column(SeriesColumn.DischargingCapacity), current = series.Column(SeriesColumn.Current);
        for (int i = 0; i < series.Count; i++)
        {
            if (current[i] == 0)
                continue;
            double sum = series.Column(SeriesColumn.OpenCircuitVoltage)[i] + losses.Sum(column => series.Column(column)[i]);
            Assert.That(sum, Is.EqualTo(series.Voltage[i]).Within(1e-9), $"{series.Time[i]} s");
            if (series.Time[i] <= 30)
                Assert.That(charge[i], Is.EqualTo(-current[i] * series.Time[i] / 3600).Within(1e-12));
        }
    }

    /// <summary>The period of a step in brackets comes before that of the case; both sides of a switch are always there.</summary>
    [Test]
    public void PeriodsCountFromTheStartOfAStep()
    {
        using SharedFolder folder = new();
        (_, _, TimeSeries? series) = Run(folder["rows"], ["Output.Row period [s]=12", """Protocol.Steps=["Discharge at 2C for 30 s (7 s period)", "Rest for 30 s", "Charge at 1C for 4 s (1.5 s period)"]"""]);
        if (series is null)
            return;
        double[] expected = [0, 7, 14, 21, 28, 30, 30, 42, 54, 60, 60, 61.5, 63, 64];
        Assert.That(series.Time, Is.EqualTo(expected).Within(1e-9));
        Assert.That(series.Column(SeriesColumn.StepCount), Is.EqualTo(new double[] { 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3 }));
        Assert.That(series.Column(SeriesColumn.StepIndex), Is.EqualTo(series.Column(SeriesColumn.StepCount)));
    }

    /// <summary>Rounds of loops are cycles; the index of a step is that in the protocol as written.</summary>
    [Test]
    public void CyclesAndStepsAreCounted()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. TestCases.Coarse, "Initial state.SOC=0.7",
            """Protocol.Steps=["Rest for 1 s", {"Repeat": 2, "Steps": ["Discharge at 1C for 2 s", "Rest for 1 s"]}, "Charge at 1C for 1 s"]"""]);
        using SharedFolder folder = new();
        using CaseRun run = new(simulation.WithFile(), Communicator.Self, new() { Folder = folder[$"cycles-{Communicator.World.Rank}"] });
        run.Execute();
        TimeSeries series = TimeSeriesReader.Read(run.Folder.File(OutputFolder.TimeSeriesName));
        (double, double, double)[] counts = [.. series.Column(SeriesColumn.CycleCount).Zip(series.Column(SeriesColumn.StepCount), series.Column(SeriesColumn.StepIndex)).Distinct()];
        Assert.That(counts, Is.EqualTo(new (double, double, double)[] { (0, 1, 1), (1, 2, 2), (1, 3, 3), (2, 4, 2), (2, 5, 3), (0, 6, 4) }));
    }

    /// <summary>The charge that has passed moves the state of charge as much as lithium moves the stoichiometry over its window.</summary>
    [TestCase(-1.0)]
    [TestCase(0.8)]
    public void StateOfChargeIsThatOfTheStoichiometry(double rate)
    {
        SimulationCase simulation = TestCases.Column("Initial state.SOC=0.5", "Thermal.Initial temperature=311");
        using CellRun run = new(simulation, adaptive: false);
        run.Start(rate * run.OneC);
        for (int step = 0; step < 10; step++)
            run.Step(5);
        ActiveMaterial material = simulation.Cell.NegativeElectrode.ActiveMaterials[0];
        double mean = run.Report()[CellGroups.PartOf(ReactingParticles.Lithium, "Negative electrode")] / run.Model.Particles[0].SitesForLithium;
        double expected = 0.5 + (rate * run.OneC * 50 / run.Capacity);
        Assert.That((mean - material.MinimumStoichiometry) / (material.MaximumStoichiometry - material.MinimumStoichiometry), Is.EqualTo(expected).Within(1e-9));
    }

    /// <summary>A polynomial of the order of the formula is met exactly, and nothing before a switch is looked at.</summary>
    [Test]
    public void RowsAreReadByThePolynomialOfTheFormula()
    {
        RowHistory history = new(2);
        static double[] At(double t) => [1 + t - (2 * t * t) + (t * t * t), 3 * t];
        history.Add(-1, [7, 7], afterStep: true, new(3));
        history.Add(0, At(0), afterStep: false, default);
        foreach (double time in new[] { 0.5, 1.25, 3 })
            history.Add(time, At(time), afterStep: true, new(3));
        RowHistory restored = new(2) { State = history.State };
        foreach (RowHistory one in new[] { history, restored })
        {
            double[] row = new double[2];
            one.Read(2.2, row);
            Assert.That(row, Is.EqualTo(At(2.2)).Within(1e-12));
        }
    }

    /// <summary>A pouch at 2C, at rest and charged; the series on rank 0 only.</summary>
    private static (Summary Summary, double[][] States, TimeSeries? Series) Run(string folder, string[] settings, Action<CaseRun, double>? output = null)
    {
        string solver = Communicator.World.Size > 1 ? "collector Schur" : "LU";
        string steps = settings.Any(setting => setting.StartsWith("Protocol.", StringComparison.Ordinal)) ? "" : """Protocol.Steps=["Discharge at 2C for 30 s", "Rest for 30 s", "Charge at 1C for 4 s"]""";
        SimulationCase simulation = TestCases.Pouch(["Initial state.SOC=0.6", "Mesh.Cells along width=2", "Mesh.Cells along height=2", "Mesh.Particle=4", "Thermal.Initial temperature=311",
            $"Solver.Linear solver={solver}", .. new[] { steps }.Where(text => text.Length > 0), .. settings]);
        using CaseRun run = new(simulation.WithFile(), Communicator.World, new() { Folder = folder });
        run.OutputReached = time => output?.Invoke(run, time);
        Summary summary = run.Execute();
        TimeSeries? series = Communicator.World.IsRoot ? TimeSeriesReader.Read(run.Folder.File(OutputFolder.TimeSeriesName)) : null;
        return (summary, [.. run.Model.System.States.Variables.Select(state => state.Past(0).ToArray())], series);
    }
}
