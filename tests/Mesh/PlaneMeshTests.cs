using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

[TestFixtureSource(typeof(Meshes), nameof(Meshes.PlaneNames))]
public class PlaneMeshTests(string name)
{
    private readonly PlaneMesh _plane = Meshes.Plane(name);

    [Test]
    public void AreasAddUp() => Assert.That(_plane.Area.Sum(), Is.EqualTo(Meshes.Width * Meshes.Height).Within(1e-16));

    [Test]
    public void AreaIsThatOfTheOutline()
    {
        for (int cell = 0; cell < _plane.CellCount; cell++)
            Assert.That(_plane.Area[cell], Is.EqualTo(OutlineArea(cell)).Within(1e-12 * _plane.Area[cell]));
    }

    [Test]
    public void OutlinesAreConnectedByEdges()
    {
        int sides = _plane.CellVertices.Length;
        Assert.That(2 * _plane.Edges.Length + _plane.BoundaryEdges.Length, Is.EqualTo(sides));
        Assert.That(_plane.Edges.Select(edge => (edge.Left, edge.Right)).Distinct().Count(), Is.EqualTo(_plane.Edges.Length));
    }

    [Test]
    public void EdgesMatchTheSharedVertices()
    {
        foreach (PlaneEdge edge in _plane.Edges)
        {
            int[] shared = [.. Polygon(edge.Left).Intersect(Polygon(edge.Right))];
            Assert.That(edge.Left, Is.Not.EqualTo(edge.Right));
            Assert.That(shared, Has.Length.EqualTo(2));
            double ey = _plane.VertexY[shared[1]] - _plane.VertexY[shared[0]], ez = _plane.VertexZ[shared[1]] - _plane.VertexZ[shared[0]];
            double ny = _plane.CentreY[edge.Right] - _plane.CentreY[edge.Left], nz = _plane.CentreZ[edge.Right] - _plane.CentreZ[edge.Left];
            Assert.That(edge.Length, Is.EqualTo(Math.Sqrt(ey * ey + ez * ez)).Within(1e-14));
            Assert.That(ey * ny + ez * nz, Is.Zero.Within(1e-16), "centres are joined normal to the edge");
            Assert.That(edge.LeftDistance, Is.GreaterThanOrEqualTo(0));
            Assert.That(edge.RightDistance, Is.GreaterThanOrEqualTo(0));
            Assert.That(edge.LeftDistance + edge.RightDistance, Is.EqualTo(Math.Sqrt(ny * ny + nz * nz)).Within(1e-14).And.GreaterThan(1e-4));
        }
    }

    [Test]
    public void BoundaryEdgesCoverTheFourSides()
    {
        foreach (CellEdge side in Enum.GetValues<CellEdge>().Where(side => side != CellEdge.Contour))
        {
            PlaneBoundaryEdge[] edges = [.. _plane.BoundaryEdges.Where(edge => edge.Edge == side).OrderBy(edge => edge.Start)];
            (double start, double end) = _plane.EdgeRange(side);
            Assert.That((edges[0].Start, edges[^1].End), Is.EqualTo((start, end)));
            for (int i = 1; i < edges.Length; i++)
                Assert.That(edges[i].Start, Is.EqualTo(edges[i - 1].End));
            foreach (PlaneBoundaryEdge edge in edges)
                Assert.That(edge.Distance, Is.EqualTo(DistanceToSide(edge)).Within(1e-15).And.GreaterThan(0));
        }
    }

    private double DistanceToSide(PlaneBoundaryEdge edge) => edge.Edge switch
    {
        CellEdge.Left => _plane.CentreY[edge.Cell],
        CellEdge.Right => Meshes.Width - _plane.CentreY[edge.Cell],
        CellEdge.Bottom => _plane.CentreZ[edge.Cell],
        _ => Meshes.Height - _plane.CentreZ[edge.Cell],
    };

    private int[] Polygon(int cell) => _plane.CellVertices[_plane.VertexOffsets[cell].._plane.VertexOffsets[cell + 1]];

    private double OutlineArea(int cell)
    {
        int[] polygon = Polygon(cell);
        double twice = 0;
        for (int i = 0; i < polygon.Length; i++)
        {
            int a = polygon[i], b = polygon[(i + 1) % polygon.Length];
            twice += _plane.VertexY[a] * _plane.VertexZ[b] - _plane.VertexY[b] * _plane.VertexZ[a];
        }
        return 0.5 * twice;
    }
}
