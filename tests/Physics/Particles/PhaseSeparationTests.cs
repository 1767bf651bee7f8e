using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>The equation of Cahn and Hilliard in one particle, in time: responses, conservation, growth of modes, orders, decay of the free energy.</summary>
public class PhaseSeparationTests
{
    private const double Temperature = 298.15;

    [Test]
    public void ResponsesAreTheDerivatives([Values] ParticleShape shape, [Values] bool varying)
    {
        ActiveMaterial material = PhaseRun.Material(shape, wetting: -0.01, diffusivity: varying ? ExpressionFunction.Parse("1e-16*(0.5 + x)*exp((2000 + 1500*x)*(1/298.15 - 1/T))", "x", "T") : null);
        PhaseRun run = new(material, new(shape, 41, 2), rho => 0.3 + (0.2 * rho * rho));
        double j = run.Current(3600);
        for (int i = 0; i < 4; i++)
            Assert.That(run.Step(0.01, j, 305), Is.True);
        run.Begin(0.01);
        SurfaceResponse response = Converged(j, 310);
        SurfacePotential potential = run.Diffusion.Potential(0);
        (double x, double u) byCurrent = Difference(1.001 * j, 0.999 * j, 310, 310, 0.002 * j), byTemperature = Difference(j, j, 310.01, 309.99, 0.02);
        Assert.That(response.ByCurrent, Is.EqualTo(byCurrent.x).Within(1e-6).Percent.And.Negative);
        Assert.That(response.ByTemperature, Is.EqualTo(byTemperature.x).Within(1e-4).Percent.And.Not.Zero);
        Assert.That(potential.ByCurrent, Is.EqualTo(byCurrent.u).Within(1e-4).Percent);
        Assert.That(potential.ByTemperature, Is.EqualTo(byTemperature.u).Within(1e-4).Percent);

        SurfaceResponse Converged(double current, double temperature)
        {
            Assert.That(run.Converge(current, temperature), Is.True);
            return run.Diffusion.Respond(0, current, temperature);
        }

        (double X, double U) Difference(double high, double low, double hot, double cold, double over)
        {
            double x = Converged(high, hot).Stoichiometry, u = run.Diffusion.Potential(0).Value;
            x -= Converged(low, cold).Stoichiometry;
            u -= run.Diffusion.Potential(0).Value;
            return (x / over, u / over);
        }
    }

    [Test]
    public void TheMeanCountsCoulombs([Values] ParticleShape shape)
    {
        PhaseRun run = new(PhaseRun.Material(shape), new(shape, 101, 1.5), _ => 0.05);
        double j = run.Current(3600);
        (int accepted, _) = run.Until(1800, j);
        TestContext.Out.WriteLine($"{accepted} steps, {run.Diffusion.Mean(0) - 0.55:e1}");
        Assert.That(run.Diffusion.Mean(0), Is.EqualTo(0.55).Within(1e-13));
        Assert.That(run.Filling.Min(), Is.LessThan(0.05), "two phases");
        Assert.That(run.Filling.Max(), Is.GreaterThan(0.95), "two phases");
    }

    /// <summary>The heat of mixing of an isolated particle that decomposes is what its enthalpy F − T ∂F/∂T falls by.</summary>
    [Test]
    public void HeatOfMixingIsWhatTheEnthalpyLoses([Values] ParticleShape shape)
    {
        ActiveMaterial material = PhaseRun.Material(shape);
        material = material with { PhaseSeparation = new(new RedlichKister(-500, 2, [11000, 700], [3, -1]), 3.4, PhaseRun.GradientEnergy) { Shape = shape, SurfaceWetting = -0.01 } };
        PhaseRun run = new(material, new(shape, 61, 1.5), rho => 0.45 + (0.02 * Math.Cos(4 * Math.PI * rho)));
        double perArea = 1 / (PhysicalConstants.Faraday * run.Diffusion.Geometry.Uptake(0));
        (double first, double released, double time, double heat) = (Enthalpy(), 0, 0, Heat());
        run.Until(200, largestChange: 0.005, accepted: () =>
        {
            double now = Heat();
            released += 0.5 * (run.Time - time) * (heat + now);
            (time, heat) = (run.Time, now);
        });
        TestContext.Out.WriteLine($"enthalpy {first:F1} to {Enthalpy():F1} J/mol, heat {released:F1}");
        Assert.That(first - Enthalpy(), Is.GreaterThan(500));
        Assert.That(released, Is.EqualTo(first - Enthalpy()).Within(0.5).Percent);

        double Heat()
        {
            run.Diffusion.Stand(0, Temperature);
            return run.Diffusion.Mixing(0).Value / perArea;
        }

        double Enthalpy() => run.Diffusion.FreeEnergy(0, Temperature) - (Temperature * (run.Diffusion.FreeEnergy(0, Temperature + 1) - run.Diffusion.FreeEnergy(0, Temperature - 1)) / 2);
    }

