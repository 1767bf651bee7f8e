using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;
using Cell3D.Tests.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>One cell described in different ways behaves the same.</summary>
public class EquivalenceTests
{
    private const int Steps = 20;
    private const double Step = 30;

    [Test]
    public void NothingMovesAtRest([Values(false, true)] bool pouch)
    {
        SimulationCase simulation = pouch ? TestCases.Pouch("Initial state.SOC=0.5") : TestCases.Column("Initial state.SOC=0.5");
        using CellRun run = new(simulation);
        double voltage = run.Voltage, salt = simulation.Cell.Electrolyte.InitialConcentration;
        double[] stoichiometries = [.. run.Model.Particles.Select(p => p.SurfaceStoichiometry[0])];
        run.Start(0);
        for (double step = 1; run.Integrator.Time < 3600; step *= 1.5)
            run.Step(step);
        Assert.Multiple(() =>
        {
            Assert.That(run.Voltage, Is.EqualTo(voltage).Within(1e-13 * voltage));
            Assert.That(run.Model.Fields.Salt.Where(c => c > 0).Max(c => Math.Abs(c - salt)), Is.LessThan(1e-11 * salt));
            Assert.That(run.Model.Fields.Temperature.Max(Math.Abs), Is.LessThan(1e-11));
            for (int i = 0; i < stoichiometries.Length; i++)
            {
                double x = stoichiometries[i];
                Assert.That(run.Model.Particles[i].SurfaceStoichiometry.ToArray().Max(s => Math.Abs(s - x)), Is.LessThan(1e-14));
                Assert.That(run.Model.Particles[i].CurrentDensity.ToArray().Max(Math.Abs), Is.LessThan(1e-12));
            }
        });
    }

    [Test]
    public void TwoHalvesOfAMaterialEqualTheWhole()
    {
        SimulationCase whole = TestCases.ThermalColumn("Solver.Newton tolerance=1e-10");
        SimulationCase halves = whole.WithMaterials(m =>
        [
            m with { Name = "First half", SurfaceAreaPerVolume = 0.5 * m.SurfaceAreaPerVolume, ActiveVolumeFraction = 0.5 * m.ActiveVolumeFraction },
            m with { Name = "Second half", SurfaceAreaPerVolume = 0.5 * m.SurfaceAreaPerVolume, ActiveVolumeFraction = 0.5 * m.ActiveVolumeFraction },
        ]);
        (double[] expected, double[] actual) = (Voltages(whole), Voltages(halves));
        double worst = expected.Zip(actual, (a, b) => Math.Abs((b / a) - 1)).Max();
        TestContext.Out.WriteLine($"halves: {worst:e1}");
        Assert.That(worst, Is.LessThan(1e-12));
    }

    [Test]
    public void ARenumberedMeshGivesTheSameResult()
    {
        SimulationCase simulation = TestCases.Pouch();
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        CellMesh shuffled = mesh.Renumber(Meshes.Permutation(mesh.CellCount, 5));
        using CellRun first = Run(simulation, mesh), second = Run(simulation, shuffled);
        Assert.That(second.Voltage, Is.EqualTo(first.Voltage).Within(1e-11));
        AssertClose(second.Whole(Field.Temperature), first.Whole(Field.Temperature), 1e-9);
        AssertClose(second.Whole(Field.Salt), first.Whole(Field.Salt), 1e-7);
    }

    [Test]
    public void AUniformSolutionDoesNotSeeTheInPlaneMesh([Values("rectilinear", "graded", "triangular")] string plane)
    {
        const double width = 0.1, height = 0.12;
        SimulationCase column = OnlyFacesCooled(TestCases.ThermalColumn($"Geometry.Width={width}", $"Geometry.Height={height}"));
        PlaneMesh cells = plane switch
        {
            "triangular" => PlaneMesh.Triangular(width, height, 2),
            "graded" => PlaneMesh.Rectilinear(Grading.Geometric(0, width, 3, 5), Grading.Symmetric(0, height, 3, 2)),
            _ => PlaneMesh.Rectilinear(Grading.Uniform(0, width, 3), Grading.Uniform(0, height, 3)),
        };
        using CellRun one = Run(column, CaseMesh.Describe(column).Whole()), many = Run(column, MeshBuilder.Build(cells, CaseMesh.Stack(column), []));
        Assert.That(many.Voltage, Is.EqualTo(one.Voltage).Within(1e-11));
        double heating = one.Whole(Field.Temperature).Max();
        Assert.That(heating, Is.GreaterThan(0.1));
        Assert.That(many.Whole(Field.Temperature).Max(), Is.EqualTo(heating).Within(1e-9));
        Assert.That(many.Whole(Field.Temperature).Min(), Is.EqualTo(one.Whole(Field.Temperature).Min()).Within(1e-9));
    }

