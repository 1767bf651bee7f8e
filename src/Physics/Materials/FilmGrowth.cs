namespace Cell3D.Physics.Materials;

/// <summary>Growth of a solid-electrolyte interphase by reduction of solvent at the surface of particles.</summary>
/// <remarks>Names and meaning of the parameters as in PyBaMM's SEI submodels (reaction limited, solvent-diffusion limited and both in series, the
/// latter after Yang et al., J. Power Sources 360 (2017) 28).</remarks>
public sealed record FilmGrowth
{
    /// <summary>L at the start [m].</summary>
    public required double InitialThickness { get; init; }

    /// <summary>ρ of R_f = ρ L [Ω m].</summary>
    public double Resistivity { get; init; }

    /// <summary>V̄, volume per mole of film [m³ mol⁻¹].</summary>
    public required double MolarVolume { get; init; }

    /// <summary>z, lithium per molecule of film.</summary>
    public required double LithiumPerMolecule { get; init; }

    /// <summary>U of the reduction against lithium [V].</summary>
    public required double EquilibriumPotential { get; init; }

    /// <summary>α of the cathodic Tafel law.</summary>
    public double TransferCoefficient { get; init; } = 0.5;

    /// <summary>j0 at T_ref [A m⁻²]; null where the reaction is fast.</summary>
    public double? ExchangeCurrent { get; init; }

    /// <summary>E of j0 [J mol⁻¹].</summary>
    public double ActivationEnergy { get; init; }

    /// <summary>D c of the solvent in the film [mol m⁻¹ s⁻¹]; null where it diffuses fast.</summary>
    public double? SolventSupply { get; init; }

    /// <summary>Whether the film narrows the pores: ε = ε₀ − a (L − L₀), B = B₀ (ε/ε₀)^b.</summary>
    public bool NarrowsPores { get; init; } = true;
}
