using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

public class SpectralBasisTests
{
    /// <summary>First roots of tan λ = λ.</summary>
    private static readonly double[] Roots = [.. Enumerable.Range(1, 4000).Select(Root)];

    [Test]
    public void ModesAreOrthonormalAndTheFirstIsTheMean([Values(2, 6, 10, 20)] int modes)
    {
        SpectralBasis basis = new(modes);
        for (int k = 0; k < modes; k++)
            for (int l = 0; l <= k; l++)
            {
                double product = 0, stiffness = 0;
                for (int m = 0; m < basis.Nodes.Length; m++)
                {
                    product += basis.Weights[m] * basis.Values[(m * modes) + k] * basis.Values[(m * modes) + l];
                    stiffness += basis.Weights[m] * basis.Slopes[(m * modes) + k] * basis.Slopes[(m * modes) + l];
                }
                Assert.That(product, Is.EqualTo(k == l ? 1 : 0).Within(1e-13));
                Assert.That(stiffness, Is.EqualTo(k == l ? basis.Eigenvalues[k] : 0).Within(1e-11 * (1 + basis.Eigenvalues[^1])));
            }
        Assert.That(basis.Eigenvalues[0], Is.Zero);
        Assert.That(Enumerable.Range(0, basis.Nodes.Length).Select(m => Math.Abs(basis.Values[m * modes])), Is.All.EqualTo(1).Within(1e-13));
    }

    [Test]
    public void ModesAreKnownAtEveryRadius([Values(2, 7, 20)] int modes)
    {
        SpectralBasis basis = new(modes);
        Assert.That(basis.At(1), Is.EqualTo(basis.Surface).Within(1e-10));
        for (int m = 0; m < basis.Nodes.Length; m++)
            Assert.That(basis.At(basis.Nodes[m]), Is.EqualTo(basis.Values[(m * modes)..((m + 1) * modes)]).Within(1e-10));
    }

    [Test]
    public void LowEigenvaluesAreThoseOfTheSphere()
    {
        SpectralBasis basis = new(12);
        for (int k = 1; k < basis.Modes; k++)
            Assert.That(basis.Eigenvalues[k], Is.GreaterThan(Roots[k - 1] * Roots[k - 1] * (1 - 1e-12)), "Galerkin's are never below");
        for (int k = 1; k <= 3; k++)
            Assert.That(basis.Eigenvalues[k], Is.EqualTo(Roots[k - 1] * Roots[k - 1]).Within(1e-9 * basis.Eigenvalues[k]));
    }

    /// <summary>Constant surface flux into a uniform sphere, times exact: only the number of modes errs.</summary>
    [TestCase(0.003)]
    [TestCase(0.01)]
    [TestCase(0.1)]
    public void TheSurfaceConvergesSpectrally(double fourier)
    {
        double[] errors = [.. new[] { 4, 6, 8, 10, 12 }.Select(n => Math.Abs(Surface(new(n), fourier) - Series(fourier)))];
        TestContext.Out.WriteLine($"Dt/R² = {fourier}; 4, 6, 8, 10, 12 modes: {string.Join(", ", errors.Select(e => e.ToString("e1")))}");
        for (int i = 2; i < errors.Length; i++)
            Assert.That(errors[i], Is.LessThan(Math.Max(0.1 * errors[i - 2], 1e-13)));
    }

    /// <summary>The slower of the Chen2020 materials, D = 4e-15 m² s⁻¹ and R = 5.22 µm, at 3C: 10 modes suffice from 5 s on.</summary>
    [Test]
    public void TenModesMeetTheSurfaceAtThreeC()
    {
        const double current = 3 * 5 / (0.1027 * 75.6e-6 * 382183.9), diffusivity = 4e-15, radius = 5.22e-6;
        double rate = diffusivity / (radius * radius);
        ActiveMaterial m = ParticleRun.Material(Curve.Constant(diffusivity)) with
        {
            ParticleRadius = radius,
            MaximumConcentration = 63104,
            SurfaceAreaPerVolume = 382183.9,
            ActiveVolumeFraction = 0.665,
        };
        double drop = ParticleRun.Flux(m, current) / diffusivity;
        SpectralBasis basis = new(10);
        double worst = 0;
        for (double time = 5; time < 1200; time *= 1.1)
            worst = Math.Max(worst, drop * Math.Abs(Surface(basis, rate * time) - Series(rate * time)));
        TestContext.Out.WriteLine($"R N/(D c_max) = {drop:g3}; worst error from 5 s on: {worst:e1} of c_max");
        Assert.That(worst, Is.LessThan(1e-4));
    }

    /// <summary>(x₀ − x_surf) D c_max/(R N) of the modes.</summary>
    private static double Surface(SpectralBasis basis, double fourier)
    {
        double sum = 3 * fourier * basis.Surface[0] * basis.Surface[0];
        for (int k = 1; k < basis.Modes; k++)
            sum += 3 * basis.Surface[k] * basis.Surface[k] * (1 - Math.Exp(-basis.Eigenvalues[k] * fourier)) / basis.Eigenvalues[k];
        return sum;
    }

    /// <summary>3 Dt/R² + 1/5 − 2 Σ exp(−λ² Dt/R²)/λ² (Carslaw and Jaeger, §9.7).</summary>
    private static double Series(double fourier) => (3 * fourier) + 0.2 - (2 * Roots.Sum(root => Math.Exp(-root * root * fourier) / (root * root)));

    private static double Root(int n)
    {
        double root = (n + 0.5) * Math.PI;
        for (int i = 0; i < 30; i++)
            root = (n * Math.PI) + Math.Atan(root);
        return root;
    }
}
