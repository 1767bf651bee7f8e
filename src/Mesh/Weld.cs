namespace Cell3D.Mesh;

/// <summary>The weld of one foil on a strip.</summary>
/// <param name="Resistance">Of the whole width [Ω]; infinite where it leads only heat.</param>
/// <param name="ThermalResistance">Of the whole width [K W⁻¹].</param>
/// <param name="FoilThickness">Thickness of the foil for which they hold [m]; a foil of half the thickness has twice as much.</param>
public sealed record Weld(double Resistance, double ThermalResistance, double FoilThickness)
{
    /// <summary>The contact of a stretch of a foil.</summary>
    /// <param name="foil">Its thickness [m].</param>
    /// <param name="share">Of the width of the strip.</param>
    internal Contact Between(double foil, double share)
    {
        double scale = FoilThickness / foil / share;
        return new(scale * Resistance, scale * ThermalResistance, LeftIsInPlane: true, RightIsInPlane: true) { IsWeld = true };
    }
}
