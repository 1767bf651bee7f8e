using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Resistance of a flat collector times the electrode area that it serves, for a transfer current that is uniform over the plane [Ω m²].</summary>
/// <param name="InPlane">H/(3σδW) A, H away from the tab's edge and W along it.</param>
/// <param name="IntoTab">−ln[sin(πw/2W) sin(πc/W)]/(πσδ) A: the way into a tab narrower than its edge.</param>
public readonly record struct FoilResistance(double InPlane, double IntoTab)
{
    private const double UniformSource = 1.0 / 3;

    /// <summary>Of a foil.</summary>
    /// <param name="geometry">The outline.</param>
    /// <param name="foil">A layer with an electronic conductivity.</param>
    /// <param name="tab">Its tab; each of several serves its stretch of the edge.</param>
    public static FoilResistance Of(CellGeometry geometry, CellLayer foil, Tab tab)
    {
        (double along, double away) = tab.Edge.RunsAlongY() ? (geometry.Width, geometry.Height) : (geometry.Height, geometry.Width);
        double stretch = along / tab.Count, centre = tab.Count == 1 ? tab.Centre : 0.5 * stretch;
        double sheet = geometry.Area / (foil.Material.ElectronicConductivity!.Value * foil.Thickness);
        return new(UniformSource * sheet * away / along, sheet * Constriction(tab.Width, centre, stretch) / tab.Count);
    }

    /// <summary>Resistance of the way into a tab over that of a square of the sheet; 0 for a tab over the whole edge.</summary>
    private static double Constriction(double width, double centre, double edge)
    {
        double sines = Math.Sin(Math.PI * width / (2 * edge)) * Math.Sin(Math.PI * centre / edge);
        return width >= edge * (1 - 1e-9) ? 0 : -Math.Log(sines) / Math.PI;
    }
}
