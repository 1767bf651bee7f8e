using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixtureSource(typeof(Meshes), nameof(Meshes.PlaneNames))]
public class CellShapesTests(string plane)
{
    private readonly CellMesh _mesh = MeshBuilder.Build(Meshes.Plane(plane), Meshes.Stack(), Meshes.Tabs);

    [Test]
    public void ShapesHaveTheVolumeAndOrientationOfTheirCells()
    {
        double[] volumes = Volumes(CellShapes.Of(_mesh));
        Assert.That(volumes, Has.Length.EqualTo(_mesh.CellCount));
        for (int cell = 0; cell < _mesh.CellCount; cell++)
            Assert.That(volumes[cell] / _mesh.Volume[cell], Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void TypesFollowTheOutline()
    {
        CellShapes shapes = CellShapes.Of(_mesh);
        for (int cell = 0; cell < _mesh.CellCount; cell++)
        {
            bool triangle = plane == "triangular" && !_mesh.Kind(cell).IsTab();
            Assert.That(shapes.Types[cell], Is.EqualTo(triangle ? 13 : 12));
            Assert.That(shapes.Offsets[cell + 1] - shapes.Offsets[cell], Is.EqualTo(triangle ? 6 : 8));
        }
    }

    [Test]
    public void PointsAreShared()
    {
        CellShapes shapes = CellShapes.Of(_mesh);
        PlaneMesh layers = Meshes.Plane(plane);
        int levels = 3 + 2 + 3 + 1 + 2 + 1;
        int strips = 2 * _mesh.Regions.Select((_, region) => region).Where(region => _mesh.Regions[region].Kind.IsTab())
            .Sum(region => StripVertices(_mesh.Region.Count(r => r == region), region - 5));
        Assert.That(shapes.Points, Has.Length.EqualTo(3 * (layers.VertexY.Length * levels + strips)));
        Assert.That(shapes.Connectivity.Max(), Is.EqualTo(shapes.Points.Length / 3 - 1));
        Assert.That(shapes.Connectivity.Distinct().Count(), Is.EqualTo(shapes.Points.Length / 3));
    }

    /// <summary>Signed volumes by the VTK corner order: positive for correctly oriented cells.</summary>
    internal static double[] Volumes(CellShapes shapes) => [.. shapes.Types.Select((type, cell) =>
    {
        int first = (int)shapes.Offsets[cell];
        double[][] corners = [.. Enumerable.Range(first, type == 12 ? 8 : 6)
            .Select(i => shapes.Points.AsSpan(3 * (int)shapes.Connectivity[i], 3).ToArray())];
        return type == 12
            ? Prism(corners[0], corners[1], corners[2], corners[4]) + Prism(corners[0], corners[2], corners[3], corners[4])
            : -Prism(corners[0], corners[1], corners[2], corners[3]);
    })];

    private static int StripVertices(int cells, int tab)
    {
        int along = Meshes.Tabs[tab].CellsAlongLength;
        return (along + 1) * (cells / along + 1);
    }

    private static double Prism(double[] a, double[] b, double[] c, double[] above)
    {
        double[] u = Minus(b, a), v = Minus(c, a), w = Minus(above, a);
        return 0.5 * ((u[1] * v[2] - u[2] * v[1]) * w[0] + (u[2] * v[0] - u[0] * v[2]) * w[1] + (u[0] * v[1] - u[1] * v[0]) * w[2]);
    }

    private static double[] Minus(double[] a, double[] b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
}
