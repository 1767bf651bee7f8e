using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class TerminalTests
{
    [Test]
    public void ColumnFormPutsTheTerminalsOnTheBigFaces()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("rectilinear"), Meshes.Stack(), []);
        foreach ((CellSurface terminal, CellSurface face, LayerKind kind) in BigFaces)
        {
            BoundaryFace[] faces = Faces(mesh, terminal);
            Assert.That(faces.Sum(f => f.Area), Is.EqualTo(Meshes.Width * Meshes.Height).Within(1e-15));
            Assert.That(faces.Select(f => f.CoolingSurface), Is.All.EqualTo(face));
            Assert.That(faces.Select(f => mesh.Kind(f.Cell)), Is.All.EqualTo(kind));
            Assert.That(Faces(mesh, face), Is.Empty);
        }
    }

    [Test]
    public void UnderACasingTheTerminalCarriesCurrentOnly()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("rectilinear"), Meshes.CasedStack(), []);
        foreach ((CellSurface terminal, CellSurface face, LayerKind kind) in BigFaces)
        {
            BoundaryFace[] faces = Faces(mesh, terminal);
            Assert.That(faces.Sum(f => f.Area), Is.EqualTo(Meshes.Width * Meshes.Height).Within(1e-15));
            Assert.That(faces.Any(f => f.IsOuter), Is.False);
            Assert.That(faces.Select(f => mesh.Kind(f.Cell)), Is.All.EqualTo(kind));
            Assert.That(Faces(mesh, face).Select(f => mesh.Kind(f.Cell)), Is.All.EqualTo(LayerKind.Casing));
        }
    }

    [Test]
    public void WithoutCollectorsTheElectrodesCarryTheTerminals()
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(1, 1), new LayerStack(Meshes.PairLayers()[1..4]), []);
        Assert.That(Faces(mesh, CellSurface.NegativeTerminal).Single().Cell, Is.Zero);
        Assert.That(Faces(mesh, CellSurface.PositiveTerminal).Single().Cell, Is.EqualTo(mesh.CellCount - 1));
    }

    [Test]
    public void PositiveSideFirstKeepsTerminalsOutside()
    {
        CellMesh mesh = MeshBuilder.Build(PlaneMesh.SingleCell(1, 1), new LayerStack([.. Meshes.PairLayers().Reverse()]), []);
        Assert.That(Faces(mesh, CellSurface.PositiveTerminal).Single(), Has.Property("Cell").EqualTo(0).And.Property("CoolingSurface").EqualTo(CellSurface.NegativeFace));
        Assert.That(Faces(mesh, CellSurface.NegativeTerminal).Single().Cell, Is.EqualTo(mesh.CellCount - 1));
    }

    [TestCase("rectilinear")]
    [TestCase("triangular")]
    [TestCase("single")]
    public void TabsWithoutLengthAreStretchesOfTheCollectorsEdge(string plane)
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), Meshes.EdgeTerminals);
        BoundaryFace[] negative = Faces(mesh, CellSurface.NegativeTerminal), positive = Faces(mesh, CellSurface.PositiveTerminal);
        Assert.That(negative.Sum(f => f.Area) / (0.02 * 10e-6), Is.EqualTo(1).Within(1e-12));
        Assert.That(positive.Sum(f => f.Area) / (0.05 * 15e-6), Is.EqualTo(1).Within(1e-12));
        Assert.That(negative.Select(f => f.CoolingSurface), Is.All.EqualTo(CellSurface.BottomEdge));
        Assert.That(positive.Select(f => f.CoolingSurface), Is.All.EqualTo(CellSurface.RightEdge));
        double edges = 2 * (Meshes.Width + Meshes.Height) * Meshes.Stack().Thickness;
        Assert.That(mesh.Boundaries.Sum(f => f.Area) / (edges + 2 * Meshes.Width * Meshes.Height), Is.EqualTo(1).Within(1e-12));
        Assert.That(mesh.Regions, Has.Count.EqualTo(5));
    }

    [Test]
    public void StripsShareTheirCrossSectionAmongAllCollectors()
    {
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("graded"), Meshes.Stack(2), Meshes.Tabs);
        Face[] negative = [.. mesh.Faces.Where(f => f.Direction == FaceDirection.Junction && mesh.Kind(f.Right) == LayerKind.NegativeTab)];
        Assert.That(negative.Select(f => mesh.Regions[mesh.Region[f.Left]].Name).Distinct(), Is.EqualTo(["Negative collector 1", "Negative collector 2"]));
        Assert.That(negative.Sum(f => Meshes.Areas(mesh, f).Left) / (2 * 10e-6 * 0.03), Is.EqualTo(1).Within(1e-12));
        Assert.That(negative.Sum(f => Meshes.Areas(mesh, f).Right) / (2e-4 * 0.03), Is.EqualTo(1).Within(1e-12));
    }

    [TestCase(CellEdge.Left)]
    [TestCase(CellEdge.Right)]
    [TestCase(CellEdge.Bottom)]
    [TestCase(CellEdge.Top)]
    public void StripsLeaveEveryEdgeOutwards(CellEdge edge)
    {
        TabSpec[] tabs = [new(Polarity.Positive, edge, 0.05, 0.02, 0.03, 1e-4), new(Polarity.Positive, edge, 0.08, 0.02, 0.01, 1e-4)];
        CellMesh mesh = MeshBuilder.Build(Meshes.Plane("rectilinear"), Meshes.Stack(), tabs);
        Assert.That(mesh.Regions.TakeLast(2), Is.EqualTo(
            [new Region("Positive tab 1", LayerKind.PositiveTab, edge), new Region("Positive tab 2", LayerKind.PositiveTab, edge)]));
        (double ny, double nz) = edge.OutwardNormal();
        foreach (BoundaryFace face in Faces(mesh, CellSurface.PositiveTerminal))
        {
            double outwards = ny * (mesh.CentreY[face.Cell] - 0.5 * Meshes.Width) + nz * (mesh.CentreZ[face.Cell] - 0.5 * Meshes.Height);
            double half = 0.5 * (edge.RunsAlongY() ? Meshes.Height : Meshes.Width);
            double length = tabs[mesh.Region[face.Cell] - 5].Length;
            Assert.That(outwards + face.Distance, Is.EqualTo(half + length).Within(1e-14));
            Assert.That(face.CoolingSurface, Is.EqualTo(CellSurface.PositiveTab));
        }
        Assert.That(mesh.Faces.Where(f => f.Direction == FaceDirection.Junction).Select(f => mesh.Normal(f)), Is.All.EqualTo((0.0, ny, nz)));
    }

    private static readonly (CellSurface Terminal, CellSurface Face, LayerKind Kind)[] BigFaces =
    [
        (CellSurface.NegativeTerminal, CellSurface.NegativeFace, LayerKind.NegativeCollector),
        (CellSurface.PositiveTerminal, CellSurface.PositiveFace, LayerKind.PositiveCollector),
    ];

    private static BoundaryFace[] Faces(CellMesh mesh, CellSurface surface) => [.. mesh.Boundaries.Where(face => face.Surface == surface)];
}
