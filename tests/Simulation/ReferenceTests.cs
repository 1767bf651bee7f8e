using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Reference;
using Cell3D.Simulation.Verification;
using Cell3D.Tests.Parallel;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>What a reference samples: exact where it can be, consistent with itself, and the same on any number of ranks.</summary>
public class ReferenceTests
{
    /// <summary>A parabola is read back from its values at the centres of columns, in the middle and at corners, on graded and triangular planes.</summary>
    [Test]
    public void ParabolasInThePlaneAreReadExactly([Values] bool triangular)
    {
        PlaneMesh plane = triangular ? PlaneMesh.Triangular(0.1, 0.06, 6) : PlaneMesh.Rectilinear([0, 0.01, 0.025, 0.05, 0.08, 0.1], [0, 0.02, 0.03, 0.045, 0.06]);
        Extrusion extrusion = MeshBuilder.Describe(plane, new LayerStack([new LayerSpec(LayerKind.Separator, "Separator", 1e-4, new LayerGrading(1, 1))]), []).Extrusion;
        int[] columns = [.. Enumerable.Range(0, extrusion.ColumnCount)];
        double Field(double y, double z) => 3 - (20 * y) + (7 * z) + (900 * y * y) - (400 * y * z) + (1500 * z * z);
        double[] values = [.. columns.Select(column => Field(extrusion.ColumnY[column], extrusion.ColumnZ[column]))];
        foreach ((double y, double z) in new[] { (0.047, 0.033), (0.002, 0.001), (0.099, 0.059), (0.05, 0.0001) })
            Assert.That(PlaneStencil.Of(extrusion, columns, y, z).Read(values), Is.EqualTo(Field(y, z)).Within(1e-9), $"{y} {z}");
        Assert.That(PlaneStencil.Of(extrusion, columns, 0.11, 0.03).Read(values), Is.NaN, "outside");
    }

    [Test]
    public void OneRowOfColumnsTellsNothingAcross()
    {
        Extrusion extrusion = MeshBuilder.Describe(PlaneMesh.Rectilinear([0, 1], [0, 0.1, 0.3, 0.4]), new LayerStack([new LayerSpec(LayerKind.Separator, "Separator", 1e-4, new LayerGrading(1, 1))]), []).Extrusion;
        double[] values = [.. extrusion.ColumnZ.Select(z => 1 + (z * z))];
        Assert.That(PlaneStencil.Of(extrusion, [0, 1, 2], 0.1, 0.17).Read(values), Is.EqualTo(1 + (0.17 * 0.17)).Within(1e-12));
        Assert.That(DepthStencil.Of([0.1, 0.2, 0.5], 0.31).Read([0.01, 0.04, 0.25]), Is.EqualTo(0.31 * 0.31).Within(1e-12));
        Assert.That(DepthStencil.Of([0.1], 0.31).Read([7]), Is.EqualTo(7));
    }

    /// <summary>The voltage is what its parts add up to; currents of the pairs and of their columns are that of the terminals; charging and discharging, away from T_ref.</summary>
    [TestCase(1.0)]
    [TestCase(-1.5)]
    [Category("Mpi")]
    public void AReferenceAgreesWithItself(double rate)
    {
        SimulationCase simulation = Stack(rate);
        SamplePlan plan = SamplePlan.Of(simulation, 4, 2);
        RunTrace trace = RunTrace.Of(simulation, Communicator.World, plan.Times, () => false, plan, keepsCells: true);
        ReferenceSamples samples = trace.Samples!;
        Assert.That(samples.Audits.Where(audit => !audit.Passed), Is.Empty);
        Assert.That((samples.FirstCurrent, samples.Moments, samples.Pairs), Is.EqualTo((5.0, 5, 3)), "a rest of 5 s comes first");
        for (int curve = 0; curve < plan.CurveCount; curve++)
        {
            int losses = samples.LossNames.Count;
            double voltage = samples["curves/voltage"][curve], rest = samples["curves/open_circuit_voltage"][curve], current = samples["curves/current"][curve];
            Assert.That(voltage - rest, Is.EqualTo(samples["curves/losses"].Slice(curve * losses, losses).ToArray().Sum()).Within(1e-7), "losses");
            Assert.That((voltage - rest) / current, Is.EqualTo(samples["curves/resistance"][curve]).Within(1e-9), "resistance");
            Assert.That(samples["curves/network_resistance"][curve], Is.InRange(1e-5, samples["curves/resistance"][curve]));
            Assert.That(samples["pairs/current"].Slice(curve * 3, 3).ToArray().Sum(), Is.EqualTo(current).Within(1e-7 * Math.Abs(current)), "pairs");
        }
        int grid = plan.Along.Length * plan.Height.Length;
        for (int moment = 0; moment < plan.MomentCount; moment++)
            for (int pair = 0; pair < 3; pair++)
            {
                double mean = samples["maps/through_cell_current_density"].Slice(((moment * 3) + pair) * grid, grid).ToArray().Average();
                double whole = samples["pairs/current"][(plan.CurveOf(moment) * 3) + pair] / simulation.Geometry.Area;
                Assert.That(mean, Is.EqualTo(whole).Within(5).Percent, "means over the grid are those over the plane as far as a sum over points is an integral");
            }
        double volume = 0, warmth = 0;
        ReferenceCells cells = samples.Cells!;
        for (int cell = 0; cell < cells.Region.Length; cell++)
        {
            volume += cells.Geometry[(ReferenceCells.Coordinates * cell) + 3];
            warmth += cells.Geometry[(ReferenceCells.Coordinates * cell) + 3] * cells.Temperature[(cell * cells.Moments) + cells.Moments - 1];
        }
        Span<double> sums = [volume, warmth];
        Communicator.World.Allreduce(sums, Operation.Sum);
        Assert.That(sums[1] / sums[0], Is.EqualTo(samples["curves/mean_temperature"][plan.CurveOf(samples.Moments - 1)]).Within(1e-6));
    }

