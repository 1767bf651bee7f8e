using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Whole wound cells.</summary>
[Category("Mpi")]
public class RollTests
{
    private static readonly string[] Tabless = ["Winding.Negative terminal.Edge=bottom", "Winding.Positive terminal.Edge=top"];

    /// <summary>Wound around a large core, a roll without tabs is a flat strip of its electrode area, both sides together; in one turn each side has a negative foil of its own.</summary>
    [TestCase(-1.0, 300.0)]
    [TestCase(2.0, 310.0)]
    public void ALargeRadiusIsAFlatStrip(double rate, double temperature)
    {
        string[] common =
        [
            .. TestCases.Coarse, "Mesh.Cells through.Negative electrode=3", "Mesh.Cells through.Separator=2", "Mesh.Cells through.Positive electrode=3",
            "Layers.Negative collector.Thickness=1.2e-5", "Layers.Positive collector.Thickness=1.6e-5", "Initial state.SOC=0.5", FormattableString.Invariant($"Thermal.Initial temperature={temperature}"),
            "Geometry.Height=0.05", "Mesh.Cells along height=3", "Mesh.Refinement towards tabs=1",
        ];
        SimulationCase wound = Samples.Case(Samples.Column(), [.. common, "Geometry.Form=roll", "Winding.Core diameter=0.99", "Winding.Turns=1", .. Tabless, "Mesh.Cells per turn=3"]);
        string width = FormattableString.Invariant($"{wound.Part.Area / 0.05}");
        SimulationCase flat = Samples.Case(Samples.Column(),
        [
            .. common, "Layers.Negative collector.Thickness=2.4e-5", "Geometry.Form=pouch", $"Geometry.Width={width}", "Mesh.Cells along width=1",
            "Tabs.Negative.Edge=bottom", $"Tabs.Negative.Width={width}", "Tabs.Positive.Edge=top", $"Tabs.Positive.Width={width}",
        ]);
        using CellRun roll = new(wound, Communicator.World), strip = new(flat, Communicator.World);
        Assert.That(roll.OneC, Is.EqualTo(strip.OneC).Within(1e-9 * strip.OneC));
        foreach (CellRun run in new[] { roll, strip })
        {
            run.Start(rate * run.OneC);
            foreach (double step in new[] { 0.5, 2, 5, 10, 20 })
                run.Step(step);
        }
        TestContext.Out.WriteLine($"{roll.Voltage - strip.Voltage:e1} V");
        Assert.That(roll.Voltage, Is.EqualTo(strip.Voltage).Within(2e-7));
    }

