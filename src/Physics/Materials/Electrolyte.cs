using Cell3D.Numerics;

namespace Cell3D.Physics.Materials;

/// <summary>Bulk properties of a binary electrolyte as functions of the salt concentration c [mol m⁻³] and, where they depend on it, the
/// temperature T [K] (equations.md §5).</summary>
/// <remarks>κ and D carry Arrhenius factors exp(E/R (1/T_ref − 1/T)) with the cell's reference temperature; what is a function of T itself has E = 0.</remarks>
public sealed record Electrolyte
{
    /// <summary>Salt concentration at rest at the start [mol m⁻³].</summary>
    public required double InitialConcentration { get; init; }

    /// <summary>Stored reference c0 of the exchange current [mol m⁻³], at which the rate constants hold; a start at another concentration leaves it.</summary>
    public required double ReferenceConcentration { get; init; }

    /// <summary>κ(c) or κ(c, T) [S m⁻¹], without its Arrhenius factor.</summary>
    public required Function Conductivity { get; init; }

    /// <summary>E of κ [J mol⁻¹].</summary>
    public double ConductivityActivationEnergy { get; init; }

    /// <summary>D(c) or D(c, T) [m² s⁻¹], without its Arrhenius factor.</summary>
    public required Function Diffusivity { get; init; }

    /// <summary>E of D [J mol⁻¹].</summary>
    public double DiffusivityActivationEnergy { get; init; }

    /// <summary>t₊(c) or t₊(c, T), the transference number of the cation.</summary>
    public required Function TransferenceNumber { get; init; }

    /// <summary>Θ(c) or Θ(c, T) = 1 + dln f/dln c.</summary>
    public Function ThermodynamicFactor { get; init; } = Curve.Constant(1);

    /// <summary>κ(c, T) [S m⁻¹] as a function of c and T.</summary>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public Function ConductivityOf(double referenceTemperature) => ThermallyActivated.Of(Conductivity, ConductivityActivationEnergy, referenceTemperature);

    /// <summary>D(c, T) [m² s⁻¹] as a function of c and T.</summary>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public Function DiffusivityOf(double referenceTemperature) => ThermallyActivated.Of(Diffusivity, DiffusivityActivationEnergy, referenceTemperature);
}
