using Cell3D.Discretization;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>The number of modes follows from how much D_s varies and how fast lithium moves.</summary>
public class ParticleResolutionTests
{
    private const double Reference = 298.15;

    [Test]
    public void AConstantDiffusivityNeedsTheFewest() =>
        Assert.That(ParticleResolution.For(Material("4e-14"), Reference, 253.15, -20), Is.EqualTo(new ParticleResolution(ParticleResolution.FewestModes, 0)));

    [Test]
    public void SteeperProfilesNeedMore([Values(-1, 1)] int sign)
    {
        ActiveMaterial material = Material("4e-14*exp(-6*x)");
        int[] modes = [.. new[] { 0.05, 2, 8 }.Select(j => ParticleResolution.For(material, Reference, 298.15, sign * j).Modes)];
        TestContext.Out.WriteLine(string.Join(", ", modes));
        Assert.That(modes, Is.Ordered);
        Assert.That(modes[0], Is.EqualTo(ParticleResolution.FewestModes));
        Assert.That(ParticleResolution.For(material, Reference, 263.15, sign * 2.0).Modes, Is.GreaterThanOrEqualTo(modes[1]), "colder");
    }

    /// <summary>The error that is promised is the one found against many more modes.</summary>
    [TestCase("4e-14*exp(-6*x)", 1.5)]
    [TestCase("2e-14*(1+0.9*tanh(20*(x-0.5)))", 1.0)]
    public void TheChosenNumberKeepsTheTolerance(string diffusivity, double current)
    {
        ActiveMaterial material = Material(diffusivity);
        ParticleResolution chosen = ParticleResolution.For(material, Reference, Reference, current);
        double[] found = Surface(material, current, chosen.Modes), exact = Surface(material, current, 80);
        double error = found.Zip(exact, (a, b) => Math.Abs(material.OpenCircuitPotential.Value(a) - material.OpenCircuitPotential.Value(b))).Max();
        TestContext.Out.WriteLine($"{chosen.Modes} modes, {1e3 * chosen.Error:f3} mV promised, {1e3 * error:f3} mV found");
        Assert.That(chosen.Error, Is.LessThan(ParticleResolution.Tolerance));
        Assert.That(error, Is.LessThan(2 * ParticleResolution.Tolerance));
    }

    /// <summary>x_surf at twenty times of the discharge from full particles, steps of 1/400.</summary>
    private static double[] Surface(ActiveMaterial material, double current, int modes)
    {
        SpectralBasis basis = new(modes);
        ParticleRun run = new(ParticleDiffusion.Create(material, basis, Reference, ParticleGeometry.Uniform(new("p", [0]), material)), basis, _ => material.MaximumStoichiometry);
        double duration = 0.8 * material.ActiveVolumeFraction * Cell3D.Physics.PhysicalConstants.Faraday * material.MaximumConcentration / (material.SurfaceAreaPerVolume * current);
        List<double> values = [];
        for (int step = 1; step <= 400; step++)
        {
            run.Step(duration / 400 * 0.6, current, Reference);
            if (step % 20 == 0)
                values.Add(run.Diffusion.Surface(0));
        }
        return [.. values];
    }

    private static ActiveMaterial Material(string diffusivity) => ParticleRun.Material(ExpressionCurve.Parse(diffusivity)) with
    {
        MinimumStoichiometry = 0.1,
        MaximumStoichiometry = 0.9,
        OpenCircuitPotential = ExpressionCurve.Parse("4.2-0.8*x"),
    };
}
