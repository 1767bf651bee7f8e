using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Cells of several electrode pairs that share their collectors.</summary>
[Category("Mpi")]
public class StackTests
{
    /// <summary>In surroundings that do not tell one pair from another, N pairs are N times one: voltage, currents, temperatures, lithium, heat.</summary>
    /// <remarks>Foils conduct heat so well that it does not matter whether the one cell through them ends at half the foil, as in one pair, or not.</remarks>
    [TestCase(2, -2.0)]
    [TestCase(3, -1.0)]
    [TestCase(3, 1.5)]
    public void ManyPairsAreManyTimesOne(int pairs, double rate)
    {
        using CellRun one = new(Stack(1), Communicator.World), many = new(Stack(pairs), Communicator.World);
        foreach (CellRun run in new[] { one, many })
        {
            run.Start(rate * run.OneC);
            Go(run);
        }
        Assert.That(many.OneC, Is.EqualTo(pairs * one.OneC).Within(1e-14 * many.OneC));
        Assert.That(many.Voltage, Is.EqualTo(one.Voltage).Within(1e-9));
        Balance ofOne = one.Report(), ofMany = many.Report();
        foreach ((string name, _) in ofOne.Quantities.Where(quantity => quantity.Unit is "mol" or "J" or "W" or "A" && ofMany.Slot(quantity.Name) >= 0))
            Assert.That(ofMany[name], Is.EqualTo(pairs * ofOne[name]).Within(1e-8 * Scale(name, ofMany)), name);
        foreach (LayerKind kind in new[] { LayerKind.NegativeElectrode, LayerKind.PositiveElectrode })
            for (int pair = 1; pair <= pairs; pair++)
                foreach (string quantity in new[] { InterfaceBalance.ReactionCurrent, InterfaceBalance.ReactionHeat, InterfaceBalance.ChemicalPower, ReactingParticles.SurfacePower, ReactingParticles.MeanPower })
                    Assert.That(ofMany[CellGroups.PartOf(quantity, $"{kind.Name()} {pair}")], Is.EqualTo(ofOne[CellGroups.PartOf(quantity, kind.Name())]).Within(1e-9 * many.OneC), $"{quantity}, {kind.Name()} {pair}");
        double[] temperature = many.Whole(Field.Temperature);
        Assert.That(temperature.Max() - temperature.Min(), Is.GreaterThan(1e-4), "heat is released unevenly");
    }

