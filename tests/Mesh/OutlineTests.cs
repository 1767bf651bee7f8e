using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Shapes, the meshes that are cut at them, and Voronoi meshes of skewed points.</summary>
public class OutlineTests
{
    private static readonly OutlineShape Pouch = new(0.1, 0.15, 0.012, [new(CellEdge.Top, 0.05, 0.02, 0.01), new(CellEdge.Left, 0.09, 0.03, 0.005)]);
    private static readonly OutlineShape Disc = new(0.08, 0.08, 0.04, []);

    private static readonly string[] Names = ["pouch", "disc", "skewed", "L"];

    [TestCaseSource(nameof(Names))]
    public void AreasAddUpToTheClosedForm(string name)
    {
        (PlaneMesh plane, double area, _) = Plane(name, 14);
        Assert.That(plane.Area.Sum() / area, Is.EqualTo(1).Within(1e-12));
        Assert.That(plane.Area, Is.All.Positive);
    }

    [TestCaseSource(nameof(Names))]
    public void EdgesAreNormalToTheLinesBetweenCentres(string name)
    {
        (PlaneMesh plane, _, _) = Plane(name, 11);
        foreach (PlaneEdge edge in plane.Edges)
        {
            double dy = plane.CentreY[edge.Right] - plane.CentreY[edge.Left], dz = plane.CentreZ[edge.Right] - plane.CentreZ[edge.Left];
            Assert.That(edge.LeftDistance + edge.RightDistance, Is.EqualTo(Math.Sqrt((dy * dy) + (dz * dz))).Within(1e-15));
        }
    }

    /// <summary>Σ n l = 0 of every cell that does not touch the outline, with normals along the lines between centres: a linear potential has no source.</summary>
    [TestCaseSource(nameof(Names))]
    public void LinearPotentialsAreExact(string name)
    {
        (PlaneMesh plane, _, _) = Plane(name, 14);
        double[] y = new double[plane.CellCount], z = new double[plane.CellCount];
        foreach (PlaneEdge edge in plane.Edges)
        {
            double dy = plane.CentreY[edge.Right] - plane.CentreY[edge.Left], dz = plane.CentreZ[edge.Right] - plane.CentreZ[edge.Left], flux = edge.Length / (edge.LeftDistance + edge.RightDistance);
            (y[edge.Left], y[edge.Right]) = (y[edge.Left] + (flux * dy), y[edge.Right] - (flux * dy));
            (z[edge.Left], z[edge.Right]) = (z[edge.Left] + (flux * dz), z[edge.Right] - (flux * dz));
        }
        HashSet<int> atOutline = [.. plane.BoundaryEdges.Select(edge => edge.Cell)];
        int[] inner = [.. Enumerable.Range(0, plane.CellCount).Where(cell => !atOutline.Contains(cell))];
        Assert.That(inner, Has.Length.GreaterThan(plane.CellCount / 3));
        foreach (int cell in inner)
        {
            Assert.That(y[cell], Is.Zero.Within(1e-12));
            Assert.That(z[cell], Is.Zero.Within(1e-12));
        }
    }

    /// <summary>No polygon holds sides that go to and fro, as between the parts of what a notch cuts.</summary>
    [TestCaseSource(nameof(Names))]
    public void OutlinesOfCellsDoNotTurnBack(string name)
    {
        (PlaneMesh plane, _, _) = Plane(name, 7);
        for (int cell = 0; cell < plane.CellCount; cell++)
            Assert.That(plane.Polygon(cell).ToArray(), Is.Unique);
    }

    [Test]
    public void BoundaryEdgesHaveTheLengthsOfTheShape()
    {
        (PlaneMesh plane, _, _) = Plane("pouch", 20);
        foreach (CellEdge edge in Enum.GetValues<CellEdge>())
        {
            double length = plane.BoundaryEdges.Where(side => side.Edge == edge).Sum(side => side.Length);
            Assert.That(length / Pouch.Length(edge), Is.EqualTo(1).Within(edge == CellEdge.Contour ? 1e-2 : 1e-12), edge.ToString());
        }
    }

    [TestCase(16)]
    [TestCase(32)]
    public void ChordsApproachTheCircumferenceWithOrderTwo(int chords)
    {
        double Error(int n) => Math.Abs((Disc.Outline(0.5 * Math.PI * Disc.CornerRadius / n).Length(CellEdge.Contour) / Disc.Length(CellEdge.Contour)) - 1);
        Assert.That(Math.Log2(Error(chords) / Error(2 * chords)), Is.EqualTo(2).Within(0.1));
    }

