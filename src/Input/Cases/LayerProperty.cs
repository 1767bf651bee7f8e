namespace Cell3D.Input.Cases;

/// <summary>A property of a layer that may vary in space.</summary>
public enum LayerProperty
{
    /// <summary>ε.</summary>
    Porosity,

    /// <summary>B = ε/τ.</summary>
    TransportEfficiency,

    /// <summary>σ_eff [S m⁻¹].</summary>
    ElectronicConductivity,

    /// <summary>Amount of all active materials, a and ε_s together; its own value is 1.</summary>
    ActiveMaterial,

    /// <summary>a of all active materials [m⁻¹], on top of their amount.</summary>
    SurfaceArea,

    /// <summary>R_p of all active materials [m].</summary>
    ParticleRadius,

    /// <summary>ρ [kg m⁻³].</summary>
    Density,

    /// <summary>c_p [J kg⁻¹ K⁻¹].</summary>
    SpecificHeatCapacity,

    /// <summary>k_T through the thickness [W m⁻¹ K⁻¹].</summary>
    ThroughConductivity,

    /// <summary>k_T in the plane [W m⁻¹ K⁻¹].</summary>
    InPlaneConductivity,
}
