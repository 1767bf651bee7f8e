using Cell3D.Numerics;

namespace Cell3D.Physics.Materials;

/// <summary>Bulk properties of a binary electrolyte as functions of the salt concentration c [mol m⁻³] (equations.md §5).</summary>
/// <remarks>Temperature enters by Arrhenius factors exp(E/R (1/T_ref − 1/T)) with the cell's reference temperature.</remarks>
public sealed record Electrolyte
{
    /// <summary>Salt concentration at rest at the start [mol m⁻³].</summary>
    public required double InitialConcentration { get; init; }

    /// <summary>Stored reference c0 of the exchange current [mol m⁻³], at which the rate constants hold; a start at another concentration leaves it.</summary>
    public required double ReferenceConcentration { get; init; }

    /// <summary>κ(c) [S m⁻¹].</summary>
    public required Curve Conductivity { get; init; }

    /// <summary>E of κ [J mol⁻¹].</summary>
    public double ConductivityActivationEnergy { get; init; }

    /// <summary>D(c) [m² s⁻¹].</summary>
    public required Curve Diffusivity { get; init; }

    /// <summary>E of D [J mol⁻¹].</summary>
    public double DiffusivityActivationEnergy { get; init; }

    /// <summary>t₊(c), the transference number of the cation.</summary>
    public required Curve TransferenceNumber { get; init; }

    /// <summary>Θ(c) = 1 + dln f/dln c.</summary>
    public Curve ThermodynamicFactor { get; init; } = Curve.Constant(1);
}
