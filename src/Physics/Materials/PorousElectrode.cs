namespace Cell3D.Physics.Materials;

/// <summary>A porous electrode: its pore space, solid conductor and particle classes.</summary>
/// <param name="Thickness">δ [m].</param>
/// <param name="Pores">Porosity and transport efficiency.</param>
/// <param name="Conductivity">Effective electronic conductivity σ_eff [S m⁻¹].</param>
/// <param name="ActiveMaterials">At least one; several in a blended electrode.</param>
public sealed record PorousElectrode(double Thickness, PorousMedium Pores, double Conductivity, IReadOnlyList<ActiveMaterial> ActiveMaterials);
