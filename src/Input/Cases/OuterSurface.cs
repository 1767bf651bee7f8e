using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Outer surface and cooling of the whole cell that a case stands for.</summary>
public static class OuterSurface
{
    private static readonly CellSurface[] OfCell =
        [CellSurface.NegativeFace, CellSurface.PositiveFace, CellSurface.LeftEdge, CellSurface.RightEdge, CellSurface.BottomEdge, CellSurface.TopEdge];

    /// <summary>
    /// Surface of the simulated part without tab strips, scaled to the cell by electrode area [m²]; big faces that belong to the whole cell
    /// count once. For a lumped cell the outer surface of the BPX file.
    /// </summary>
    public static double Area(SimulationCase simulation)
    {
        if (simulation.Thermal.IsLumped) return simulation.Cell.ExternalSurfaceArea!.Value;
        double shown = OfCell.Sum(surface => Simulated(simulation, surface) * (surface.IsFace() ? simulation.Thermal.FaceShare : 1));
        return shown / simulation.Part.Share;
    }

    /// <summary>Heat that the cell loses per kelvin above its surroundings [W K⁻¹], Σ h A scaled to the cell.</summary>
    public static double Conductance(SimulationCase simulation) =>
        simulation.Thermal.Cooling.Sum(cooling => cooling.HeatTransferCoefficient * Simulated(simulation, cooling.Surface)) / simulation.Part.Share;

    /// <summary>Whether a surface is one of the two big faces.</summary>
    internal static bool IsFace(this CellSurface surface) => surface is CellSurface.NegativeFace or CellSurface.PositiveFace;

    private static double Simulated(SimulationCase simulation, CellSurface surface)
    {
        CellGeometry outline = simulation.Geometry;
        return surface switch
        {
            CellSurface.NegativeFace or CellSurface.PositiveFace => outline.Area,
            CellSurface.LeftEdge or CellSurface.RightEdge => outline.Height * simulation.StackThickness,
            CellSurface.BottomEdge or CellSurface.TopEdge => outline.Width * simulation.StackThickness,
            CellSurface.NegativeTab => OfStrip(outline.NegativeTab),
            _ => OfStrip(outline.PositiveTab),
        };
    }

    /// <summary>Both sides and the two long edges; the end is the terminal.</summary>
    private static double OfStrip(Tab? tab) => tab is null ? 0 : 2 * tab.Length * (tab.Width + tab.Thickness);
}
