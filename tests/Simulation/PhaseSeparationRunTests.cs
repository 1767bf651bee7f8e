using Cell3D.Discretization;
using Cell3D.Input.Cases;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using Cell3D.Simulation;
using Cell3D.Solvers;
using Cell3D.Tests.Input;
using Cell3D.Tests.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Particles that part into phases in whole cells: isolated under the step control, plateau and hysteresis, one control volume after the other.</summary>
public class PhaseSeparationRunTests
{
    private static readonly string Published = Path.Combine(Samples.Repository, "cases", "lfp-half-cell-phase-field", "case.json");

    /// <summary>Lets the positive particles of a case part into phases, on a grid as coarse as its modes.</summary>
    internal static ActiveMaterial Parted(ActiveMaterial material) => material.OpenCircuitPotential.Value(0.5) < 1 ? material : material with
    {
        PhaseSeparation = new(new RedlichKister(-800, 2, [9000, 700], [3]), 3.8, 2e-8) { SurfaceWetting = -0.05, Grading = 2 },
        DiffusivityActivationEnergy = 15000,
    };

    /// <summary>One control volume against foil at open circuit, from a uniform unstable state: the step control follows decomposition and coarsening.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void TheFreeEnergyOfAnIsolatedParticleFallsUnderTheStepControl(int order)
    {
        SimulationCase simulation = HalfCell("Mesh.Cells through.Positive electrode=1", "Mesh.Cells through.Separator=2", $"Solver.Maximum order={order}");
        using CellRun run = new(simulation, adaptive: true);
        PhaseSeparatingDiffusion particle = run.Model.Particles[0].Phases!;
        for (int k = 0; k < particle.Grid.Radii.Length; k++)
            particle.Coefficients.Values[k] = 0.4 + (0.01 * Math.Cos(7 * Math.PI * particle.Grid.Radii[k]));
        run.Model.Particles[0].TakeOver();
        run.Start(0);
        double energy = particle.FreeEnergy(0, 298.15), first = energy, rise = 0, lithium = particle.Mean(0);
        int steps = 0, failed = 0;
        while (run.Integrator.Time < 2000 && steps < 5000)
        {
            StepOutcome outcome = run.Integrator.Attempt(run.Integrator.NextStep);
            if (!outcome.Succeeded)
            {
                failed++;
                Assert.That(run.Integrator.Reject(outcome), Is.True);
                continue;
            }
            run.Integrator.Accept(outcome, steer: true);
            steps++;
            double now = particle.FreeEnergy(0, 298.15);
            rise = Math.Max(rise, now - energy);
            energy = now;
        }
        TestContext.Out.WriteLine($"order {order}: {steps} steps, {failed} failed, {first:F1} to {energy:F1} J/mol, largest rise {rise:e1}, lithium {particle.Mean(0) - lithium:e1}");
        Assert.That(run.Integrator.Time, Is.GreaterThanOrEqualTo(2000));
        Assert.That(energy, Is.LessThan(0.3 * first));
        Assert.That(rise, Is.LessThan(1e-12 * first), "no more than round-off of F");
        Assert.That(particle.Mean(0), Is.EqualTo(lithium).Within(1e-13));
    }

    /// <summary>At C/10 most control volumes are full or empty in the middle of a discharge, where Fick's particles fill side by side.</summary>
    [Test]
    public void AnElectrodeFillsOneControlVolumeAfterTheOther()
    {
        (double[] parted, double[] fick) = (Filling(m => m), Filling(m => m with { PhaseSeparation = null }));
        TestContext.Out.WriteLine($"{string.Join(" ", parted.Select(x => x.ToString("F3")))}\n{string.Join(" ", fick.Select(x => x.ToString("F3")))}");
        Assert.That(parted.Count(x => x is > 0.05 and < 0.95), Is.LessThanOrEqualTo(1));
        Assert.That(fick.Count(x => x is > 0.05 and < 0.95), Is.GreaterThanOrEqualTo(4));

        static double[] Filling(Func<ActiveMaterial, ActiveMaterial> change)
        {
            using CellRun run = new(HalfCell("Mesh.Cells through.Positive electrode=6", "Protocol.Steps=Discharge at C/10 for 6.5 h").WithMaterials(m => [change(m)]), adaptive: true);
            run.Execute();
            return run.Model.Particles[0].MeanStoichiometry.ToArray();
        }
    }

