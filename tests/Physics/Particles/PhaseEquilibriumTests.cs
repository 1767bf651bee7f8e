using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>Two phases at rest in a particle: common tangent, profile and energy of the interface, shift by its curvature.</summary>
public class PhaseEquilibriumTests
{
    private const double Temperature = 298.15;

    /// <summary>No symmetry of f: the tangent has a slope.</summary>
    private static readonly RedlichKister Host = new(-500, 0, [PhaseRun.Interaction, 1500], []);

    private static readonly HostEquilibrium AtRest = new(Host, Temperature, 0);

    [Test]
    public void APlanarInterfaceStandsAtTheCommonTangent()
    {
        double[] profile = new double[3], energy = new double[3];
        for (int i = 0; i < 3; i++)
        {
            PhaseRun run = Settled(ParticleShape.Plate, 60e-9, 1 + (200 << i), 0.47, true);
            TwoPhaseRegion region = AtRest.Regions.Single();
            double[] potentials = run.Potentials;
            double heat = PhysicalConstants.Gas * Temperature;
            TestContext.Out.WriteLine($"{run.Filling.Length} nodes: μ − μ* = {(potentials[0] - region.Potential) / heat:e2} RT, {(potentials.Max() - potentials.Min()) / heat:e1} over the plate; phases {run.Filling[0] - region.Upper:e1}, {run.Filling[^1] - region.Lower:e1}");
            Assert.That(potentials, Is.All.EqualTo(region.Potential).Within(1e-6 * heat));
            Assert.That(run.Filling[0], Is.EqualTo(region.Upper).Within(1e-6));
            Assert.That(run.Filling[^1], Is.EqualTo(region.Lower).Within(1e-6));
            (profile[i], energy[i]) = (ProfileError(run, region), EnergyError(run, region));
        }
        TestContext.Out.WriteLine($"profile {string.Join(", ", profile.Select(e => e.ToString("e2")))}; energy {string.Join(", ", energy.Select(e => e.ToString("e2")))}");
        Assert.That(profile[2], Is.LessThan(1e-3));
        Assert.That(Math.Log2(profile[1] / profile[2]), Is.EqualTo(2).Within(0.2));
        Assert.That(energy[2], Is.LessThan(1e-3));
        Assert.That(Math.Log2(energy[1] / energy[2]), Is.EqualTo(2).Within(0.2));
    }

    /// <summary>μ − μ* → 2γ/(R_i c_max Δθ) of a rich core in a sphere, half of it in a cylinder.</summary>
    [Test]
    public void ACurvedInterfaceShiftsThePotential([Values(ParticleShape.Cylinder, ParticleShape.Sphere)] ParticleShape shape, [Values] bool richCore)
    {
        TwoPhaseRegion region = AtRest.Regions.Single();
        List<double> errors = [];
        foreach (double radius in new[] { 30e-9, 60e-9, 120e-9 })
        {
            PhaseRun run = Settled(shape, radius, 1 + (int)(radius / 0.3e-9), 0.6, richCore);
            double shift = run.Potentials[0] - region.Potential, share = (run.Diffusion.Mean(0) - region.Lower) / (region.Upper - region.Lower);
            double inner = radius * Math.Pow(richCore ? share : 1 - share, 1.0 / ((int)shape + 1));
            double expected = (richCore ? 1 : -1) * (int)shape * Tension(region) / (inner * 22900 * (region.Upper - region.Lower));
            errors.Add(Math.Abs((shift / expected) - 1));
            TestContext.Out.WriteLine($"R_i {1e9 * inner:F1} nm: μ − μ* = {shift:F3}, expected {expected:F3} J/mol, {1e3 * shift / PhysicalConstants.Faraday:F3} mV; spread {run.Potentials.Max() - run.Potentials.Min():e1}");
        }
        // The next term of the expansion goes with w/R_i, the grid adds a thousandth.
        Assert.That(errors[0], Is.LessThan(0.01));
        Assert.That(errors[2], Is.LessThan(2e-3));
    }

