using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Physics;
using Cell3D.Physics.Heat;
using Cell3D.Physics.Transport;
using Cell3D.Tests.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

/// <summary>Order 2 in space on graded meshes with jumps of the coefficients between layers.</summary>
/// <remarks>Solutions are smooth functions of s = ∫dx/k, so that fluxes are continuous where k jumps. Sources are exact integrals over
/// the cells; a small exchange with the solution itself makes the problems regular.</remarks>
public class ManufacturedSolutionTests
{
    private static readonly double[] Jumps = [0.12, 0.35, 0.2];
    private static readonly int[] Cells = [16, 32, 64, 128];

    [Test]
    public void IonicTransport()
    {
        (double[] salt, double[] potential) = (new double[Cells.Length], new double[Cells.Length]);
        for (int i = 0; i < Cells.Length; i++)
            (salt[i], potential[i]) = IonicErrors(Lines.Graded(Cells[i]));
        AssertSecondOrder("salt", salt, 1e-3);
        AssertSecondOrder("ionic potential", potential, 1e-3);
    }

    [Test]
    public void ElectronicConduction() => AssertSecondOrder("electronic", [.. Cells.Select(n => LineError(Lines.Graded(n), Field.ElectronicPotential, (mesh, fields, layout) =>
        new FaceTerm<ElectronicConduction>(new(fields, CellProperty.PerRegion(Jumps, mesh.Region).Inverse()), SmallSystem.Faces(mesh), layout)))], 1e-3);

    [Test]
    public void HeatConduction() => AssertSecondOrder("heat", [.. Cells.Select(n => LineError(Lines.Graded(n), Field.Temperature, (mesh, fields, layout) =>
        SmallSystem.HeatConduction(mesh, fields, layout, cell => Jumps[mesh.Region[cell]])))], 1e-3);

    [Test]
    public void HeatConductionInThePlane([Values("graded with a jump", "triangular")] string plane)
    {
        double[] errors = [.. new[] { 8, 16, 32, 64 }.Select(n => PlaneError(plane == "triangular"
            ? PlaneMesh.Triangular(Meshes.Width, Meshes.Height, n)
            : PlaneMesh.Rectilinear(HalvesOf(Meshes.Width, n), Grading.Geometric(0, Meshes.Height, n, 4)), plane == "triangular" ? 1 : 5))];
        AssertSecondOrder(plane, errors, 2e-3);
    }

    private static double[] HalvesOf(double width, int n) =>
        [.. Grading.Symmetric(0, 0.5 * width, n / 2, 2), .. Grading.Symmetric(0.5 * width, width, n / 2, 2).AsSpan(1)];

    private static void AssertSecondOrder(string what, double[] errors, double finest)
    {
        double[] orders = [.. errors.Zip(errors.Skip(1), (coarse, fine) => Math.Log2(coarse / fine))];
        TestContext.Out.WriteLine($"{what}: errors {string.Join(", ", errors.Select(e => e.ToString("e2")))}; orders {string.Join(", ", orders.Select(o => o.ToString("f3")))}");
        Assert.That(orders[^1], Is.EqualTo(2).Within(0.1));
        Assert.That(errors[^1], Is.LessThan(finest));
    }