    /// <summary>A 3D cell with heat: patches of scattered size fill one after the other, wherever they lie, and more of them at once at a higher rate; patches of one size fill plane by plane.</summary>
    [Test]
    public void PatchesOfScatteredSizeFillOneAfterTheOtherInThreeDimensions()
    {
        (double slow, double inPlane) = Filling("exp(0.2*normal)", "C/50");
        (double fast, _) = Filling("exp(0.2*normal)", "C/2");
        (_, double alike) = Filling("1 + 1e-9*normal", "C/50");
        TestContext.Out.WriteLine($"share that fills {slow:F3} at C/50, {fast:F3} at C/2; of the variance of filling times in the plane {inPlane:F3}, with one size {alike:F3}");
        Assert.That(slow, Is.LessThan(1.5 / 8), "about one of eight");
        Assert.That(fast, Is.GreaterThan(3 * slow));
        Assert.That(inPlane, Is.GreaterThan(0.4));
        Assert.That(alike, Is.LessThan(0.02));

        // Share of patches between the phases while the electrode is half full, and share of the variance of the times at which patches are half full that lies within the planes.
        static (double Active, double InPlane) Filling(string factor, string rate)
        {
            CaseResult result = CaseFile.Load(Path.Combine(Samples.Repository, "cases", "lfp-mosaic-pouch", "case.json"),
            [
                "Geometry.Height [m]=0.03", "Mesh.Cells along height=1", "Mesh.Cells through.Positive electrode=4", "Mesh.Cells through.Negative electrode=1", "Variation.Positive electrode.Scatter.Patches through=4",
                $"Variation.Positive electrode.Particle radius={factor}", $"Variation.Positive electrode.Surface area per unit volume=1/({factor})", $"Protocol.Steps=Discharge at {rate} until 2.5 V",
            ]);
            using CellRun run = new(result.Case ?? throw new InvalidOperationException(string.Join("\n", result.Problems)), adaptive: true);
            ReactingParticles particles = run.Model.Particles.Single(one => one.Phases is not null);
            double[] filled = new double[particles.Cells.Length];
            (double time, double active) = (0, 0);
            run.Execute(() =>
            {
                double[] mean = particles.MeanStoichiometry.ToArray();
                double whole = mean.Average(), step = run.Integrator.LastStep;
                for (int patch = 0; patch < mean.Length; patch++)
                    if (filled[patch] == 0 && mean[patch] > 0.5)
                        filled[patch] = run.Integrator.Time;
                if (whole is < 0.2 or > 0.6)
                    return;
                time += step;
                active += step * mean.Count(x => x is > 0.15 and < 0.8) / mean.Length;
            });
            for (int patch = 0; patch < filled.Length; patch++)
                filled[patch] = filled[patch] > 0 ? filled[patch] : run.Integrator.Time;
            double[] depths = [.. particles.Cells.ToArray().Select(cell => run.Model.Mesh.CentreX[cell])];
            IEnumerable<double> planes = filled.Zip(depths).GroupBy(patch => Math.Round(patch.Second, 9)).Select(plane => Variance([.. plane.Select(patch => patch.First)]));
            Assert.That(filled, Has.Length.EqualTo(8));
            return (active / time, planes.Average() / Variance(filled));
        }

        static double Variance(double[] values) => values.Average(x => x * x) - Math.Pow(values.Average(), 2);
    }

