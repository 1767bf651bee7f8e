using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>A body of one control volume that relaxes towards its surroundings, against closed solutions, with their order in time.</summary>
public class LumpedBodyTests
{
    private const double Thickness = 0.004, Capacity = 2e6, Reference = 298.15;

    /// <summary>T_amb rises in a ramp and stays: T = T_amb − b τ + C exp(−t/τ) on each part, τ the heat capacity over 1/(1/h + d/k).</summary>
    [Test]
    public void ARampOfTheSurroundings([Values(280, 330)] double initial)
    {
        const double coefficient = 20, resistance = 0.01, end = 1200, kink = 600, rise = 0.05;
        Surroundings outside = new(TimeTable.Constant(coefficient), new([0, kink], [300, 300 + (rise * kink)]));
        double tau = Capacity * Thickness / 2 * ((1 / coefficient) + resistance);
        double atKink = 300 + (rise * (kink - tau)) + ((initial - 300 + (rise * tau)) * Math.Exp(-kink / tau));
        double last = outside.AmbientTemperature.At(end);
        double exact = last + ((atKink - last) * Math.Exp(-(end - kink) / tau));
        AssertSecondOrder("ramp", steps => March<ConvectiveFilm>(outside, resistance, initial, end, steps) - exact);
    }

    /// <summary>The surroundings swing: with T_amb = T_m + A sin ωt, T = T_m + A (sin ωt − ωτ cos ωt)/(1 + ω²τ²) + C exp(−t/τ). The table
    /// of 20 000 points per period misses the sine by 10⁻⁸ A.</summary>
    [Test]
    public void SurroundingsThatSwing()
    {
        const double coefficient = 30, mean = 295, amplitude = 10, period = 800, end = 1400, initial = 310;
        double[] times = [.. Enumerable.Range(0, 40001).Select(i => i * period / 20000)];
        double omega = 2 * Math.PI / period, tau = Capacity * Thickness / (2 * coefficient);
        double Swing(double t) => amplitude / (1 + (omega * omega * tau * tau)) * (Math.Sin(omega * t) - (omega * tau * Math.Cos(omega * t)));
        Surroundings outside = new(TimeTable.Constant(coefficient), new(times, [.. times.Select(t => mean + (amplitude * Math.Sin(omega * t)))]));
        double exact = mean + Swing(end) + ((initial - mean - Swing(0)) * Math.Exp(-end / tau));
        AssertSecondOrder("sine", steps => March<ConvectiveFilm>(outside, 0, initial, end, steps) - exact);
    }

    /// <summary>h rises linearly: T − T_amb decays as exp(−∫h dt/C).</summary>
    [Test]
    public void ACoefficientThatRises()
    {
        const double end = 1000;
        Surroundings outside = new(new([0, end], [5, 25]), TimeTable.Constant(300));
        double exact = 300 + (40 * Math.Exp(-15 * end * 2 / (Capacity * Thickness)));
        AssertSecondOrder("coefficient", steps => March<ConvectiveFilm>(outside, 0, 340, end, steps) - exact);
    }

    /// <summary>Radiation alone, behind a half cell of resistance r = d/k: with q = ε σ (T_s⁴ − T_amb⁴) and T = T_s + r q,
    /// t = (C/2) {[ln|T_s + T_amb|/|T_s − T_amb| + 2 atan(T_s/T_amb)]/(4 ε σ T_amb³) − r ln|q|} between start and end.</summary>
    [TestCase(400, 300, 0)]
    [TestCase(400, 300, 0.05)]
    [TestCase(260, 350, 0)]
    [TestCase(260, 350, 0.05)]
    public void RadiationAlone(double initial, double ambient, double resistance)
    {
        const double emissivity = 0.85, end = 3000;
        double rate = emissivity * PhysicalConstants.StefanBoltzmann;
        double Flux(double surface) => rate * (Math.Pow(surface, 4) - Math.Pow(ambient, 4));
        double Time(double surface) => Capacity * Thickness / 2 * (((Math.Log((surface + ambient) / Math.Abs(surface - ambient))
            + (2 * Math.Atan(surface / ambient))) / (4 * rate * Math.Pow(ambient, 3))) - (resistance * Math.Log(Math.Abs(Flux(surface)))));
        double first = Root(s => s + (resistance * Flux(s)) - initial, Math.Min(initial, ambient), Math.Max(initial, ambient));
        double start = Time(first), last = Root(s => (Time(s) - start - end) * Math.Sign(ambient - initial), Math.Min(first, ambient), Math.Max(first, ambient));
        double exact = last + (resistance * Flux(last));
        Surroundings outside = new(TimeTable.Constant(0), TimeTable.Constant(ambient), emissivity);
        AssertSecondOrder($"radiation {initial} K to {ambient} K, r = {resistance}", steps => March<RadiatingFilm>(outside, resistance, initial, end, steps) - exact);
    }

    private static void AssertSecondOrder(string what, Func<int, double> error)
    {
        double[] errors = [.. new[] { 40, 80, 160, 320 }.Select(error)];
        double[] orders = [.. errors.Zip(errors.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"{what}: errors {string.Join(", ", errors.Select(e => e.ToString("e2")))} K; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That(orders[^1], Is.EqualTo(2).Within(0.05));
        Assert.That(Math.Abs(errors[^1]), Is.LessThan(2e-3));
    }

    /// <summary>T at the end [K] of a plate that is cooled on both sides.</summary>
    private static double March<TFilm>(Surroundings outside, double resistance, double initial, double end, int steps) where TFilm : struct, IFilm<TFilm>
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(0.1, 0.1), new LayerStack([new LayerSpec(LayerKind.Casing, "plate", Thickness, new LayerGrading(1))]), []);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Temperature);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], Reference);
        fields.Temperature[0] = initial - Reference;
        StateRegistry states = new();
        StateVariable temperature = states.Register(new(new("Temperature", "K"), fields.Temperature, mesh.CellCount));
        CooledFace[] cooled = [.. mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through).Select(f => new CooledFace(f.Cell, f.Area, resistance, outside))];
        using SmallSystem system = new(layout, fields, states, [],
            new Storage<Proportional>(Field.Temperature, [(new(), layout.CellsWith(Field.Temperature))], [.. mesh.Volume.Select(v => v * Capacity)], temperature, layout, new("Enthalpy", "J")),
            new SurfaceCooling<TFilm, FixedHalfCell>(fields, layout, cooled, new(RegionFactors.None), ["plate"]));
        system.March(end / steps, steps);
        return Reference + fields.Temperature[0];
    }

    /// <summary>Bisection of a function that rises from below 0 to above.</summary>
    private static double Root(Func<double, double> function, double low, double high)
    {
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            (low, high) = function(middle) < 0 ? (middle, high) : (low, middle);
        }
        return 0.5 * (low + high);
    }
}
