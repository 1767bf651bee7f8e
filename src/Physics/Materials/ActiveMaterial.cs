using Cell3D.Numerics;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Physics.Materials;

/// <summary>One class of particles of an electrode: thermodynamics, solid diffusion and surface reaction.</summary>
public sealed record ActiveMaterial
{
    /// <summary>Name within its electrode, e.g. "Large particles"; empty when the electrode has a single material.</summary>
    public string Name { get; init; } = "";

    /// <summary>U(x) at the reference temperature, or U(x, T) [V], x = c_s/c_max, with the ends that the case chooses (<see cref="DivergingEnds"/>).</summary>
    public required Function OpenCircuitPotential { get; init; }

    /// <summary>dU/dT(x) [V K⁻¹] of U(x); 0 for U(x, T), whose own derivative counts.</summary>
    public Curve EntropicCoefficient { get; init; } = Curve.Constant(0);

    /// <summary>c_max [mol m⁻³].</summary>
    public required double MaximumConcentration { get; init; }

    /// <summary>Lower end of the stoichiometry window.</summary>
    public required double MinimumStoichiometry { get; init; }

    /// <summary>Upper end of the stoichiometry window.</summary>
    public required double MaximumStoichiometry { get; init; }

    /// <summary>R_p [m].</summary>
    public required double ParticleRadius { get; init; }

    /// <summary>Form of the particles; no file asks for another than the sphere, the counterpart of a resolved structure does.</summary>
    public ParticleShape Shape { get; init; } = ParticleShape.Sphere;

    /// <summary>D_s(x) at the reference temperature, or D_s(x, T) [m² s⁻¹].</summary>
    public required Function Diffusivity { get; init; }

    /// <summary>E of D_s(x) [J mol⁻¹]; 0 for D_s(x, T).</summary>
    public double DiffusivityActivationEnergy { get; init; }

    /// <summary>a [m⁻¹], interfacial area per volume of electrode.</summary>
    public required double SurfaceAreaPerVolume { get; init; }

    /// <summary>ε_s, active volume fraction. BPX: a R_p/3.</summary>
    public required double ActiveVolumeFraction { get; init; }

    /// <summary>k_r [mol m⁻² s⁻¹] of j0 = F k_r (c/c0)^α_a (1−x)^α_a x^α_c.</summary>
    public required double ReactionRateConstant { get; init; }

    /// <summary>E of k_r [J mol⁻¹].</summary>
    public double ReactionActivationEnergy { get; init; }

    /// <summary>α_a, multiplies +η (oxidation).</summary>
    public double AnodicTransferCoefficient { get; init; } = 0.5;

    /// <summary>α_c, multiplies −η.</summary>
    public double CathodicTransferCoefficient { get; init; } = 0.5;

    /// <summary>R_f [Ω m²].</summary>
    public double FilmResistance { get; init; }

    /// <summary>δ of x (x² + δ²)^((a−1)/2), which stands for each power x^a of the exchange current density; 0 keeps the power.</summary>
    public double ExchangeCurrentRegularisation { get; init; }

    /// <summary>Free energy of particles that part into phases, in place of Fick's law and of U(x); null for none.</summary>
    public PhaseSeparation? PhaseSeparation { get; init; }

    /// <summary>Hysteresis of U, which is then the mean of both branches; null for none.</summary>
    public PotentialHysteresis? Hysteresis { get; init; }

    /// <summary>C_dl [F m⁻²] of the double layer at the particles; 0 for none.</summary>
    public double DoubleLayerCapacitance { get; init; }

    /// <summary>Growth of a film at the particles; null for none.</summary>
    public FilmGrowth? Film { get; init; }

    /// <summary>U and dU/dT over x and T, equation (3.2).</summary>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public EquilibriumPotential EquilibriumPotentialOf(double referenceTemperature) =>
        EquilibriumPotential.Of(OpenCircuitPotential, EntropicCoefficient, referenceTemperature);
}
