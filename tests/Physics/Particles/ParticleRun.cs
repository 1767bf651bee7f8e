using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>One particle stepped through time at given current densities.</summary>
internal sealed class ParticleRun
{
    private readonly double[] _times = new double[TimeCoefficients.DefaultOrder];
    private readonly TimeCoefficients _time = new();
    private int _known = 1;

    /// <summary>Starts from x(ρ).</summary>
    public ParticleRun(ParticleDiffusion diffusion, SpectralBasis basis, Func<double, double> initial)
    {
        Diffusion = diffusion;
        diffusion.Coefficients.Reserve(TimeCoefficients.DefaultOrder);
        for (int k = 0; k < basis.Modes; k++)
        {
            diffusion.Coefficients.Values[k] = 0;
            for (int m = 0; m < basis.Nodes.Length; m++)
                diffusion.Coefficients.Values[k] += basis.Weights[m] * basis.Values[(m * basis.Modes) + k] * initial(basis.Nodes[m]);
        }
        diffusion.Coefficients.Accept();
    }

    public ParticleDiffusion Diffusion { get; }

    public double Time => _times[0];

    /// <summary>A graphite-like material, 5 µm, with this D_s.</summary>
    public static ActiveMaterial Material(Function diffusivity) => new()
    {
        OpenCircuitPotential = Curve.Constant(0.1),
        MaximumConcentration = 30000,
        MinimumStoichiometry = 0,
        MaximumStoichiometry = 1,
        ParticleRadius = 5e-6,
        Diffusivity = diffusivity,
        DiffusivityActivationEnergy = 25000,
        SurfaceAreaPerVolume = 4e5,
        ActiveVolumeFraction = 0.6,
        ReactionRateConstant = 6e-6,
    };

    /// <summary>R_p N·n/c_max for a current density [m² s⁻¹]: the flux in units of stoichiometry.</summary>
    public static double Flux(ActiveMaterial m, double current) =>
        m.SurfaceAreaPerVolume * m.ParticleRadius * m.ParticleRadius / (3 * m.ActiveVolumeFraction * PhysicalConstants.Faraday * m.MaximumConcentration) * current;

    /// <summary>One step of second order (the first one of first order); the response when converged.</summary>
    public SurfaceResponse Step(double step, double current, double temperature = 298.15)
    {
        Begin(step);
        SurfaceResponse response = Converge(current, temperature);
        Diffusion.Conclude(0, current, temperature);
        Diffusion.Coefficients.Accept();
        (_times[1], _times[0]) = (_times[0], _time.Time);
        _known = 2;
        return response;
    }

    /// <summary>Sets the formula of the next step.</summary>
    public void Begin(double step)
    {
        _time.Set(Time + step, _times.AsSpan(0, _known), _known);
        Diffusion.Coefficients.Predict(_time);
        Diffusion.BeginStep(_time);
    }

    /// <summary>Newton iterations at a fixed current until nothing changes.</summary>
    public SurfaceResponse Converge(double current, double temperature)
    {
        for (int iteration = 0; iteration < 15; iteration++)
        {
            Diffusion.Respond(0, current, temperature);
            Diffusion.BackSubstitute(0, 0, 0, 1);
        }
        return Diffusion.Respond(0, current, temperature);
    }
}
