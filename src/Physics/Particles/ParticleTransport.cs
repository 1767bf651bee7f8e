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

/// <summary>Lithium inside the particles of many control volumes, one representative particle each, driven by the current density at its surface.</summary>
/// <remarks>Whatever the law, the mean stoichiometry changes by ∂x̄/∂t = −b j (equation 4.3). What a particle consists of is condensed inside.</remarks>
public abstract class ParticleTransport
{
    /// <summary>Creates the particles.</summary>
    /// <param name="material">What they consist of.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="geometry">Where they are, their size and surface.</param>
    protected ParticleTransport(ActiveMaterial material, double referenceTemperature, ParticleGeometry geometry)
    {
        (Material, Geometry) = (material, geometry);
        Activation = new(material.DiffusivityActivationEnergy, referenceTemperature);
        DiffusivityFactor = Parameter.Factor($"{geometry.Sites.Owner}: diffusivity of the particles");
        RadiusFactor = Parameter.Factor($"{geometry.Sites.Owner}: particle radius");
    }

    /// <summary>The law that the material asks for.</summary>
    /// <param name="material">What they consist of.</param>
    /// <param name="unknowns">Modes of Fick's law, or nodes of particles that part into phases.</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="geometry">Where they are, their size and surface.</param>
    /// <param name="tolerance">Error weights of the surface stoichiometry.</param>
    public static ParticleTransport Create(ActiveMaterial material, int unknowns, double referenceTemperature, ParticleGeometry geometry, ErrorTolerance tolerance) =>
        material.PhaseSeparation is { } separation
            ? new PhaseSeparatingDiffusion(material, new(separation.Shape, unknowns, separation.Grading), referenceTemperature, geometry, PhaseSeparatingDiffusion.InsideOf(tolerance))
            : ParticleDiffusion.Create(material, SpectralBasis.Of(unknowns, material.Shape), referenceTemperature, geometry);

    /// <summary>What describes the inside of every particle, as many <see cref="StateVariable.Components"/> each.</summary>
    public abstract StateVariable Coefficients { get; }

    /// <summary>Factor of D_s.</summary>
    public Parameter DiffusivityFactor { get; }

    /// <summary>Factor of R_p; area and volume of the particles stand.</summary>
    public Parameter RadiusFactor { get; }

    /// <inheritdoc cref="Term.Parameters"/>
    public IEnumerable<Parameter> Parameters => [DiffusivityFactor, RadiusFactor];

    /// <summary>What they consist of.</summary>
    public ActiveMaterial Material { get; }

    /// <summary>R_p, and b of ∂x̄/∂t = −b j.</summary>
    public ParticleGeometry Geometry { get; }

    /// <summary>δ(D_s/R_p²) R_p²/D_s along the change of parameters.</summary>
    protected double RelativeChangeOfRate => DiffusivityFactor.RelativeChange - (2 * RadiusFactor.RelativeChange);

    /// <summary>What D_s/R_p² of the material is multiplied by.</summary>
    protected double RateFactor => DiffusivityFactor.Value / (RadiusFactor.Value * RadiusFactor.Value);

    protected Arrhenius Activation { get; }

    /// <summary>α of the step.</summary>
    protected double Alpha { get; private set; }

    /// <summary>Whether no temperature is an unknown, so that none changes. Set before the first step.</summary>
    public virtual bool IsIsothermal { get; set; }

    /// <summary>Sets every particle to a uniform stoichiometry.</summary>
    public abstract void SetUniform(double stoichiometry);

    /// <summary>Takes the time coefficients; where no time passes, particles stand as they are whatever their current.</summary>
    public virtual void BeginStep(TimeCoefficients time) => (Alpha, IsFrozen) = (time.Alpha, time.IsFrozen);

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
    public abstract double Mean(int particle);

    /// <summary>Surface stoichiometry of particle i from its coefficients.</summary>
    public abstract double Surface(int particle);

    /// <summary>Weights of the coefficients in the stoichiometry at a radius, r/R_p.</summary>
    public abstract double[] WeightsAt(double radius);
}
