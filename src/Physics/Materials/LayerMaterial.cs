namespace Cell3D.Physics.Materials;

/// <summary>What a region of the mesh is made of. Parts that are absent are null: a collector has no pores, a separator no conductor.</summary>
public sealed record LayerMaterial
{
    /// <summary>The pores and the electrolyte in them; null for collectors, tabs and casing.</summary>
    public PorousMedium? Pores { get; init; }

    /// <summary>σ_eff of the solid [S m⁻¹]; null where no electrons flow (separator, casing).</summary>
    public double? ElectronicConductivity { get; init; }

    /// <summary>Particle classes; empty outside the electrodes.</summary>
    public IReadOnlyList<ActiveMaterial> ActiveMaterials { get; init; } = [];

    /// <summary>Heat storage and conduction.</summary>
    public required ThermalProperties Thermal { get; init; }
}

/// <summary>Pore space of a layer: ε and the transport efficiency B = ε/τ.</summary>
public sealed record PorousMedium(double Porosity, double TransportEfficiency);

/// <summary>ρ [kg m⁻³], c_p [J kg⁻¹ K⁻¹] and k_T [W m⁻¹ K⁻¹] through the thickness and in the plane.</summary>
public sealed record ThermalProperties(double Density, double SpecificHeatCapacity, double ThroughConductivity, double InPlaneConductivity)
{
    /// <summary>ρ c_p [J m⁻³ K⁻¹].</summary>
    public double VolumetricHeatCapacity => Density * SpecificHeatCapacity;
}
