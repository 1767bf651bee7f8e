using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using Cell3D.Physics.Thermodynamics.FreeEnergy;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>One phase-separating particle stepped through time at given current densities.</summary>
internal sealed class PhaseRun
{
    /// <summary>Interaction of the regular solution [J mol⁻¹] and gradient energy [J m² mol⁻¹] of LiFePO₄: 0.115 eV and 3.13·10⁹ eV m⁻¹ over the sites (doi:10.1021/nn204177u).</summary>
    public const double Interaction = 11096, GradientEnergy = 2.19e-14;

    private readonly List<double> _times = [0];
    private readonly TimeCoefficients _time = new();
    private readonly int _order;

    /// <summary>Starts from θ(ρ).</summary>
    public PhaseRun(ActiveMaterial material, ParticleGrid grid, Func<double, double> initial, int order = 2)
    {
        Grid = grid;
        _order = order;
        Diffusion = new(material, grid, 298.15, ParticleGeometry.Uniform(new("x", [0]), material));
        Diffusion.Coefficients.Reserve(TimeCoefficients.DefaultOrder);
        for (int k = 0; k < grid.Radii.Length; k++)
            Diffusion.Coefficients.Values[k] = initial(grid.Radii[k]);
        Diffusion.Coefficients.Accept();
    }

    public PhaseSeparatingDiffusion Diffusion { get; }

    public ParticleGrid Grid { get; }

    public double Time => _times[0];

    public double[] Filling => Diffusion.Coefficients.Values;

    public double FreeEnergy => Diffusion.FreeEnergy(0, 298.15);

    public double[] Potentials => Diffusion.ChemicalPotentials(0, 298.15);

    /// <summary>LiFePO₄ as a regular solution.</summary>
    public static ActiveMaterial Material(ParticleShape shape = ParticleShape.Sphere, double radius = 50e-9, double wetting = 0, Function? diffusivity = null) =>
        ParticleRun.Material(diffusivity ?? Curve.Constant(1e-16)) with
        {
            DiffusivityActivationEnergy = 0,
            MaximumConcentration = 22900,
            ParticleRadius = radius,
            SurfaceAreaPerVolume = 0.4 * ((int)shape + 1) / radius,
            ActiveVolumeFraction = 0.4,
            PhaseSeparation = new(new RedlichKister(0, 0, [Interaction], []), 3.422, GradientEnergy) { SurfaceWetting = wetting, Shape = shape },
        };

    /// <summary>j that fills a particle in a time [s].</summary>
    public double Current(double duration) => -1 / (duration * Diffusion.Geometry.Uptake(0));

    /// <summary>One step; false where Newton's method does not converge, and nothing has changed.</summary>
    public bool Step(double step, double current = 0, double temperature = 298.15)
    {
        Begin(step);
        if (!Converge(current, temperature))
        {
            Diffusion.Coefficients.Restore();
            return false;
        }
        Diffusion.Conclude(0, current, temperature);
        Diffusion.Coefficients.Accept();
        _times.Insert(0, _time.Time);
        return true;
    }

    /// <summary>Sets the formula of the next step.</summary>
    public void Begin(double step)
    {
        int order = Math.Min(_order, _times.Count);
        _time.Set(Time + step, [.. _times.Take(order + 1)], order);
        Diffusion.Coefficients.Predict(_time);
        Diffusion.BeginStep(_time);
    }

    /// <summary>Newton iterations at a fixed current until nothing changes.</summary>
    public bool Converge(double current, double temperature)
    {
        for (int iteration = 0; iteration < 25; iteration++)
        {
            Diffusion.Respond(0, current, temperature);
            if (!(Diffusion.Unsettled(0) < 1e9))
                return false;
            Diffusion.BackSubstitute(0, 0, 0, 1);
            if (Diffusion.Unsettled(0) < 1e-11)
                return true;
        }
        return Diffusion.Unsettled(0) < 1e-8;
    }

    /// <summary>Steps with a bound on the change of θ, until a time; the numbers of accepted and failed steps.</summary>
    public (int Accepted, int Failed) Until(double end, double current = 0, double largestChange = 0.05, Action? accepted = null)
    {
        (int good, int bad) = (0, 0);
        double step = 1e-3;
        while (Time < end * (1 - 1e-12))
        {
            step = Math.Min(step, end - Time);
            double[] before = [.. Filling];
            if (!Step(step, current))
            {
                bad++;
                step *= 0.25;
                if (step < 1e-9)
                    throw new InvalidOperationException($"no step at {Time}");
                continue;
            }
            good++;
            accepted?.Invoke();
            double change = Filling.Zip(before, (now, then) => Math.Abs(now - then)).Max();
            step *= Math.Clamp(0.7 * largestChange / Math.Max(change, 1e-12), 0.3, 1.6);
        }
        return (good, bad);
    }
}
