using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Transport;
using Cell3D.Simulation.Recording;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>The voltage by mechanism adds up to the voltage, and single contributions are those of formulas by hand.</summary>
[Category("Mpi")]
public class VoltageLossesTests
{
    private static readonly string[] Warm = ["Thermal.Initial temperature=311", "Initial state.SOC=0.6", "Solver.Newton tolerance=1e-10"];

    private static readonly string[] Cells = ["column", "column with heat", "pouch", "stack", "roll", "half cell", "blend", "films, hysteresis and double layers", "short"];

    /// <summary>Right after the switch and later, in both directions, away from the reference temperature.</summary>
    [Test]
    public void ContributionsAddUpToTheVoltage([ValueSource(nameof(Cells))] string cell, [Values(-2.0, 1.5)] double rate)
    {
        using CellRun run = new(Case(cell), cell is "pouch" or "stack" or "roll" or "short" or "films, hysteresis and double layers" ? Communicator.World : Communicator.Self);
        VoltageLosses losses = new(run.Model, run.OneC, cell == "short", run.World);
        run.Start(rate * run.OneC);
        foreach (double step in new[] { 0, 0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 4.8 })
        {
            if (step > 0)
                run.Step(step);
            double[] parts = Parts(run, losses);
            TestContext.Out.WriteLine(FormattableString.Invariant($"{run.Integrator.Time} s: off by {losses.OpenCircuitVoltage + parts.Sum() - run.Voltage:e1} V"));
            Assert.That(losses.OpenCircuitVoltage + parts.Sum(), Is.EqualTo(run.Voltage).Within(1e-8));
            Assert.That(parts.Sum() * rate, Is.Positive);
        }
        foreach ((SeriesColumn column, double part) in losses.Columns.Zip(Parts(run, losses)))
            TestContext.Out.WriteLine(FormattableString.Invariant($"{column.Header}: {1e3 * part:f3} mV"));
        foreach ((SeriesColumn column, double part) in losses.Columns.Zip(Parts(run, losses)).Where(entry => entry.First.Name.EndsWith("ohmic loss", StringComparison.Ordinal) || entry.First.Name.EndsWith("film loss", StringComparison.Ordinal)))
            Assert.That(part * rate, Is.GreaterThanOrEqualTo(0), column.Name);
    }

    /// <summary>Right after the switch nothing has moved: the separator is a resistor, and no particle or salt has a gradient.</summary>
    [TestCase(-3.0)]
    [TestCase(2.0)]
    public void AtOnceTheLossesAreResistances(double rate)
    {
        SimulationCase simulation = Case("column");
        using CellRun run = new(simulation);
        VoltageLosses losses = new(run.Model, run.OneC, false, run.World);
        run.Start(rate * run.OneC);
        double[] parts = Parts(run, losses);
        double Part(string name) => parts[losses.Columns.ToList().FindIndex(column => column.Name == name)];
        CellLayer separator = simulation.Layer(LayerKind.Separator)!;
        double conductivity = simulation.Cell.Electrolyte.ConductivityOf(simulation.Cell.ReferenceTemperature).Value(simulation.Cell.Electrolyte.InitialConcentration, 311);
        double resistance = separator.Thickness / (separator.Material.Pores!.TransportEfficiency * conductivity * simulation.Geometry.Area);
        Assert.That(Part("Separator: electrolyte ohmic loss"), Is.EqualTo(rate * run.OneC * resistance).Within(1e-9));
        foreach (string place in new[] { "Negative electrode", "Separator", "Positive electrode" })
            Assert.That(Part($"{place}: electrolyte concentration overpotential"), Is.Zero.Within(1e-12));
        foreach (string place in new[] { "Negative electrode", "Positive electrode" })
            Assert.That((Part($"{place}: particle diffusion overpotential"), Part($"{place}: uneven lithiation")), Is.EqualTo((0.0, 0.0)).Within(1e-9));
        Assert.That(losses.OpenCircuitVoltage, Is.EqualTo(simulation.Cell.Balance.OpenCircuitVoltage(0.6, 311)).Within(1e-9));
    }

    /// <summary>At rest the voltage becomes the open-circuit voltage, and losses over no current are undefined.</summary>
    [Test]
    public void AtRestTheVoltageBecomesTheOpenCircuitVoltage()
    {
        using CellRun run = new(Case("blend"));
        VoltageLosses losses = new(run.Model, run.OneC, false, run.World);
        run.Start(-run.OneC);
        for (double step = 0.5; step < 100; step *= 1.5)
            run.Step(step);
        Parts(run, losses);
        Assert.That(Math.Abs(run.Voltage - losses.OpenCircuitVoltage), Is.GreaterThan(0.01));
        run.Switch(0);
        for (double step = 0.5; step < 1e8; step *= 1.5)
            run.Step(step);
        Assert.That(Parts(run, losses), Is.All.NaN);
        Assert.That(run.Voltage, Is.EqualTo(losses.OpenCircuitVoltage).Within(1e-7));
    }

    private static double[] Parts(CellRun run, VoltageLosses losses)
    {
        run.Report();
        double[] parts = new double[losses.Columns.Count];
        losses.Take(run.Model.System.Terminal.Current, parts);
        return parts;
    }

    private static SimulationCase Case(string cell) => cell switch
    {
        "column" => TestCases.Column(Warm),
        "column with heat" => TestCases.ThermalColumn(Warm),
        "pouch" => TestCases.Pouch(Warm),
        "stack" => TestCases.Prismatic(2, Warm),
        "roll" => TestCases.Roll([.. Warm, "Mesh.Particle=4"]),
        "half cell" => HalfCellTests.HalfCell([.. Warm, "Layers.Lithium counter electrode.Film resistance=1e-3"]),
        "blend" => TestCases.Column(Warm).WithMaterials(material => [Half(material, "small", 0.5), Half(material, "large", 2)]),
        "films, hysteresis and double layers" => TestCases.Pouch(Warm).WithMaterials(material => [ParticleVariationTests.WithEverything(material)]),
        _ => TestCases.Pouch([.. Warm, "Defects.Internal shorts.nail.Place=[0.05, 0.06]", "Defects.Internal shorts.nail.Resistance=2000"]),
    };

    /// <summary>Half of a material in particles of another size, and with another potential.</summary>
    private static ActiveMaterial Half(ActiveMaterial material, string name, double size) => material with
    {
        Name = name,
        ParticleRadius = size * material.ParticleRadius,
        SurfaceAreaPerVolume = 0.5 / size * material.SurfaceAreaPerVolume,
        ActiveVolumeFraction = 0.5 * material.ActiveVolumeFraction,
    };
}
