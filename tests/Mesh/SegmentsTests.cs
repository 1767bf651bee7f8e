using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class SegmentsTests
{
    [TestCase(1, "rectilinear", 35)]
    [TestCase(2, "rectilinear", 70)]
    [TestCase(3, "single", 3)]
    public void OneSegmentPerPairAndColumn(int pairs, string plane, int expected)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(pairs), Meshes.Tabs);
        Segments segments = Segments.Find(mesh);
        Assert.That(segments.Count, Is.EqualTo(expected));
        for (int segment = 0; segment < segments.Count; segment++)
            CheckChain(mesh, segments, segment);
        for (int cell = 0; cell < mesh.CellCount; cell++)
            Assert.That(segments.OfCell[cell] >= 0, Is.EqualTo(mesh.Kind(cell).HasElectrolyte()));
        Assert.That(segments.Cells, Is.Unique.And.Length.EqualTo(segments.OfCell.Count(segment => segment >= 0)));
    }

    [Test]
    public void SegmentsRunFromCollectorToCollector()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("single"), Meshes.Stack(2), Meshes.Tabs);
        Segments segments = Segments.Find(mesh);
        Assert.That(segments[0].ToArray(), Is.EqualTo(Enumerable.Range(1, 8)));
        Assert.That(segments[1].ToArray(), Is.EqualTo(Enumerable.Range(11, 8)));
    }

    [Test]
    public void SegmentsDoNotDependOnTheNumbering()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("triangular"), Meshes.Stack(2), Meshes.Tabs);
        CellMesh shuffled = mesh.Renumber(Meshes.Permutation(mesh.CellCount, 5));
        Segments found = Segments.Find(shuffled);
        long[][] chains = [.. Enumerable.Range(0, found.Count)
            .Select(segment => found[segment].ToArray().Select(cell => shuffled.GlobalCell[cell]).ToArray())
            .OrderBy(chain => chain[0])];
        Segments original = Segments.Find(mesh);
        Assert.That(chains, Is.EqualTo(Enumerable.Range(0, original.Count).Select(s => original[s].ToArray().Select(cell => (long)cell))));
    }

    [Test]
    public void AClosedRingIsRefused()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("single"), new LayerStack([new(LayerKind.Separator, "s", 1, new(4))]), []);
        CellMesh ring = WithFaces(mesh, [.. mesh.Faces, new Face(3, 0, 1, 1, FaceDirection.Through)]);
        Assert.That(() => Segments.Find(ring), Throws.TypeOf<MeshException>().With.Message.Contains("ring"));
    }

    private static void CheckChain(CellMesh mesh, Segments segments, int segment)
    {
        int[] chain = segments[segment].ToArray();
        Assert.That(chain, Has.Length.EqualTo(8));
        Assert.That(chain.Select(cell => mesh.Column[cell]).Distinct().Count(), Is.EqualTo(1));
        Assert.That(chain.Select(cell => segments.OfCell[cell]), Is.All.EqualTo(segment));
        Assert.That(chain.Select(cell => mesh.CentreX[cell]), Is.Ordered);
    }

    private static CellMesh WithFaces(CellMesh mesh, Face[] faces) => new()
    {
        Regions = mesh.Regions,
        OwnedCellCount = mesh.OwnedCellCount,
        Volume = mesh.Volume,
        Region = mesh.Region,
        Column = mesh.Column,
        Level = mesh.Level,
        GlobalCell = mesh.GlobalCell,
        Faces = faces,
        Boundaries = mesh.Boundaries,
        Extrusion = mesh.Extrusion,
    };
}
