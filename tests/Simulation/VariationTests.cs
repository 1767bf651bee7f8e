using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics;
using Cell3D.Simulation;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Properties that vary in space and with temperature, in whole cells.</summary>
public class VariationTests
{
    private static readonly string[] Porous = ["Negative electrode", "Separator", "Positive electrode"];
    private static readonly string[] Foils = ["Negative collector", "Positive collector"];

    /// <summary>Every property of every layer by the same expression.</summary>
    private static string[] Everything(string factor) =>
    [
        .. Porous.SelectMany(layer => new[] { "Porosity", "Transport efficiency" }.Select(key => $"Variation.{layer}.{key}={factor}")),
        .. Porous.Where(layer => layer != "Separator").SelectMany(layer => new[] { "Active material", "Particle radius", "Surface area per unit volume" }.Select(key => $"Variation.{layer}.{key}=1")),
        .. Porous.Where(layer => layer != "Separator").Concat(Foils).Select(layer => $"Variation.{layer}.Conductivity={factor}"),
        .. Porous.Concat(Foils).SelectMany(layer => new[] { "Density", "Specific heat capacity", "Thermal conductivity", "In-plane thermal conductivity" }.Select(key => $"Variation.{layer}.{key}={factor}")),
    ];

    [Test]
    public void AFactorOfOneChangesNothing() =>
        AssertSame(TestCases.Pouch(), TestCases.Pouch(Everything("0.5 + 0.5*(depth + 1)/(depth + 1)")), 1e-12);

    [Test]
    public void AConstantFactorIsAnotherValueOfTheLayer()
    {
        SimulationCase varied = TestCases.Pouch(Everything("0.8 + 0*y"));
        LayerPropertiesTimes(TestCases.Pouch(), 0.8, out SimulationCase changed);
        AssertSame(changed, varied, 1e-12);
    }

    [Test]
    public void MoreActiveMaterialIsMoreOfTheSameParticles() => AssertSame(
        TestCases.Pouch().WithMaterials(m => [m with { SurfaceAreaPerVolume = 0.8 * m.SurfaceAreaPerVolume, ActiveVolumeFraction = 0.8 * m.ActiveVolumeFraction }]),
        TestCases.Pouch("Variation.Negative electrode.Active material=0.8", "Variation.Positive electrode.Active material=0.8*(depth + 1)/(depth + 1)"), 1e-12);

    /// <summary>An expression of T that is constant takes the path of a varying property and gives the same cell.</summary>
    [Test]
    public void ConstantExpressionsOfTemperatureGiveTheSameCell()
    {
        string[] numbers = ["Layers.Separator.Specific heat capacity=1500", "Layers.Separator.Thermal conductivity=0.5", "Layers.Separator.In-plane thermal conductivity=0.7"];
        AssertSame(TestCases.Pouch(numbers), TestCases.Pouch([.. numbers.Select(number => number + "*(T/T)")]), 1e-11);
    }

