using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Fick's law in the particles of many control volumes, one representative sphere each:
/// ∂c_s/∂t = r⁻² ∂_r(r² D_s(x,T) ∂_r c_s),  N·n = (a R_p/3ε_s) j/F at the surface (equations.md §4).</summary>
/// <remarks>State: spectral coefficients of the stoichiometry x = c_s/c_max, <see cref="SpectralBasis.Modes"/> per particle.</remarks>
public abstract class ParticleDiffusion : ParticleTransport
{
    private static readonly Quantity ModesQuantity = new("Stoichiometry modes", "1", "Coefficients of the stoichiometry inside particles");

    /// <summary>Creates the particles at a uniform stoichiometry.</summary>
    /// <param name="material">Diffusion.</param>
    /// <param name="basis">The modes.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="geometry">Where the particles are, their size and surface.</param>
    /// <param name="solvesCoefficients">Whether coefficients are unknowns during a step. Those that follow from (j, T) at its end leave
    /// their place to the history until then.</param>
    protected ParticleDiffusion(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry, bool solvesCoefficients)
        : base(material, referenceTemperature, geometry)
    {
        Basis = basis;
        int coefficients = geometry.Sites.Cells.Length * basis.Modes;
        Coefficients = new(ModesQuantity, new double[coefficients], coefficients, predicted: false) { Sites = geometry.Sites, Components = basis.Modes };
        HistoryTerm = solvesCoefficients ? new double[coefficients] : Coefficients.Values;
    }

    /// <summary>The spectral coefficients of every particle.</summary>
    public override StateVariable Coefficients { get; }

    internal SpectralBasis Basis { get; }

    /// <summary>Σ_i w_i q_{n+1−i} of every coefficient.</summary>
    protected double[] HistoryTerm { get; }

    /// <summary>The same diffusivity all over a particle, or one that depends on the stoichiometry, whichever the material asks for.</summary>
    public static ParticleDiffusion Create(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry) =>
        !material.Diffusivity.DependsOn(0)
            ? new UniformDiffusion(material, basis, referenceTemperature, geometry)
            : new StoichiometryDiffusion(material, basis, referenceTemperature, geometry);

    public override void SetUniform(double stoichiometry)
    {
        Array.Clear(Coefficients.Values);
        for (int i = 0; i < Coefficients.Values.Length; i += Basis.Modes)
            Coefficients.Values[i] = stoichiometry;
    }

    public override void BeginStep(TimeCoefficients time)
    {
        base.BeginStep(time);
        if (!IsFrozen)
            SumHistory(time);
    }

    /// <summary>Fills <see cref="HistoryTerm"/>.</summary>
    protected virtual void SumHistory(TimeCoefficients time) => time.SumHistory(Coefficients, HistoryTerm);

    public override double Mean(int particle) => Coefficients.Values[particle * Basis.Modes];

    public override double Surface(int particle) => TensorPrimitives.Dot(Basis.Surface, Coefficients.Values.AsSpan(particle * Basis.Modes, Basis.Modes));

    public override double[] WeightsAt(double radius) => Basis.At(radius);
}
