namespace Cell3D.Physics.Heat;

/// <summary>Temperatures within a cooled plate, to judge a gradient that a part of a stack cannot show.</summary>
public static class PlateGradient
{
    /// <summary>Largest difference of temperature in a plate with a uniform source, cooled on both faces, over its mean rise; steady state.</summary>
    /// <remarks>T = a + b x − x²/2k with k b = h₁ a and L − k b = h₂ (a + b L − L²/2k), for a source of 1 W m⁻³.</remarks>
    /// <param name="first">h of one face [W m⁻² K⁻¹].</param>
    /// <param name="second">h of the other face [W m⁻² K⁻¹]; one of both is above 0.</param>
    /// <param name="thickness">L [m].</param>
    /// <param name="conductivity">k [W m⁻¹ K⁻¹].</param>
    public static double RelativeDifference(double first, double second, double thickness, double conductivity)
    {
        double atStart = (thickness + (second * thickness * thickness / (2 * conductivity))) / (first + (second * (1 + (first * thickness / conductivity))));
        double slope = first * atStart / conductivity;
        double highest = atStart + (0.5 * conductivity * slope * slope);
        double atEnd = atStart + (slope * thickness) - (thickness * thickness / (2 * conductivity));
        double mean = atStart + (0.5 * slope * thickness) - (thickness * thickness / (6 * conductivity));
        return (highest - Math.Min(atStart, atEnd)) / mean;
    }
}
