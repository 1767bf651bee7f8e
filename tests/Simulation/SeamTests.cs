using Cell3D.Discretization;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Pouch cells whose foil has a sealed rim.</summary>
[Category("Mpi")]
public class SeamTests
{
    private static readonly string[] Casings =
    [
        .. new[] { "Negative", "Positive" }.SelectMany(side => new[]
        {
            $"Layers.{side} casing.Thickness=1.5e-4", $"Layers.{side} casing.Density=1500", $"Layers.{side} casing.Specific heat capacity=1100",
            $"Layers.{side} casing.Thermal conductivity=0.4", $"Layers.{side} casing.In-plane thermal conductivity=60",
        }),
        "Mesh.Cells through.Negative casing=2",
    ];

    private static readonly string[] Rim = [.. Casings, "Geometry.Seam.Width=0.008", "Geometry.Seam.Top=0.012", "Geometry.Seam.Left=0"];

    /// <summary>Layers that hardly change their temperature.</summary>
    private static string[] Massive => [.. new[] { "Negative electrode", "Separator", "Positive electrode", "Negative collector", "Positive collector" }.SelectMany(layer => new[]
        { $"Layers.{layer}.Density=30000", $"Layers.{layer}.Specific heat capacity=1e5", $"Layers.{layer}.Thermal conductivity=200" }), "Layers.Negative casing.Thermal conductivity=200", "Layers.Positive casing.Thermal conductivity=200"];

    private static SimulationCase Pouch(params string[] settings) => TestCases.Pouch([.. Rim, .. settings]);

    /// <summary>A pouch that loses most of its heat through the rim.</summary>
    internal static SimulationCase Cooled() => Pouch("Thermal.Cooling.Seam.Heat transfer coefficient=80");

    /// <summary>Surfaces, mass and heat capacity of the rim are in the figures of the case, also of half a stack and of a share of a cell.</summary>
    [TestCase("Two cells across")]
    [TestCase("Symmetry")]
    [TestCase("Whole cell")]
    public void FiguresHoldTheSeam(string what)
    {
        SimulationCase simulation = what switch
        {
            "Symmetry" => Half(),
            "Whole cell" => Pouch("Thermal.Faces and casing refer to=whole cell"),
            _ => Pouch("Mesh.Cells across seam=2"),
        };
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        RegionMaterials materials = new(mesh, simulation);
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        int[] cells = [.. Enumerable.Range(0, mesh.CellCount).Where(cell => !mesh.Kind(cell).IsTab())];
        double capacity = cells.Sum(cell => mesh.Volume[cell] * materials[mesh.Region[cell]].Thermal.VolumetricHeatCapacity(300));
        Assert.That(HeatCapacityCheck.OfLayers(simulation.Geometry, simulation.Layers, 300), Is.EqualTo(capacity).Within(1e-12 * capacity));
        double mass = Enumerable.Range(0, mesh.CellCount).Sum(cell => mesh.Volume[cell] * materials[mesh.Region[cell]].Thermal.Density);
        Assert.That(CaseFigures.Of(simulation).SimulatedMass, Is.EqualTo(mass).Within(1e-12 * mass));
        double share = simulation.Thermal.FaceShare;
        double outer = mesh.Boundaries.Where(face => simulation.Geometry.Has(face.CoolingSurface) && !mesh.Kind(face.Cell).IsTab()).Sum(face =>
            face.Area * (face.CoolingSurface is CellSurface.NegativeFace or CellSurface.PositiveFace or CellSurface.Seam ? share : 1));
        // The figure counts edges where collectors go on in a tab.
        outer += simulation.Geometry.Tabs().Zip([LayerKind.NegativeCollector, LayerKind.PositiveCollector], (tab, foil) => tab.Width * simulation.Geometry.CopiesOf(simulation.Layer(foil)!) * simulation.Layer(foil)!.Thickness).Sum();
        Assert.That(OuterSurface.Area(simulation) * simulation.Part.Share, Is.EqualTo(outer).Within(1e-12 * outer));
        Assert.That(simulation.Thermal.Cooling.Select(entry => entry.Name), Does.Contain("Seam"));

        static SimulationCase Half()
        {
            CaseResult read = Samples.Load(Samples.Pouch(), [.. TestCases.Coarse, "Geometry.Electrode pairs=2", "Geometry.Symmetry=mid-plane", "Geometry.Seam.Width=0.008", "Thermal.Cooling.All surfaces.Heat transfer coefficient=5"]);
            return read.Case ?? throw new InvalidOperationException(string.Join('\n', read.Problems));
        }
    }