    [Test]
    public void TheInterfaceIsAsWideAsItsSteepestSlopeSays()
    {
        TwoPhaseRegion region = AtRest.Regions.Single();
        PhaseRun run = Settled(ParticleShape.Plate, 60e-9, 801, 0.47, true);
        double steepest = Enumerable.Range(1, 800).Max(k => Math.Abs(run.Filling[k] - run.Filling[k - 1])) / (60e-9 / 800);
        double width = (region.Upper - region.Lower) / steepest;
        TestContext.Out.WriteLine($"{1e9 * width:F4} nm");
        Assert.That(run.Diffusion.Material.PhaseSeparation!.InterfaceWidth(Temperature), Is.EqualTo(width).Within(0.2).Percent);
    }

    /// <summary>γ = c_max ∫ √(2 κ_g Δf) dθ [J m⁻²].</summary>
    private static double Tension(TwoPhaseRegion region) => PhaseRun.GradientEnergy * 22900 * Integral(region.Lower, region.Upper, theta => Slope(theta, region));

    /// <summary>|∂_xθ| = √(2Δf/κ_g) of a planar interface.</summary>
    private static double Slope(double theta, TwoPhaseRegion region)
    {
        double lower = AtRest.Uniformly(region.Lower).Energy;
        return Math.Sqrt(Math.Max(0, 2 * (AtRest.Uniformly(theta).Energy - lower - (region.Potential * (theta - region.Lower))) / PhaseRun.GradientEnergy));
    }

    private static double EnergyError(PhaseRun run, TwoPhaseRegion region)
    {
        double tangent = AtRest.Uniformly(region.Lower).Energy + (region.Potential * (run.Diffusion.Mean(0) - region.Lower));
        return Math.Abs(((run.FreeEnergy - tangent) * 22900 * 60e-9 / Tension(region)) - 1);
    }

    /// <summary>Largest distance of the slope between nodes to that of the interface, over the largest slope.</summary>
    private static double ProfileError(PhaseRun run, TwoPhaseRegion region)
    {
        double worst = 0, largest = 0;
        for (int k = 1; k < run.Filling.Length; k++)
        {
            (double left, double right) = (run.Filling[k], run.Filling[k - 1]);
            if (right - left < 1e-3)
                continue;
            double distance = Integral(left, right, theta => 1 / Slope(theta, region)), step = 60e-9 * (run.Grid.Radii[k] - run.Grid.Radii[k - 1]);
            worst = Math.Max(worst, Math.Abs(((right - left) / step) - ((right - left) / distance)));
            largest = Math.Max(largest, (right - left) / distance);
        }
        return worst / largest;
    }

    private static double Integral(double from, double to, Func<double, double> function)
    {
        const int intervals = 2000;
        double sum = 0, step = (to - from) / intervals;
        for (int i = 0; i < intervals; i++)
            sum += step * function(from + ((i + 0.5) * step));
        return sum;
    }

    /// <summary>A particle with a rich and a poor part, left alone until nothing moves.</summary>
    private static PhaseRun Settled(ParticleShape shape, double radius, int nodes, double interfaceAt, bool richCore)
    {
        TwoPhaseRegion region = AtRest.Regions.Single();
        ActiveMaterial plain = PhaseRun.Material(shape, radius), material = plain with { PhaseSeparation = plain.PhaseSeparation! with { Host = Host } };
        PhaseRun run = new(material, new(shape, nodes), Initial, order: 1);
        double step = 1e-6;
        for (int i = 0; i < 400 && run.Time < 1e7; i++)
            step *= run.Step(step) ? 1.5 : 0.2;
        Assert.That(run.Time, Is.GreaterThan(1e6));
        return run;

        double Initial(double rho)
        {
            double share = 0.5 * (1 + Math.Tanh((richCore ? 1 : -1) * (interfaceAt - rho) * radius / 2e-9));
            return region.Lower + 0.003 + (share * (region.Upper - region.Lower - 0.006));
        }
    }
}