    /// <summary>Phases appear where the uniform host becomes unstable: at low rate the voltage turns at U of the spinodals, on either side of U_ref.</summary>
    [Test]
    public void NucleationMakesAHysteresis()
    {
        (double down, double up) = (Turn("Discharge at C/50 for 30 h", "1", Math.Min), Turn("Charge at C/50 for 30 h", "0", Math.Max));
        double spinodal = SpinodalGap();
        TestContext.Out.WriteLine($"{down:F4} V and {up:F4} V at C/50: {1e3 * (up - down):F1} mV; between the spinodals {1e3 * spinodal:F1} mV");
        Assert.That(0.5 * (up + down), Is.EqualTo(3.422).Within(1e-3));
        // Reactions and electrolyte take a few millivolts more.
        Assert.That(1e3 * (up - down), Is.InRange(1e3 * spinodal, (1e3 * spinodal) + 10));

        static double Turn(string step, string charge, Func<double, double, double> further)
        {
            using CellRun run = new(HalfCell("Mesh.Cells through.Positive electrode=4", $"Initial state.SOC={charge}", $"Protocol.Steps={step}"), adaptive: true);
            double turn = 3.422;
            run.Execute(() => turn = run.Integrator.Time > 3600 ? further(turn, run.Voltage) : turn);
            return turn;
        }
    }

    /// <summary>A host that is as full as before has the same enthalpy: what a cycle takes up as work it gives away as heat. Entropies of filling, 30 J/mol/K and more at either phase, cancel
    /// only where heat of mixing counts.</summary>
    [Test]
    public void HeatOverACycleIsTheWorkThatIsLost()
    {
        SimulationCase simulation = HalfCell("Mesh.Cells through.Positive electrode=2", "Initial state.SOC=0.9", "Protocol.Steps=[\"Discharge at C/5 for 4 h\", \"Charge at C/5 for 4 h\", \"Rest for 4 h\"]");
        using CellRun run = new(simulation, adaptive: true);
        (double heat, double mixing, double work, double time, double rate, double mixed) = (0, 0, 0, 0, 0, 0);
        run.Execute(() =>
        {
            Balance balance = run.Report();
            double now = balance.SumOf(Balance.Losses) + balance["Reversible heat"], inside = balance[CellGroups.PartOf(ReactingParticles.MixingHeat, "Positive electrode")], current = run.Model.System.Terminal.Current, step = run.Integrator.Time - time;
            heat += 0.5 * step * (rate + now);
            mixing += 0.5 * step * (mixed + inside);
            work += step * current * run.Voltage;
            (time, rate, mixed) = (run.Integrator.Time, now, inside);
        });
        TestContext.Out.WriteLine($"work {work:F3} J, heat {heat:F3} J, of it mixing {mixing:F3} J");
        Assert.That(heat, Is.EqualTo(work).Within(1).Percent);
        Assert.That(Math.Abs(heat - mixing - work), Is.GreaterThan(0.05 * work), "without it the balance is off");
    }

    private static double SpinodalGap()
    {
        HostEquilibrium equilibrium = new(new RedlichKister(0, 0, [11096], []), 298.15, 0);
        SpinodalInterval spinodal = equilibrium.Spinodals.Single();
        return (equilibrium.Uniformly(spinodal.Lower).Potential - equilibrium.Uniformly(spinodal.Upper).Potential) / PhysicalConstants.Faraday;
    }

    [Test]
    public void AStartBetweenThePhasesIsAtRest()
    {
        using CellRun run = new(HalfCell("Initial state.SOC=0.6", "Mesh.Cells through.Positive electrode=3"), adaptive: true);
        ReactingParticles particles = run.Model.Particles[0];
        Assert.That(particles.MeanStoichiometry.ToArray(), Is.All.EqualTo(0.401).Within(1e-9));
        Assert.That(particles.Phases!.Mean(0), Is.EqualTo(0.401).Within(1e-14));
        run.Start(0);
        run.Proceed(1e5);
        Assert.That(particles.Phases.Mean(0), Is.EqualTo(0.401).Within(1e-3));
        double[] potentials = particles.Phases.ChemicalPotentials(0, 298.15);
        Assert.That(potentials.Max() - potentials.Min(), Is.LessThan(1e-3));
        // A rich core: 2γ/(R_i Δc) above the plateau.
        Assert.That(1e3 * (3.422 - run.Voltage), Is.InRange(1.5, 4));
    }

