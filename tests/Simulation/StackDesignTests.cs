using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using Cell3D.Simulation.Reports;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>How the layers of a stack end: overhang, outer foils and coatings, mid-plane; welds and several tabs.</summary>
[Category("Mpi")]
public class StackDesignTests
{
    private const double Overhang = 2e-3;

    /// <summary>The mid-plane of a symmetric stack: half of it carries half the current at the same voltage and temperatures.</summary>
    [TestCase(4, -2.0)]
    [TestCase(6, 1.5)]
    public void HalfAStackIsHalfOfAllOfIt(int pairs, double rate)
    {
        // Coefficients that warm the middle; the strips of half a stack have half the thickness, and their big faces are not cooled.
        string[] cooling = ["Thermal.Cooling.Negative face.Heat transfer coefficient=300", "Thermal.Cooling.Top edge.Heat transfer coefficient=20"];
        SimulationCase all = Stack(pairs, new(), [.. cooling, "Thermal.Cooling.Positive face.Heat transfer coefficient=300"]);
        SimulationCase half = Stack(pairs / 2, new(Symmetry: StackSymmetry.MidPlane), cooling);
        using CellRun whole = new(all, Communicator.World), part = new(half, Communicator.World);
        foreach (CellRun run in new[] { whole, part })
        {
            run.Start(rate * run.OneC);
            Go(run);
        }
        Assert.That(part.OneC, Is.EqualTo(0.5 * whole.OneC).Within(1e-14 * whole.OneC));
        Assert.That(part.Voltage, Is.EqualTo(whole.Voltage).Within(1e-8));
        Balance ofWhole = whole.Report(), ofPart = part.Report();
        for (int pair = 1; pair <= pairs / 2; pair++)
            Assert.That(ofPart[$"Reaction current: Negative electrode{(pairs == 2 ? "" : $" {pair}")}"], Is.EqualTo(ofWhole[$"Reaction current: Negative electrode {pair}"]).Within(1e-7 * whole.OneC));
        double[] wholeTemperature = whole.Whole(Field.Temperature), partTemperature = part.Whole(Field.Temperature);
        Assert.That(partTemperature.Max(), Is.EqualTo(wholeTemperature.Max()).Within(1e-6));
        Assert.That(partTemperature.Min(), Is.EqualTo(wholeTemperature.Min()).Within(1e-6));
        Assert.That(partTemperature.Max() - partTemperature.Min(), Is.GreaterThan(1e-2));
    }