    /// <summary>A small wave cos(kπx/R) on a uniform plate grows like exp(st), s = −(D θ(1−θ)/RT) q² (f″ + κ_g q²), q = kπ/R.</summary>
    [Test]
    public void WavesOnAUniformPlateGrowAtTheirRate([Values(2, 5, 8)] int wave, [Values(0.3, 0.5)] double mean)
    {
        double[] errors = [.. new[] { 81, 161 }.Select(Error)];
        TestContext.Out.WriteLine(string.Join(", ", errors.Select(error => error.ToString("e2"))));
        Assert.That(errors[1], Is.LessThan(0.02));
        Assert.That(Math.Log2(errors[0] / errors[1]), Is.EqualTo(2).Within(0.1));

        double Error(int nodes)
        {
            const double small = 1e-6, step = 1e-4;
            ActiveMaterial material = PhaseRun.Material(ParticleShape.Plate, 20e-9);
            PhaseRun run = new(material, new(ParticleShape.Plate, nodes), rho => mean + (small * Math.Cos(wave * Math.PI * rho)), order: 1);
            double q = wave * Math.PI / 20e-9, stiffness = material.PhaseSeparation!.Host.At(mean, Temperature).Stiffness + (PhaseRun.GradientEnergy * q * q);
            double rate = -1e-16 * mean * (1 - mean) / (PhysicalConstants.Gas * Temperature) * q * q * stiffness;
            run.Begin(step);
            run.Converge(0, Temperature);
            // Backward Euler: amplification 1/(1 − s Δt).
            double grown = (1 - (small / (run.Filling[0] - mean))) / step;
            return Math.Abs((grown / rate) - 1);
        }
    }

    /// <summary>A step is too long as soon as its α falls below the rate of the fastest wave, and is then refused whatever else its error is: backward Euler would damp all that grows.</summary>
    [Test]
    public void AStepLongerThanWavesTakeToGrowIsRefused([Values(0.2, 0.3, 0.5)] double mean, [Values] ParticleShape shape)
    {
        // Spheres and cylinders have waves of their own, whose fastest one is slower than the fastest of all wave numbers, and near it in a large particle.
        const double radius = 50e-9;
        ActiveMaterial material = PhaseRun.Material(shape, radius);
        double stiffness = material.PhaseSeparation!.Host.At(mean, Temperature).Stiffness, mobility = 1e-16 * mean * (1 - mean) / (PhysicalConstants.Gas * Temperature);
        double rate = shape == ParticleShape.Plate ? Enumerable.Range(1, 60).Max(Rate) : mobility * stiffness * stiffness / (4 * PhaseRun.GradientEnergy);
        double closeness = shape == ParticleShape.Plate ? 0.01 : 0.1;
        Assert.That(IsRefused(1 / (rate * (1 - closeness))), Is.True);
        Assert.That(IsRefused(1 / (rate * (1 + closeness))), Is.False);
        Assert.That(IsRefused(1e6 / rate), Is.True);

        double Rate(int wave) => wave * Math.PI / radius is var q ? -mobility * q * q * (stiffness + (PhaseRun.GradientEnergy * q * q)) : 0;

        bool IsRefused(double step)
        {
            PhaseRun run = new(material, new(shape, 401), _ => mean, order: 1);
            run.Begin(step);
            run.Converge(0, Temperature);
            run.Diffusion.Conclude(0, 0, Temperature);
            return run.Diffusion.Coefficients.Outgrown![0];
        }
    }

    /// <summary>With dγ_s/dθ a layer of exp(−x/λ), λ² = κ_g/f″, stands at the surface: θ − θ₀ = −λ γ_s′/(c_max κ_g).</summary>
    [Test]
    public void WettingMakesALayerAtTheSurface()
    {
        double[] errors = [.. new[] { 101, 201, 401 }.Select(Error)];
        TestContext.Out.WriteLine(string.Join(", ", errors.Select(error => error.ToString("e2"))));
        Assert.That(errors[2], Is.LessThan(5e-3));
        Assert.That(Math.Log2(errors[1] / errors[2]), Is.EqualTo(2).Within(0.15));

        static double Error(int nodes)
        {
            const double wetting = -1e-7, start = 0.02;
            ActiveMaterial material = PhaseRun.Material(ParticleShape.Plate, 50e-9, wetting);
            PhaseRun run = new(material, new(ParticleShape.Plate, nodes, 3), _ => start);
            for (int i = 0; i < 60; i++)
                Assert.That(run.Step(1e-3 * Math.Pow(1.4, i)), Is.True);
            double length = Math.Sqrt(PhaseRun.GradientEnergy / material.PhaseSeparation!.Host.At(run.Filling[0], Temperature).Stiffness);
            return Math.Abs(((run.Filling[^1] - run.Filling[0]) / (-wetting * length / (22900 * PhaseRun.GradientEnergy))) - 1);
        }
    }

