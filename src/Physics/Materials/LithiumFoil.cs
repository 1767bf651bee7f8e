namespace Cell3D.Physics.Materials;

/// <summary>Lithium foil as counter electrode: U = 0, j0 = j0_ref √(c/c0).</summary>
/// <param name="ExchangeCurrent">j0_ref at c0 and T_ref [A m⁻²].</param>
/// <param name="ActivationEnergy">E of j0 [J mol⁻¹].</param>
/// <param name="FilmResistance">R_f [Ω m²].</param>
public sealed record LithiumFoil(double ExchangeCurrent, double ActivationEnergy = 0, double FilmResistance = 0);
