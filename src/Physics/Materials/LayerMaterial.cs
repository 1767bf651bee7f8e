using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

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

    /// <summary>The reaction of lithium metal where the layer touches electrolyte; null for any other metal.</summary>
    public LithiumFoil? Foil { get; init; }

    /// <summary>Heat storage and conduction.</summary>
    public required ThermalProperties Thermal { get; init; }
}

/// <summary>Pore space of a layer: ε and the transport efficiency B = ε/τ.</summary>
public sealed record PorousMedium(double Porosity, double TransportEfficiency);

/// <summary>ρ [kg m⁻³], c_p [J kg⁻¹ K⁻¹] and k_T [W m⁻¹ K⁻¹] through the thickness and in the plane; c_p and k_T as curves over T [K].</summary>
public sealed record ThermalProperties(double Density, Curve SpecificHeatCapacity, Curve ThroughConductivity, Curve InPlaneConductivity)
{
    /// <summary>Range of temperatures in which <see cref="SpecificEnthalpy"/> is exact to round-off [K].</summary>
    private const double Coldest = 200, Hottest = 500;

    /// <summary>Properties that do not depend on temperature.</summary>
    public ThermalProperties(double density, double specificHeatCapacity, double throughConductivity, double inPlaneConductivity)
        : this(density, Curve.Constant(specificHeatCapacity), Curve.Constant(throughConductivity), Curve.Constant(inPlaneConductivity)) { }

    /// <summary>ρ c_p at T [J m⁻³ K⁻¹].</summary>
    public double VolumetricHeatCapacity(double temperature) => Density * SpecificHeatCapacity.Value(temperature);

    /// <summary>H/ρ = ∫ c_p dT from T_ref to T [J kg⁻¹] as a curve over T [K], whose slope is c_p.</summary>
    public Curve SpecificEnthalpy(double referenceTemperature) => new IntegralCurve(SpecificHeatCapacity, referenceTemperature, Coldest, Hottest);
}
