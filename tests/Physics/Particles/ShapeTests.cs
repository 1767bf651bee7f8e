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

    /// <summary>Control volumes as modes: how far the surface is ahead in the steady profile of n of them, and how a step of the flux arrives, against the discrete equations themselves.</summary>
    [Test]
    public void ControlVolumesOfAPlateAreModesToo([Values(1, 2, 4, 9)] int cells)
    {
        SpectralBasis basis = SpectralBasis.OfCells(cells);
        double ahead = Enumerable.Range(1, basis.Modes - 1).Sum(k => basis.Surface[k] * basis.Surface[k] / basis.Eigenvalues[k]);
        Assert.That(ahead, Is.EqualTo((1.0 / 3) * (1 + (0.5 / (cells * cells)))).Within(1e-10));
        // x' = n² (differences) with a unit flux into the last one, by small steps of the backward formula, against sums over modes with the same steps.
        const double step = 1e-3;
        double[] x = new double[cells], amplitudes = new double[basis.Modes];
        for (int i = 0; i < 200; i++)
        {
            x = Solved(x);
            for (int k = 0; k < amplitudes.Length; k++)
                amplitudes[k] = (amplitudes[k] + (step * basis.Surface[k])) / (1 + (step * basis.Eigenvalues[k]));
        }
        Assert.That(amplitudes.Zip(basis.Surface, (a, p) => a * p).Sum(), Is.EqualTo(x[^1] + (0.5 / cells)).Within(1e-9));

        // Thomas' algorithm.
        double[] Solved(double[] before)
        {
            double rate = step * cells * cells;
            double[] upper = new double[cells], right = [.. before];
            right[^1] += step * cells;
            for (int k = 0; k < cells; k++)
            {
                double diagonal = 1 + (rate * ((k > 0 ? 1 : 0) + (k + 1 < cells ? 1 : 0))), pivot = diagonal - (k > 0 ? rate * upper[k - 1] : 0);
                upper[k] = k + 1 < cells ? rate / pivot : 0;
                right[k] = (right[k] + (k > 0 ? rate * right[k - 1] : 0)) / pivot;
            }
            for (int k = cells - 2; k >= 0; k--)
                right[k] += upper[k] * right[k + 1];
            return right;
        }
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
