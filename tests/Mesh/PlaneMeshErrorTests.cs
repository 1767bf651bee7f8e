using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class PlaneMeshErrorTests
{
    [Test]
    public void RectilinearReportsEveryDisorder()
    {
        MeshException error = Assert.Throws<MeshException>(() => PlaneMesh.Rectilinear([0, 1, 1, 0.5], [double.NaN, 1]))!;
        Assert.That(error.Messages, Has.Count.EqualTo(3));
        Assert.That(error.Messages[0], Does.Contain("y must be finite and increase").And.Contain("1 m is followed by 1 m"));
    }

    [Test]
    public void RectilinearNeedsTwoCoordinates() =>
        Assert.That(() => PlaneMesh.Rectilinear([0], [0, 1]), Throws.TypeOf<MeshException>().With.Message.Contains("at least two"));

    [Test]
    public void TriangularReportsEveryProblem()
    {
        MeshException error = Assert.Throws<MeshException>(() => PlaneMesh.Triangular(0, -1, 0))!;
        Assert.That(error.Messages, Has.Count.EqualTo(3));
    }

    [Test]
    public void TriangularRefusesObtuseTriangles() =>
        Assert.That(() => PlaneMesh.Triangular(1, 0.1, 4), Throws.TypeOf<MeshException>().With.Message.Contains("needs more than 5"));

    [TestCase(1, 1, 1)]
    [TestCase(1, 3, 1)]
    [TestCase(1, 0.3, 3)]
    [TestCase(2, 1, 9)]
    public void TriangularKeepsTotalAreaAndPositiveDistances(double width, double height, int bases)
    {
        PlaneMesh plane = PlaneMesh.Triangular(width, height, bases);
        Assert.That(plane.Area.Sum(), Is.EqualTo(width * height).Within(1e-14));
        Assert.That(plane.Edges.Min(edge => edge.LeftDistance + edge.RightDistance), Is.GreaterThan(0));
        Assert.That(plane.BoundaryEdges.Min(edge => edge.Distance), Is.GreaterThan(0));
    }
}
