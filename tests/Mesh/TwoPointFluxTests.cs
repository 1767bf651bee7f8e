using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class TwoPointFluxTests
{
    private const double A = Math.PI / Meshes.Width, B = Math.PI / Meshes.Height, C = 8;

    [TestCase("graded")]
    [TestCase("triangular")]
    public void SecondOrderInThePlane(string plane)
    {
        double[] errors = [.. new[] { 8, 16, 32, 64 }.Select(cells => PoissonError(plane, cells))];
        double order = Math.Log2(errors[2] / errors[3]);
        Assert.That(order, Is.EqualTo(2).Within(0.1), string.Join(", ", errors));
        Assert.That(errors[3], Is.LessThan(1e-3));
    }

    [Test]
    public void RenumberingDoesNotChangeTheSolution()
    {
        CellMesh mesh = Slab(Meshes.Plane("triangular"));
        CellMesh shuffled = mesh.Renumber(Meshes.Permutation(mesh.CellCount, 9));
        double[] u = Solve(mesh), v = Solve(shuffled);
        for (int cell = 0; cell < u.Length; cell++)
            Assert.That(v[cell], Is.EqualTo(u[shuffled.GlobalCell[cell]]).Within(1e-10));
    }

    [Test]
    public void LayersInSeriesAreExact()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("triangular"), Meshes.CasedStack(), []);
        double[] k = [0.2, 400, 1, 0.3, 2, 200, 0.1];
        double[] u = new TwoPointProblem(mesh, cell => k[mesh.Region[cell]], BigFaceValue).Solve();
        double resistance = Meshes.CasedStack().Layers.Select((layer, i) => layer.Thickness / k[i]).Sum();
        foreach (BoundaryFace face in mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.PositiveFace))
            Assert.That((1 - u[face.Cell]) * k[^1] / face.Distance * resistance, Is.EqualTo(1).Within(1e-9));
    }

    [TestCase(null)]
    [TestCase(7)]
    public void FoilAndTabInSeriesAreExact(int? cellsAcross)
    {
        const double foil = 10e-6, sigma = 6e7;
        TabSpec tab = new(Polarity.Negative, CellEdge.Top, 0.5 * Meshes.Width, Meshes.Width, 0.02, 2e-4, 3, cellsAcross);
        LayerStack stack = new([new LayerSpec(LayerKind.NegativeCollector, "foil", foil, new LayerGrading(2))]);
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("graded"), stack, [tab]);
        double[] u = new TwoPointProblem(mesh, _ => sigma, EndValue).Solve();
        double current = mesh.Boundaries.Where(face => face.Surface == CellSurface.NegativeTerminal)
            .Sum(face => sigma * face.Area / face.Distance * (1 - u[face.Cell]));
        double resistance = (Meshes.Height / foil + tab.Length / tab.Thickness) / (sigma * Meshes.Width);
        Assert.That(current * resistance, Is.EqualTo(1).Within(1e-7));
    }

    private static double? EndValue(BoundaryFace face) => face.Surface switch
    {
        CellSurface.NegativeTerminal => 1,
        CellSurface.BottomEdge => 0,
        _ => null,
    };

    private static double? BigFaceValue(BoundaryFace face) => face.CoolingSurface switch
    {
        CellSurface.NegativeFace => 0,
        CellSurface.PositiveFace => 1,
        _ => null,
    };

    private static double PoissonError(string plane, int cells)
    {
        CellMesh mesh = Slab(plane == "triangular"
            ? PlaneMesh.Triangular(Meshes.Width, Meshes.Height, cells)
            : PlaneMesh.Rectilinear(Grading.Geometric(0, Meshes.Width, cells, 6), Grading.Symmetric(0, Meshes.Height, cells, 4)));
        double[] u = Solve(mesh);
        double square = 0;
        for (int cell = 0; cell < u.Length; cell++)
            square += mesh.Volume[cell] * Math.Pow(u[cell] - Exact(mesh.CentreY[cell], mesh.CentreZ[cell]), 2);
        return Math.Sqrt(square / mesh.Volume.Sum());
    }

    private static CellMesh Slab(PlaneMesh plane) =>
        MeshBuilder.Build(plane, new LayerStack([new LayerSpec(LayerKind.Separator, "slab", 1e-3, new LayerGrading(1))]), []);

    private static double[] Solve(CellMesh mesh)
    {
        double[] source = [.. Enumerable.Range(0, mesh.CellCount).Select(cell => mesh.Volume[cell] * MeanSource(mesh, cell))];
        return new TwoPointProblem(mesh, _ => 1, face => face.Direction == FaceDirection.InPlane ? 0 : null).Solve(source);
    }

    private static double Exact(double y, double z) => Math.Exp(C * y) * Math.Sin(A * y) * Math.Sin(B * z);

    /// <summary>−Δ of the exact solution at the centroid, which is its mean to second order.</summary>
    private static double MeanSource(CellMesh mesh, int cell)
    {
        int[] polygon = mesh.Extrusion.Polygon(mesh.Column[cell]).ToArray();
        double y = polygon.Average(vertex => mesh.Extrusion.VertexY[vertex]), z = polygon.Average(vertex => mesh.Extrusion.VertexZ[vertex]);
        double second = (A * A + B * B - C * C) * Math.Sin(A * y) - 2 * C * A * Math.Cos(A * y);
        return second * Math.Exp(C * y) * Math.Sin(B * z);
    }
}
