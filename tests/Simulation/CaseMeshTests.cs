using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

public class CaseMeshTests
{
    [Test]
    public void AMeshHasTheAskedLayersAndTabs()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch());
        CellMesh mesh = CaseMesh.Describe(pouch).Whole();
        Assert.Multiple(() =>
        {
            Assert.That(mesh.Regions.Select(region => region.Name), Is.EqualTo(new[]
            {
                "Negative casing", "Negative collector", "Negative electrode", "Separator", "Positive electrode", "Positive collector", "Negative tab", "Positive tab",
            }));
            PlaneMesh plane = CaseMesh.Plane(pouch);
            Assert.That(plane.CellCount, Is.GreaterThan(80));
            Assert.That(plane.Area.Sum(), Is.EqualTo(pouch.Geometry.Area).Within(1e-12));
            Assert.That(plane.VertexY, Has.Some.EqualTo(0.015).Within(1e-12).And.Some.EqualTo(0.085).Within(1e-12));
            Assert.That(CaseMesh.Plane(Samples.Case(Samples.Pouch(), "Mesh.In-plane=triangular")).CellCount, Is.GreaterThan(80));
            Assert.That(CaseMesh.Plane(Samples.Case(Samples.Column())).CellCount, Is.EqualTo(1));
        });
    }
}
