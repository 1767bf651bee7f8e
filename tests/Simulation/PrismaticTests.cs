using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Stacks in a can.</summary>
[Category("Mpi")]
public class PrismaticTests
{
    /// <summary>Volumes, surfaces, mass and heat capacity of the can are in the figures of the case.</summary>
    [Test]
    public void FiguresHoldTheCan()
    {
        SimulationCase simulation = TestCases.Prismatic(2);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        double capacity = Enumerable.Range(0, mesh.CellCount).Where(cell => !mesh.Kind(cell).IsTab()).Sum(cell => mesh.Volume[cell] * Thermal(mesh, simulation, cell).VolumetricHeatCapacity(300));
        Assert.That(HeatCapacityCheck.OfLayers(simulation.Geometry, simulation.Layers, 300), Is.EqualTo(capacity).Within(1e-12 * capacity));
        double area = mesh.Boundaries.Where(face => face.IsOuter).Sum(face => face.Area);
        Assert.That(OuterSurface.Area(simulation) * simulation.Part.Share, Is.EqualTo(area).Within(1e-12 * area));
        ((double From, double To) x, (double From, double To) y, (double From, double To) z) = simulation.Geometry.Extents(simulation.Layers);
        Assert.That(2 * (((x.To - x.From) * (y.To - y.From)) + ((x.To - x.From) * (z.To - z.From)) + ((y.To - y.From) * (z.To - z.From))), Is.EqualTo(area).Within(1e-12 * area));
    }

