using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Outer surface and cooling of the whole cell that a case stands for.</summary>
public static class OuterSurface
{
    private static readonly CellSurface[] OfCell =
        [CellSurface.NegativeFace, CellSurface.PositiveFace, CellSurface.LeftEdge, CellSurface.RightEdge, CellSurface.BottomEdge, CellSurface.TopEdge,
            CellSurface.Side, CellSurface.Base, CellSurface.Top];

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

    /// <summary>Heat that the cell loses by convection per kelvin above its surroundings [W K⁻¹], Σ h A scaled to the cell: smallest and largest over time.</summary>
    public static (double Smallest, double Largest) Conductance(SimulationCase simulation)
    {
        double[] values = [.. simulation.Thermal.TimesOfChange.DefaultIfEmpty().Select(time => OfCooling(simulation, outside => outside.HeatTransferCoefficient.At(time)))];
        return (values.Min(), values.Max());
    }

    /// <summary>Heat that the cell loses by radiation per kelvin above its surroundings [W K⁻¹], Σ 4 ε σ_SB T³ A scaled to the cell, at its initial temperature.</summary>
    public static double RadiativeConductance(SimulationCase simulation) =>
        OfCooling(simulation, outside => outside.RadiativeCoefficient(simulation.Thermal.InitialTemperature));

    /// <summary>The lowest and the highest ambient temperature over surfaces and time [K]; NaN for an adiabatic cell.</summary>
    public static (double Lowest, double Highest) AmbientTemperature(SimulationCase simulation)
    {
        TimeTable[] tables = [.. simulation.Thermal.Cooling.Select(cooling => cooling.Surroundings.AmbientTemperature).DefaultIfEmpty(TimeTable.Constant(double.NaN))];
        return (tables.Min(table => table.Minimum), tables.Max(table => table.Maximum));
    }

    /// <summary>Whether a surface is one of the two big faces.</summary>
    internal static bool IsFace(this CellSurface surface) => surface is CellSurface.NegativeFace or CellSurface.PositiveFace;

    private static double OfCooling(SimulationCase simulation, Func<Surroundings, double> coefficient) =>
        simulation.Thermal.Cooling.Sum(cooling => coefficient(cooling.Surroundings) * Simulated(simulation, cooling.Surface)) / simulation.Part.Share;

    private static double Simulated(SimulationCase simulation, CellSurface surface)
    {
        CellGeometry outline = simulation.Geometry;
        if (outline.Winding is { } roll)
            return roll.Shape.SurfaceArea(surface);
        return surface switch
        {
            CellSurface.NegativeFace or CellSurface.PositiveFace => outline.Area,
            CellSurface.LeftEdge or CellSurface.RightEdge => outline.Height * simulation.StackThickness,
            CellSurface.BottomEdge or CellSurface.TopEdge => outline.Width * simulation.StackThickness,
            CellSurface.NegativeTab => OfStrip(outline.NegativeTab),
            CellSurface.PositiveTab => OfStrip(outline.PositiveTab),
            _ => 0,
        };
    }

    /// <summary>Both sides and the two long edges; the end is the terminal.</summary>
    private static double OfStrip(Tab? tab) => tab is null ? 0 : 2 * tab.Length * (tab.Width + tab.Thickness);
}
