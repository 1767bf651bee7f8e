using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>A slab between plates of given temperature, contacts and given fluxes, against closed solutions.</summary>
public class CooledSlabTests
{
    private const double Thickness = 0.02, Conductivity = 0.8, Capacity = 2e6, Start = 311, Reference = 298.15;

    /// <summary>Steady: T = T_1 + q (R_1 + x/k), q the difference of the plates over all resistances.</summary>
    [TestCase(280, 0, 330, 0)]
    [TestCase(280, 5e-3, 330, 0.02)]
    [TestCase(345, 1e-5, 290, 0)]
    public void BetweenTwoPlatesTheTemperatureIsLinear(double first, double firstContact, double second, double secondContact)
    {
        double[] temperature = March(10, 1e14, 4, Surroundings.Plate(TimeTable.Constant(first), firstContact), Surroundings.Plate(TimeTable.Constant(second), secondContact));
        double flux = (second - first) / (firstContact + (Thickness / Conductivity) + secondContact);
        for (int cell = 0; cell < temperature.Length; cell++)
            Assert.That(temperature[cell], Is.EqualTo(first + (flux * (firstContact + ((cell + 0.5) * Thickness / 10 / Conductivity)))).Within(1e-9));
    }

    /// <summary>Steady: heated on one side, on a plate with a contact on the other.</summary>
    [Test]
    public void OnAPlateAndHeatedItIsTheSeriesOfResistances([Values(-400, 150)] double flux)
    {
        const double contact = 4e-3, plate = 300;
        double[] temperature = March(10, 1e14, 4, Surroundings.Plate(TimeTable.Constant(plate), contact), Flux(TimeTable.Constant(flux)));
        for (int cell = 0; cell < temperature.Length; cell++)
            Assert.That(temperature[cell], Is.EqualTo(plate - (flux * (contact + ((cell + 0.5) * Thickness / 10 / Conductivity)))).Within(1e-9));
    }

    /// <summary>Steady: a contact in series with convection is a smaller coefficient.</summary>
    [Test]
    public void AContactIsInSeriesWithConvection()
    {
        Surroundings behind = new(TimeTable.Constant(50), TimeTable.Constant(290)) { ContactResistance = 0.02 }, bare = new(TimeTable.Constant(25), TimeTable.Constant(290));
        Assert.That(March(8, 2000, 40, behind, behind), Is.EqualTo(March(8, 2000, 40, bare, bare)).Within(1e-9));
    }

    /// <summary>Between two plates: θ = 4/π Σ (−1)ⁿ/(2n + 1) exp(−((2n + 1) π/2)² Fo) cos((2n + 1) π x/2L) from the middle (Carslaw and Jaeger, §3.3).</summary>
    [Test]
    public void CoolingBetweenTwoPlatesFollowsTheSeries([Values(285, 340)] double plate)
    {
        const double fourier = 0.5, half = Thickness / 2;
        double end = fourier * Capacity * half * half / Conductivity;
        AssertSecondOrder(n =>
        {
            double sum = 0;
            for (int i = 0; i < 30; i++)
            {
                double root = ((2 * i) + 1) * Math.PI / 2;
                sum += (i % 2 == 0 ? 2 : -2) / root * Math.Exp(-root * root * fourier) * Math.Cos(root * 0.5 / n);
            }
            Surroundings outside = Surroundings.Plate(TimeTable.Constant(plate));
            return March(2 * n, end, 6 * n, outside, outside)[n] - (plate + ((Start - plate) * sum));
        });
    }

    /// <summary>Heated on one side, insulated on the other: T = T_0 + (q L/k) [Fo + (3x² − L²)/6L² − 2/π² Σ (−1)ⁿ/n² exp(−n²π² Fo) cos(nπx/L)] (Carslaw and Jaeger, §3.8).</summary>
    [Test]
    public void HeatingOnOneSideFollowsTheSeries([Values(-900, 500)] double flux)
    {
        const double fourier = 0.2;
        double end = fourier * Capacity * Thickness * Thickness / Conductivity;
        AssertSecondOrder(n =>
        {
            double place = 1 - (0.5 / n), sum = 0;
            for (int i = 1; i < 60; i++)
                sum += (i % 2 == 0 ? 1.0 : -1) / (i * i) * Math.Exp(-i * i * Math.PI * Math.PI * fourier) * Math.Cos(i * Math.PI * place);
            double rise = -flux * Thickness / Conductivity * (fourier + (((3 * place * place) - 1) / 6) - (2 / (Math.PI * Math.PI) * sum));
            return March(n, end, 6 * n, new(TimeTable.Constant(0), TimeTable.Constant(300)), Flux(TimeTable.Constant(flux)))[^1] - (Start + rise);
        });
    }

    /// <summary>A flux over time brings its integral: the enthalpy of the slab.</summary>
    [Test]
    public void AFluxOverTimeBringsItsIntegral()
    {
        Surroundings heater = Flux(new([0, 300, 600], [0, -800, -800])), none = new(TimeTable.Constant(0), TimeTable.Constant(300));
        double mean = March(20, 600, 600, none, heater).Average();
        Assert.That((mean - Start) * Capacity * Thickness, Is.EqualTo(800 * (150 + 300)).Within(800 * 450 * 2e-5));
    }

    private static Surroundings Flux(TimeTable flux) => new(TimeTable.Constant(0), TimeTable.Constant(300)) { HeatFlux = flux };

    private static void AssertSecondOrder(Func<int, double> error)
    {
        double[] errors = [.. new[] { 10, 20, 40 }.Select(error)];
        TestContext.Out.WriteLine(string.Join(", ", errors.Select(e => e.ToString("e2"))));
        Assert.That(Math.Abs(errors[2]), Is.LessThan(0.01));
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.EqualTo(2).Within(0.15));
    }

    /// <summary>T of every cell at the end [K].</summary>
    private static double[] March(int cells, double end, int steps, Surroundings first, Surroundings second)
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(0.1, 0.1), new LayerStack([new LayerSpec(LayerKind.Casing, "slab", Thickness, new LayerGrading(cells))]), []);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Temperature);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], Reference);
        fields.Temperature.AsSpan().Fill(Start - Reference);
        StateRegistry states = new();
        StateVariable temperature = states.Register(new(new("Temperature", "K"), fields.Temperature, mesh.CellCount));
        CooledFace[] faces = [.. mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through)
            .Select(f => new CooledFace(f.Cell, f.Area, f.Distance / Conductivity, f.CoolingSurface == CellSurface.NegativeFace ? first : second))];
        using SmallSystem system = new(layout, fields, states, [],
            new Storage<Proportional>(Field.Temperature, [(new(), layout.CellsWith(Field.Temperature))], [.. mesh.Volume.Select(v => v * Capacity)], temperature, layout, new("Enthalpy", "J")),
            SmallSystem.HeatConduction(mesh, fields, layout, _ => Conductivity),
            Cooling<PlateFilm>(face => face.Surroundings.IsPlate), Cooling<RadiatingFilm>(face => !face.Surroundings.IsPlate));
        system.March(end / steps, steps);
        return [.. Enumerable.Range(0, cells).Select(cell => Reference + fields.Temperature[cell])];

        SurfaceCooling<TFilm, FixedHalfCell> Cooling<TFilm>(Func<CooledFace, bool> has) where TFilm : struct, IFilm<TFilm> => new(fields, layout, faces.Where(has), new(RegionFactors.None), ["slab"]);
    }
}
