using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>Both diffusion classes: responses, equivalence, conservation, exact solutions.</summary>
public class ParticleDiffusionTests
{
    private const double Reference = 298.15;
    private static readonly SpectralBasis Basis = new(10);
    private static readonly Curve Uniform = Curve.Constant(2e-14);
    private static readonly Curve Varying = new FunctionCurve(x => 2e-14 * Math.Exp(2 * x), x => 4e-14 * Math.Exp(2 * x));

    [Test]
    public void ResponsesAreTheDerivatives([Values(false, true)] bool varying)
    {
        ParticleRun run = Run(varying ? Varying : Uniform, Basis);
        for (int i = 0; i < 4; i++)
            run.Step(10, 2, 305);
        run.Begin(7);
        SurfaceResponse response = run.Converge(3, 310);
        double byCurrent = (run.Converge(3.001, 310).Stoichiometry - run.Converge(2.999, 310).Stoichiometry) / 0.002;
        double byTemperature = (run.Converge(3, 310.01).Stoichiometry - run.Converge(3, 309.99).Stoichiometry) / 0.02;
        Assert.That(response.ByCurrent, Is.EqualTo(byCurrent).Within(1e-6 * Math.Abs(byCurrent)).And.Negative);
        Assert.That(response.ByTemperature, Is.EqualTo(byTemperature).Within(1e-6 * Math.Abs(byTemperature)).And.Not.Zero);
    }

    [Test]
    public void BothClassesAgreeForAConstantDiffusivity()
    {
        ActiveMaterial material = ParticleRun.Material(Uniform);
        ParticleRun closed = new(new UniformDiffusion(material, Basis, Reference, ParticleGeometry.Uniform(new("closed", [0]), material)), Basis, _ => 0.5);
        ParticleRun general = new(new StoichiometryDiffusion(material, Basis, Reference, ParticleGeometry.Uniform(new("general", [0]), material)), Basis, _ => 0.5);
        for (int i = 0; i < 40; i++)
        {
            (double step, double current) = (1 + (i % 7), 2 * Math.Sin(0.3 * i));
            SurfaceResponse a = closed.Step(step, current, 300 + i), b = general.Step(step, current, 300 + i);
            Assert.That(b.Stoichiometry, Is.EqualTo(a.Stoichiometry).Within(1e-12));
            Assert.That(b.ByCurrent, Is.EqualTo(a.ByCurrent).Within(1e-12 * Math.Abs(a.ByCurrent)));
            Assert.That(b.ByTemperature, Is.EqualTo(a.ByTemperature).Within(1e-12));
            Assert.That(general.Diffusion.Coefficients.Values, Is.EqualTo(closed.Diffusion.Coefficients.Values).Within(1e-12));
            Assert.That(general.Diffusion.Surface(0), Is.EqualTo(b.Stoichiometry).Within(1e-14));
        }
    }

    /// <summary>Particles are linearised four at a time; none notices the others.</summary>
    [Test]
    public void AParticleDoesNotNoticeThoseBesideIt([Values(false, true)] bool ofTemperature)
    {
        const int count = 7;
        ActiveMaterial material = ParticleRun.Material(ofTemperature ? ExpressionFunction.Parse("2e-14*exp(2*x)*exp(3000*(1/298.15 - 1/T))", ["x", "T"]) : Varying) with { DiffusivityActivationEnergy = ofTemperature ? 0 : 25000 };
        StoichiometryDiffusion all = Particles(count);
        double[] currents = [.. Enumerable.Range(0, count).Select(i => i - 2.5)], temperatures = [.. Enumerable.Range(0, count).Select(i => 290.0 + (5 * i))];
        SurfaceResponse[] together = new SurfaceResponse[count];
        all.Respond(0, currents, temperatures, together);
        for (int i = 0; i < count; i++)
        {
            StoichiometryDiffusion alone = Particles(1, i);
            Assert.That(alone.Respond(0, currents[i], temperatures[i]), Is.EqualTo(together[i]));
            alone.BackSubstitute(0, 0.1, 0.2, 0.5);
            all.BackSubstitute(i, 0.1, 0.2, 0.5);
            Assert.That(alone.Coefficients.Values, Is.EqualTo(all.Coefficients.Values[(i * Basis.Modes)..((i + 1) * Basis.Modes)]));
        }

        StoichiometryDiffusion Particles(int many, int first = 0)
        {
            StoichiometryDiffusion particles = new(material, Basis, Reference, ParticleGeometry.Uniform(new("x", new int[many]), material));
            particles.Coefficients.Reserve(TimeCoefficients.DefaultOrder);
            for (int i = 0; i < particles.Coefficients.Values.Length; i++)
                particles.Coefficients.Values[i] = (i % Basis.Modes) switch { 0 => 0.3 + (0.05 * ((i / Basis.Modes) + first)), 1 => 0.02, 2 => -0.01, _ => 0 };
            particles.Coefficients.Accept();
            TimeCoefficients time = new();
            time.Set(10, [0], 1);
            particles.BeginStep(time);
            return particles;
        }
    }

