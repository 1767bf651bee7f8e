using System.Numerics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Particles;

/// <summary>Surface stoichiometry of a particle after this time step as a function of its current density and temperature.</summary>
/// <param name="Stoichiometry">x_surf.</param>
/// <param name="ByCurrent">∂x_surf/∂j [m² A⁻¹].</param>
/// <param name="ByTemperature">∂x_surf/∂T [K⁻¹].</param>
public readonly record struct SurfaceResponse(double Stoichiometry, double ByCurrent, double ByTemperature);

/// <summary>Fick's law in the particles of many control volumes, one representative sphere each:
/// ∂c_s/∂t = r⁻² ∂_r(r² D_s(x,T) ∂_r c_s),  N·n = (a R_p/3ε_s) j/F at the surface (equations.md §4).</summary>
/// <remarks>State: spectral coefficients of the stoichiometry x = c_s/c_max, <see cref="SpectralBasis.Modes"/> per particle.</remarks>
public abstract class ParticleDiffusion
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
    {
        (Basis, Material, Geometry) = (basis, material, geometry);
        Activation = new(material.DiffusivityActivationEnergy, referenceTemperature);
        DiffusivityFactor = Parameter.Factor($"{geometry.Sites.Owner}: diffusivity of the particles");
        RadiusFactor = Parameter.Factor($"{geometry.Sites.Owner}: particle radius");
        int coefficients = geometry.Sites.Cells.Length * basis.Modes;
        Coefficients = new(ModesQuantity, new double[coefficients], coefficients, predicted: false) { Sites = geometry.Sites, Components = basis.Modes };
        HistoryTerm = solvesCoefficients ? new double[coefficients] : Coefficients.Values;
    }

    /// <summary>The spectral coefficients of every particle.</summary>
    public StateVariable Coefficients { get; }

    /// <summary>Factor of D_s.</summary>
    public Parameter DiffusivityFactor { get; }

    /// <summary>Factor of R_p; area and volume of the particles stand.</summary>
    public Parameter RadiusFactor { get; }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => [DiffusivityFactor, RadiusFactor];

    /// <summary>δ(D_s/R_p²) R_p²/D_s along the change of parameters.</summary>
    protected double RelativeChangeOfRate => DiffusivityFactor.RelativeChange - (2 * RadiusFactor.RelativeChange);

    /// <summary>What D_s/R_p² of the material is multiplied by.</summary>
    protected double RateFactor => DiffusivityFactor.Value / (RadiusFactor.Value * RadiusFactor.Value);

    internal SpectralBasis Basis { get; }

    protected ActiveMaterial Material { get; }

    protected Arrhenius Activation { get; }

    /// <summary>Σ_i w_i q_{n+1−i} of every coefficient.</summary>
    protected double[] HistoryTerm { get; }

    /// <summary>R_p, and b of ∂q_k/∂t = … − P_k(1) b j.</summary>
    protected ParticleGeometry Geometry { get; }

    /// <summary>α of the step.</summary>
    protected double Alpha { get; private set; }

    /// <summary>The same diffusivity all over a particle, or one that depends on the stoichiometry, whichever the material asks for.</summary>
    public static ParticleDiffusion Create(ActiveMaterial material, SpectralBasis basis, double referenceTemperature, ParticleGeometry geometry) =>
        !material.Diffusivity.DependsOn(0)
            ? new UniformDiffusion(material, basis, referenceTemperature, geometry)
            : new StoichiometryDiffusion(material, basis, referenceTemperature, geometry);

    /// <summary>Sets every particle to a uniform stoichiometry.</summary>
    public void SetUniform(double stoichiometry)
    {
        Array.Clear(Coefficients.Values);
        for (int i = 0; i < Coefficients.Values.Length; i += Basis.Modes)
            Coefficients.Values[i] = stoichiometry;
    }

    /// <summary>Takes the time coefficients; where no time passes, particles stand as they are whatever their current.</summary>
    public void BeginStep(TimeCoefficients time)
    {
        (Alpha, IsFrozen) = (time.Alpha, time.IsFrozen);
        if (IsFrozen)
            return;
        time.SumHistory(Coefficients, HistoryTerm);
    }

    /// <summary>Whether no time passes.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>Linearises neighbouring particles at (j, T) for the step that has begun.</summary>
    /// <param name="first">Number of the first one.</param>
    /// <param name="currents">j of each [A m⁻²], at most <see cref="LocalBlock.Batch"/>.</param>
    /// <param name="temperatures">T of each [K].</param>
    /// <param name="responses">Receives as many.</param>
    public abstract void Respond(int first, ReadOnlySpan<double> currents, ReadOnlySpan<double> temperatures, Span<SurfaceResponse> responses);

    /// <summary>Linearises particle i at (j, T).</summary>
    public SurfaceResponse Respond(int particle, double current, double temperature)
    {
        SurfaceResponse response = default;
        Respond(particle, new(in current), new(in temperature), new(ref response));
        return response;
    }

    /// <summary>∂x_surf/∂j [m² A⁻¹] and ∂x_surf/∂T [K⁻¹] for small changes ∝ exp(αt) of an accepted state.</summary>
    /// <param name="particle">Which.</param>
    /// <param name="alpha">α [s⁻¹], not 0.</param>
    /// <param name="temperature">T [K].</param>
    public abstract (Complex ByCurrent, Complex ByTemperature) Respond(int particle, Complex alpha, double temperature);

    /// <summary>Change of x_surf along the change of parameters while j and T stand.</summary>
    /// <param name="particle">Which.</param>
    /// <param name="current">j [A m⁻²].</param>
    /// <param name="temperature">T [K].</param>
    public abstract double RespondToParameters(int particle, double current, double temperature);

    /// <summary>Follows the increments of j and T.</summary>
    public abstract void BackSubstitute(int particle, double currentIncrement, double temperatureIncrement, double fraction);

    /// <summary>Brings the coefficients to the converged (j, T).</summary>
    public abstract void Conclude(int particle, double current, double temperature);

    /// <summary>Mean stoichiometry of particle i.</summary>
    public double Mean(int particle) => Coefficients.Values[particle * Basis.Modes];

    /// <summary>Surface stoichiometry of particle i from its coefficients.</summary>
    public double Surface(int particle)
    {
        double sum = 0;
        for (int k = 0; k < Basis.Modes; k++)
            sum += Basis.Surface[k] * Coefficients.Values[(particle * Basis.Modes) + k];
        return sum;
    }
}