    /// <summary>Widths count from the edge of the overhang, and each foil of the rim is made of its casing.</summary>
    [Test]
    public void TheRimLiesAroundAnOverhang()
    {
        SimulationCase simulation = Pouch("Geometry.Overhang=0.001", "Layers.Positive casing.Density=2000", "Layers.Positive casing.Thickness=1.2e-4");
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        RegionMaterials materials = new(mesh, simulation);
        double found = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.Casing).Sum(cell => mesh.Volume[cell] * materials[mesh.Region[cell]].Thermal.Density);
        double expected = (((0.102 + 0.008) * (0.122 + 0.02)) - (2 * 0.025 * 0.012)) * ((1.5e-4 * 1500) + (1.2e-4 * 2000));
        Assert.That(found, Is.EqualTo(expected).Within(1e-12 * expected));
    }

    /// <summary>An adiabatic rim adds the heat capacity of its two foils, to round-off.</summary>
    [Test]
    public void AnAdiabaticRimAddsItsHeatCapacity()
    {
        double with = Rise(Pouch("Thermal.Initial temperature=300"), Pouch("Thermal.Initial temperature=301")), without = Rise(TestCases.Pouch([.. Casings, "Thermal.Initial temperature=300"]), TestCases.Pouch([.. Casings, "Thermal.Initial temperature=301"]));
        double area = ((0.1 + 0.008) * (0.12 + 0.02)) - (0.1 * 0.12) - (2 * 0.025 * 0.012), expected = area * 2 * 1.5e-4 * 1500 * 1100;
        Assert.That(with - without, Is.EqualTo(expected).Within(1e-9 * expected));

        static double Rise(SimulationCase cold, SimulationCase warm) => Enthalpy(warm) - Enthalpy(cold);

        static double Enthalpy(SimulationCase simulation)
        {
            using CellRun run = new(simulation, Communicator.World);
            run.Start(0);
            return run.Report()["Enthalpy"];
        }
    }

    /// <summary>Wherever heat leaves, charge and energy are conserved, and the rim lies between its casings and the air.</summary>
    [TestCase("All surfaces")]
    [TestCase("Seam")]
    public void HeatLeavesThroughTheSeam(string surface)
    {
        string[] cooling = surface == "Seam" ? ["Thermal.Cooling.All surfaces.Heat transfer coefficient=0"] : [];
        using CellRun run = new(Pouch([.. cooling, $"Thermal.Cooling.{surface}.Heat transfer coefficient=40", "Thermal.Initial temperature=310"]), Communicator.World);
        run.Start(-2 * run.OneC);
        double most = 0;
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32 })
        {
            run.Step(step);
            Balance balance = run.Report();
            most = Math.Max(most, balance.SumOf(Totals.HeatLost));
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(balance.SumOf(Balance.Losses) + balance["Reversible heat"]).Within(1e-7 * Math.Abs(balance["Enthalpy, rate"])));
            Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(2 * run.OneC).Within(1e-8 * run.OneC));
        }
        Assert.That(most, Is.GreaterThan(0.1));
    }

    /// <summary>A rim on the left of a cell that keeps its temperature is a fin, Q = 2 k t H m tanh(m L) θ with m² = h/(k t), behind half a column of casing.</summary>
    [Test]
    public void ASteadyRimIsAFin()
    {
        const double film = 40, thickness = 1.5e-4, conductivity = 60, length = 0.02, height = 0.12, start = 320, ambient = 300;
        SimulationCase simulation = TestCases.Pouch([.. Casings, .. Massive, "Geometry.Seam.Left=0.02", "Mesh.Cells across seam=40", "Thermal.Cooling.All surfaces.Heat transfer coefficient=0",
            "Thermal.Cooling.Seam.Heat transfer coefficient=40", "Thermal.Ambient temperature=300", "Thermal.Initial temperature=320", "Solver.Newton tolerance=1e-6"]);
        using CellRun run = new(simulation, Communicator.World);
        run.Start(0);
        double before = run.Whole(Field.Temperature)[0];
        foreach (double step in new[] { 0.5, 1, 2, 4, 8, 8, 8, 8, 8, 8, 8, 8 })
            run.Step(step);
        double m = Math.Sqrt(film / (conductivity * thickness)), section = 2 * thickness * height, half = CaseMesh.Plane(simulation).BoundaryEdges.First(edge => edge.Edge == CellEdge.Left).Distance;
        double expected = (start - ambient + run.Whole(Field.Temperature)[0] - before) * conductivity * section / ((1 / (m * Math.Tanh(m * length))) + half), found = run.Report().SumOf(Totals.HeatLost);
        TestContext.Out.WriteLine($"m L = {m * length:f3}, half a column {1e3 * half:f1} mm: {found:f5} W, fin {expected:f5} W, {(100 * found / expected) - 100:f3} %");
        Assert.That(found, Is.EqualTo(expected).Within(1e-3 * expected));
    }

    [Test]
    public void EveryMistakeIsReported()
    {
        Assert.That(Problems([.. TestCases.PouchSettings, "Geometry.Seam.Width=0.008"]), Does.Contain("Geometry.Seam").And.Contain("there is no negative casing").And.Contain("there is no positive casing").And.Contain("a section Layers.Negative casing"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Geometry.Seam.Top=-0.008"]), Does.Contain("Geometry.Seam.Top [m]").And.Contain("-0.008").And.Contain("0.1"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Geometry.Seam.Top=0"]), Does.Contain("no edge has a seam"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Geometry.Seam.Width=0.03"]), Does.Contain("Tabs.Negative.Length [m]").And.Contain("the seam there is 0.03 m wide").And.Contain("at least 0.03"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Geometry.Seam.Width=0.008", "Geometry.Corner radius=0.01"]), Does.Contain("lies around a rectangle, and there is Corner radius [m]"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Geometry.Seam.Width=0.008", "Mesh.In-plane=triangular"]), Does.Contain("carries on lines of the mesh"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Mesh.Cells across seam=3"]), Does.Contain("Mesh.Cells across seam").And.Contain("the case has no seam"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Casings, "Thermal.Cooling.Seam.Heat transfer coefficient=3"]), Does.Contain("Thermal.Cooling.Seam").And.Contain("no section Geometry.Seam"));
        Assert.That(Problems([.. TestCases.PrismaticSettings, .. Casings, "Geometry.Seam.Width=0.008"]), Does.Contain("a prismatic cell has no pouch foil"));
        Assert.That(Problems([.. Casings, "Geometry.Seam.Width=0.008"]), Does.Contain("a column has no pouch foil"));
        Assert.That(Problems([.. TestCases.RollWithCan, "Geometry.Seam.Width=0.008"]), Does.Contain("Geometry.Seam").And.Contain("concerns the ends of flat layers"));
        Assert.That(Problems([.. TestCases.PouchSettings, .. Rim, "Thermal.Cooling.Patches.p.Surface=Seam", "Thermal.Cooling.Patches.p.From=[0, 0]", "Thermal.Cooling.Patches.p.To=[0.01, 0.01]", "Thermal.Cooling.Patches.p.Heat flux=1"]), Does.Contain("the case has no such surface for a patch"));

        static string Problems(string[] settings) => string.Join('\n', Samples.Load(Samples.Column(), settings).Problems);
    }
}
