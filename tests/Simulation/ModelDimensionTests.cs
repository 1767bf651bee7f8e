using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics.Curves;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>One case in several dimensions.</summary>
public class ModelDimensionTests
{
    private static readonly double[] Steps = [0.5, 1, 2, 5, 10, 20, 40, 60, 60, 60];

    /// <summary>A pouch without anything that differs in its plane: collectors that lead everything, no cooling, no strips.</summary>
    private static readonly string[] Uniform =
    [
        .. TestCases.PouchSettings.Where(setting => !setting.StartsWith("Thermal.", StringComparison.Ordinal) && !setting.Contains(".Length", StringComparison.Ordinal) && !setting.Contains("Contact resistance", StringComparison.Ordinal)),
        "Thermal.Model=resolved", "Thermal.Initial temperature=309", "Initial state.SOC=0.6",
        "Layers.Negative collector.Conductivity=1e12", "Layers.Positive collector.Conductivity=1e12",
    ];

    [Test]
    [Category("Mpi")]
    public void WithPerfectCollectorsAllDimensionsAreOne([Values(1.5, -2)] double cRate)
    {
        Communicator world = Communicator.World;
        using Communicator three = world.Split(world.Rank < 3 ? 0 : 1, world.Rank);
        if (world.Rank >= 3)
            return;
        string[] thick = [.. Uniform, "Layers.Negative collector.Thickness=1e-3", "Layers.Positive collector.Thickness=1e-3"];
        (double[] column, double heated) = March("1D", thick, cRate, three);
        foreach (string model in new[] { "2+1D", "3D", "as described" })
        {
            (double[] voltages, double temperature) = March(model, thick, cRate, three);
            double worst = voltages.Zip(column, (one, other) => Math.Abs(one - other)).Max();
            TestContext.Out.WriteLine($"{model} at {cRate}C: {worst:e1} V, {Math.Abs(temperature - heated):e1} K of {heated - 309:f3} K");
            Assert.That(worst, Is.LessThan(2e-7), model);
            Assert.That(temperature, Is.EqualTo(heated).Within(1e-6), model);
            Assert.That(heated - 309, Is.GreaterThan(0.1).Or.LessThan(-0.01));
        }
    }

    [Test]
    public void ColumnsExchangeHeatButNoIons()
    {
        using CellRun columns = new(TestCases.Pouch("Model=2+1D")), solid = new(TestCases.Pouch("Model=3D"));
        foreach (CellRun run in new[] { columns, solid })
        {
            run.Start(-2 * run.OneC);
            foreach (double step in Steps)
                run.Step(step);
        }
        Assert.That(Largest(columns), Is.Zero);
        Assert.That(Largest(solid), Is.GreaterThan(0));
        Assert.That(columns.Voltage, Is.EqualTo(solid.Voltage).Within(1e-5).And.Not.EqualTo(solid.Voltage));

        static double Largest(CellRun run) => run.Model.Flows().Where(flow => flow.Face.IsInPlane && run.Model.Mesh.Kind(flow.Face.Left).HasElectrolyte() && run.Model.Mesh.Kind(flow.Face.Right).HasElectrolyte())
            .Select(flow => Math.Abs(flow.Flux.Salt.Number) + Math.Abs(flow.Flux.IonicCurrent.Number)).Max();
    }

    /// <summary>The pair of a stack is the pair that a case can describe itself, and the stack of a pair is the stack.</summary>
    [Test]
    public void PairAndStackLeadToEachOther()
    {
        string[] refer = ["Thermal.Faces and casing refer to=whole cell", "Thermal.Cooling.All surfaces.Heat transfer coefficient=10"];
        string[] strips = ["Tabs.Negative.Thickness=3.4e-4", "Tabs.Positive.Thickness=6.8e-4"];
        string[] strip = ["Tabs.Negative.Thickness=1e-5", "Tabs.Positive.Thickness=2e-5"];
        SimulationCase pair = Samples.Case(Samples.Pouch(), [.. refer, .. strip]), stack = Samples.Case(Samples.Pouch(), [.. refer, .. strips, "Geometry.Electrode pairs=34"]);
        AssertSame(Samples.Case(Samples.Pouch(), [.. refer, .. strips, "Geometry.Electrode pairs=34", "Model=3D pair"]), pair);
        AssertSame(Samples.Case(Samples.Pouch(), [.. refer, .. strip, "Model=3D"]), stack);
    }

    /// <summary>A column has area, current, cooling and the layers' heat capacity of the whole.</summary>
    [Test]
    public void AColumnStandsForTheWhole([Values("1D", "SPM", "SPMe")] string model)
    {
        string[] settings = ["Geometry.Electrode pairs=34", "Thermal.Faces and casing refer to=simulated pairs", "Thermal.Cooling.All surfaces.Heat transfer coefficient=10", "Thermal.Cooling.Left edge.Heat transfer coefficient=50"];
        SimulationCase whole = Samples.Case(Samples.Pouch(), settings), column = Samples.Case(Samples.Pouch(), [.. settings, $"Model={model}"]);
        Assert.Multiple(() =>
        {
            Assert.That(column.Part.Share, Is.EqualTo(whole.Part.Share).Within(1e-12));
            Assert.That(column.Protocol.CurrentShare, Is.EqualTo(whole.Protocol.CurrentShare).Within(1e-12));
            Assert.That(OuterSurface.Conductance(column).Largest, Is.EqualTo(OuterSurface.Conductance(whole).Largest).Within(1e-12));
            Assert.That(OuterSurface.Area(column), Is.EqualTo(OuterSurface.Area(whole)).Within(1e-12));
            Assert.That(HeatCapacity(column), Is.EqualTo(HeatCapacity(whole)).Within(1e-9 * HeatCapacity(whole)));
            Assert.That(CaseMesh.Size(column).Cells, Is.LessThan(60));
            Assert.That(Samples.Load(System.Text.Json.Nodes.JsonNode.Parse(column.ToJson(Samples.Folder))!).Case!.Geometry, Is.EqualTo(column.Geometry));
        });

        static double HeatCapacity(SimulationCase simulation) => simulation.Layers.Sum(layer => layer.Thickness * simulation.Geometry.CopiesOf(layer) * simulation.Geometry.Area * layer.Material.Thermal.VolumetricHeatCapacity(300));
    }

