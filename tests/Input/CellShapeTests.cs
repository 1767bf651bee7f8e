using Cell3D.Input;
using Cell3D.Input.Bpx;
using NUnit.Framework;

namespace Cell3D.Tests.Input;

public class CellShapeTests
{
    /// <summary>The 18650 and the 21700 of the samples against pouches; also when the file gives no outer surface, or neither that nor a volume.</summary>
    [TestCase(Samples.Lfp, false, false, true)]
    [TestCase(Samples.Chen, false, false, true)]
    [TestCase(Samples.Nmc, true, true, true)]
    [TestCase(Samples.Stack, true, true, true)]
    public void RollsAreToldFromFlatCells(string name, bool bySurface, bool byVolume, bool byNothing)
    {
        BpxCell cell = Samples.Cell(name), withoutSurface = cell with { ExternalSurfaceArea = null };
        Assert.Multiple(() =>
        {
            Assert.That(CellShape.Of(cell).IsFlat, Is.EqualTo(bySurface));
            Assert.That(CellShape.Of(withoutSurface).IsFlat, Is.EqualTo(byVolume));
            Assert.That(CellShape.Of(withoutSurface with { Volume = null }).IsFlat, Is.EqualTo(byNothing));
        });
    }

    [Test]
    public void AnOutlineHasTheSurfaceAndTheVolumeOfTheFile()
    {
        CellShape shape = CellShape.Of(Samples.Cell(Samples.Nmc));
        const double area = 0.016808, thickness = 0.000128 / area;
        Assert.Multiple(() =>
        {
            Assert.That(shape.IsOutlineKnown);
            Assert.That(shape.Width * shape.Height, Is.EqualTo(area).Within(1e-15));
            Assert.That((2 * area) + (2 * (shape.Width + shape.Height) * thickness), Is.EqualTo(0.0379).Within(1e-12));
            Assert.That(shape.Height / shape.Width, Is.InRange(1, 4));
        });
    }

    [Test]
    public void AnOutlineThatCannotBeIsAssumed([Values(0.0336, 0.06, 1.142944)] double surface)
    {
        CellShape shape = CellShape.Of(Samples.Cell(Samples.Nmc) with { ExternalSurfaceArea = surface });
        Assert.That((shape.IsFlat, shape.IsOutlineKnown), Is.EqualTo((true, false)));
        Assert.That(shape.Height / shape.Width, Is.EqualTo(1.5).Within(1e-12));
        Assert.That(shape.Width * shape.Height, Is.EqualTo(0.016808).Within(1e-15));
    }

    /// <summary>The 18650 and the 21700 of the samples; the volume of the first is rounded.</summary>
    [TestCase(Samples.Lfp, 9e-3, 65e-3, 0.05)]
    [TestCase(Samples.Chen, 10.5e-3, 70e-3, 0.01)]
    public void CylindersFollowFromVolumeAndSurface(string name, double radius, double height, double within)
    {
        BpxCell cell = Samples.Cell(name);
        (double r, double h) = CellShape.Of(cell).Cylinder!.Value;
        Assert.That((r / radius) - 1, Is.EqualTo(0).Within(within));
        Assert.That((h / height) - 1, Is.EqualTo(0).Within(within));
        Assert.That(Math.PI * r * r * h, Is.EqualTo(cell.Volume).Within(1e-12));
        Assert.That(2 * Math.PI * r * (r + h), Is.EqualTo(cell.ExternalSurfaceArea).Within(1e-12));
    }

    [Test]
    public void TheSurfaceOfAFlatCellIsFarAboveThatOfARoll()
    {
        CellShape shape = CellShape.Of(Samples.Cell(Samples.Lfp));
        Assert.That(shape.FlatSurface / shape.ExternalSurface, Is.EqualTo(41.6).Within(0.1));
    }
}