    [Test]
    public void LayersEndWhereTheDesignSays([Values(2, 3)] int pairs, [Values] OuterFoils foils, [Values] OuterCoating coating, [Values(0, Overhang)] double overhang)
    {
        SimulationCase simulation = Stack(pairs, new(overhang, foils, coating));
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        CellGeometry outline = simulation.Geometry;
        int negativeEnds = pairs % 2 == 0 ? 2 : 1, positiveEnds = 2 - negativeEnds;
        double inner = 0.1 * 0.12, outer = (0.1 + (2 * overhang)) * (0.12 + (2 * overhang));
        // The foil on its way to the tab.
        double tongue = overhang * 0.025;
        foreach (CellLayer layer in simulation.Layers)
        {
            bool positive = layer.Kind.Polarity() == Polarity.Positive;
            int ends = positive ? positiveEnds : negativeEnds;
            int copies = pairs + (layer.Kind.IsCollector() && foils == OuterFoils.Whole || layer.Kind.IsElectrode() && coating == OuterCoating.BothSides ? ends : 0);
            double area = positive ? inner + (layer.Kind.IsCollector() ? tongue : 0) : outer;
            double volume = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == layer.Kind).Sum(cell => mesh.Volume[cell]);
            Assert.That(volume, Is.EqualTo(copies * area * layer.Thickness).Within(1e-12 * volume), layer.Name);
            Assert.That(outline.CopiesOf(layer), Is.EqualTo(copies));
        }
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        Assert.That(CaseMesh.Size(simulation).Regions.Select(region => region.Cells), Is.EqualTo(mesh.Regions.Select((_, i) => mesh.Region.LongCount(region => region == i))));
        Assert.That(MeshStatistics.Of(CaseMesh.Describe(simulation)).Faces, Is.EqualTo(mesh.Faces.Length));
    }

    /// <summary>What reaches beyond the other electrode, in the plane or outside, keeps lithium and takes part slowly: balances close, on any number of ranks.</summary>
    [TestCase(Overhang, OuterCoating.InnerSide)]
    [TestCase(Overhang, OuterCoating.BothSides)]
    [TestCase(0, OuterCoating.BothSides)]
    public void WhatFacesNoOtherElectrodeIsInTheBalances(double overhang, OuterCoating coating)
    {
        SimulationCase simulation = Stack(2, new(overhang, OuterFoils.Whole, coating), ["Solver.Newton tolerance=1e-10"]);
        double[] alone = Run(Communicator.Self), together = Run(Communicator.World);
        for (int i = 0; i < alone.Length; i++)
            Assert.That(together[i], Is.EqualTo(alone[i]).Within(1e-9 * Math.Abs(alone[i])));

        double[] Run(Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(-2 * run.OneC);
            double before = run.Report().SumOf(Totals.Lithium);
            Go(run);
            Balance balance = run.Report();
            Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(before).Within(1e-12 * before));
            Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(2 * run.OneC).Within(1e-8 * run.OneC));
            Assert.That(balance.SumOf(Totals.PositiveTransfer), Is.EqualTo(-2 * run.OneC).Within(1e-8 * run.OneC));
            if (coating == OuterCoating.BothSides)
                Assert.That(Math.Abs(balance["Reaction current: Outer negative electrode"]), Is.LessThan(1e-6 * run.OneC), "no electrolyte leads to it");
            return [run.Voltage, run.Whole(Field.Temperature).Max(), balance["Reaction current: Negative electrode 1"]];
        }
    }

    /// <summary>Where current and potential are uniform over a weld, it adds R I to the voltage and R I² to the heat.</summary>
    [TestCase(1, -1.0)]
    [TestCase(3, 2.0)]
    public void AWeldAddsItsResistance(int pairs, double rate)
    {
        const double resistance = 1e-3;
        string[] strip = ["Mesh.Cells along width=1", "Tabs.Negative.Width=0.1", "Tabs.Negative.Centre=0.05", "Tabs.Positive.Edge=bottom", "Tabs.Positive.Width=0.1", "Tabs.Positive.Centre=0.05", "Thermal.Model=isothermal"];
        SimulationCase plain = Stack(pairs, new(), strip), welded = Stack(pairs, new(), [.. strip, $"Tabs.Negative.Weld resistance={resistance:R}"]);
        using CellRun without = new(plain, Communicator.World), with = new(welded, Communicator.World);
        without.Start(rate * without.OneC);
        with.Start(rate * with.OneC);
        double current = rate * with.OneC;
        // The cell of these tests brings whole foils: N pairs have N of them in parallel.
        double expected = resistance / pairs * current;
        Assert.That(with.Voltage - without.Voltage, Is.EqualTo(expected).Within(1e-7 * Math.Abs(expected)));
        Assert.That(Ohmic(with) - Ohmic(without), Is.EqualTo(expected * current).Within(1e-7 * expected * current));

        static double Ohmic(CellRun run) => run.Report() is var balance ? balance["Contact heat"] + balance["Electronic ohmic heat"] : 0;
    }

    /// <summary>A lead as wide as its tab adds l/(σ w t) and its weld to the voltage, and the heat of both; the mesh and the outer surface have its shape.</summary>
    [TestCase(1, -1.0)]
    [TestCase(3, 2.0)]
    public void ALeadAddsItsResistance(int pairs, double rate)
    {
        const double length = 0.05, thickness = 3e-4, conductivity = 2e7, weld = 2e-4;
        string[] strip = ["Mesh.Cells along width=1", "Tabs.Negative.Width=0.1", "Tabs.Negative.Centre=0.05", "Tabs.Positive.Edge=bottom", "Tabs.Positive.Width=0.1", "Tabs.Positive.Centre=0.05", "Thermal.Model=isothermal"];
        string[] lead = [FormattableString.Invariant($"Tabs.Negative.Lead.Length={length}"), FormattableString.Invariant($"Tabs.Negative.Lead.Thickness={thickness}"), FormattableString.Invariant($"Tabs.Negative.Lead.Conductivity={conductivity}"), FormattableString.Invariant($"Tabs.Negative.Lead.Weld resistance={weld}"), "Tabs.Negative.Contact resistance=0"];
        SimulationCase plain = Stack(pairs, new(), [.. strip, lead[^1]]), longer = Stack(pairs, new(), [.. strip, .. lead]);
        using CellRun without = new(plain, Communicator.World), with = new(longer, Communicator.World);
        without.Start(rate * without.OneC);
        with.Start(rate * with.OneC);
        double current = rate * with.OneC, expected = ((length / (conductivity * 0.1 * thickness)) + weld) * current;
        Assert.That(with.Voltage - without.Voltage, Is.EqualTo(expected).Within(1e-7 * Math.Abs(expected)));
        Assert.That(Ohmic(with) - Ohmic(without), Is.EqualTo(expected * current).Within(1e-7 * expected * current));

        static double Ohmic(CellRun run) => run.Report() is var balance ? balance["Contact heat"] + balance["Electronic ohmic heat"] : 0;
    }

    /// <summary>At a uniform current tab and lead release I² l/(σ w t), half of the weld between them, the tab also half of the welds of the foils and the lead the contact of the terminal; and `info` tells the same resistance.</summary>
    [TestCase(1, -1.0)]
    [TestCase(2, 2.0)]
    public void TabsAndLeadsReleaseTheirHeat(int pairs, double rate)
    {
        const double weld = 2e-4, foilWeld = 1e-3, contact = 3e-9;
        SimulationCase simulation = Stack(pairs, new(),
        [
            "Mesh.Cells along width=1", "Tabs.Negative.Width=0.1", "Tabs.Negative.Centre=0.05", "Tabs.Positive.Edge=bottom", "Tabs.Positive.Width=0.1", "Tabs.Positive.Centre=0.05",
            "Tabs.Negative.Lead.Length=0.05", "Tabs.Negative.Lead.Thickness=3e-4", "Tabs.Negative.Lead.Conductivity=2e7", FormattableString.Invariant($"Tabs.Negative.Lead.Weld resistance={weld}"),
            FormattableString.Invariant($"Tabs.Negative.Weld resistance={foilWeld}"), FormattableString.Invariant($"Tabs.Negative.Contact resistance={contact}"), "Solver.Newton tolerance=1e-10",
        ]);
        using CellRun run = new(simulation, Communicator.World);
        run.Start(rate * run.OneC);
        StripRecord strips = new(run.Model, Communicator.World);
        double[] heat = new double[strips.Columns.Count];
        strips.Take(heat);
        Tab tab = simulation.Geometry.NegativeTab!;
        double square = rate * run.OneC * rate * run.OneC;
        double foils = foilWeld * tab.Weld!.FoilThickness / (simulation.Geometry.CopiesOf(simulation.Layer(LayerKind.NegativeCollector)!) * simulation.Layer(LayerKind.NegativeCollector)!.Thickness);
        double ofTab = (tab.Length / (tab.Conductivity * tab.Width * tab.Thickness)) + (0.5 * weld), ofLead = (0.05 / (2e7 * 0.1 * 3e-4)) + (0.5 * weld) + (contact / (0.1 * 3e-4));
        Assert.That(strips.Columns.Select(column => column.Header), Is.EqualTo(new[] { "Negative tab: heat released / W", "Positive tab: heat released / W", "Negative lead: heat released / W" }));
        Assert.That(heat[0], Is.EqualTo(square * (ofTab + (0.5 * foils))).Within(1e-7 * heat[0]));
        Assert.That(heat[2], Is.EqualTo(square * ofLead).Within(1e-7 * heat[2]));
        double told = ResistanceEstimate.Of(simulation).Where(item => item.Place is "Negative tab" or "Negative lead").Sum(item => item.AreaResistance) / (simulation.Geometry.Area * pairs);
        Assert.That(told, Is.EqualTo(ofTab + foils + ofLead).Within(1e-12));
    }

    /// <summary>What is wrong with a lead is told with its key, its value and what is allowed.</summary>
    [TestCase("Tabs.Negative.Lead.Length=0", "Tabs.Negative.Lead.Length [m]", "0", "1e-6 to 100")]
    [TestCase("Tabs.Negative.Lead.Length=-0.1", "Tabs.Negative.Lead.Length [m]", "-0.1", "1e-6 to 100")]
    [TestCase("Tabs.Negative.Lead.Width=0", "Tabs.Negative.Lead.Width [m]", "0", "1e-6 to 100")]
    [TestCase("Tabs.Negative.Lead.Thickness=1", "Tabs.Negative.Lead.Thickness [m]", "1", "1e-6 to 0.1")]
    [TestCase("Tabs.Negative.Lead.Weld resistance=2", "Tabs.Negative.Lead.Weld resistance [Ohm]", "2", "0 to 1")]
    [TestCase("Tabs.Negative.Lead.Weld thermal resistance=-1", "Tabs.Negative.Lead.Weld thermal resistance [K.W-1]", "-1", "0 to 1000000")]
    [TestCase("Tabs.Negative.Lead.Conductivity=0", "Tabs.Negative.Lead.Conductivity [S.m-1]", "0", "1 to 1000000000000")]
    [TestCase("Tabs.Negative.Length=0", "Tabs.Negative.Lead", "there is no strip to carry on", "Length [m] of the tab above 0")]
    public void MistakesOfLeadsAreReported(string setting, string key, string value, string allowed)
    {
        CaseResult result = Samples.Load(Samples.Column(), [.. TestCases.PouchSettings, "Tabs.Negative.Lead.Thickness=1e-3", "Tabs.Negative.Lead.Length=0.02", setting]);
        string problem = string.Join('\n', result.Problems.Where(problem => problem.Path == key));
        TestContext.Out.WriteLine(problem);
        Assert.That(result.Case, Is.Null);
        Assert.That(problem, Does.Contain(key).And.Contain(value).And.Contain(allowed).And.Contain("allowed"));
    }

    /// <summary>Leads of neighbouring tabs must not overlap, and a lead needs its length.</summary>
    [TestCase("Tabs.Negative.Further centres=[0.052]", "leads of one side overlap")]
    [TestCase("Tabs.Negative.Lead.Width=0.09", "overlaps with the negative tab")]
    public void LeadsLieSideBySide(string setting, string words) => Assert.That(
        string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PouchSettings, "Tabs.Negative.Lead.Length=0.02", "Tabs.Negative.Lead.Width=0.03", setting]).Problems), Does.Contain(words));

    [Test]
    public void ALeadNeedsItsLength() => Assert.That(
        string.Join('\n', Samples.Load(Samples.Column(), [.. TestCases.PouchSettings, "Tabs.Negative.Lead.Width=0.03"]).Problems), Does.Contain("Tabs.Negative.Lead.Length [m]"));

    /// <summary>Leads narrower and wider than their tabs: area, volume and terminal are those of the shapes; charge and energy are conserved on any number of ranks.</summary>
    [Test]
    public void LeadsOfOtherWidthsAreInTheBalances()
    {
        string[] leads = ["Tabs.Negative.Lead.Length=0.03", "Tabs.Negative.Lead.Width=0.03", "Tabs.Negative.Lead.Thickness=1e-3", "Tabs.Negative.Lead.Thermal conductivity=200", "Tabs.Positive.Lead.Length=0.04", "Tabs.Positive.Lead.Width=0.01", "Tabs.Positive.Lead.Weld thermal resistance=2", "Tabs.Positive.Lead.Weld resistance=1e-4"];
        SimulationCase simulation = Stack(2, new(), [.. leads, "Solver.Newton tolerance=1e-10"]);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        Tab negative = simulation.Geometry.NegativeTab!;
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        Assert.That(Area(CellSurface.NegativeTab, face => face.CoolingSurface), Is.EqualTo((2 * 0.02 * (0.025 + negative.Thickness)) + (2 * 0.03 * (0.03 + 1e-3)) + (0.005 * 1e-3) + (0.03 * 1e-3)).Within(1e-12), "with the terminal");
        Assert.That(Area(CellSurface.PositiveTab, face => face.CoolingSurface), Is.EqualTo((2 * 0.02 * (0.025 + 4e-4)) + (2 * 0.04 * (0.01 + 4e-4)) + (0.015 * 4e-4) + (0.01 * 4e-4)).Within(1e-12));
        Assert.That(Area(CellSurface.NegativeTerminal, face => face.Surface), Is.EqualTo(0.03 * 1e-3).Within(1e-15));
        Assert.That(mesh.Regions.Where(region => region.Kind.IsTab()).Select(region => region.Name), Is.EqualTo(new[] { "Negative tab", "Positive tab", "Negative lead", "Positive lead" }));
        double[] alone = Run(Communicator.Self), together = Run(Communicator.World);
        for (int i = 0; i < alone.Length; i++)
            Assert.That(together[i], Is.EqualTo(alone[i]).Within(1e-9 * Math.Abs(alone[i])));

        double Area(CellSurface surface, Func<BoundaryFace, CellSurface> of) => mesh.Boundaries.Where(face => of(face) == surface).Sum(face => face.Area);

        double[] Run(Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(-2 * run.OneC);
            Go(run);
            Balance balance = run.Report();
            Assert.That(balance["Current: negative terminal"], Is.EqualTo(2 * run.OneC).Within(1e-8 * run.OneC));
            Assert.That(balance["Current: positive terminal"], Is.EqualTo(-2 * run.OneC).Within(1e-8 * run.OneC));
            double released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-7 * Math.Abs(released)));
            return [run.Voltage, run.Whole(Field.Temperature).Max(), run.Whole(Field.Temperature).Min()];
        }
    }

    /// <summary>Two tabs at a distance from the middle are one when the cell between them is cut: half of the cell with one tab.</summary>
    [Test]
    public void TwoTabsAreThoseOfTwoHalves()
    {
        string[] twice = ["Mesh.Cells along width=8", "Tabs.Negative.Centre=0.025", "Tabs.Negative.Further centres=[0.075]", "Tabs.Positive.Edge=bottom", "Tabs.Positive.Centre=0.025", "Tabs.Positive.Further centres=[0.075]"];
        string[] once = ["Geometry.Width=0.05", "Mesh.Cells along width=4", "Tabs.Negative.Centre=0.025", "Tabs.Positive.Edge=bottom", "Tabs.Positive.Centre=0.025"];
        using CellRun two = new(Stack(2, new(), twice), Communicator.World), one = new(Stack(2, new(), once), Communicator.World);
        foreach (CellRun run in new[] { two, one })
        {
            run.Start(-2 * run.OneC);
            Go(run);
        }
        Assert.That(two.OneC, Is.EqualTo(2 * one.OneC).Within(1e-12 * two.OneC));
        Assert.That(two.Voltage, Is.EqualTo(one.Voltage).Within(1e-9));
        Assert.That(two.Whole(Field.Temperature).Max(), Is.EqualTo(one.Whole(Field.Temperature).Max()).Within(1e-6));
    }

    internal static SimulationCase Stack(int pairs, StackDesign design, params string[] settings)
    {
        string thickness = FormattableString.Invariant($"{pairs * 2e-4}");
        SimulationCase pouch = TestCases.Pouch([
            "Mesh.Cells along width=4", "Mesh.Cells along height=3", $"Tabs.Negative.Thickness={thickness}", $"Tabs.Positive.Thickness={thickness}",
            "Thermal.Initial temperature=311", "Thermal.Ambient temperature=305", "Initial state.SOC=0.6", .. settings]);
        double share = pairs * pouch.Protocol.CurrentShare;
        return pouch with
        {
            Geometry = pouch.Geometry with { ElectrodePairs = pairs, Stack = design },
            Protocol = pouch.Protocol with { CurrentShare = share },
            Thermal = pouch.Thermal with
            {
                // Only what was asked for by name.
                Cooling = [.. pouch.Thermal.Cooling.Where(cooling => settings.Any(setting => setting.Contains(CellSurfaces.Names[(int)cooling.Surface], StringComparison.Ordinal)))],
            },
        };
    }

    private static void Go(CellRun run)
    {
        foreach (double step in new[] { 1.0, 2, 4, 8, 16, 32, 32 })
            run.Step(step);
    }
}