    [TestCaseSource(nameof(Names))]
    public void PoissonConvergesWithOrderTwo(string name)
    {
        int[] cells = [8, 16, 32, 64];
        double[] errors = [.. cells.Select(count => PlanePoisson.Error(Plane(name, count)))];
        TestContext.Out.WriteLine($"{name}: {string.Join(", ", errors.Select(error => error.ToString("G3", System.Globalization.CultureInfo.InvariantCulture)))}");
        Assert.That(Math.Log2(errors[1] / errors[3]) / 2, Is.GreaterThan(1.7), string.Join(", ", errors));
    }

    /// <summary>What two-point fluxes between the centroids of skewed quadrilaterals do: their error stays.</summary>
    [TestCase(0.0)]
    [TestCase(0.25)]
    [TestCase(1.0)]
    public void CentroidsOfSkewedQuadrilateralsDoNotConverge(double skew)
    {
        double[] naive = [.. new[] { 8, 16, 32, 64 }.Select(count => PlanePoisson.Error((Quadrilaterals(count, skew), 1, Square)))];
        double[] voronoi = [.. new[] { 8, 16, 32, 64 }.Select(count => PlanePoisson.Error((PlaneMesh.Voronoi(Grid(count, skew), Square), 1, Square)))];
        string Row(double[] errors) => string.Join(" ", errors.Select(error => error.ToString("G3", System.Globalization.CultureInfo.InvariantCulture)));
        TestContext.Out.WriteLine($"skew {skew}: centroids {Row(naive)}, Voronoi {Row(voronoi)}");
        Assert.That(Math.Log2(voronoi[1] / voronoi[3]) / 2, Is.GreaterThan(1.7));
        if (skew > 0)
            Assert.That(naive[3], Is.GreaterThan(5 * voronoi[3]).And.GreaterThan(0.7 * naive[2]));
    }

    [Test]
    public void ShapesOfManyCornersKeepTheirVolumes()
    {
        CellMesh mesh = MeshBuilder.Build(Plane("pouch", 12).Plane, Meshes.Stack(), [new(Polarity.Negative, CellEdge.Top, 0.025, 0.01, 0.02, 1e-4), new(Polarity.Positive, CellEdge.Top, 0.075, 0.01, 0.02, 1e-4)]);
        Assert.That(mesh.Volume.Sum(), Is.EqualTo((Pouch.Area * Meshes.Stack().Thickness) + (2 * 0.01 * 0.02 * 1e-4)).Within(1e-12).Percent);
        Assert.That(CellShapes.Of(mesh).Types.Distinct(), Is.SupersetOf(new byte[] { 12, 15 }));
        double outside = mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.NegativeFace).Sum(face => face.Area);
        Assert.That(outside / Pouch.Area, Is.EqualTo(1).Within(1e-12));
        SurfaceRectangle patch = new(0.02, 0.0731, 0.031, 0.1);
        Assert.That(mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.NegativeFace).Sum(face => face.Area * patch.ShareOf(mesh, face)) / patch.Area, Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void TabsBesideTheEdgeAreRefused()
    {
        MeshException e = Assert.Throws<MeshException>(() => MeshBuilder.Describe(Plane("pouch", 12).Plane, Meshes.Stack(), [new(Polarity.Negative, CellEdge.Top, 0.04, 0.02, 0.02, 1e-4), new(Polarity.Positive, CellEdge.Bottom, 0.05, 0.02, 0, 0)]))!;
        Assert.That(e.Messages.Single(), Does.Contain("follows the top edge over 0.01 m only"));
    }

    [TestCase(2)]
    [TestCase(4)]
    public void PartsMakeTheWhole(int ranks)
    {
        CellDomain domain = MeshBuilder.Describe(Plane("pouch", 12).Plane, Meshes.Stack(), []);
        MeshPart[] parts = Meshes.Parts(domain, ranks);
        Assert.That(parts.Sum(part => part.Mesh.Volume.Take(part.Mesh.OwnedCellCount).Sum()) / (Pouch.Area * Meshes.Stack().Thickness), Is.EqualTo(1).Within(1e-12));
    }

