namespace Cell3D.Mesh;

/// <summary>What lies between two bodies that touch: a weld, an interface, a gap.</summary>
/// <param name="ElectricalResistance">Resistance to current [Ω]; infinite where none passes.</param>
/// <param name="ThermalResistance">Resistance to heat [K W⁻¹].</param>
/// <param name="LeftIsInPlane">Whether the half path in the left cell runs in the plane of its layers.</param>
/// <param name="RightIsInPlane">Whether the half path in the right cell does.</param>
public sealed record Contact(double ElectricalResistance, double ThermalResistance, bool LeftIsInPlane, bool RightIsInPlane)
{
    /// <summary>Whether a foil is joined here for itself, apart from the layers beside it.</summary>
    public bool IsWeld { get; init; }

    /// <summary>Whether current passes.</summary>
    public bool Conducts => double.IsFinite(ElectricalResistance);
}