    private static (double Salt, double Potential) IonicErrors(CellMesh mesh)
    {
        IonicSolution exact = new(Lines.Total(Jumps));
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Salt, Field.IonicPotential);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        double[] salt = new double[mesh.CellCount], potential = new double[mesh.CellCount], saltSource = new double[mesh.CellCount], chargeSource = new double[mesh.CellCount];
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            double s = Lines.Resistance(mesh.CentreX[cell], Jumps);
            (salt[cell], potential[cell], fields.Temperature[cell]) = (exact.Salt(s), exact.Potential(s), exact.Heating(s));
            (double saltOut, double chargeOut) = Difference(mesh, cell, x => exact.Fluxes(Lines.Resistance(x, Jumps)));
            (saltSource[cell], chargeSource[cell]) = (Lines.Area * saltOut, Lines.Area * chargeOut);
        }
        AddBoundaryFluxes(mesh, x => exact.Fluxes(Lines.Resistance(x, Jumps)), saltSource, chargeSource);
        fields.Salt.AsSpan().Fill(1000);
        ElectrolyteProperties properties = new(Electrolytes.Nonlinear, fields, [.. Enumerable.Range(0, mesh.CellCount)]);
        double share = Lines.Area / Lines.Total(Jumps) / mesh.Volume.Sum();
        using SmallSystem system = new(layout, fields, new(), [properties],
            new FaceTerm<IonicTransport<VariableTransference>>(new(fields, properties, new(properties), CellProperty.PerRegion(Jumps, mesh.Region).Inverse()), SmallSystem.Faces(mesh), layout),
            new CellExchange(layout, fields, Field.Salt, [.. mesh.Volume.Select(v => v * share * 2e-10)], salt, saltSource),
            new CellExchange(layout, fields, Field.IonicPotential, [.. mesh.Volume.Select(v => v * share)], potential, chargeSource));
        system.Solve();
        return (Distance(fields.Salt, salt), Distance(fields.IonicPotential, potential));
    }

    /// <summary>One linear law on a line: u = sin of s plus a slope.</summary>
    private static double LineError(CellMesh mesh, Field field, Func<CellMesh, CellFields, FieldLayout, Term> law)
    {
        double total = Lines.Total(Jumps);
        (double, double) Flux(double x) => (-((3 * Math.Cos(3 * Lines.Resistance(x, Jumps) / total)) + 0.5) / total, 0);
        FieldLayout layout = SmallSystem.Layout(mesh, field);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        double[] exact = new double[mesh.CellCount], source = new double[mesh.CellCount];
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            double s = Lines.Resistance(mesh.CentreX[cell], Jumps) / total;
            exact[cell] = Math.Sin(3 * s) + (0.5 * s);
            source[cell] = Lines.Area * Difference(mesh, cell, Flux).First;
        }
        AddBoundaryFluxes(mesh, Flux, source, new double[mesh.CellCount]);
        double share = Lines.Area / total / mesh.Volume.Sum();
        using SmallSystem system = new(layout, fields, new(), [], law(mesh, fields, layout),
            new CellExchange(layout, fields, field, [.. mesh.Volume.Select(v => v * share)], exact, source));
        system.Solve();
        return Distance(fields[field], exact);
    }

    /// <summary>Outflow through both faces of a cell, per area: the exact integral of the divergence.</summary>
    private static (double First, double Second) Difference(CellMesh mesh, int cell, Func<double, (double First, double Second)> flux)
    {
        (double first, double second) = flux(mesh.CentreX[cell] + (0.5 * mesh.Thickness[cell]));
        (double firstBefore, double secondBefore) = flux(mesh.CentreX[cell] - (0.5 * mesh.Thickness[cell]));
        return (first - firstBefore, second - secondBefore);
    }

    /// <summary>What flows through the outer faces is prescribed.</summary>
    private static void AddBoundaryFluxes(CellMesh mesh, Func<double, (double First, double Second)> flux, double[] first, double[] second)
    {
        foreach (BoundaryFace face in mesh.Boundaries.Where(f => f.Direction == FaceDirection.Through))
        {
            int side = face.CoolingSurface == CellSurface.NegativeFace ? -1 : 1;
            (double a, double b) = flux(mesh.CentreX[face.Cell] + (side * face.Distance));
            first[face.Cell] -= side * Lines.Area * a;
            second[face.Cell] -= side * Lines.Area * b;
        }
    }

    /// <summary>u = sin(π s(y)/S) sin(π z/H), zero on all edges; k jumps in the middle of the width by the given factor.</summary>
    private static double PlaneError(PlaneMesh plane, double jump)
    {
        const double thickness = 1e-3, width = Meshes.Width, height = Meshes.Height;
        double K(double y) => y < 0.5 * width ? 1 : jump;
        double total = 0.5 * width * (1 + (1 / jump));
        double S(double y) => Math.PI * (Math.Min(y, 0.5 * width) + (Math.Max(0, y - (0.5 * width)) / jump)) / total;
        double Exact(double y, double z) => Math.Sin(S(y)) * Math.Sin(Math.PI * z / height);
        double Source(double y, double z) => Exact(y, z) * ((Math.Pow(Math.PI / total, 2) / K(y)) + (K(y) * Math.Pow(Math.PI / height, 2)));
        CellMesh mesh = MeshBuilder.Build(plane, new LayerStack([new LayerSpec(LayerKind.Separator, "slab", thickness, new LayerGrading(1))]), []);
        FieldLayout layout = SmallSystem.Layout(mesh, Field.Temperature);
        CellFields fields = new(mesh.CellCount, new bool[mesh.CellCount], 298.15);
        double[] held = new double[mesh.CellCount], source = new double[mesh.CellCount], exact = new double[mesh.CellCount];
        foreach (BoundaryFace face in mesh.Boundaries.Where(f => f.Direction == FaceDirection.InPlane))
            held[face.Cell] += K(mesh.CentreY[face.Cell]) * face.Area / face.Distance;
        for (int cell = 0; cell < mesh.CellCount; cell++)
        {
            int[] polygon = mesh.Extrusion.Polygon(mesh.Column[cell]).ToArray();
            double y = polygon.Average(v => mesh.Extrusion.VertexY[v]), z = polygon.Average(v => mesh.Extrusion.VertexZ[v]);
            source[cell] = mesh.Volume[cell] * Source(y, z);
            exact[cell] = Exact(mesh.CentreY[cell], mesh.CentreZ[cell]);
        }
        using SmallSystem system = new(layout, fields, new(), [],
            SmallSystem.HeatConduction(mesh, fields, layout, cell => K(mesh.CentreY[cell])),
            new CellExchange(layout, fields, Field.Temperature, held, new double[mesh.CellCount], source));
        system.Solve();
        double square = 0;
        for (int cell = 0; cell < mesh.CellCount; cell++)
            square += mesh.Volume[cell] * Math.Pow(fields.Temperature[cell] - exact[cell], 2);
        return Math.Sqrt(square / mesh.Volume.Sum());
    }

    /// <summary>Largest difference relative to the range.</summary>
    private static double Distance(double[] actual, double[] exact) =>
        actual.Zip(exact, (a, b) => Math.Abs(a - b)).Max() / (exact.Max() - exact.Min());

    /// <summary>c, φ_e and T as functions of s, and the fluxes that follow from the law with every property varying.</summary>
    private sealed class IonicSolution(double total)
    {
        public double Salt(double s) => 1000 + (400 * Math.Cos((2.5 * s / total) + 0.3));

        public double Potential(double s) => 0.08 * Math.Sin(3 * s / total);

        public double Heating(double s) => 20 * Math.Pow(s / total, 2);

        public (double Salt, double Current) Fluxes(double s)
        {
            double c = Salt(s), temperature = 298.15 + Heating(s);
            double saltSlope = -1000 / total * Math.Sin((2.5 * s / total) + 0.3), potentialSlope = 0.24 / total * Math.Cos(3 * s / total);
            Cell3D.Physics.Materials.Electrolyte e = Electrolytes.Nonlinear;
            double conductivity = e.Conductivity.Value(c) * new Arrhenius(e.ConductivityActivationEnergy, 298.15).At(temperature).Factor;
            double diffusivity = e.Diffusivity.Value(c) * new Arrhenius(e.DiffusivityActivationEnergy, 298.15).At(temperature).Factor;
            double transference = e.TransferenceNumber.Value(c);
            double factor = 2 * PhysicalConstants.Gas * temperature / PhysicalConstants.Faraday * (1 - transference) * e.ThermodynamicFactor.Value(c);
            double current = -conductivity * (potentialSlope - (factor * saltSlope / c));
            return ((-diffusivity * saltSlope) + (transference * current / PhysicalConstants.Faraday), current);
        }
    }
}