    /// <summary>Through the first nucleation j condensed and j as an unknown of the whole system give the same.</summary>
    [Test]
    public void PromotedAndCondensedCurrentsGiveTheSame()
    {
        SimulationCase simulation = WholeCell("Mesh.Cells through.Positive electrode=4", "Solver.Newton tolerance=1e-11");
        List<double> steps = [];
        using CellRun condensed = new(simulation, adaptive: true), promoted = new(simulation, unknowns: CellUnknowns.Of(simulation).With(PromotedCurrent.Declaration)), again = new(simulation);
        condensed.Start(-0.1 * condensed.OneC);
        while (condensed.Model.Particles[1].SurfaceStoichiometry.ToArray().Max() < 0.9)
        {
            StepOutcome outcome = condensed.Integrator.Attempt(condensed.Integrator.NextStep);
            if (!outcome.Succeeded)
            {
                Assert.That(condensed.Integrator.Reject(outcome), Is.True);
                continue;
            }
            steps.Add(condensed.Integrator.NextStep);
            condensed.Integrator.Accept(outcome, steer: true);
        }
        foreach (CellRun run in new[] { promoted, again })
        {
            run.Start(-0.1 * run.OneC);
            foreach (double step in steps)
                run.Step(step);
        }
        TestContext.Out.WriteLine($"{steps.Count} steps, {promoted.Voltage - again.Voltage:e1} V");
        Assert.That(again.Model.Particles[1].SurfaceStoichiometry.ToArray().Max(), Is.GreaterThan(0.8), "nucleated");
        Assert.That(promoted.Voltage, Is.EqualTo(again.Voltage).Within(1e-9));
    }

    /// <summary>Of an unstable particle ∂U/∂j outweighs ∂η/∂j in long steps. Where both are the same ∂g/∂j vanishes, and elimination still finds the solution:
    /// the rows of the cell, whose entries become large together, determine j.</summary>
    [Test]
    public void TheStepIsFoundWhereThePivotOfCondensationVanishes([Values(0.5, 1 - 1e-9, 1, 1 + 1e-9, 2)] double share)
    {
        using CellRun run = new(WholeCell("Mesh.Cells through.Positive electrode=1"));
        ReactingParticles particles = run.Model.Particles[1];
        particles.Phases!.Coefficients.Values.AsSpan().Fill(0.3);
        particles.TakeOver();
        run.Start(-0.1 * run.OneC);
        (double low, double high) = (1e-6, 1e4);
        Assert.That(Pivot(low) * Pivot(high), Is.Negative);
        for (int i = 0; i < 200; i++)
            if (Math.Sqrt(low * high) is var middle && Pivot(middle) * Pivot(low) > 0) low = middle;
            else high = middle;
        double pivot = Pivot(share * low), step = share * low;
        run.Integrator.Discard();
        StepOutcome outcome = run.Integrator.Attempt(step);
        double[] currents = particles.CurrentDensity.ToArray();
        TestContext.Out.WriteLine($"{step:g4} s: ∂g/∂j {pivot:e1} Ω m², {outcome.Failure}, {outcome.NewtonIterations} iterations");
        Assert.That(outcome.Succeeded, Is.True);
        Assert.That(particles.MeanStoichiometry[0], Is.EqualTo(0.3 - (particles.Geometry.Uptake(0) * currents[0] * step)).Within(1e-13));

        double Pivot(double length)
        {
            TimeCoefficients time = new();
            time.Set(length, [0], 1);
            run.Model.System.BeginStep(time);
            return run.Model.Interfaces[1].Systems.Linearised(0).Equation(0).ByOwn[0];
        }
    }

    /// <summary>A column whose positive particles are those of the half cell.</summary>
    private static SimulationCase WholeCell(params string[] settings) => TestCases.Column(["Mesh.Particle=60", .. settings]).WithMaterials(m => [m.OpenCircuitPotential.Value(0.5) < 1 ? m : m with
    {
        PhaseSeparation = new(new RedlichKister(0, 0, [11096], []), 3.422, 2.2e-14),
        ParticleRadius = 4e-8,
        SurfaceAreaPerVolume = 3e7,
        ActiveVolumeFraction = 0.4,
        MinimumStoichiometry = 0.005,
        Diffusivity = Curve.Constant(1e-16),
    }]);

    private static SimulationCase HalfCell(params string[] settings)
    {
        CaseResult result = CaseFile.Load(Published, settings);
        return result.Case ?? throw new InvalidOperationException(string.Join("\n", result.Problems));
    }
}
