using System.Globalization;
using System.Text;
using Cell3D.Input.Gmsh;
using Cell3D.Mesh;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

/// <summary>Meshes of planes from files: errors on skewed elements and in a disc, strips on sides of any direction, parts.</summary>
public class ImportedPlaneTests
{
    private static readonly int[] Cells = [8, 16, 32, 64];

    /// <summary>−Δu = f on the unit square with nodes moved by up to a quarter of the skew: order 2 whatever the elements are.</summary>
    [TestCase(true, 0.5)]
    [TestCase(false, 0.5)]
    [TestCase(true, 1.0)]
    [TestCase(false, 1.0)]
    public void SkewedElementsConvergeWithOrderTwo(bool triangles, double skew)
    {
        double[] errors = [.. Cells.Select(cells => Read(MshText.Square(cells, triangles, (j, k) => OutlineTests.Node(j, k, cells, skew)))).Select(plane => PlanePoisson.Error((plane.Mesh, plane.Outline.Area, plane.Outline)))];
        TestContext.Out.WriteLine($"{(triangles ? "triangles" : "quadrangles")}, skew {skew}: {Row(errors)}");
        Assert.That(Math.Log2(errors[1] / errors[3]) / 2, Is.GreaterThan(1.7));
    }

    [Test]
    public void ConductionInADiscConvergesToItsClosedFormWithOrderTwo()
    {
        double[] errors = [.. Cells.Select(rings => PlanePoisson.DiscError(Read(MshText.Disc(rings, 0.04)).Mesh, 0.04))];
        TestContext.Out.WriteLine($"disc: {Row(errors)}");
        Assert.That(Math.Log2(errors[1] / errors[3]) / 2, Is.GreaterThan(1.8));
    }

    [Test]
    public void EdgesAreNormalAndCentresInside()
    {
        PlaneQuality quality = PlaneQuality.Of(Read(MshText.Square(16, triangles: true, (j, k) => OutlineTests.Node(j, k, 16, 1))).Mesh);
        Assert.Multiple(() =>
        {
            Assert.That(quality.Cells, Is.EqualTo(17 * 17));
            Assert.That(quality.LargestAngle, Is.LessThan(1e-6));
            Assert.That(quality.OutsideShare, Is.Zero);
            Assert.That(quality.LargestRatio, Is.InRange(1, 3));
            Assert.That(quality.SmallestDistance, Is.InRange(0.4, 1));
        });
    }

    /// <summary>Figures of a mesh that has none of this by construction: fluxes between centroids of sheared quadrangles.</summary>
    [Test]
    public void QualityMeasuresWhatIsThere()
    {
        PlaneMesh square = PlaneMesh.Rectilinear([0, 1, 3], [0, 1, 2]), sheared = new()
        {
            CentreY = [.. square.CentreY.Zip(square.CentreZ, (y, z) => y + z)],
            CentreZ = square.CentreZ,
            Area = square.Area,
            VertexY = [.. square.VertexY.Zip(square.VertexZ, (y, z) => y + z)],
            VertexZ = square.VertexZ,
            VertexOffsets = square.VertexOffsets,
            CellVertices = square.CellVertices,
            Edges = square.Edges,
            BoundaryEdges = square.BoundaryEdges,
        };
        PlaneQuality straight = PlaneQuality.Of(square), oblique = PlaneQuality.Of(sheared);
        Assert.Multiple(() =>
        {
            Assert.That((straight.LargestAngle, straight.OutsideShare), Is.EqualTo((0.0, 0.0)));
            Assert.That(straight.LargestRatio, Is.EqualTo(Math.Sqrt(2)).Within(1e-15));
            Assert.That((straight.SmallestSize, straight.LargestSize), Is.EqualTo((1, Math.Sqrt(2))).Within(1e-15));
            Assert.That(oblique.LargestAngle, Is.EqualTo(45).Within(1e-12));
        });
    }

    /// <summary>A strip on a side at 45 degrees: its volume, its terminal and the faces between it and the collector.</summary>
    [TestCase(0.0)]
    [TestCase(0.02)]
    public void TabsLeaveObliqueSidesAlongTheirNormal(double lead)
    {
        ImportedPlane plane = MshFile.Load(Samples.PathOf("gmsh_chamfer.msh"), 1).Plane!;
        TabSpec[] tabs =
        [
            new(Polarity.Negative, CellEdges.Named(0), 0.014, 0.01, 0.02, 2e-4) { Lead = lead > 0 ? new(0.006, lead, 2e-4, 2, null) : null },
            new(Polarity.Positive, CellEdge.Left, 0.07, 0.05, 0, 0),
        ];
        CellMesh mesh = MeshBuilder.Build(plane.Mesh, Meshes.Stack(), tabs);
        Side side = plane.Outline.Side(CellEdges.Named(0))!;
        Face[] joints = [.. mesh.Faces.Where(face => face.Direction == FaceDirection.Junction)];
        BoundaryFace[] terminal = [.. mesh.Boundaries.Where(face => face.Surface == CellSurface.NegativeTerminal)];
        Assert.Multiple(() =>
        {
            Assert.That(mesh.Volume.Sum() / ((plane.Outline.Area * Meshes.Stack().Thickness) + (2e-4 * ((0.01 * 0.02) + (0.006 * lead)))), Is.EqualTo(1).Within(1e-12));
            Assert.That(joints.Where(face => mesh.Kind(face.Left) == LayerKind.NegativeCollector).Sum(face => Meshes.Areas(mesh, face).Left) / (0.01 * 10e-6), Is.EqualTo(1).Within(1e-9));
            Assert.That(terminal.Sum(face => face.Area) / ((lead > 0 ? 0.006 : 0.01) * 2e-4), Is.EqualTo(1).Within(1e-12));
            foreach (BoundaryFace face in terminal)
                Assert.That(side.Beyond(mesh.CentreY[face.Cell], mesh.CentreZ[face.Cell]) + face.Distance, Is.EqualTo(0.02 + lead).Within(1e-12));
            foreach (Face face in joints)
                Assert.That(mesh.Normal(face), Is.EqualTo((0.0, side.Outward.Y, side.Outward.Z)));
        });
    }