    /// <summary>Cooled on one side, the layers differ as they must: the warm pairs carry more of a discharge, lithium and energy are conserved.</summary>
    [Test]
    public void PairsFarFromAColdPlateAreWarmer()
    {
        SimulationCase simulation = Stack(4, "Thermal.Cooling.Negative face.Heat transfer coefficient=2000");
        using CellRun run = new(simulation, Communicator.World);
        run.Start(-3 * run.OneC);
        double[] before = Lithium(run);
        Go(run);
        double[] after = Lithium(run);
        Assert.That(after[0], Is.EqualTo(before[0]).Within(1e-12 * before[0]));
        double[] temperature = run.Whole(Field.Temperature);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double[] means = [.. mesh.Regions.Select((region, i) => (region, i)).Where(entry => entry.region.Kind == LayerKind.Separator)
            .Select(entry => Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Region[cell] == entry.i).Average(cell => temperature[cell]))];
        Assert.That(means, Is.Ordered.Ascending);
        Assert.That(means[^1] - means[0], Is.GreaterThan(0.02));
        Balance balance = run.Report();
        Assert.That(Math.Abs(balance["Reaction current: Negative electrode 4"]), Is.GreaterThan(Math.Abs(balance["Reaction current: Negative electrode 1"])));
        Assert.That(Enumerable.Range(1, 4).Sum(pair => balance[$"Reaction current: Negative electrode {pair}"]), Is.EqualTo(3 * run.OneC).Within(1e-8 * run.OneC));
    }

    /// <summary>Volumes and areas of the layers in closed form; inner foils are those of two pairs.</summary>
    [Test]
    public void LayersHaveTheirVolumes([Values(1, 2, 5)] int pairs)
    {
        SimulationCase simulation = Stack(pairs);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double area = simulation.Geometry.Area;
        foreach (CellLayer layer in simulation.Layers)
        {
            double volume = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == layer.Kind).Sum(cell => mesh.Volume[cell]);
            Assert.That(volume, Is.EqualTo(pairs * area * layer.Thickness).Within(1e-12 * volume), layer.Name);
            int regions = mesh.Regions.Count(region => region.Kind == layer.Kind);
            Assert.That(regions, Is.EqualTo(layer.Kind == LayerKind.NegativeCollector ? (pairs / 2) + 1 : layer.Kind == LayerKind.PositiveCollector ? (pairs + 1) / 2 : pairs));
        }
        Assert.That(simulation.StackThickness, Is.EqualTo(mesh.Extrusion.Levels[..(1 + mesh.Region.Where((_, cell) => mesh.Column[cell] == 0).Count())].Max()).Within(1e-12));
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
    }

    /// <summary>The depth in a layer counts from the same side of every pair, however it lies.</summary>
    [Test]
    public void DepthTurnsRoundWithThePair()
    {
        string[] graded = ["Variation.Negative electrode.Porosity=0.6 + 0.4*depth", "Variation.Positive electrode.Porosity=1 - 0.2*depth", "Variation.Separator.Porosity=0.9 + 0.1*depth"];
        using CellRun one = new(Stack(1, graded), Communicator.World), many = new(Stack(3, graded), Communicator.World);
        foreach (CellRun run in new[] { one, many })
        {
            run.Start(-2 * run.OneC);
            Go(run);
        }
        Assert.That(many.Voltage, Is.EqualTo(one.Voltage).Within(1e-9));
    }

    /// <summary>An expression knows the pair: what is closed in the second of three leaves its current to the others.</summary>
    [Test]
    public void VariationsKnowThePair()
    {
        using CellRun run = new(Stack(3, "Variation.Separator.Transport efficiency=1 - 0.9999*(1 - abs(pair - 2))"), Communicator.World);
        run.Start(-1 * run.OneC);
        Balance balance = run.Report();
        double first = balance["Reaction current: Negative electrode 1"], second = balance["Reaction current: Negative electrode 2"], third = balance["Reaction current: Negative electrode 3"];
        Assert.That(second / first, Is.InRange(0, 0.1));
        // Outer and inner foils carry a little differently.
        Assert.That(third, Is.EqualTo(first).Within(1e-2 * first));
        Assert.That(first + second + third, Is.EqualTo(run.OneC).Within(1e-8 * run.OneC));
    }

    /// <summary>The cell of one pair with as many. Warm, away from every reference temperature; heat leaves by a cold plate, or nowhere: tabs of N pairs have the
    /// surface of one.</summary>
    private static SimulationCase Stack(int pairs, params string[] settings)
    {
        string thickness = FormattableString.Invariant($"{pairs * 2e-4}");
        SimulationCase pouch = TestCases.Pouch([
            "Mesh.Cells along width=3", "Mesh.Cells along height=3", $"Tabs.Negative.Thickness={thickness}", $"Tabs.Positive.Thickness={thickness}",
            "Layers.Negative collector.Thermal conductivity=5e3", "Layers.Positive collector.Thermal conductivity=5e3", "Thermal.Initial temperature=311", "Thermal.Ambient temperature=305", "Initial state.SOC=0.6", .. settings]);
        bool isPlate = settings.Any(setting => setting.Contains("face", StringComparison.Ordinal));
        return pouch with
        {
            Geometry = pouch.Geometry with { ElectrodePairs = pairs },
            Protocol = pouch.Protocol with { CurrentShare = pairs * pouch.Protocol.CurrentShare },
            Thermal = pouch.Thermal with
            {
                Cooling = [.. pouch.Thermal.Cooling.Where(cooling => isPlate && cooling.Surface == CellSurface.NegativeFace)],
            },
        };
    }

    private static void Go(CellRun run)
    {
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32, 32 })
            run.Step(step);
    }

    private static double[] Lithium(CellRun run) => [run.Report().SumOf(Totals.Lithium)];

    /// <summary>The measure of a quantity: its own size, or for small ones the power and current of the cell.</summary>
    private static double Scale(string name, Balance balance) => Math.Max(Math.Abs(balance[name]), 1e-3);
}