    /// <summary>Nodes twice as dense divide the error by four, in every shape, graded too.</summary>
    [Test]
    public void TheOrderInSpaceIsTwo([Values] ParticleShape shape, [Values(1.0, 4.0)] double grading)
    {
        double[] surface = [.. new[] { 51, 101, 201 }.Select(Surface)];
        double order = Math.Log2(Math.Abs((surface[0] - surface[1]) / (surface[1] - surface[2])));
        TestContext.Out.WriteLine($"{string.Join(", ", surface)}: order {order:F2}");
        Assert.That(order, Is.EqualTo(2).Within(0.15));

        double Surface(int nodes)
        {
            PhaseRun run = new(PhaseRun.Material(shape, 20e-9), new(shape, nodes, grading), rho => 0.35 + (0.3 * Math.Cos(Math.PI * rho)));
            double j = 0.2 * run.Current(100);
            for (int i = 0; i < 40; i++)
                Assert.That(run.Step(0.01, j), Is.True);
            return run.Potentials[^1];
        }
    }

    [Test]
    public void TheOrderInTimeIsThatOfTheFormula([Values(1, 2, 3)] int order)
    {
        double[] surface = [.. new[] { 160, 320, 640 }.Select(Surface)];
        double found = Math.Log2(Math.Abs((surface[0] - surface[1]) / (surface[1] - surface[2])));
        TestContext.Out.WriteLine($"{string.Join(", ", surface)}: order {found:F2}");
        // The first steps, of lower order, are as short as the error of the formula asks.
        Assert.That(found, Is.EqualTo(order).Within(0.2));

        double Surface(int steps)
        {
            PhaseRun run = new(PhaseRun.Material(), new(ParticleShape.Sphere, 61), rho => 0.5 + (0.01 * Math.Cos(3 * Math.PI * rho)), order);
            const double end = 0.4;
            double first = end / steps;
            for (int i = 12; i > 0; i--)
                Assert.That(run.Step(first * Math.Pow(2, -i)), Is.True);
            for (int i = 0; run.Time < end - (0.5 * first); i++)
                Assert.That(run.Step(first * (i == 0 ? Math.Pow(2, -12) : 1)), Is.True);
            return run.Filling[^1];
        }
    }

    /// <summary>An isolated particle: spinodal decomposition of a uniform state, then coarsening; steps as long as the change of θ allows.</summary>
    /// <remarks>Backward Euler lowers F in every step. The formulas of order 2 and 3 do so but for the end of a fast event, where F may rise by a share that falls with the steps.</remarks>
    [Test]
    public void TheFreeEnergyOfAnIsolatedParticleFalls([Values] ParticleShape shape, [Values(1, 2, 3)] int order, [Values(0.3, 0.5, 0.7)] double mean)
    {
        PhaseRun run = new(PhaseRun.Material(shape), new(shape, 101), rho => mean + (0.01 * Math.Cos(7 * Math.PI * rho)), order);
        double energy = run.FreeEnergy, first = energy, rise = 0, lithium = run.Diffusion.Mean(0);
        (int accepted, int failed) = run.Until(2000, accepted: () =>
        {
            double now = run.FreeEnergy;
            rise = Math.Max(rise, now - energy);
            energy = now;
        });
        TestContext.Out.WriteLine($"{accepted} steps, {failed} failed; {first:F1} to {energy:F1} J/mol, largest rise in a step {rise:e1}; lithium {run.Diffusion.Mean(0) - lithium:e1}");
        Assert.That(rise, Is.LessThan(order == 1 ? 1e-9 : 3e-4 * first));
        Assert.That(energy, Is.LessThan(0.8 * first));
        Assert.That(run.Diffusion.Mean(0), Is.EqualTo(lithium).Within(5e-14));
        Assert.That(run.Filling, Is.All.InRange(1e-4, 1 - 1e-4));
    }
}