    [Test]
    public void DepthRunsFromTheLowerToTheUpperFaceOfEveryLayer([Values("rectilinear", "triangular")] string plane)
    {
        string[] settings = [.. Porous.Concat(Foils).Select(layer => $"Variation.{layer}.Density=1e-9 + depth + 10*(x - x) + 2*y/0.1 + 3*z/0.12")];
        SimulationCase simulation = TestCases.Pouch([.. settings, $"Mesh.In-plane={plane}", "Mesh.Grading=3", .. plane == "triangular" ? new[] { "Tabs.Negative.Width=0.1", "Tabs.Negative.Centre=0.05", "Tabs.Positive.Width=0.1", "Tabs.Positive.Centre=0.05", "Tabs.Positive.Edge=bottom" } : []]);
        CellMesh mesh = CaseMesh.Describe(simulation).Whole();
        CellProperty factor = new RegionMaterials(mesh, simulation).Factor(LayerProperty.Density);
        foreach ((CellLayer layer, double start) in simulation.Layers.Select((layer, i) => (layer, simulation.Layers.Take(i).Sum(before => before.Thickness))))
            foreach (int cell in Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Regions[mesh.Region[cell]].Name == layer.Name))
            {
                double depth = (mesh.CentreX[cell] - start) / layer.Thickness;
                Assert.That(depth, Is.InRange(0.5 * mesh.Thickness[cell] / layer.Thickness * (1 - 1e-9), 1));
                Assert.That(factor[cell], Is.EqualTo(1e-9 + depth + (20 * mesh.CentreY[cell]) + (25 * mesh.CentreZ[cell])).Within(1e-12));
            }
        foreach (int cell in Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell).IsTab()))
            Assert.That(factor[cell], Is.EqualTo(1));
    }

    /// <summary>A patch has one number whatever the mesh, and another seed, layer or pair another one.</summary>
    [Test]
    public void PatchesAreDrawnByPlace()
    {
        string[] patches = [.. new[] { "Negative", "Positive" }.SelectMany(side => new[] { $"Variation.{side} electrode.Density=exp(0.1*normal)", $"Variation.{side} electrode.Scatter.Patch=0.02", $"Variation.{side} electrode.Scatter.Patches through=2" })];
        string[] Mesh(int n) => [.. patches, $"Mesh.Cells along width={5 * n}", $"Mesh.Cells along height={6 * n}", "Mesh.Refinement towards tabs=1", $"Mesh.Cells through.Negative electrode={2 * n}", $"Mesh.Cells through.Positive electrode={2 * n}"];
        Dictionary<(LayerKind, long, long, long), double> coarse = Numbers(TestCases.Pouch(Mesh(1))), fine = Numbers(TestCases.Pouch(Mesh(3)));
        Assert.That(coarse, Has.Count.EqualTo(2 * 2 * 5 * 6));
        Assert.That(fine, Is.EqualTo(coarse));
        Assert.That(coarse.Values.Distinct().Count(), Is.EqualTo(coarse.Count));
        double[] other = [.. Numbers(TestCases.Pouch([.. Mesh(1), "Variation.Negative electrode.Scatter.Seed=2"])).Values], own = [.. coarse.Values];
        Assert.That(own.Zip(other).Count(pair => pair.First != pair.Second), Is.EqualTo(coarse.Count / 2));

        static Dictionary<(LayerKind, long, long, long), double> Numbers(SimulationCase simulation)
        {
            CellMesh mesh = CaseMesh.Describe(simulation).Whole();
            CellProperty factor = new RegionMaterials(mesh, simulation).Factor(LayerProperty.Density);
            Dictionary<(LayerKind, long, long, long), double> numbers = [];
            foreach (LayerKind kind in new[] { LayerKind.NegativeElectrode, LayerKind.PositiveElectrode })
            {
                double start = simulation.Layers.TakeWhile(layer => layer.Kind != kind).Sum(layer => layer.Thickness), thickness = simulation.Layer(kind)!.Thickness;
                foreach (int cell in Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == kind))
                {
                    (LayerKind, long, long, long) patch = (kind, (long)(2 * (mesh.CentreX[cell] - start) / thickness), (long)(mesh.CentreY[cell] / 0.02), (long)(mesh.CentreZ[cell] / 0.02));
                    if (!numbers.TryAdd(patch, Math.Log(factor[cell])))
                        Assert.That(Math.Log(factor[cell]), Is.EqualTo(numbers[patch]), $"{patch}");
                }
            }
            return numbers;
        }
    }

    /// <summary>Right after the switch the salt is uniform: across the separator φ_e falls by i ∫dx/(B κ), here with B = B₀ (1.4 − 0.8 depth).</summary>
    [Test]
    public void TheIonicResistanceOfAGradientIsTheIntegral()
    {
        double[] errors = [.. new[] { 10, 20, 40 }.Select(SeparatorError)];
        TestContext.Out.WriteLine($"relative error of the resistance: {string.Join(", ", errors.Select(error => error.ToString("e2")))}");
        Assert.That(Math.Log2(errors[0] / errors[1]), Is.EqualTo(2).Within(0.1));
        Assert.That(errors[2], Is.LessThan(2e-4));
    }

    [Test]
    public void HeatAndLithiumAreConservedInAVariedCell()
    {
        using CellRun run = new(TestCases.Pouch([.. Varied, .. ConservationTests.ThermalExpressions]));
        run.Start(-2 * run.OneC);
        double salt = run.Report()["Lithium in electrolyte"], lithium = salt + run.Report()["Lithium in particles"], heat = 0;
        for (int step = 0; step < 12; step++)
        {
            run.Step(20);
            Balance balance = run.Report();
            double released = balance["Electronic ohmic heat"] + balance["Ionic ohmic heat"] + balance["Reaction heat"] + balance["Contact heat"] + balance["Reversible heat"];
            heat = Math.Max(heat, Math.Abs((balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost) - released) / released));
            Assert.That(balance["Lithium in electrolyte"], Is.EqualTo(salt).Within(1e-12 * salt));
            Assert.That(balance["Lithium in electrolyte"] + balance["Lithium in particles"], Is.EqualTo(lithium).Within(1e-12 * lithium));
        }
        TestContext.Out.WriteLine($"heat stored and lost against heat released: {heat:e1}");
        Assert.That(heat, Is.LessThan(1e-8));
    }

    /// <summary>∫ of the rates is the stored heat, whatever c_p(T): the enthalpy is a state function.</summary>
    [Test]
    public void TheEnthalpyIsWhatCameIn()
    {
        using CellRun run = new(TestCases.ThermalColumn([.. ConservationTests.ThermalExpressions, "Solver.Maximum order=1"]));
        run.Start(-2 * run.OneC);
        double before = run.Report()["Enthalpy"], sum = 0;
        for (int step = 0; step < 20; step++)
        {
            run.Step(20);
            sum += 20 * run.Report()["Enthalpy, rate"];
        }
        Assert.That(run.Report()["Enthalpy"] - before, Is.EqualTo(sum).Within(1e-11 * sum));
    }

    [Test]
    public void AValueThatOnlyTheMeshMeetsIsNamedWithItsPlace()
    {
        SimulationCase simulation = TestCases.Column("Mesh.Cells through.Separator=100", "Mesh.Grading=1", "Variation.Separator.Transport efficiency=1 - 2*exp(-((depth - 0.995)/0.002)**2)");
        CaseValueException error = Assert.Throws<CaseValueException>(() => new CellRun(simulation).Dispose())!;
        Assert.That(error.Message, Does.Contain("case.json: Variation.Separator.Transport efficiency = \"1 - 2*exp(-((depth - 0.995)/0.002)**2)\": the factor -1 makes it -0.32")
            .And.Match(@"in the separator at x = .* m, y = .* m, z = .* m \(allowed: > 0 and ≤ 1\)"));
    }

    /// <summary>Pores and active material share the volume: 0.25 and 0.75 of it, before either varies.</summary>
    [TestCase("Variation.Negative electrode.Porosity=1 + 0.2*(depth - 0.5)", @"Porosity = ""1 \+ 0.2\*\(depth - 0.5\)"": porosity 0.25.* and active volume fraction 0.75 add up to 1.00.*")]
    [TestCase("Variation.Negative electrode.Active material=1.1", @"Active material = ""1.1"": porosity 0.25 and active volume fraction 0.825 add up to 1.075")]
    public void MoreThanTheWholeVolumeIsRefused(string variation, string words)
    {
        SimulationCase simulation = TestCases.Column(variation);
        CaseValueException error = Assert.Throws<CaseValueException>(() => new CellRun(simulation).Dispose())!;
        Assert.That(error.Message, Does.Match($@"case.json: Variation\.Negative electrode\.{words} in the negative electrode at x = .* m, y = .* m, z = .* m \(allowed: ≤ 1\)"));
    }

    [Test]
    public void WiderPoresTakeThePlaceOfActiveMaterial() => Assert.That(() => new CellRun(TestCases.Column(
        "Variation.Negative electrode.Porosity=1 + 0.2*(depth - 0.5)", "Variation.Negative electrode.Active material=1 - 0.2*(depth - 0.5)/3")).Dispose(), Throws.Nothing);

    /// <summary>Different in every column and through every layer.</summary>
    internal static string[] Varied { get; } =
    [
        "Variation.Negative electrode.Porosity=1 + 0.3*(depth - 0.5) + z", "Variation.Negative electrode.Transport efficiency=(1 + 0.3*(depth - 0.5) + z)**1.5",
        "Variation.Separator.Transport efficiency=1 - 0.9/(1 + exp(((y - 0.05)**2 + (z - 0.06)**2 - 4e-4)*2e4))", "Variation.Positive electrode.Conductivity=0.5 + 5*y",
        "Variation.Positive collector.Conductivity=1 - 0.5*cos(30*z)", "Variation.Positive electrode.Thermal conductivity=1 + 3*y", "Variation.Negative electrode.Density=1 + z",
        "Variation.Negative electrode.Specific heat capacity=1 + 2*y", "Variation.Negative electrode.Active material=0.8 - 0.2*depth + z",
        "Variation.Negative electrode.Particle radius=1 + 0.5*depth + 2*y", "Variation.Negative electrode.Surface area per unit volume=1/(1 + 0.5*depth + 2*y)",
        "Variation.Positive electrode.Particle radius=(1.2 - 0.5*depth + z)*exp(0.1*normal)", "Variation.Positive electrode.Scatter.Patch=0.03", "Variation.Positive electrode.Scatter.Patches through=2",
    ];

    private static double SeparatorError(int cells)
    {
        SimulationCase simulation = TestCases.Column("Mesh.Grading=1", $"Mesh.Cells through.Separator={cells}", "Variation.Separator.Transport efficiency=1.4 - 0.8*depth");
        using CellRun run = new(simulation);
        run.Start(-run.OneC);
        CellMesh mesh = run.Model.Mesh;
        int[] separator = [.. Enumerable.Range(0, mesh.CellCount).Where(cell => mesh.Kind(cell) == LayerKind.Separator).OrderBy(cell => mesh.CentreX[cell])];
        (double first, double last) = (0.5 / cells, 1 - (0.5 / cells));
        CellLayer layer = simulation.Layer(LayerKind.Separator)!;
        double conductivity = simulation.Cell.Electrolyte.ConductivityOf(298.15).Value(simulation.Cell.Electrolyte.InitialConcentration, 298.15) * layer.Material.Pores!.TransportEfficiency;
        double integral = layer.Thickness / conductivity * Math.Log((1.4 - (0.8 * first)) / (1.4 - (0.8 * last))) / 0.8;
        double drop = run.Model.Fields.IonicPotential[separator[0]] - run.Model.Fields.IonicPotential[separator[^1]];
        return Math.Abs((drop / (run.OneC / simulation.Geometry.Area * integral)) - 1);
    }

    private static void LayerPropertiesTimes(SimulationCase simulation, double factor, out SimulationCase changed) => changed = simulation with
    {
        Layers =
        [
            .. simulation.Layers.Select(layer => layer with
            {
                Material = layer.Material with
                {
                    Pores = layer.Material.Pores is { } pores ? new(factor * pores.Porosity, factor * pores.TransportEfficiency) : null,
                    ElectronicConductivity = factor * layer.Material.ElectronicConductivity,
                    Thermal = new(factor * layer.Material.Thermal.Density, factor * layer.Material.Thermal.SpecificHeatCapacity.Value(300),
                        factor * layer.Material.Thermal.ThroughConductivity.Value(300), factor * layer.Material.Thermal.InPlaneConductivity.Value(300)),
                },
            }),
        ],
    };

    private static void AssertSame(SimulationCase expected, SimulationCase actual, double tolerance)
    {
        using CellRun one = new(expected), other = new(actual);
        one.Start(-one.OneC);
        other.Start(-other.OneC);
        for (int step = 0; step < 8; step++)
        {
            one.Step(20);
            other.Step(20);
            Assert.That(other.Voltage, Is.EqualTo(one.Voltage).Within(tolerance * one.Voltage));
        }
        double[] warm = one.Whole(Field.Temperature), also = other.Whole(Field.Temperature);
        Assert.That(warm.Max(), Is.GreaterThan(0.05));
        Assert.That(warm.Zip(also, (a, b) => Math.Abs(a - b)).Max(), Is.LessThan(300 * tolerance));
    }
}
