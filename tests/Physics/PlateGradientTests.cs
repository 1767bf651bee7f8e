using Cell3D.Physics.Heat;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class PlateGradientTests
{
    /// <summary>A plate with a uniform source: h L/2k over 1 + h L/3k with one face insulated, h L/4k over 1 + h L/6k with both alike.</summary>
    [Test]
    public void TheGradientIsThatOfAPlate([Values(0.01, 1, 100)] double biot)
    {
        const double thickness = 0.005, conductivity = 2;
        double h = biot * conductivity / thickness;
        Assert.Multiple(() =>
        {
            Assert.That(PlateGradient.RelativeDifference(h, 0, thickness, conductivity), Is.EqualTo(biot / 2 / (1 + (biot / 3))).Within(1e-12));
            Assert.That(PlateGradient.RelativeDifference(0, h, thickness, conductivity), Is.EqualTo(biot / 2 / (1 + (biot / 3))).Within(1e-12));
            Assert.That(PlateGradient.RelativeDifference(h, h, thickness, conductivity), Is.EqualTo(biot / 4 / (1 + (biot / 6))).Within(1e-12));
        });
    }
}