    /// <summary>What enters a collector leaves it, and energy is conserved, however finely the foils are divided.</summary>
    [TestCase(1, -1.0)]
    [TestCase(3, 1.5)]
    public void ChargeAndEnergyAreConservedWithAnyCellsThroughTheFoils(int cells, double rate)
    {
        SimulationCase simulation = TestCases.Roll($"Mesh.Cells through.Negative collector={cells}", $"Mesh.Cells through.Positive collector={cells}", "Initial state.SOC=0.6", "Thermal.Initial temperature=306");
        using CellRun run = new(simulation, Communicator.World);
        run.Start(rate * run.OneC);
        double lithium = double.NaN;
        foreach (double step in new[] { 1.0, 5, 20 })
        {
            run.Step(step);
            Balance balance = run.Report();
            double applied = rate * run.OneC;
            foreach ((string name, double sign) in new[] { ("Current: positive terminal", 1.0), ("Current: negative terminal", -1.0) })
                Assert.That(balance[name], Is.EqualTo(sign * applied).Within(1e-9 * Math.Abs(applied)), name);
            foreach ((string kind, double sign) in new[] { ("Negative electrode", -1.0), ("Positive electrode", 1.0) })
                Assert.That(balance[$"Reaction current: {kind} 1"] + balance[$"Reaction current: {kind} 2"], Is.EqualTo(sign * applied).Within(1e-8 * Math.Abs(applied)), kind);
            double total = balance["Lithium in electrolyte"] + balance["Lithium in particles"], released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            lithium = double.IsNaN(lithium) ? total : lithium;
            Assert.That(total, Is.EqualTo(lithium).Within(1e-12 * lithium));
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-7 * Math.Abs(balance.SumOf(Totals.HeatLost))));
        }
    }

    /// <summary>The charge that leaves the columns of every row of a foil is what passes on to the next one: at a tab on one edge, all of it.</summary>
    [Test]
    public void AFoilBringsItsCurrentToItsEdge()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. TestCases.RollSettings[..^3], "Mesh.Cells through.Positive collector=3", "Mesh.Cells per turn=4", "Mesh.Cells along height=3", "Mesh.Refinement towards tabs=1"]);
        using CellRun run = new(simulation);
        run.Start(-run.OneC);
        run.Step(10);
        CellMesh mesh = run.Model.Mesh;
        double[] through = new double[mesh.CellCount];
        foreach ((Face face, FaceFlux<Real> flux) in run.Model.Flows())
        {
            double current = flux.ElectronicCurrent.Number;
            (through[face.Left], through[face.Right]) = (through[face.Left] + current, through[face.Right] - current);
        }
        double terminal = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.PositiveCollector).Sum(cell => through[cell]);
        Assert.That(Math.Abs(terminal), Is.EqualTo(run.OneC).Within(1e-8 * run.OneC));
    }

    /// <summary>At open circuit a short discharges the roll through its own resistance, on either side of the positive foil, on any number of ranks; a place by turns is the place along the foil.</summary>
    [TestCase(1)]
    [TestCase(2)]
    public void AShortDischargesTheRollFromInside(int pair)
    {
        const double resistance = 100;
        string[] settings = [$"Defects.Internal shorts.nail.Pair={pair}", "Defects.Internal shorts.nail.Resistance=100", "Thermal.Initial temperature=311", "Initial state.SOC=0.7", "Solver.Newton tolerance=1e-10"];
        SimulationCase turned = TestCases.Roll([.. settings, "Defects.Internal shorts.nail.Turn=1.1", "Defects.Internal shorts.nail.Height=0.02"]);
        RollSpec roll = turned.Geometry.Winding!.Shape;
        SimulationCase placed = TestCases.Roll([.. settings, FormattableString.Invariant($"Defects.Internal shorts.nail.Place=[{roll.AlongFoil(Polarity.Positive, 1.1)}, 0.02]")]);
        Assert.That(placed.Defects.Shorts[0].Along, Is.EqualTo(turned.Defects.Shorts[0].Along).Within(1e-12));
        double[] alone = Run(Communicator.Self), together = Run(Communicator.World);
        for (int i = 0; i < alone.Length; i++)
            Assert.That(together[i], Is.EqualTo(alone[i]).Within(1e-9 * Math.Abs(alone[i])));

        double[] Run(Communicator world)
        {
            using CellRun run = new(turned, world);
            run.Start(0);
            double lithium = run.Report().SumOf(Totals.Lithium);
            foreach (double step in new[] { 1.0, 2, 4 })
                run.Step(step);
            Balance balance = run.Report();
            double current = balance["Short current"], released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            Assert.That(current, Is.InRange(0.8 * run.Voltage / resistance, run.Voltage / resistance), "nearly the cell's voltage over the resistance");
            Assert.That(balance["Short heat"], Is.EqualTo(current * current * resistance).Within(1e-12 * balance["Short heat"]));
            Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(current).Within(1e-8 * current));
            Assert.That(balance.SumOf(Totals.PositiveTransfer), Is.EqualTo(-current).Within(1e-8 * current));
            Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-12 * lithium));
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-7 * released));
            return [run.Voltage, current, run.Whole(Field.Temperature).Max(), run.Whole(Field.Temperature).Min()];
        }
    }

    /// <summary>Without coating there is no reaction, what is left carries the whole current, and volumes follow the stretch.</summary>
    [TestCase("Positive electrode", LayerKind.PositiveElectrode)]
    [TestCase("Negative electrode", LayerKind.NegativeElectrode)]
    [TestCase("Separator", LayerKind.Separator)]
    public void AMissingStretchIsNotThere(string layer, LayerKind kind)
    {
        SimulationCase simulation = TestCases.Roll($"Defects.Missing layers.bare.Layer={layer}", "Defects.Missing layers.bare.Pair=2", "Defects.Missing layers.bare.Turns=[0.55, 1.3]", "Defects.Missing layers.bare.Heights=[0.01, 0.02]",
            "Initial state.SOC=0.6", "Thermal.Initial temperature=306", "Solver.Newton tolerance=1e-10");
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        RollSpec roll = simulation.Geometry.Winding!.Shape;
        int[] layers = [.. Enumerable.Range(0, roll.Layers.Layers.Count).Where(i => roll.Layers.Layers[i].Kind == kind)];
        double expected = layers.Sum(roll.LayerVolume) - (0.01 * roll.Layers.Layers[layers[1]].Thickness * (roll.Middle(layers[1]).Along(1.3) - roll.Middle(layers[1]).Along(0.55)));
        Assert.That(Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == kind).Sum(cell => mesh.Volume[cell]), Is.EqualTo(expected).Within(1e-12 * expected));
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
        using CellRun run = new(simulation, Communicator.World);
        run.Start(-run.OneC);
        double lithium = run.Report().SumOf(Totals.Lithium);
        foreach (double step in new[] { 1.0, 2, 4, 8 })
            run.Step(step);
        Balance balance = run.Report();
        Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-12 * lithium));
        Assert.That(balance.SumOf(Totals.NegativeTransfer), Is.EqualTo(run.OneC).Within(1e-8 * run.OneC));
    }

    /// <summary>A tab within one column: its weld lowers the voltage by I R and releases I² R, whatever else happens; together with a contact resistance both count.</summary>
    [TestCase("", 0.0)]
    [TestCase("Winding.Negative terminal.Contact resistance=2e-10", 2e-10)]
    public void TheWeldOfATabAddsItsResistance(string setting, double contact)
    {
        const double resistance = 0.05, width = 0.001;
        string[] tab = ["Winding.Negative terminal.Centres=[0.001]", "Winding.Negative terminal.Width=0.001", "Winding.Negative terminal.Contact resistance=0", "Mesh.Cells per turn=3", "Solver.Newton tolerance=1e-11"];
        SimulationCase plain = TestCases.Roll(tab), welded = TestCases.Roll([.. tab, "Winding.Negative terminal.Weld resistance [Ohm]=0.05", .. setting.Length > 0 ? new[] { setting } : []]);
        double foil = plain.Geometry.Winding!.Shape.Layers.Layers[0].Thickness, expected = resistance + (contact / (foil * width));
        using CellRun without = new(plain, Communicator.World), with = new(welded, Communicator.World);
        double current = without.OneC;
        foreach (CellRun run in new[] { without, with })
            run.Start(-current);
        Assert.That(without.Voltage - with.Voltage, Is.EqualTo(expected * current).Within(1e-9 * expected * current));
        double heat = with.Report()["Contact heat"] - without.Report()["Contact heat"];
        Assert.That(heat, Is.EqualTo(expected * current * current).Within(1e-8 * heat));
    }

    /// <summary>Both sides of a positive foil together have the same area everywhere along it: the current spreads evenly over a welded edge, and the voltage falls by I ρ/L.</summary>
    [TestCase(1e-5)]
    [TestCase(0.2)]
    public void TheWeldOfAWholeEdgeIsItsResistanceOverTheLength(double weld)
    {
        string[] tabless = [.. TestCases.RollSettings.Where(setting => !setting.Contains("terminal", StringComparison.Ordinal)), .. Tabless, "Solver.Newton tolerance=1e-11"];
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. tabless, FormattableString.Invariant($"Winding.Positive terminal.Weld resistance [Ohm.m]={weld}")]);
        using CellRun without = new(Samples.Case(Samples.Column(), tabless), Communicator.World), with = new(simulation, Communicator.World);
        without.Start(-0.1 * without.OneC);
        with.Start(-0.1 * with.OneC);
        double expected = 0.1 * with.OneC * weld / simulation.Geometry.Winding!.Shape.FoilLength(Polarity.Positive);
        TestContext.Out.WriteLine($"{(without.Voltage - with.Voltage) / expected:R}");
        Assert.That(without.Voltage - with.Voltage, Is.EqualTo(expected).Within(1e-7 * expected));
    }

    /// <summary>Heat passes a weld by the difference of the temperatures over the way in the foil and the resistance of the weld; nothing is lost on the way, on any number of ranks.</summary>
    [TestCase("Winding.Negative terminal.Weld thermal resistance [K.W-1]=5", 5.0)]
    [TestCase("Winding.Negative terminal.Weld thermal resistance [K.m.W-1]=0.1", 0.1)]
    public void AWeldLeadsHeatToTheBase(string weld, double resistance)
    {
        bool isTabless = weld.Contains("K.m.W-1", StringComparison.Ordinal);
        string[] roll = isTabless ? [.. TestCases.RollWithCan.Where(setting => !setting.StartsWith("Winding.Negative terminal", StringComparison.Ordinal)), "Winding.Negative terminal.Edge=bottom"] : TestCases.RollWithCan;
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. roll, "Initial state.SOC=0.6", "Thermal.Initial temperature=306", "Thermal.Cooling.Base.Heat transfer coefficient=500", "Solver.Newton tolerance=1e-10", weld]);
        using CellRun run = new(simulation, Communicator.World);
        run.Start(-run.OneC);
        foreach (double step in new[] { 1.0, 5, 20 })
            run.Step(step);
        Balance balance = run.Report();
        double released = balance.SumOf(Balance.Losses) + balance["Reversible heat"], lost = balance.SumOf(Totals.HeatLost);
        Assert.That(balance["Enthalpy, rate"] + lost, Is.EqualTo(released).Within(1e-7 * Math.Abs(lost)));
        CellMesh mesh = run.Model.Mesh;
        double[] temperature = run.Model.Fields[Field.Temperature];
        double conductivity = simulation.Layer(LayerKind.NegativeCollector)!.Material.Thermal.InPlaneConductivity.Value(306), conductance = 0;
        foreach ((Face face, FaceFlux<Real> flux) in run.Model.Flows().Where(flow => flow.Face.Direction == FaceDirection.Contact && flow.Face.Left < mesh.OwnedCellCount))
        {
            double perKelvin = 1 / ((face.LeftLength / conductivity) + mesh.Contacts[(face.Left, face.Right)].ThermalResistance);
            double expected = perKelvin * (temperature[face.Left] - temperature[face.Right]);
            Assert.That(expected, Is.Positive);
            Assert.That(flux.Heat.Number, Is.EqualTo(expected).Within(1e-11 * expected));
            conductance += 1 / mesh.Contacts[(face.Left, face.Right)].ThermalResistance;
        }
        double whole = isTabless ? simulation.Geometry.Winding!.Shape.FoilLength(Polarity.Negative) / resistance : 1 / resistance;
        Assert.That(run.World.Allreduce(conductance, Operation.Sum), Is.EqualTo(whole).Within(1e-12 * whole));
    }

    private static readonly string[] Flat =
    [
        .. TestCases.RollWithCan, "Winding.Core length=0.02", "Winding.Positive terminal.Centres=[0.02]", "Mesh.Cells along core=2", "Mesh.Cells per turn=4", "Can.Outer diameter=0.016", "Initial state.SOC=0.6",
        "Thermal.Initial temperature=306", "Solver.Newton tolerance=1e-10",
    ];

    /// <summary>Two equal rolls share the current evenly: their voltage is that of one with half of it.</summary>
    [Test]
    public void TwoRollsAreInParallel()
    {
        string[] isothermal = [.. Flat.Where(setting => !setting.StartsWith("Thermal", StringComparison.Ordinal) && !setting.StartsWith("Can", StringComparison.Ordinal)), "Thermal.Model=isothermal"];
        using CellRun one = new(Samples.Case(Samples.Column(), isothermal), Communicator.World), two = new(Samples.Case(Samples.Column(), [.. isothermal, "Winding.Rolls=2"]), Communicator.World);
        Assert.That(two.OneC, Is.EqualTo(2 * one.OneC).Within(1e-12 * two.OneC));
        foreach (CellRun run in new[] { one, two })
        {
            run.Start(-run.OneC);
            foreach (double step in new[] { 1.0, 5, 20 })
                run.Step(step);
        }
        Assert.That(two.Voltage, Is.EqualTo(one.Voltage).Within(1e-9));
    }

    /// <summary>The case that is written beside the results gives the same cell again.</summary>
    [Test]
    public void SeveralRollsAreReadAgain()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. Flat, "Winding.Rolls=3", "Can.Outer diameter=0.022"]);
        SimulationCase again = Samples.Case(System.Text.Json.Nodes.JsonNode.Parse(simulation.ToJson(Samples.Folder))!);
        Assert.That(again.ToJson(Samples.Folder), Is.EqualTo(simulation.ToJson(Samples.Folder)));
        Assert.That(CaseMesh.Describe(again).CellCount, Is.EqualTo(CaseMesh.Describe(simulation).CellCount));
    }

    /// <summary>Two rolls in one can, one of them with less active material: currents add up to the whole, lithium and energy are conserved, on any number of ranks.</summary>
    [Test]
    public void RollsInOneCanShareTheCurrent()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. Flat, "Winding.Rolls=2", "Variation.Positive electrode.Active material=0.9 - 0.1*tanh(10*(pair - 2.5))", "Defects.Internal shorts.nail.Pair=3", "Defects.Internal shorts.nail.Turn=0.8", "Defects.Internal shorts.nail.Height=0.02", "Defects.Internal shorts.nail.Resistance=200"]);
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(CaseMesh.Describe(simulation).CellCount));
        double[] alone = Run(Communicator.Self), together = Run(Communicator.World);
        for (int i = 0; i < alone.Length; i++)
            Assert.That(together[i], Is.EqualTo(alone[i]).Within(1e-9 * Math.Abs(alone[i])));

        double[] Run(Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(-run.OneC);
            double lithium = run.Report().SumOf(Totals.Lithium);
            foreach (double step in new[] { 1.0, 5, 20 })
                run.Step(step);
            Balance balance = run.Report();
            double leak = balance["Short current"], first = Of(1), second = Of(3);
            Assert.That(first + second, Is.EqualTo(run.OneC + leak).Within(1e-8 * run.OneC));
            Assert.That(first - second, Is.GreaterThan(0.01 * run.OneC), "more active material takes more");
            Assert.That(balance.SumOf(Totals.Lithium), Is.EqualTo(lithium).Within(1e-12 * lithium));
            double released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-7 * Math.Abs(balance.SumOf(Totals.HeatLost))));
            return [run.Voltage, first, leak, run.Whole(Field.Temperature).Max(), run.Whole(Field.Temperature).Min()];

            double Of(int pair) => -(balance[$"Reaction current: Positive electrode {pair}"] + balance[$"Reaction current: Positive electrode {pair + 1}"]);
        }
    }

    /// <summary>A rod in the core stores heat: energy is conserved with it, on any number of ranks, and the roll warms more slowly.</summary>
    [Test]
    public void AMandrelTakesPartInTheHeat()
    {
        string[] rod = ["Winding.Mandrel.Inner diameter=0.001", "Winding.Mandrel.Contact resistance=1e-4", "Winding.Mandrel.Density=7850", "Winding.Mandrel.Specific heat capacity=480", "Winding.Mandrel.Thermal conductivity=50"];
        SimulationCase with = TestCases.Roll([.. rod, "Initial state.SOC=0.6", "Solver.Newton tolerance=1e-10"]), without = TestCases.Roll("Initial state.SOC=0.6", "Solver.Newton tolerance=1e-10");
        Assert.That(CaseMesh.Size(with).Cells, Is.EqualTo(CaseMesh.Describe(with).CellCount));
        Assert.That(Samples.Case(System.Text.Json.Nodes.JsonNode.Parse(with.ToJson(Samples.Folder))!).ToJson(Samples.Folder), Is.EqualTo(with.ToJson(Samples.Folder)));
        double alone = Warmest(with, Communicator.Self), together = Warmest(with, Communicator.World);
        Assert.That(together, Is.EqualTo(alone).Within(1e-9 * alone));
        Assert.That(alone, Is.LessThan(Warmest(without, Communicator.World)));

        static double Warmest(SimulationCase simulation, Communicator world)
        {
            using CellRun run = new(simulation, world);
            run.Start(-2 * run.OneC);
            foreach (double step in new[] { 1.0, 5, 20 })
                run.Step(step);
            Balance balance = run.Report();
            double released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            Assert.That(balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost), Is.EqualTo(released).Within(1e-7 * Math.Abs(released)));
            return run.Whole(Field.Temperature).Max();
        }
    }

    /// <summary>Factors by turn and by distance along the foil are those of the place, whose distance tabs count too.</summary>
    [Test]
    public void PropertiesVaryByTurnAndAlongTheFoil()
    {
        SimulationCase simulation = TestCases.Roll("Variation.Positive electrode.Density=1 + turn + 100*s", "Variation.Negative electrode.Density=2*pair + turn + 100*s", "Variation.Separator.Density=1 + s", "Winding.Unpaired inner turns=0.3", "Winding.Turns=1.3", "Winding.Positive terminal.Centres=[0.01]");
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        CellProperty factor = new RegionMaterials(mesh, simulation).Factor(LayerProperty.Density);
        RollSpec roll = simulation.Geometry.Winding!.Shape;
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            double turns = roll.Line.Turns(mesh.Extrusion.ColumnY[mesh.Column[cell]]);
            double positive = roll.Foil(Polarity.Positive).Along(turns) - roll.Foil(Polarity.Positive).Along(0.3), negative = roll.Foil(Polarity.Negative).Along(turns);
            double expected = mesh.Kind(cell) switch
            {
                LayerKind.PositiveElectrode => 1 + turns + (100 * positive),
                LayerKind.NegativeElectrode => (mesh.Regions[mesh.Region[cell]].Name.EndsWith('2') ? 4 : 2) + turns + (100 * negative),
                LayerKind.Separator => 1 + positive,
                _ => 1,
            };
            Assert.That(factor[cell], Is.EqualTo(expected).Within(1e-12 * expected));
        }
    }

    /// <summary>The electrodes of a roll as long as the BPX file says carry its 1C; an inner hot spot is warmer than the can.</summary>
    [Test]
    public void WithoutTurnsTheAreaOfTheFileIsWound()
    {
        SimulationCase simulation = Samples.Case(Samples.Column(), [.. TestCases.RollSettings.Where(setting => !setting.StartsWith("Winding.Turns", StringComparison.Ordinal)), "Geometry.Height=0.065"]);
        Assert.That(simulation.Part.IsWhole);
        Assert.That(simulation.Geometry.Winding!.Shape.ElectrodeArea, Is.EqualTo(simulation.Cell.ElectrodeArea).Within(1e-12));
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        double positive = Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.PositiveElectrode).Sum(cell => mesh.Volume[cell]);
        Assert.That(positive, Is.EqualTo(simulation.Cell.ElectrodeArea * simulation.Cell.PositiveElectrode.Thickness).Within(1e-12 * positive));
        Assert.That(CaseMesh.Size(simulation).Cells, Is.EqualTo(mesh.CellCount));
    }
}
