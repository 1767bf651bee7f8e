using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Simulation;
using Cell3D.Simulation.Recording;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Radius and surface area of particles that vary in space, in whole cells 12 K above the reference temperature.</summary>
public class ParticleVariationTests
{
    private static readonly string[] Warm = ["Initial state.SOC=0.6", "Thermal.Initial temperature=310", "Thermal.Ambient temperature=308"];

    /// <summary>Particles twice as large from the middle of either electrode on.</summary>
    private static readonly string[] HalfIsLarge = [.. Both("Particle radius", "1 + 1/(1 + exp((0.5 - depth)*1e4))")];

    /// <summary>Film, hysteresis, double layer.</summary>
    internal static ActiveMaterial WithEverything(ActiveMaterial m, bool variable = true) => m with
    {
        Diffusivity = variable ? ExpressionCurve.Parse(FormattableString.Invariant($"{m.Diffusivity.Widened(2).Value(0.5, 298.15):R}*(0.4 + x)")) : m.Diffusivity,
        DiffusivityActivationEnergy = 20000,
        Hysteresis = new(Curve.Constant(0.02), Curve.Constant(-0.02), 30),
        DoubleLayerCapacitance = 0.2,
        Film = new()
        {
            InitialThickness = 5e-9,
            Resistivity = 2e5,
            MolarVolume = 9.585e-5,
            LithiumPerMolecule = 2,
            EquilibriumPotential = 0.4,
            ExchangeCurrent = 1.5e-3,
            ActivationEnergy = 30000,
            SolventSupply = 1e-13,
        },
    };

    [Test]
    public void ConstantFactorsAreAnotherGeometryOfTheParticles([Values] bool variableDiffusivity)
    {
        SimulationCase expected = TestCases.ThermalColumn(Warm).WithMaterials(m => [WithEverything(m, variableDiffusivity) with { ParticleRadius = 1.3 * m.ParticleRadius, SurfaceAreaPerVolume = 0.7 * m.SurfaceAreaPerVolume }]);
        SimulationCase varied = TestCases.ThermalColumn([.. Warm, .. Both("Particle radius", "1.3*(depth + 1)/(depth + 1)"), .. Both("Surface area per unit volume", "0.7")])
            .WithMaterials(m => [WithEverything(m, variableDiffusivity)]);
        AssertSame(expected, varied);
    }

    /// <summary>Amount, area and radius act on all materials of a blend; two equal halves are one.</summary>
    [Test]
    public void FactorsActOnEveryMaterialOfABlend()
    {
        string[] factors = [.. Warm, .. Both("Active material", "0.8 + 0.2*depth"), .. Both("Particle radius", "1 + depth"), .. Both("Surface area per unit volume", "1/(1 + depth)")];
        SimulationCase one = TestCases.Column(factors), blend = TestCases.Column(factors).WithMaterials(m => new[] { "first", "second" }.Select(name => m with
        {
            Name = name,
            SurfaceAreaPerVolume = 0.5 * m.SurfaceAreaPerVolume,
            ActiveVolumeFraction = 0.5 * m.ActiveVolumeFraction,
        }));
        using CellRun single = new(one), halves = new(blend);
        single.Start(-single.OneC);
        halves.Start(-halves.OneC);
        for (int step = 0; step < 6; step++)
        {
            single.Step(20);
            halves.Step(20);
            Assert.That(halves.Voltage, Is.EqualTo(single.Voltage).Within(1e-11));
        }
        foreach (int half in new[] { 0, 1 })
            Assert.That(halves.Model.Particles[half].SurfaceStoichiometry.ToArray(), Is.EqualTo(single.Model.Particles[0].SurfaceStoichiometry.ToArray()).Within(1e-11));
    }

    [Test]
    public void LithiumChargeAndEnergyAreConservedWhereHalfTheParticlesAreLarge([Values] bool spheres)
    {
        string[] area = spheres ? [.. Both("Surface area per unit volume", "1/(1 + 1/(1 + exp((0.5 - depth)*1e4)))")] : [];
        using CellRun run = new(TestCases.ThermalColumn([.. Warm, .. HalfIsLarge, .. area]).WithMaterials(m => [WithEverything(m)]));
        run.Start(-run.OneC);
        double lithium = run.Report().SumOf(Totals.Lithium), drift = 0, energy = 0, current = 0, heat = 0;
        for (int step = 0; step < 15; step++)
        {
            run.Step(20);
            Balance balance = run.Report();
            double power = run.Voltage * -run.OneC, released = balance.SumOf(Balance.Losses) + balance["Reversible heat"];
            drift = Math.Max(drift, Math.Abs((balance.SumOf(Totals.Lithium) / lithium) - 1));
            energy = Math.Max(energy, Math.Abs(((balance.SumOf(Balance.Losses) + balance.SumOf(Totals.StoredPower)) / power) - 1));
            heat = Math.Max(heat, Math.Abs((balance["Enthalpy, rate"] + balance.SumOf(Totals.HeatLost) - released) / released));
            current = Math.Max(current, Math.Abs((balance.SumOf(Totals.NegativeTransfer) / run.OneC) - 1));
        }
        TestContext.Out.WriteLine($"lithium {drift:e1}, energy {energy:e1}, heat {heat:e1}, current {current:e1}");
        Assert.That(drift, Is.LessThan(1e-12));
        Assert.That(energy, Is.LessThan(1e-8));
        Assert.That(heat, Is.LessThan(1e-8));
        Assert.That(current, Is.LessThan(1e-9));
        ReactingParticles particles = run.Model.Particles[1];
        double[] depth = [.. Enumerable.Range(0, particles.Cells.Length).Select(i => Math.Abs(particles.SurfaceStoichiometry[i] - particles.MeanStoichiometry[i]))];
        double[] radii = [.. particles.Cells.ToArray().Select(cell => particles.Geometry.Radius[cell])];
        Assert.That(radii.Max() / radii.Min(), Is.EqualTo(2).Within(1e-12));
        Assert.That(depth.Where((_, i) => radii[i] == radii.Max()).Min(), Is.GreaterThan(1.25 * depth.Where((_, i) => radii[i] == radii.Min()).Max()), "steeper profiles in large particles");
    }