    [Test]
    public void ATerminalOnTheFoilLiesOnItsSide()
    {
        ImportedPlane plane = MshFile.Load(Samples.PathOf("gmsh_chamfer.msh"), 1).Plane!;
        CellMesh mesh = MeshBuilder.Build(plane.Mesh, Meshes.Stack(), [new(Polarity.Negative, CellEdges.Named(0), 0.014, 0.01, 0, 0)]);
        BoundaryFace[] terminal = [.. mesh.Boundaries.Where(face => face.Surface == CellSurface.NegativeTerminal)];
        Assert.That(terminal.Sum(face => face.Area) / (0.01 * 10e-6), Is.EqualTo(1).Within(1e-12));
        Assert.That(terminal.Select(face => face.CoolingSurface), Is.All.EqualTo(CellSurfaces.OfEdge(CellEdges.Named(0))));
    }

    /// <summary>What lies on a side with a name belongs to no edge.</summary>
    [Test]
    public void AreasOfNamedSidesAreTheirs()
    {
        ImportedPlane plane = MshFile.Load(Samples.PathOf("gmsh_chamfer.msh"), 1).Plane!;
        CellMesh mesh = MeshBuilder.Build(plane.Mesh, Meshes.Stack(), []);
        double Area(CellEdge edge) => mesh.Boundaries.Where(face => face.CoolingSurface == CellSurfaces.OfEdge(edge)).Sum(face => face.Area) / Meshes.Stack().Thickness;
        Assert.That(Area(CellEdges.Named(0)), Is.EqualTo(Math.Sqrt(8e-4)).Within(1e-12));
        Assert.That(Area(CellEdge.Contour), Is.Zero);
        Assert.That(Area(CellEdge.Top) + Area(CellEdge.Left) + Area(CellEdge.Bottom) + Area(CellEdge.Right), Is.EqualTo(0.08 + 0.15 + 0.1 + 0.13).Within(1e-12));
    }

    [TestCase(2)]
    [TestCase(3)]
    [TestCase(4)]
    public void PartsMakeTheWhole(int ranks)
    {
        ImportedPlane plane = Read(MshText.Disc(8, 0.04));
        MeshPart[] parts = Meshes.Parts(MeshBuilder.Describe(plane.Mesh, Meshes.Stack(), []), ranks);
        Assert.That(parts.Sum(part => part.Mesh.Volume.Take(part.Mesh.OwnedCellCount).Sum()) / (plane.Outline.Area * Meshes.Stack().Thickness), Is.EqualTo(1).Within(1e-12));
    }

    [Test]
    public void BentSidesTakeNoTabs()
    {
        ImportedPlane plane = Read(MshText.Disc(8, 0.04));
        MeshException e = Assert.Throws<MeshException>(() => MeshBuilder.Describe(plane.Mesh, Meshes.Stack(), [new(Polarity.Negative, CellEdges.Named(0), 0.01, 0.01, 0, 0)]))!;
        Assert.That(e.Messages.Single(), Is.EqualTo("tab 1 (negative): leaves from the side \"rim\", which is not one straight side"));
    }

    /// <summary>Points that lie near a slit on one side of it only would own what is on the other side.</summary>
    [Test]
    public void CellsDoNotReachAcrossASlit()
    {
        Outline slit = new([(0, 0), (1, 0), (1, 1), (0.52, 1), (0.52, 0.2), (0.5, 0.2), (0.5, 1), (0, 1)]);
        (double, double)[] right = [(0.55, 0.4), (0.55, 0.7), (0.55, 0.95), (0.9, 0.4), (0.9, 0.9), (0.5, 0.05)], left = [.. right.Select(point => (1.02 - point.Item1, point.Item2)).SkipLast(1)];
        Assert.That(PlaneMesh.Voronoi([.. right, .. left], slit).Area.Sum() / slit.Area, Is.EqualTo(1).Within(1e-12));
        MeshException e = Assert.Throws<MeshException>(() => PlaneMesh.Voronoi([.. right, (0.1, 0.4), (0.1, 0.9)], slit))!;
        Assert.That(e.Messages.Single(), Does.Contain("control volumes reach across a notch or slit, one around y = 0.5"));
    }

    private static ImportedPlane Read(string text) => MshFile.Read(Encoding.UTF8.GetBytes(text), "cell.msh", 1).Plane!;

    private static string Row(double[] errors) => string.Join(", ", errors.Select(error => error.ToString("G3", CultureInfo.InvariantCulture)));
}