    /// <summary>Wherever it is cooled, heat passes the can, and charge and energy are conserved.</summary>
    [TestCase("Bottom edge")]
    [TestCase("Negative face")]
    [TestCase("All surfaces")]
    public void HeatLeavesThroughTheCan(string surface)
    {
        using CellRun run = new(TestCases.Prismatic(2, $"Thermal.Cooling.{surface}.Heat transfer coefficient=400", "Tabs.Negative.Terminal thermal resistance=3"), Communicator.World);
        run.Start(-2 * run.OneC);
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32 })
            run.Step(step);
        Balance balance = run.Report();
        Assert.That(balance.SumOf(Totals.HeatLost), Is.Not.Zero);
        Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(balance.SumOf(Balance.Losses) + balance["Reversible heat"]).Within(1e-7 * Math.Abs(balance["Enthalpy, rate"])));
        Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(2 * run.OneC).Within(1e-8 * run.OneC));
    }

    /// <summary>An adiabatic can of a good conductor around narrow gaps warms up with the layers as one body that stores all heat; tabs, which touch foils alone, follow.</summary>
    [Test]
    public void AnAdiabaticCanWarmsUpAsOneBody()
    {
        SimulationCase simulation = TestCases.Prismatic(2, "Can.Gap conductivity=1000", "Can.Thermal conductivity=4e3", "Thermal.Initial temperature=300");
        using CellRun run = new(simulation, Communicator.World);
        run.Start(-run.OneC);
        double[] start = run.Whole(Field.Temperature);
        double before = run.Report()["Enthalpy"];
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32, 32, 32 })
        {
            run.Step(step);
            Balance balance = run.Report();
            Assert.That(balance["Enthalpy, rate"], Is.EqualTo(balance.SumOf(Balance.Losses) + balance["Reversible heat"]).Within(1e-7 * Math.Abs(balance["Enthalpy, rate"])));
        }
        double[] temperature = run.Whole(Field.Temperature);
        double capacity = HeatCapacityCheck.OfLayers(simulation.Geometry, simulation.Layers, 300) + simulation.Geometry.Tabs().Sum(tab => tab.Length * tab.Width * tab.Thickness * tab.Thermal.VolumetricHeatCapacity(300));
        double rise = (run.Report()["Enthalpy"] - before) / capacity;
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double[] rises = [.. Enumerable.Range(0, mesh.CellCount).Where(cell => !mesh.Kind(cell).IsTab()).Select(cell => temperature[cell] - start[cell])];
        (double least, double most) = (rises.Min(), rises.Max());
        TestContext.Out.WriteLine($"{rise:f4} K in the mean, {least:f4} to {most:f4} K");
        Assert.That(rise, Is.InRange(least, most).And.Positive);
        Assert.That(most - least, Is.LessThan(0.03 * rise));
    }

    /// <summary>A plate on a big wall may reach over the stack onto the margins of the can: its area is exact on any mesh. Narrow walls, base and cap take no patches.</summary>
    [Test]
    public void APlateLiesOnAWall()
    {
        SimulationCase simulation = TestCases.Prismatic(1, "Thermal.Cooling.Patches.plate.Surface=Negative face", "Thermal.Cooling.Patches.plate.From=[-0.0013, -0.0011]", "Thermal.Cooling.Patches.plate.To=[0.0517, 0.1213]", "Thermal.Cooling.Patches.plate.Surface temperature=290");
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double area = CooledSurfaces.Shares(simulation.Thermal.Cooling, mesh).Sum(part => part.Share * part.Face.Area);
        Assert.That(area, Is.EqualTo(0.053 * 0.1224).Within(1e-12 * area));
        string outside = string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PrismaticSettings, "Thermal.Cooling.Patches.plate.Surface=Negative face", "Thermal.Cooling.Patches.plate.From=[-0.0016, 0]", "Thermal.Cooling.Patches.plate.To=[0.05, 0.1]", "Thermal.Cooling.Patches.plate.Surface temperature=290"]).Problems);
        Assert.That(outside, Does.Contain("leaves the surface"));
        Assert.That(string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PrismaticSettings, "Thermal.Cooling.Patches.plate.Surface=Left edge", "Thermal.Cooling.Patches.plate.From=[0, 0]", "Thermal.Cooling.Patches.plate.To=[1e-4, 0.1]", "Thermal.Cooling.Patches.plate.Heat flux=1"]).Problems),
            Does.Contain("the case has no such surface for a patch"));
    }

    [Test]
    public void EveryMistakeIsReported()
    {
        string text = string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PrismaticSettings, "Geometry.Electrode pairs=2", "Geometry.Corner radius=0.01", "Geometry.Symmetry=mid-plane", "Can.Outer diameter=0.02", "Can.Top gap=0.01", "Can.Face gap=-1",
            "Mesh.In-plane=triangular", "Thermal.Cooling.Side.Heat transfer coefficient=5", "Thermal.Cooling.Negative tab.Heat transfer coefficient=5"]).Problems);
        foreach (string expected in new[] { "a can holds all of the 1 pairs of the BPX file", "a can is around a rectangle", "a can is around the whole stack", "is that of a roll", "tab and lead reach 0.02 m from their edge, into the wall of the can", "Top gap [m]", "Can.Face gap [m]",
            "the walls of a can continue lines of the mesh", "a prismatic cell has no such surface", "tabs lie within the can" })
            Assert.That(text, Does.Contain(expected));
        string without = string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PouchSettings, "Geometry.Form=prismatic"]).Problems);
        Assert.That(without, Does.Contain("a prismatic cell needs it").And.Contain("a section Can"));
        string elsewhere = string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PouchSettings, "Can.Wall thickness=5e-4", "Tabs.Negative.Terminal thermal resistance=1"]).Problems);
        Assert.That(elsewhere, Does.Contain("a pouch has no can").And.Contain("there is no can to lead heat to"));
        string roll = string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.RollWithCan.Where(setting => !setting.StartsWith("Can.Outer", StringComparison.Ordinal)), "Can.Face gap=1e-3"]).Problems);
        Assert.That(roll, Does.Contain("Can.Outer diameter [m]").And.Contain("a roll needs it").And.Contain("the gap around a roll is what the outer diameter leaves"));
    }

    private static ThermalProperties Thermal(CellMesh mesh, SimulationCase simulation, int cell) => mesh.Kind(cell) == LayerKind.Casing
        ? simulation.Geometry.ThermalOf(mesh.Regions[mesh.Region[cell]].Name)!
        : simulation.Layer(mesh.Kind(cell))!.Material.Thermal;
}
