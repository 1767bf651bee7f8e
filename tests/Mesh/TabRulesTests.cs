using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class TabRulesTests
{
    private static readonly TabSpec Good = Meshes.Tabs[0];

    [Test]
    public void TabOffTheEdge() => Expect(
        [Good with { Centre = 0.01 }], "tab 1 (negative): spans -0.005 … 0.025 m, outside the top edge, which spans 0 … 0.1 m");

    [Test]
    public void TabsMayTouchTheEndsOfTheEdge() =>
        Assert.That(() => Build([Good with { Centre = 0.05, Width = 0.1 }]), Throws.Nothing);

    [Test]
    public void ZeroWidth() => Expect([Good with { Width = 0 }], "tab 1 (negative): width must be positive, got 0 m");

    [Test]
    public void NegativeLength() => Expect([Good with { Length = -1 }], "length must be zero or positive");

    [Test]
    public void ZeroThickness() => Expect([Good with { Thickness = 0 }], "thickness must be positive");

    [Test]
    public void NoCells() => Expect([Good with { CellsAlongLength = 0 }], "needs at least 1 cell along the length");

    [Test]
    public void NoCellsAcross() => Expect([Good with { CellsAlongWidth = 0 }], "needs at least 1 cell along the width");

    [Test]
    public void NoPolarity() => Expect([Good with { Polarity = Polarity.None }], "polarity must be negative or positive");

    [Test]
    public void OverlappingTabs() => Expect(
        [Good, Good with { Polarity = Polarity.Positive, Centre = 0.05 }], "tab 2 (positive): overlaps with tab 1 (negative) on the top edge");

    [Test]
    public void TabsOnDifferentEdgesDoNotOverlap() =>
        Assert.That(() => Build([Good, Good with { Polarity = Polarity.Positive, Edge = CellEdge.Bottom }]), Throws.Nothing);

    [Test]
    public void AllProblemsAtOnce()
    {
        MeshException error = Assert.Throws<MeshException>(() => Build(
            [Good with { Width = -0.1, Length = double.NaN }, Good with { Centre = 5, Thickness = -1 }]))!;
        Assert.That(error.Messages, Has.Count.EqualTo(4));
    }

    [Test]
    public void TabWithoutCollector() => Assert.That(
        () => MeshBuilder.Build(Meshes.Plane("single"), new LayerStack(Meshes.PairLayers()[1..]), [Good]),
        Throws.TypeOf<MeshException>().With.Message.Contains("no collector of this polarity"));

    [Test]
    public void TwoPairsNeedTabsOfBothPolarities()
    {
        MeshException error = Assert.Throws<MeshException>(() => MeshBuilder.Build(Meshes.Plane("single"), Meshes.Stack(2), []))!;
        Assert.That(error.Messages, Is.EqualTo(
        [
            "the stack has 2 separate negative electrodes: needs a negative tab to connect them",
            "the positive electrode lies inside the stack: needs a positive tab",
        ]));
    }

    private static CellMesh Build(TabSpec[] tabs) => MeshBuilder.Build(Meshes.Plane("rectilinear"), Meshes.Stack(), tabs);

    private static void Expect(TabSpec[] tabs, string message)
    {
        MeshException error = Assert.Throws<MeshException>(() => Build(tabs))!;
        Assert.That(error.Messages, Has.Some.Contains(message));
    }
}
