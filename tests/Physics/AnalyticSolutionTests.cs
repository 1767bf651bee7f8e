using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Transport;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>Laws assembled on meshes against closed solutions.</summary>
public class AnalyticSolutionTests
{
    /// <summary>|Δφ_s| = iL²/(2σδ) of a foil that takes up i uniformly and is drained at its upper edge (equation 7.6).</summary>
    [TestCase(40, 1, 1e-12)]
    [TestCase(60, 8, 1e-3)]
    public void AFoilThatTakesUpAUniformCurrent(int cells, double lastToFirst, double tolerance)
    {
        const double width = 0.1, height = 0.137, foil = 25e-6, sigma = 5.96e7, density = 24;
        PlaneMesh plane = PlaneMesh.Rectilinear([0, width], Grading.Geometric(0, height, cells, lastToFirst));
        CellMesh mesh = MeshBuilder.Build(plane, new LayerStack([new LayerSpec(LayerKind.NegativeCollector, "foil", foil, new LayerGrading(1))]), []);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.ElectronicPotential);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        double[] conductivity = [.. Enumerable.Repeat(sigma, mesh.CellCount)], drain = new double[mesh.CellCount];
        BoundaryFace edge = mesh.Boundaries.Single(face => face.Surface == CellSurface.TopEdge);
        drain[edge.Cell] = sigma * edge.Area / edge.Distance;
        double[] uptake = [.. mesh.PlaneArea.Select(area => density * area)];
        using SmallSystem system = new(layout, fields, new(), [],
            new FaceTerm<ElectronicConduction>(new(fields, CellProperty.PerCell(conductivity).Inverse()), SmallSystem.Faces(mesh), layout),
            new CellExchange(layout, fields, Field.ElectronicPotential, drain, new double[mesh.CellCount], uptake));
        system.Solve();
        double expected = density * height * height / (2 * sigma * foil);
        Assert.That(fields.ElectronicPotential.Max(), Is.EqualTo(expected).Within(tolerance * expected));
    }

    /// <summary>Constant properties: c is straight in ∫dx/B through all jumps of B, φ_e follows it without current; exact on any mesh.</summary>
    [Test]
    public void SteadySaltThroughThreeLayersIsExact()
    {
        double[] efficiency = [0.12, 0.35, 0.2];
        const double left = 1400, right = 600;
        CellMesh mesh = Lines.Graded(10);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Salt, Field.IonicPotential);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        fields.Salt.AsSpan().Fill(1000);
        ElectrolyteProperties properties = new(Electrolytes.Constant, fields, [.. Enumerable.Range(0, mesh.CellCount)]);
        double[] held = new double[mesh.CellCount], value = new double[mesh.CellCount], pinned = new double[mesh.CellCount];
        foreach (BoundaryFace face in mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through))
        {
            held[face.Cell] = 2.5e-10 * efficiency[mesh.Region[face.Cell]] * face.Area / face.Distance;
            value[face.Cell] = face.CoolingSurface == CellSurface.NegativeFace ? left : right;
        }
        pinned[0] = 1;
        using SmallSystem system = new(layout, fields, new(), [properties],
            new FaceTerm<IonicTransport<VariableTransference>>(new(fields, properties, new(properties), CellProperty.PerRegion(efficiency, mesh.Region).Inverse()), SmallSystem.Faces(mesh), layout),
            new CellExchange(layout, fields, Field.Salt, held, value, new double[mesh.CellCount]),
            new CellExchange(layout, fields, Field.IonicPotential, pinned, new double[mesh.CellCount], new double[mesh.CellCount]));
        system.Solve();
        const double factor = 2 * PhysicalConstants.Gas * 298.15 / PhysicalConstants.Faraday * 0.7 * 1.7;
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            double exact = left + ((right - left) * Lines.Resistance(mesh.CentreX[cell], efficiency) / Lines.Total(efficiency));
            Assert.That(fields.Salt[cell], Is.EqualTo(exact).Within(1e-12 * exact));
            Assert.That(fields.IonicPotential[cell], Is.EqualTo(factor * Math.Log(exact / fields.Salt[0])).Within(1e-13));
        }
    }

    /// <summary>A slab that cools on both sides: θ = Σ C_n exp(−ζ_n² Fo) cos(ζ_n x/L), ζ tan ζ = Bi (Carslaw and Jaeger, §3.11).</summary>
    [TestCase(0.5)]
    [TestCase(4)]
    public void ASlabWithConvectionFollowsTheSeries(double biot)
    {
        double[] errors = [.. new[] { 10, 20, 40 }.Select(n => Slab(biot, n, 5 * n, 0.6) - SlabSeries(biot, 0.6, 1.0 / n))];
        TestContext.Out.WriteLine($"Bi {biot}: {string.Join(", ", errors.Select(e => e.ToString("e2")))}");
        Assert.That(Math.Abs(errors[2]), Is.LessThan(1e-4));
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.EqualTo(2).Within(0.1));
    }

    [Test]
    public void AThinSlabIsLumped()
    {
        const double biot = 1e-4, fourier = 1 / biot;
        Assert.That(Slab(biot, 6, 400, fourier), Is.EqualTo(Math.Exp(-1)).Within(3e-5));
    }

    /// <summary>θ in the cell beside the middle of a slab of half thickness L, n cells per half, after Fo = kt/(ρc_pL²).</summary>
    private static double Slab(double biot, int n, int steps, double fourier)
    {
        const double half = 0.01, conductivity = 0.8, capacity = 2e6, ambient = 300, heating = 50;
        double coefficient = biot * conductivity / half, duration = fourier * capacity * half * half / conductivity;
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(0.1, 0.1), new LayerStack([new LayerSpec(LayerKind.Casing, "slab", 2 * half, new LayerGrading(2 * n))]), []);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Temperature);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        fields.Temperature.AsSpan().Fill(ambient + heating - 298.15);
        StateRegistry states = new();
        StateVariable temperature = states.Register(new(new("Temperature", "K"), fields.Temperature, mesh.CellCount));
        Surroundings outside = new(TimeTable.Constant(coefficient), TimeTable.Constant(ambient));
        CooledFace[] cooled = [.. mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through)
            .Select(f => new CooledFace(f.Cell, f.Area, f.Distance / conductivity, outside))];
        using SmallSystem system = new(layout, fields, states, [],
            new Storage<Proportional>(Field.Temperature, [(new(), layout.CellsWith(Field.Temperature))], [.. mesh.Volume.Select(v => v * capacity)], temperature, layout, new("Enthalpy", "J")),
            SmallSystem.HeatConduction(mesh, fields, layout, _ => conductivity),
            new SurfaceCooling<ConvectiveFilm, FixedHalfCell>(fields, layout, cooled, new(RegionFactors.None), ["slab"]));
        system.March(duration / steps, steps);
        return (298.15 + fields.Temperature[n] - ambient) / heating;
    }

    /// <summary>The series at half a cell from the middle.</summary>
    private static double SlabSeries(double biot, double fourier, double cell)
    {
        double sum = 0;
        for (int n = 0; n < 30; n++)
        {
            double low = n * Math.PI, high = low + (0.5 * Math.PI);
            for (int i = 0; i < 100; i++)
            {
                double middle = 0.5 * (low + high);
                (low, high) = middle * Math.Tan(middle) < biot ? (middle, high) : (low, middle);
            }
            double weight = 4 * Math.Sin(low) / ((2 * low) + Math.Sin(2 * low));
            sum += weight * Math.Exp(-low * low * fourier) * Math.Cos(0.5 * low * cell);
        }
        return sum;
    }
}
