using System.Numerics;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>x_surf/j of small harmonic changes.</summary>
public class ParticleImpedanceTests
{
    private const double Diffusivity = 2e-14, Reference = 298.15;

    /// <summary>ω R_p²/D_s.</summary>
    private static readonly double[] Frequencies = [1e-3, 0.1, 1, 10, 100, 1000];

    /// <summary>−b₀ R_p²/(3 D_s) tanh s/(s − tanh s), s = √(iω R_p²/D_s) (equation 8.5).</summary>
    [Test]
    public void ManyModesGiveTheClosedFormOfASphere()
    {
        foreach (double frequency in Frequencies)
        {
            double[] errors = [.. new[] { 4, 8, 16, 32 }.Select(modes => Error(modes, frequency))];
            for (int i = 1; i < errors.Length; i++)
                Assert.That(errors[i], Is.LessThan(Math.Max(1e-11, 0.9 * errors[i - 1])), $"ω R²/D = {frequency}");
            Assert.That(errors[2], Is.LessThan(1e-3), $"ω R²/D = {frequency}");
        }
    }

    [Test]
    public void ASumOverModesInClosedForm()
    {
        SpectralBasis basis = new(12);
        ActiveMaterial material = ParticleRun.Material(Curve.Constant(Diffusivity));
        double rate = Diffusivity / (material.ParticleRadius * material.ParticleRadius);
        foreach (Complex alpha in new Complex[] { new(0, 3 * rate), new(2 * rate, -40 * rate) })
        {
            Complex expected = 0;
            for (int k = 0; k < basis.Modes; k++)
                expected -= basis.Surface[k] * basis.Surface[k] * Uptake(material) / (alpha + (basis.Eigenvalues[k] * rate));
            Assert.That(Complex.Abs(Response(material, basis, alpha, uniform: true).ByCurrent - expected), Is.LessThan(1e-13 * Complex.Abs(expected)));
        }
    }

    [Test]
    public void BothClassesAgreeForAConstantDiffusivity()
    {
        SpectralBasis basis = new(12);
        ActiveMaterial material = ParticleRun.Material(Curve.Constant(Diffusivity));
        double rate = Diffusivity / (material.ParticleRadius * material.ParticleRadius);
        foreach (double frequency in Frequencies)
        {
            (Complex byCurrent, Complex byTemperature) = Response(material, basis, new(0, frequency * rate), uniform: true);
            (Complex general, Complex generalByTemperature) = Response(material, basis, new(0, frequency * rate), uniform: false);
            Assert.That(Complex.Abs(general - byCurrent), Is.LessThan(1e-11 * Complex.Abs(byCurrent)));
            Assert.That(byTemperature.Magnitude, Is.Positive, "the profile is not uniform");
            Assert.That(Complex.Abs(generalByTemperature - byTemperature), Is.LessThan(1e-10 * Complex.Abs(byTemperature)));
        }
    }

    private static double Error(int modes, double frequency)
    {
        ActiveMaterial material = ParticleRun.Material(Curve.Constant(Diffusivity));
        double rate = Diffusivity / (material.ParticleRadius * material.ParticleRadius);
        Complex s = Complex.Sqrt(new(0, frequency)), t = Complex.Tanh(s);
        Complex expected = -Uptake(material) / (3 * rate) * t / (s - t);
        return Complex.Abs((Response(material, new(modes), new(0, frequency * rate), uniform: true).ByCurrent / expected) - 1);
    }

    /// <summary>Of a particle at T_ref whose surface has less lithium than its centre.</summary>
    private static (Complex ByCurrent, Complex ByTemperature) Response(ActiveMaterial material, SpectralBasis basis, Complex alpha, bool uniform)
    {
        ParticleDiffusion diffusion = uniform
            ? new UniformDiffusion(material, basis, Reference, ParticleGeometry.Uniform(new("closed", [0]), material))
            : new StoichiometryDiffusion(material, basis, Reference, ParticleGeometry.Uniform(new("general", [0]), material));
        ParticleRun run = new(diffusion, basis, rho => 0.6 - (0.2 * rho * rho));
        return run.Diffusion.Respond(0, alpha, Reference);
    }

    private static double Uptake(ActiveMaterial material) =>
        material.SurfaceAreaPerVolume / (material.ActiveVolumeFraction * PhysicalConstants.Faraday * material.MaximumConcentration);
}
