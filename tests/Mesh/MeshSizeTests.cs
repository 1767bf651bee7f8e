using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class MeshSizeTests
{
    private static LayerStack Stack { get; } = new(
    [
        new(LayerKind.Casing, "Casing", 1e-3, new(1)),
        new(LayerKind.NegativeCollector, "Negative collector", 1e-5, new(2)),
        new(LayerKind.NegativeElectrode, "Negative electrode", 8e-5, new(5)),
        new(LayerKind.Separator, "Separator", 1e-5, new(3)),
        new(LayerKind.PositiveElectrode, "Positive electrode", 7e-5, new(4)),
        new(LayerKind.PositiveCollector, "Positive collector", 1e-5, new(1)),
    ]);

    private static TabSpec[] Tabs(CellEdge negative, CellEdge positive, double length) =>
    [
        new(Polarity.Negative, negative, 0.03, 0.021, length, 2e-4, 3),
        new(Polarity.Positive, positive, 0.07, 0.02, length, 2e-4, 5),
    ];

    [TestCase(CellEdge.Top, CellEdge.Top, 0.02, 7)]
    [TestCase(CellEdge.Left, CellEdge.Bottom, 0.02, 4)]
    [TestCase(CellEdge.Right, CellEdge.Top, 0, 10)]
    [TestCase(CellEdge.Bottom, CellEdge.Left, 0.01, 3)]
    public void TheSizeIsThatOfTheMesh(CellEdge negative, CellEdge positive, double length, int cells)
    {
        TabSpec[] tabs = Tabs(negative, positive, length);
        if (cells < 7)
            tabs = [tabs[0] with { Lead = new(0.033, 0.05, 1e-3, 2, null), CellsAlongWidth = 4 }, tabs[1] with { Lead = new(0.011, 0.02, 3e-4, 3, new(1e-4, 2, 2e-4)) }];
        double[] y = Grading.Refined(0, 0.1, 0.1 / cells, [new(0.02, 0.04, 0.002)], [0.0195, 0.0405]), z = Grading.Symmetric(0, 0.12, cells + 1, 3);
        Compare(PlaneSize.Rectilinear(y, z), PlaneMesh.Rectilinear(y, z), tabs);
        Compare(PlaneSize.Triangular(0.1, 0.12, cells), PlaneMesh.Triangular(0.1, 0.12, cells), tabs);
        Compare(PlaneSize.Triangular(0.1, 0.13, cells + 1), PlaneMesh.Triangular(0.1, 0.13, cells + 1), tabs);
    }

    [Test]
    public void MoreCellsThanAMeshCanHaveAreCounted()
    {
        double[] lines = Grading.Uniform(0, 0.1, 20_000);
        Assert.That(MeshSize.Of(PlaneSize.Rectilinear(lines, lines), Stack, []).Cells, Is.EqualTo(16L * 20_000 * 20_000));
        Assert.Throws<MeshException>(() => PlaneSize.Triangular(1e-6, 100, 20_000));
    }

    [Test]
    public void WrongTabsAreRefusedAsByTheMesh()
    {
        TabSpec[] tabs = Tabs(CellEdge.Top, CellEdge.Top, 0.02);
        tabs[1] = tabs[1] with { Centre = 0.095 };
        double[] lines = [0, 0.05, 0.1];
        string[] expected = [.. Assert.Throws<MeshException>(() => MeshBuilder.Build(PlaneMesh.Rectilinear(lines, lines), Stack, tabs))!.Messages];
        Assert.That(Assert.Throws<MeshException>(() => MeshSize.Of(PlaneSize.Rectilinear(lines, lines), Stack, tabs))!.Messages, Is.EqualTo(expected).And.Not.Empty);
    }

    [TestCase(10, 3)]
    [TestCase(200, 20)]
    public void TheEstimateOfRefinedCellsIsAnUpperOne(int cells, double ratio)
    {
        Refinement[] refinements = [new(0.02, 0.04, 0.1 / cells / ratio), new(0.1, 0.1, 0.1 / cells / ratio)];
        double estimate = Grading.EstimateRefined(0.1, 0.1 / cells, refinements);
        int actual = Grading.Refined(0, 0.1, 0.1 / cells, refinements).Length - 1;
        Assert.That(estimate, Is.InRange(0.98 * actual, 2.5 * actual));
    }

    private static void Compare(PlaneSize size, PlaneMesh plane, TabSpec[] tabs)
    {
        MeshSize expected = MeshSize.Of(size, Stack, tabs);
        CellDomain domain = MeshBuilder.Describe(plane, Stack, tabs);
        MeshStatistics actual = MeshStatistics.Of(domain);
        Assert.Multiple(() =>
        {
            Assert.That((size.Cells, size.Vertices), Is.EqualTo(((long)plane.CellCount, (long)plane.VertexY.Length)));
            Assert.That((expected.Points, expected.Connectivity), Is.EqualTo(Division.ShapeCount([domain.Whole()])));
            foreach (int ranks in new[] { 1, 2, 5 })
                Assert.That(expected.PointsOf(ranks), Is.GreaterThanOrEqualTo(Division.ShapeCount(Meshes.Parts(domain, ranks).Select(part => part.Mesh)).Points));
            Assert.That(expected.Regions, Is.EqualTo(actual.Regions.Select(region => (region.Region.Kind, region.Cells))));
            Assert.That((expected.Cells, expected.Columns, expected.Unknowns(withHeat: true)), Is.EqualTo((actual.Cells, (long)actual.Columns, actual.Unknowns)));
            Assert.That(expected.Unknowns(withHeat: false), Is.EqualTo(actual.Unknowns - actual.Cells));
        });
    }
}
