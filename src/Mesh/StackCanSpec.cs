namespace Cell3D.Mesh;

/// <summary>A flat can around a stack, with gaps of gas, liquid or insulation between the two that store no heat.</summary>
/// <param name="Walls">Metal, and gaps at the edges of the stack.</param>
/// <param name="FaceGap">Between the faces of the stack and the big walls [m].</param>
/// <param name="SideConductivity">k of what lies between the stack and all four walls [W m⁻¹ K⁻¹].</param>
/// <param name="BaseConductivity">k between the lower edge and the base [W m⁻¹ K⁻¹].</param>
/// <param name="TopConductivity">k between the upper edge and the cap [W m⁻¹ K⁻¹].</param>
public sealed record StackCanSpec(CanSpec Walls, double FaceGap, double SideConductivity, double BaseConductivity, double TopConductivity)
{
    /// <summary>The can from outside to outside of what it holds [m]: its extents along x, y and z.</summary>
    /// <param name="thickness">Of the stack [m].</param>
    /// <param name="width">Of the stack [m].</param>
    /// <param name="height">Of the stack [m].</param>
    public (double X, double Y, double Z) Outside(double thickness, double width, double height)
    {
        (double x, double y, double z) = Inside(thickness, width, height);
        return (x + (2 * Walls.Wall), y + (2 * Walls.Wall), z + Walls.Base + Walls.Top);
    }

    /// <summary>Area of an outer surface [m²].</summary>
    /// <inheritdoc cref="Outside"/>
    public double SurfaceArea(CellSurface surface, double thickness, double width, double height)
    {
        (double x, double y, double z) = Outside(thickness, width, height);
        return surface switch
        {
            CellSurface.NegativeFace or CellSurface.PositiveFace => y * z,
            CellSurface.LeftEdge or CellSurface.RightEdge => x * z,
            CellSurface.BottomEdge or CellSurface.TopEdge => x * y,
            _ => 0,
        };
    }

    /// <summary>Volume of the metal [m³].</summary>
    /// <inheritdoc cref="Outside"/>
    public double Volume(double thickness, double width, double height)
    {
        ((double x, double y, double z), (double innerX, double innerY, double innerZ)) = (Outside(thickness, width, height), Inside(thickness, width, height));
        return (x * y * z) - (innerX * innerY * innerZ);
    }

    private (double X, double Y, double Z) Inside(double thickness, double width, double height) =>
        (thickness + (2 * FaceGap), width + (2 * Walls.SideGap), height + Walls.BaseGap + Walls.TopGap);
}
