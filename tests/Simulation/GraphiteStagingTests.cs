using Cell3D.Input.Cases;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using Cell3D.Solvers;
using Cell3D.Tests.Input;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Stages of graphite (cases/graphite-staging) against the common tangents and spinodals of their free energy.</summary>
public class GraphiteStagingTests
{
    private static readonly string Published = Path.Combine(Samples.Repository, "cases", "graphite-staging", "one-volume.json");

    /// <summary>Both plateaus at rest: the common tangent, shifted by the curvature of the interface around the smaller share (equation 4.9).</summary>
    [TestCase(0.15)]
    [TestCase(0.35)]
    [TestCase(0.65)]
    [TestCase(0.85)]
    public void APlateauAtRestIsTheCommonTangent(double stoichiometry)
    {
        using CellRun run = new(Case(FormattableString.Invariant($"Initial state.SOC={(0.995 - stoichiometry) / 0.99}")), adaptive: true);
        ActiveMaterial material = run.Model.Particles[0].Material;
        HostEquilibrium rest = Equilibrium(material);
        TwoPhaseRegion region = rest.Regions.Single(region => stoichiometry > region.Lower && stoichiometry < region.Upper);
        run.Start(0);
        run.Proceed(1e5);
        double share = (stoichiometry - region.Lower) / (region.Upper - region.Lower), inner = material.ParticleRadius * Math.Cbrt(Math.Min(share, 1 - share));
        double shift = (share < 0.5 ? -1 : 1) * 2 * Tension(material, region) / (inner * (region.Upper - region.Lower) * PhysicalConstants.Faraday);
        TestContext.Out.WriteLine($"x {stoichiometry}: {1e3 * run.Voltage:F3} mV at rest, common tangent {1e3 * rest.Plateau(region):F3} mV, shift by curvature {1e3 * shift:F3} mV");
        Assert.That(run.Voltage - rest.Plateau(region), Is.EqualTo(shift).Within(15).Percent, "the next term goes with w/R_i");
    }

    /// <summary>At C/50 phases appear at the spinodals, two each way, and the voltage returns to the plateau.</summary>
    [Test]
    public void EveryStageNucleatesAtItsSpinodal()
    {
        SimulationCase simulation = Case();
        using CellRun run = new(simulation, adaptive: true);
        ActiveMaterial material = run.Model.Particles[0].Material;
        HostEquilibrium rest = Equilibrium(material);
        double[] turns = [1, 1, 0, 0], plateaus = new double[4];
        run.Execute(() =>
        {
            double x = run.Model.Particles[0].MeanStoichiometry[0];
            bool charges = run.Model.System.Terminal.Current > 0;
            int which = (charges ? 2 : 0) + (x > 0.5 ? 1 : 0);
            if (x is (> 0.05 and < 0.45) or (> 0.55 and < 0.95))
                turns[which] = charges ? Math.Max(turns[which], run.Voltage) : Math.Min(turns[which], run.Voltage);
            if (Math.Abs(x - (x > 0.5 ? 0.75 : 0.25)) < 0.02)
                plateaus[which] = run.Voltage;
        });
        double[] spinodals = [Uniform(rest.Spinodals[0].Lower), Uniform(rest.Spinodals[1].Lower), Uniform(rest.Spinodals[0].Upper), Uniform(rest.Spinodals[1].Upper)];
        for (int i = 0; i < 4; i++)
        {
            TestContext.Out.WriteLine($"{(i < 2 ? "lithiation" : "delithiation")}: turns at {1e3 * turns[i]:F2} mV, spinodal {1e3 * spinodals[i]:F2}; {1e3 * plateaus[i]:F2} mV in the middle, common tangent {1e3 * rest.Plateau(rest.Regions[i % 2]):F2}");
            // Reactions and electrolyte take a few millivolts more.
            Assert.That(1e3 * (i < 2 ? spinodals[i] - turns[i] : turns[i] - spinodals[i]), Is.InRange(0, 4));
            // They and the curvature of the interface, of the opposite sign.
            Assert.That(plateaus[i], Is.EqualTo(rest.Plateau(rest.Regions[i % 2])).Within(2.5e-3));
        }

        double Uniform(double x) => rest.UniformPotential(x);
    }

    /// <summary>∫ √(2 κ_g Δf) dθ over an interface [J m mol⁻¹]: γ over c_max.</summary>
    private static double Tension(ActiveMaterial material, TwoPhaseRegion region)
    {
        const int intervals = 20000;
        PhaseSeparation separation = material.PhaseSeparation!;
        double step = (region.Upper - region.Lower) / intervals, start = separation.Host.At(region.Lower, 298.15).Energy;
        return step * Enumerable.Range(0, intervals).Sum(i =>
        {
            double along = (i + 0.5) * step;
            return Math.Sqrt(2 * separation.GradientEnergy * Math.Max(0, separation.Host.At(region.Lower + along, 298.15).Energy - start - (region.Potential * along)));
        });
    }

    private static HostEquilibrium Equilibrium(ActiveMaterial material) => new(material.PhaseSeparation!.Host, 298.15, material.PhaseSeparation.ReferencePotential);

    private static SimulationCase Case(params string[] settings)
    {
        CaseResult result = CaseFile.Load(Published, settings);
        return result.Case ?? throw new InvalidOperationException(string.Join("\n", result.Problems));
    }
}
