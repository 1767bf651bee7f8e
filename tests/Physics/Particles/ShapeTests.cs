using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>Modes of particles of other shapes.</summary>
public class ShapeTests
{
    /// <summary>cos kπρ, normalised to √2 cos kπρ.</summary>
    [Test]
    public void ThoseOfAPlateAreCosines()
    {
        SpectralBasis basis = new(12, ParticleShape.Plate);
        for (int k = 1; k <= 3; k++)
        {
            Assert.That(basis.Eigenvalues[k], Is.EqualTo(Math.Pow(k * Math.PI, 2)).Within(1e-8 * k * k));
            Assert.That(Math.Abs(basis.Surface[k]), Is.EqualTo(Math.Sqrt(2)).Within(1e-6));
            Assert.That(Math.Abs(basis.At(0.3)[k]), Is.EqualTo(Math.Abs(Math.Sqrt(2) * Math.Cos(0.3 * k * Math.PI))).Within(1e-5));
        }
    }

    /// <summary>Zeros of J₁.</summary>
    [Test]
    public void ThoseOfACylinderHaveTheZerosOfABesselFunction()
    {
        SpectralBasis basis = new(12, ParticleShape.Cylinder);
        double[] zeros = [3.831705970207512, 7.015586669815619, 10.173468135062722];
        for (int k = 0; k < zeros.Length; k++)
            Assert.That(basis.Eigenvalues[k + 1], Is.EqualTo(zeros[k] * zeros[k]).Within(1e-7));
    }

    /// <summary>Σ P_k(1)²/λ_k over k ≥ 1: how far the surface is ahead of the mean, R j/(…) times 1/3, 1/4 and 1/5 of surface over volume.</summary>
    [Test]
    public void TheSteadyRiseFromMeanToSurfaceIsKnown([Values] ParticleShape shape)
    {
        SpectralBasis basis = new(40, shape);
        double sum = Enumerable.Range(1, basis.Modes - 1).Sum(k => basis.Surface[k] * basis.Surface[k] / basis.Eigenvalues[k]);
        int power = (int)shape;
        Assert.That(sum, Is.EqualTo(1.0 / ((power + 1) * (power + 3))).Within(1e-10));
    }
}