    [Test]
    public void TheMeanCountsCoulombs([Values(false, true)] bool varying)
    {
        ActiveMaterial m = ParticleRun.Material(varying ? Varying : Uniform);
        ParticleRun run = Run(varying ? Varying : Uniform, Basis);
        double perCoulomb = m.SurfaceAreaPerVolume / (m.ActiveVolumeFraction * PhysicalConstants.Faraday * m.MaximumConcentration);
        for (int i = 0; i < 100; i++)
            run.Step(1 + (0.37 * (i % 5)), 1.5, 290 + i);
        Assert.That(run.Diffusion.Mean(0), Is.EqualTo(0.5 - (perCoulomb * 1.5 * run.Time)).Within(1e-13));
    }

    [Test]
    public void TheSurfaceSettlesAFifthOfTheFluxFromTheMean()
    {
        ActiveMaterial m = ParticleRun.Material(Uniform);
        ParticleRun run = Run(Uniform, Basis);
        for (int i = 0; i < 200; i++)
            run.Step(20, 0.2);
        double offset = -ParticleRun.Flux(m, 0.2) / (5 * 2e-14);
        Assert.That(run.Diffusion.Surface(0) - run.Diffusion.Mean(0), Is.EqualTo(offset).Within(1e-9 * Math.Abs(offset)));
    }

    /// <summary>D_s = D₁ (x − x₀) carries x = x₀ + A(t) ρ² with A′ = 10 D₁A²/R²; the surface flux is −2 D₁A²/R.</summary>
    [Test]
    public void AQuadraticProfileStaysOneWhenDiffusivityIsLinear()
    {
        double[] errors = [.. new[] { 80, 160, 320 }.Select(QuadraticProfileError)];
        TestContext.Out.WriteLine($"errors {string.Join(", ", errors.Select(e => e.ToString("e2")))}");
        Assert.That(errors[2], Is.LessThan(1e-5));
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.EqualTo(2).Within(0.1), "order in time; the profile itself is exact");
    }

    [Test]
    public void ModesConvergeSpectrallyWithVaryingDiffusivity()
    {
        double Surface(int modes)
        {
            ParticleRun run = Run(Varying, new(modes));
            for (int i = 0; i < 20; i++)
                run.Step(0.5, 3);
            return run.Diffusion.Surface(0);
        }

        double exact = Surface(24);
        double[] errors = [.. new[] { 4, 6, 8, 10, 12 }.Select(n => Math.Abs(Surface(n) - exact))];
        TestContext.Out.WriteLine($"4, 6, 8, 10, 12 modes: {string.Join(", ", errors.Select(e => e.ToString("e1")))}");
        for (int i = 2; i < errors.Length; i++)
            Assert.That(errors[i], Is.LessThan(0.1 * errors[i - 2]));
        Assert.That(errors[3], Is.LessThan(1e-6));
    }

    private static double QuadraticProfileError(int steps)
    {
        const double offset = 0.2, slope = 3e-14, start = 0.25, duration = 200;
        ActiveMaterial m = ParticleRun.Material(new FunctionCurve(x => slope * (x - offset), _ => slope));
        double rate = 10 * slope / (m.ParticleRadius * m.ParticleRadius);
        double Amplitude(double t) => 1 / ((1 / start) - (rate * t));
        ParticleRun run = new(new StoichiometryDiffusion(m, Basis, Reference, ParticleGeometry.Uniform(new("x", [0]), m)), Basis, rho => offset + (start * rho * rho));
        for (int i = 1; i <= steps; i++)
        {
            double a = Amplitude(i * duration / steps);
            run.Step(duration / steps, -2 * slope * a * a / ParticleRun.Flux(m, 1));
        }
        return Math.Abs(run.Diffusion.Surface(0) - offset - Amplitude(duration));
    }

    private static ParticleRun Run(Curve diffusivity, SpectralBasis basis)
    {
        ActiveMaterial material = ParticleRun.Material(diffusivity);
        return new(ParticleDiffusion.Create(material, basis, Reference, ParticleGeometry.Uniform(new("x", [0]), material)), basis, _ => 0.5);
    }
}