    private static readonly Outline Square = new([(0, 0), (1, 0), (1, 1), (0, 1)]);
    private static readonly Outline Corner = new([(0, 0), (0.1, 0), (0.1, 0.05), (0.05, 0.05), (0.05, 0.1), (0, 0.1)]);

    private static (PlaneMesh Plane, double Area, Outline Outline) Plane(string name, int cells)
    {
        switch (name)
        {
            case "pouch":
                Outline pouch = Pouch.Outline(0.1 / cells);
                return (PlaneMesh.Rectilinear(
                    Grading.Refined(0, 0.1, 0.1 / cells, [new(0.03, 0.05, 0.03 / cells)], [0.005, 0.04, 0.06]),
                    Grading.Refined(0, 0.15, 0.15 / cells, [], [0.075, 0.105, 0.14]), pouch), Pouch.Area, pouch);
            case "disc":
                Outline disc = Disc.Outline(0.08 / cells);
                return (PlaneMesh.Rectilinear(Grading.Symmetric(0, 0.08, cells, 2), Grading.Uniform(0, 0.08, cells + 1), disc), Disc.Area, disc);
            case "L":
                int half = cells / 2;
                return (PlaneMesh.Voronoi([.. Grid(2 * half, 0.3).Select(point => (0.1 * point.Y, 0.1 * point.Z)).Where(point => Corner.Contains(point.Item1, point.Item2))], Corner), 0.0075, Corner);
            default:
                return (PlaneMesh.Voronoi(Grid(cells, 0.5), Square), 1, Square);
        }
    }

    /// <summary>Nodes of a grid of the unit square, its inner ones moved to and fro.</summary>
    private static List<(double Y, double Z)> Grid(int cells, double skew) =>
        [.. Enumerable.Range(0, (cells + 1) * (cells + 1)).Select(node => Node(node % (cells + 1), node / (cells + 1), cells, skew))];

    /// <summary>A smooth distortion that no refinement removes.</summary>
    internal static (double Y, double Z) Node(int j, int k, int cells, double skew)
    {
        (double y, double z) = ((double)j / cells, (double)k / cells);
        double bubble = 0.25 * skew * Math.Sin(Math.PI * y) * Math.Sin(Math.PI * z);
        return (y + (bubble * Math.Cos(3 * z)), z + (bubble * Math.Sin(4 * y)));
    }

    /// <summary>The quadrilaterals between those nodes, with two-point fluxes between their centroids.</summary>
    private static PlaneMesh Quadrilaterals(int cells, double skew)
    {
        PlaneMesh regular = PlaneMesh.Rectilinear(Grading.Uniform(0, 1, cells), Grading.Uniform(0, 1, cells));
        List<(double Y, double Z)> nodes = Grid(cells, skew);
        (double Y, double Z, double Area)[] quads = [.. Enumerable.Range(0, regular.CellCount).Select(cell => Measure([.. regular.Polygon(cell).ToArray().Select(vertex => nodes[vertex])]))];
        double Distance((double Y, double Z) one, (double Y, double Z) other) => Math.Sqrt(Math.Pow(one.Y - other.Y, 2) + Math.Pow(one.Z - other.Z, 2));
        return new PlaneMesh
        {
            CentreY = Array.ConvertAll(quads, quad => quad.Y),
            CentreZ = Array.ConvertAll(quads, quad => quad.Z),
            Area = Array.ConvertAll(quads, quad => quad.Area),
            VertexY = [.. nodes.Select(node => node.Y)],
            VertexZ = [.. nodes.Select(node => node.Z)],
            VertexOffsets = regular.VertexOffsets,
            CellVertices = regular.CellVertices,
            Edges = Array.ConvertAll(regular.Edges, edge =>
            {
                int[] shared = [.. regular.Polygon(edge.Left).ToArray().Intersect(regular.Polygon(edge.Right).ToArray())];
                double apart = Distance((quads[edge.Left].Y, quads[edge.Left].Z), (quads[edge.Right].Y, quads[edge.Right].Z));
                return edge with { Length = Distance(nodes[shared[0]], nodes[shared[1]]), LeftDistance = 0.5 * apart, RightDistance = 0.5 * apart };
            }),
            BoundaryEdges = regular.BoundaryEdges,
        };
    }

    private static (double Y, double Z, double Area) Measure((double Y, double Z)[] corners)
    {
        (double y, double z) = PlanePolygon.Centroid(corners);
        return (y, z, PlanePolygon.Area(corners));
    }
}
