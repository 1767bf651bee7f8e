namespace Cell3D.Physics.Heat;

/// <summary>Heat that leaves through one of the cooled places: a quantity of the balance, a part of <see cref="Totals.HeatLost"/>.</summary>
public static class SurfaceHeat
{
    /// <summary>Its name in balance and time series [W].</summary>
    /// <param name="place">Surface or patch.</param>
    public static string NameOf(string place) => $"{place}: heat lost";
}
