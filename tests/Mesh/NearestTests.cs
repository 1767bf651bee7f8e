using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixtureSource(typeof(Meshes), nameof(Meshes.PlaneNames))]
public class NearestTests(string plane)
{
    private readonly CellDomain _domain = MeshBuilder.Describe(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);
    private readonly CellMesh _mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);

    [Test]
    public void CentroidsLieInTheirCells()
    {
        for (int cell = 0; cell < _mesh.CellCount; cell += 7)
        {
            int[] polygon = _mesh.Extrusion.Polygon(_mesh.Column[cell]).ToArray();
            CellLocation found = _mesh.Nearest(
                _mesh.CentreX[cell] + 0.4 * _mesh.Thickness[cell],
                polygon.Average(vertex => _mesh.Extrusion.VertexY[vertex]),
                polygon.Average(vertex => _mesh.Extrusion.VertexZ[vertex]));
            Assert.That((found.Cell, found.Distance), Is.EqualTo((cell, 0.0)));
        }
    }

    [Test]
    public void PointsOutsideKnowTheirDistance()
    {
        CellLocation corner = _mesh.Nearest(-3e-3, -4e-3, -12e-3);
        Assert.That(corner.Distance, Is.EqualTo(13e-3).Within(1e-15));
        Assert.That(_mesh.Kind(corner.Cell), Is.EqualTo(LayerKind.NegativeCollector));
        CellLocation beyond = _mesh.Nearest(0, Meshes.Tabs[0].Centre, Meshes.Height + 0.05);
        Assert.That(beyond.Distance, Is.EqualTo(0.03).Within(1e-15));
        Assert.That(_mesh.Kind(beyond.Cell), Is.EqualTo(LayerKind.NegativeTab));
    }

    [Test]
    public void PartsAgreeWithTheWhole()
    {
        int ranks = plane == "single" ? 3 : 4;
        MeshPart[] parts = Meshes.Parts(_domain, ranks);
        Random random = new(4);
        for (int i = 0; i < 50; i++)
        {
            double x = 3e-4 * random.NextDouble(), y = Meshes.Width * random.NextDouble(), z = 1.2 * Meshes.Height * random.NextDouble();
            CellLocation whole = _mesh.Nearest(x, y, z);
            (CellLocation at, MeshPart part) = parts.Select(part => (At: part.Mesh.Nearest(x, y, z), part))
                .MinBy(found => (found.At.Distance, found.At.CentreDistance, found.part.Mesh.GlobalCell[found.At.Cell]));
            Assert.That(at with { Cell = (int)part.Mesh.GlobalCell[at.Cell] }, Is.EqualTo(whole));
        }
    }

    [Test]
    public void APartWithoutCellsFindsNothing()
    {
        CellMesh empty = Division.Part(_mesh, new int[_mesh.CellCount], 1).Mesh;
        Assert.That(empty.Nearest(0, 0, 0), Is.EqualTo(new CellLocation(-1, double.PositiveInfinity, double.PositiveInfinity)));
    }
}