    [Test]
    public void PerfectCollectorsMakeAPouchOneDimensional()
    {
        (double goodVoltage, double goodHeating) = PouchMinusColumn("1e9");
        (double voltage, double heating) = PouchMinusColumn("1e11");
        TestContext.Out.WriteLine($"pouch − column: {goodVoltage:e2} V, {goodHeating:e2} K at 1e9 S/m; {voltage:e2} V, {heating:e2} K at 1e11 S/m");
        Assert.That(goodVoltage, Is.InRange(-1e-3, -1e-5), "the foils' resistance at 1e9 S/m");
        Assert.That(voltage, Is.EqualTo(goodVoltage / 100).Within(1e-8), "in inverse proportion to the conductivity, it is all that differs");
        Assert.That(heating, Is.EqualTo(goodHeating / 100).Within(1e-5));
    }

    /// <summary>Voltage and mean temperature after 300 s at 1C, adiabatic, tabs of zero length.</summary>
    private static (double Voltage, double Heating) PouchMinusColumn(string conductivity)
    {
        string[] foils =
        [
            $"Layers.Negative collector.Conductivity={conductivity}", $"Layers.Positive collector.Conductivity={conductivity}",
            "Geometry.Width=0.1", "Geometry.Height=0.12",
            "Mesh.Cells through.Negative electrode=4", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=4",
        ];
        string[] edgeTabs =
            ["Tabs.Negative.Length=0", "Tabs.Positive.Length=0", "Tabs.Negative.Contact resistance=0", "Tabs.Positive.Contact resistance=0"];
        SimulationCase column = Adiabatic(TestCases.ThermalColumn(foils)), pouch = Adiabatic(TestCases.Pouch([.. foils, .. edgeTabs]));
        using CellRun flat = Run(column, CaseMesh.Describe(column).Whole()), full = Run(pouch, CaseMesh.Describe(pouch).Whole());
        Assert.That(full.OneC, Is.EqualTo(flat.OneC).Within(1e-12));
        return (full.Voltage - flat.Voltage, Mean(full) - Mean(flat));
    }

    private static double Mean(CellRun run)
    {
        double[] temperature = run.Whole(Field.Temperature), volume = run.Model.Mesh.Volume;
        return temperature.Zip(volume, (t, v) => t * v).Sum() / volume.Sum();
    }

    private static SimulationCase OnlyFacesCooled(SimulationCase simulation) => simulation with
    {
        Thermal = simulation.Thermal with { Cooling = [.. simulation.Thermal.Cooling.Where(c => c.Surface is CellSurface.NegativeFace or CellSurface.PositiveFace)] },
    };

    private static SimulationCase Adiabatic(SimulationCase simulation) => simulation with { Thermal = simulation.Thermal with { Cooling = [] } };

    private static double[] Voltages(SimulationCase simulation)
    {
        using CellRun run = new(simulation);
        run.Start(-run.OneC);
        double[] voltages = new double[Steps];
        for (int i = 0; i < Steps; i++)
        {
            run.Step(Step);
            voltages[i] = run.Voltage;
        }
        return voltages;
    }

    private static CellRun Run(SimulationCase simulation, CellMesh mesh)
    {
        CellRun run = new(simulation, mesh: mesh);
        run.Start(-run.OneC);
        for (int i = 0; i < 10; i++)
            run.Step(Step);
        return run;
    }

    private static void AssertClose(double[] actual, double[] expected, double tolerance) =>
        Assert.That(actual.Zip(expected, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(tolerance));
}