    /// <summary>What is written as transfer current density adds up to the current.</summary>
    [Test]
    public void TheTransferCurrentDensityIsThatOfTheVariedArea()
    {
        using CellRun run = new(TestCases.Pouch([.. Warm, .. Both("Active material", "0.8 + y"), .. Both("Surface area per unit volume", "1 + depth - 3*z")]));
        run.Start(-run.OneC);
        run.Step(5);
        FieldSelection fields = new(run.Model, ["Transfer current density"]);
        double[] density = new double[run.Model.Mesh.OwnedCellCount];
        fields.Fields.Single().Fill(density);
        foreach ((Polarity side, double sign) in new[] { (Polarity.Negative, 1), (Polarity.Positive, -1) })
        {
            double sum = Enumerable.Range(0, density.Length).Where(cell => run.Model.Mesh.Kind(cell).Polarity() == side && !double.IsNaN(density[cell])).Sum(cell => density[cell] * run.Model.Mesh.Volume[cell]);
            Assert.That(sum, Is.EqualTo(sign * run.OneC).Within(1e-8 * run.OneC));
        }
    }

    /// <summary>Modes are those that the steepest particles of the layer need: the same as if all were like them, under the current of their mean area.</summary>
    [Test]
    public void ModesAreChosenForTheSteepestParticles()
    {
        static int Modes(params string[] settings)
        {
            SimulationCase simulation = TestCases.Column(settings).WithMaterials(m => [m with { Diffusivity = ExpressionCurve.Parse("4e-15*exp(-5*(x - 0.5))") }]);
            return ParticleModes.Of(simulation)[simulation.Layer(LayerKind.PositiveElectrode)!.Material.ActiveMaterials[0]];
        }

        int small = Modes(), large = Modes("Variation.Positive electrode.Particle radius=2");
        Assert.That(large, Is.GreaterThan(small));
        Assert.That(Modes("Variation.Positive electrode.Particle radius=1 + 1/(1 + exp((0.8 - depth)*1e4))"), Is.EqualTo(large));
        Assert.That(Modes("Variation.Positive electrode.Particle radius=1 + 1/(1 + exp((0.8 - depth)*1e4))",
            "Variation.Positive electrode.Surface area per unit volume=1/(1 + 1/(1 + exp((0.8 - depth)*1e4)))"), Is.GreaterThan(small), "spheres of the same volume");
        Assert.That(Modes("Variation.Positive electrode.Particle radius=2", "Variation.Positive electrode.Surface area per unit volume=3", "Variation.Positive electrode.Active material=1"), Is.EqualTo(large),
            "a uniform area changes j and 1/a alike");
    }

    [TestCase("Particle radius", "-5.86E-06 in the negative electrode")]
    [TestCase("Surface area per unit volume", "-3.84E+05 in the negative electrode")]
    public void AValueThatOnlyTheMeshMeetsIsNamedWithItsPlace(string key, string words)
    {
        const string expression = "1 - 2*exp(-((depth - 0.995)/0.002)**2)";
        SimulationCase simulation = TestCases.Column("Mesh.Cells through.Negative electrode=100", "Mesh.Grading=1", $"Variation.Negative electrode.{key}={expression}");
        CaseValueException error = Assert.Throws<CaseValueException>(() => new CellRun(simulation).Dispose())!;
        Assert.That(error.Message, Does.Contain($"case.json: Variation.Negative electrode.{key} = \"{expression}\": the factor -1 makes it {words} at x = "));
    }

    private static IEnumerable<string> Both(string key, string factor) =>
        [$"Variation.Negative electrode.{key}={factor}", $"Variation.Positive electrode.{key}={factor}"];

    private static void AssertSame(SimulationCase expected, SimulationCase actual)
    {
        using CellRun one = new(expected), other = new(actual);
        one.Start(-one.OneC);
        other.Start(-other.OneC);
        for (int step = 0; step < 8; step++)
        {
            one.Step(20);
            other.Step(20);
            Assert.That(other.Voltage, Is.EqualTo(one.Voltage).Within(1e-12 * one.Voltage));
        }
        foreach ((ElectrodeInterface here, ElectrodeInterface there) in one.Model.Interfaces.Zip(other.Model.Interfaces))
        {
            Assert.That(there.Particles.LocalUnknowns, Is.EqualTo(here.Particles.LocalUnknowns), "modes");
            AssertClose(there.Particles.SurfaceStoichiometry, here.Particles.SurfaceStoichiometry, 1e-12);
            AssertClose(there.Particles.Hysteresis!.Values, here.Particles.Hysteresis!.Values, 1e-11);
            AssertClose(there.Film!.ThicknessValues, here.Film!.ThicknessValues, 1e-12 * 5e-9);
            Assert.That(here.Particles.Hysteresis.Values[0], Is.Not.Zero.Within(1e-3));
        }
        Assert.That(one.Model.Interfaces[0].Film!.ThicknessValues[0], Is.GreaterThan(5.001e-9));

        static void AssertClose(ReadOnlySpan<double> actual, ReadOnlySpan<double> expected, double tolerance) =>
            Assert.That(actual.ToArray(), Is.EqualTo(expected.ToArray()).Within(tolerance));
    }
}