    /// <summary>Samples do not hang on how the mesh is divided.</summary>
    [Test]
    [Category("Mpi")]
    public void AnyNumberOfRanksSamplesTheSame()
    {
        SimulationCase simulation = Stack(-1) with { Solver = Stack(-1).Solver with { FixedSteps = [1, 20] } };
        SamplePlan plan = SamplePlan.Of(simulation, 2, 1);
        RunTrace together = RunTrace.Of(simulation, Communicator.World, plan.Times, () => false, plan), alone = RunTrace.Of(simulation, Communicator.Self, plan.Times, () => false, plan);
        foreach (SampledQuantity quantity in together.Samples!.Quantities)
        {
            double[] ours = together.Samples.Values[quantity.Path], theirs = alone.Samples!.Values[quantity.Path];
            double scale = theirs.Where(double.IsFinite).Select(Math.Abs).Max();
            for (int i = 0; i < ours.Length; i++)
                Assert.That(double.IsNaN(ours[i]) == double.IsNaN(theirs[i]) && !(Math.Abs(ours[i] - theirs[i]) > 1e-6 * scale), Is.True, $"{quantity.Path} {i}: {ours[i]} and {theirs[i]}");
        }
    }

    /// <summary>Error bars come with every dataset, cover a far finer run, and the file holds what docs/reference-pack.md says.</summary>
    [Test]
    [Category("Slow")]
    public void ErrorBarsOfMapsCoverAFinerRun()
    {
        SimulationCase simulation = TestCases.Pouch("Initial state.SOC=0.8", "Thermal.Initial temperature=303", "Protocol.Steps=[\"Discharge at 1C for 900 s\"]",
            "Mesh.Cells along width=10", "Mesh.Cells along height=12", "Mesh.Cells along tab=4", "Mesh.Cells through.Negative electrode=10", "Mesh.Cells through.Separator=6", "Mesh.Cells through.Positive electrode=10", "Mesh.Grading=1");
        SamplePlan plan = SamplePlan.Of(simulation, 3, 3);
        RefinementStudy study = RefinementStudy.Of(simulation, Communicator.World, (_, _) => { }, () => false, plan)!;
        SolverSettings solver = simulation.Solver;
        SimulationCase fine = simulation with
        {
            Mesh = simulation.Mesh with { CellsAlongWidth = 30, CellsAlongHeight = 36, CellsAlongTab = 12, CellsThrough = [.. simulation.Mesh.CellsThrough.Select(cells => cells > 1 ? 3 * cells : 1)], ParticleModes = 24 },
            Solver = solver with { RelativeTolerance = 1e-5, ConcentrationTolerance = 1e-2, StoichiometryTolerance = 1e-6, TemperatureTolerance = 1e-5, VoltageTolerance = 1e-6 },
        };
        ReferenceSamples truth = RunTrace.Of(fine, Communicator.World, plan.Times, () => false, plan).Samples!;
        long known = 0, covered = 0, values = 0;
        foreach (SampledQuantity quantity in study.Base.Samples!.Quantities)
        {
            double[] ours = study.Base.Samples.Values[quantity.Path], bars = study.Errors(quantity), theirs = truth.Values[quantity.Path];
            (long knownHere, long coveredHere, long valuesHere, double worst) = (0, 0, 0, 0);
            for (int i = 0; i < ours.Length; i++)
            {
                valuesHere += double.IsNaN(ours[i]) ? 0 : 1;
                knownHere += double.IsNaN(bars[i]) ? 0 : 1;
                coveredHere += Math.Abs(ours[i] - theirs[i]) <= bars[i] ? 1 : 0;
                worst = double.IsNaN(bars[i]) ? worst : Math.Max(worst, Math.Abs(ours[i] - theirs[i]) / bars[i]);
            }
            TestContext.Out.WriteLine($"{quantity.Path,-40} {valuesHere,7} values, {100.0 * knownHere / Math.Max(1, valuesHere):F0} % known, {100.0 * coveredHere / Math.Max(1, knownHere):F1} % of these covered, worst error {worst:F2} bars");
            (known, covered, values) = (known + knownHere, covered + coveredHere, values + valuesHere);
        }
        TestContext.Out.WriteLine($"{covered} of {known} known bars cover ({100.0 * covered / known:F1} %), of {values} values {100.0 * known / values:F0} % have one");
        Assert.That(known, Is.GreaterThan(0.6 * values));
        Assert.That(covered, Is.GreaterThanOrEqualTo(0.95 * known));
    }

    private static SimulationCase Stack(double rate)
    {
        SimulationCase one = TestCases.Pouch($"Initial state.SOC={(rate < 0 ? "0.8" : "0.2")}", "Thermal.Initial temperature=306",
            $"Protocol.Steps=[\"Rest for 5 s\", \"{(rate < 0 ? "Discharge" : "Charge")} at {FormattableString.Invariant($"{Math.Abs(rate)}")}C for 195 s\"]", "Mesh.Cells through.Negative electrode=2", "Mesh.Cells through.Positive electrode=2");
        return one with { Geometry = one.Geometry with { ElectrodePairs = 3 }, Protocol = one.Protocol with { CurrentShare = 3 * one.Protocol.CurrentShare } };
    }
}
