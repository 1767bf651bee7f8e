using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class MeshStatisticsTests
{
    [Test]
    public void CountsAndSizesOfAPouch()
    {
        MeshStatistics statistics = MeshStatistics.Of(MeshBuilder.Describe(Meshes.Plane("rectilinear"), Meshes.CasedStack(), Meshes.Tabs));
        int negativeTab = 3 * 3, positiveTab = 4 * 5;
        Assert.That(statistics.Regions.Select(region => region.Cells), Is.EqualTo([35, 35, 105, 70, 105, 70, 35, negativeTab, positiveTab]));
        Assert.That(statistics.Cells, Is.EqualTo(455 + 29));
        Assert.That(statistics.Columns, Is.EqualTo(35 + 29));
        Assert.That(statistics.Segments, Is.EqualTo(35));
        Assert.That(statistics.Unknowns, Is.EqualTo(70 + 4 * 210 + 3 * 70 + 2 * 105 + 2 * 29 + 1));
        Assert.That(statistics.LargestThickness, Is.EqualTo(3e-4).Within(1e-18));
        Assert.That(statistics.SmallestThickness, Is.EqualTo(7.5e-6).Within(1e-18));
        Assert.That(statistics.LargestSpacing, Is.EqualTo(0.03).Within(1e-15));
        Assert.That(statistics.SmallestSpacing, Is.EqualTo(0.031 / 5).Within(1e-15));
        Assert.That(statistics.LargestAspectRatio, Is.EqualTo(Math.Sqrt(0.03 * 0.1 / 7) / 7.5e-6).Within(1e-6));
        Assert.That(statistics.Regions[2].SmallestThickness, Is.LessThan(statistics.Regions[2].LargestThickness));
    }

    [Test]
    public void AColumnHasNoInPlaneSpacing()
    {
        MeshStatistics statistics = MeshStatistics.Of(Meshes.Columns(1));
        Assert.That((statistics.SmallestSpacing, statistics.LargestSpacing), Is.EqualTo((double.NaN, double.NaN)));
        Assert.That(statistics.Volume, Is.EqualTo(Meshes.Width * Meshes.Height * Meshes.Stack().Thickness).Within(1e-20));
    }
}
