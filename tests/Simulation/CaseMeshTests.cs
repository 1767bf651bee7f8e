using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Simulation;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

public class CaseMeshTests
{
    [Test]
    public void ARoundedAndNotchedPouchHasItsAreaAndItsForecastSize()
    {
        SimulationCase pouch = Samples.Case(Samples.Pouch(), "Geometry.Corner radius [m]=0.01", "Geometry.Notches={\"vent\":{\"Edge\":\"bottom\",\"Centre [m]\":0.05,\"Width [m]\":0.03,\"Depth [m]\":0.02}}");
        CellMesh mesh = CaseMesh.Describe(pouch).Whole();
        double area = (pouch.Geometry.Width * pouch.Geometry.Height) - ((4 - Math.PI) * 1e-4) - (0.03 * 0.02);
        Assert.Multiple(() =>
        {
            Assert.That(pouch.Geometry.Area, Is.EqualTo(area).Within(1e-15));
            Assert.That(CaseMesh.Plane(pouch).Area.Sum() / area, Is.EqualTo(1).Within(1e-12));
            Assert.That(CaseMesh.Size(pouch).Cells, Is.EqualTo(mesh.CellCount));
            Assert.That(mesh.Boundaries.Where(face => face.CoolingSurface == CellSurface.Contour), Is.Not.Empty);
        });
    }

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