    /// <summary>
    /// Towards small currents the single particle model comes near the column with the first power of the current, charging and discharging, with electrolyte with the second: where
    /// potentials are straight lines, a reaction that has become steady is uniform, and what is left is the curvature of kinetics and of transport in the electrolyte.
    /// </summary>
    [Test]
    public void SingleParticleModelsAreLimitsOfTheColumn()
    {
        double[] rates = [0.4, 0.2, 0.1];
        double[] simple = Difference("SPM"), extended = Difference("SPMe");
        TestContext.Out.WriteLine($"SPM {string.Join(", ", simple.Select(d => $"{1e6 * d:f2}"))} µV; SPMe {string.Join(", ", extended.Select(d => $"{1e6 * d:f3}"))} µV");
        for (int i = 1; i < rates.Length; i++)
        {
            Assert.That(Math.Log2(simple[i - 1] / simple[i]), Is.EqualTo(1).Within(0.15));
            Assert.That(Math.Log2(extended[i - 1] / extended[i]), Is.EqualTo(2).Within(0.5));
            Assert.That(extended[i], Is.LessThan(0.003 * simple[i]));
        }

        double[] Difference(string model) => [.. rates.Select(rate => double.Hypot(At(model, rate) - At("1D", rate), At(model, -rate) - At("1D", -rate)))];

        double At(string model, double rate)
        {
            SimulationCase simulation = TestCases.Column($"Model={model}", "Initial state.SOC=0.55", "Thermal.Initial temperature=305", "Solver.Newton tolerance=1e-11", "Mesh.Grading=1", "Mesh.Cells through.Negative electrode=150", "Mesh.Cells through.Positive electrode=150", "Mesh.Cells through.Separator=40")
                .WithMaterials(material => [material with { OpenCircuitPotential = ExpressionCurve.Parse(material.OpenCircuitPotential.Value(0.5) < 1 ? "0.5 - 0.4*x" : "4.4 - x") }]);
            using CellRun run = new(simulation);
            run.Start(rate * run.OneC);
            // A fifth of the capacity: salt and particles have become steady.
            for (int step = 0; step < 60; step++)
                run.Step(12 / Math.Abs(rate));
            return run.Voltage;
        }
    }

    [TestCase("Model=3D", "Geometry.Form=column", "a column has no extent in the plane")]
    [TestCase("Model=1D", "Variation.Separator.Porosity=1 + y", "varies along a coordinate")]
    [TestCase("Model=SPM", "Variation.Separator.Porosity=1 + 0.1*depth", "varies along a coordinate")]
    [TestCase("Model=4D", "Output.Field count=1", "SPMe")]
    public void WhatAModelCannotHaveIsRefused(string model, string setting, string words)
    {
        string[] settings = setting.Contains("column", StringComparison.Ordinal) ? [.. TestCases.Coarse, model] : [.. TestCases.PouchSettings, model, setting];
        CaseResult result = Samples.Load(Samples.Column(), settings);
        Assert.That(result.Case, Is.Null);
        Assert.That(string.Join('\n', result.Problems), Does.Contain(words));
    }

    private static (double[] Voltages, double Temperature) March(string model, string[] settings, double cRate, Communicator world)
    {
        using CellRun run = new(Samples.Case(Samples.Column(), [.. settings, $"Model={model}", "Solver.Newton tolerance=1e-10"]), world);
        run.Start(-cRate * run.OneC);
        return ([.. Steps.Select(step => { run.Step(step); return run.Voltage; })], 298.15 + run.Whole(Field.Temperature).Max());
    }

    private static void AssertSame(SimulationCase actual, SimulationCase expected)
    {
        Assert.Multiple(() =>
        {
            Assert.That(actual.Geometry.ElectrodePairs, Is.EqualTo(expected.Geometry.ElectrodePairs));
            Assert.That(actual.Geometry.NegativeTab!.Thickness, Is.EqualTo(expected.Geometry.NegativeTab!.Thickness).Within(1e-15));
            Assert.That(actual.Geometry.PositiveTab!.Thickness, Is.EqualTo(expected.Geometry.PositiveTab!.Thickness).Within(1e-15));
            Assert.That(actual.Part.Share, Is.EqualTo(expected.Part.Share).Within(1e-15));
            Assert.That(actual.Protocol.CurrentShare, Is.EqualTo(expected.Protocol.CurrentShare).Within(1e-15));
            Assert.That(actual.StackThickness, Is.EqualTo(expected.StackThickness).Within(1e-12));
            Assert.That(OuterSurface.Area(actual), Is.EqualTo(OuterSurface.Area(expected)).Within(1e-9 * OuterSurface.Area(expected)));
            foreach ((CoolingSettings one, CoolingSettings other) in actual.Thermal.Cooling.Where(entry => entry.Surface is not (CellSurface.NegativeTab or CellSurface.PositiveTab)).Zip(expected.Thermal.Cooling.Where(entry => entry.Surface is not (CellSurface.NegativeTab or CellSurface.PositiveTab))))
                Assert.That(one.Surroundings.HeatTransferCoefficient.At(0), Is.EqualTo(other.Surroundings.HeatTransferCoefficient.At(0)).Within(1e-12), one.Name);
        });
    }
}
