using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Outer surface and cooling of the whole cell that a case stands for.</summary>
public static class OuterSurface
{
    private static readonly CellSurface[] OfCell =
        [CellSurface.NegativeFace, CellSurface.PositiveFace, CellSurface.LeftEdge, CellSurface.RightEdge, CellSurface.BottomEdge, CellSurface.TopEdge, CellSurface.Contour,
            CellSurface.Seam, CellSurface.Side, CellSurface.Base, CellSurface.Top];

    /// <summary>
    /// Surface of the simulated part without tab strips, scaled to the cell by electrode area [m²]; big faces and a seam that belong to the whole cell
    /// count once. For a lumped cell the outer surface of the BPX file.
    /// </summary>
    public static double Area(SimulationCase simulation)
    {
        if (simulation.Thermal.OuterArea is double known) return known;
        if (simulation.Thermal.IsLumped) return simulation.Cell.ExternalSurfaceArea!.Value;
        IEnumerable<CellSurface> sides = simulation.Geometry.SideNames.Select((_, number) => CellSurfaces.OfEdge(CellEdges.Named(number)));
        double shown = OfCell.Concat(sides).Sum(surface => Simulated(simulation, surface) * (surface.IsShared() ? simulation.Thermal.FaceShare : 1));
        return shown / simulation.Part.Share;
    }

    /// <summary>
    /// Heat that the cell loses per kelvin above its surroundings without radiation [W K⁻¹], Σ A/(1/h + R) scaled to the cell: smallest and largest over
    /// time; ∞ where a surface is kept at a temperature.
    /// </summary>
    public static (double Smallest, double Largest) Conductance(SimulationCase simulation)
    {
        double[] values = [.. simulation.Thermal.TimesOfChange.DefaultIfEmpty().Select(time => OfCooling(simulation, outside => outside.Conductance(time)))];
        return (values.Min(), values.Max());
    }

    /// <summary>Heat that the cell loses by radiation per kelvin above its surroundings [W K⁻¹], Σ 4 ε σ_SB T³ A scaled to the cell, at its initial temperature.</summary>
    public static double RadiativeConductance(SimulationCase simulation) =>
        OfCooling(simulation, outside => outside.RadiativeCoefficient(simulation.Thermal.InitialTemperature));

    /// <summary>Heat that given fluxes take from the cell [W], Σ q A scaled to the cell: smallest and largest over time; negative where it is heated.</summary>
    public static (double Smallest, double Largest) GivenHeat(SimulationCase simulation)
    {
        double[] values = [.. simulation.Thermal.TimesOfChange.DefaultIfEmpty().Select(time => OfCooling(simulation, outside => outside.HeatFlux.At(time)))];
        return (values.Min(), values.Max());
    }

    /// <summary>The lowest and the highest ambient temperature over surfaces and time [K]; NaN for an adiabatic cell.</summary>
    public static (double Lowest, double Highest) AmbientTemperature(SimulationCase simulation)
    {
        TimeTable[] tables = [.. simulation.Thermal.Cooling.Select(cooling => cooling.Surroundings.AmbientTemperature).DefaultIfEmpty(TimeTable.Constant(double.NaN))];
        return (tables.Min(table => table.Minimum), tables.Max(table => table.Maximum));
    }

    /// <summary>Whether a surface is one of the two big faces.</summary>
    public static bool IsFace(this CellSurface surface) => surface is CellSurface.NegativeFace or CellSurface.PositiveFace;

    /// <summary>Whether a surface belongs to the whole cell where the casing does: its faces and its seam.</summary>
    internal static bool IsShared(this CellSurface surface) => surface.IsFace() || surface == CellSurface.Seam;

    private static double OfCooling(SimulationCase simulation, Func<Surroundings, double> coefficient) =>
        simulation.Thermal.Cooling.Where(cooling => Area(simulation, cooling) > 0).Sum(cooling => coefficient(cooling.Surroundings) * Area(simulation, cooling)) / simulation.Part.Share;

    /// <summary>Area of a patch, or what patches leave of a surface [m²].</summary>
    public static double Area(SimulationCase simulation, CoolingSettings cooling)
    {
        double patches = simulation.Thermal.Cooling.Where(entry => cooling.IsPatch ? entry == cooling : entry.IsPatch && entry.Surface == cooling.Surface)
            .Sum(entry => entry.Rectangles.Sum(rectangle => Within(simulation.Geometry, entry.Surface, rectangle))) * (cooling.Surface is CellSurface.NegativeTab or CellSurface.PositiveTab ? 2 : 1);
        return cooling.IsPatch ? patches : Simulated(simulation, cooling.Surface) - patches;
    }

    /// <summary>The range of a surface's own two coordinates, in which patches are given; null where it has none.</summary>
    internal static SurfaceRectangle? Extent(CellGeometry outline, double thickness, CellSurface surface) => surface switch
    {
        CellSurface.NegativeFace or CellSurface.PositiveFace when outline.Can is not null && outline.Extents([]) is var (_, y, z) => new(y.From, y.To, z.From, z.To),
        _ when outline.Can is not null => null,
        CellSurface.NegativeFace or CellSurface.PositiveFace => new(0, outline.OutlineWidth, 0, outline.OutlineHeight),
        CellSurface.LeftEdge or CellSurface.RightEdge or CellSurface.BottomEdge or CellSurface.TopEdge when !outline.IsRectangle => null,
        CellSurface.LeftEdge or CellSurface.RightEdge => new(0, thickness, 0, outline.OutlineHeight),
        CellSurface.BottomEdge or CellSurface.TopEdge => new(0, thickness, 0, outline.OutlineWidth),
        CellSurface.NegativeTab or CellSurface.PositiveTab => TabOf(outline, surface) is { Length: > 0 } tab ? OfStrip(outline, tab) : null,
        _ => null,
    };

    /// <summary>Area of a rectangle that lies on the cell [m²].</summary>
    private static double Within(CellGeometry outline, CellSurface surface, in SurfaceRectangle rectangle) => surface.IsFace() && !outline.IsRectangle
        ? rectangle.CommonArea(outline.Boundary!.Corners)
        : rectangle.Area;

    private static Tab? TabOf(CellGeometry outline, CellSurface surface) => surface == CellSurface.NegativeTab ? outline.NegativeTab : outline.PositiveTab;

    /// <summary>The rectangle of a strip; null where it leaves an oblique side.</summary>
    private static SurfaceRectangle? OfStrip(CellGeometry outline, Tab tab)
    {
        if (outline.Boundary?.Side(tab.Edge) is not { IsAlongAxis: true } side) return null;
        ((double y, double z), (double farY, double farZ)) = (side.Place(tab.Centre - (0.5 * tab.Width), 0), side.Place(tab.Centre + (0.5 * tab.Width), tab.Length));
        return new(Math.Min(y, farY), Math.Max(y, farY), Math.Min(z, farZ), Math.Max(z, farZ));
    }

    private static double Simulated(SimulationCase simulation, CellSurface surface)
    {
        CellGeometry outline = simulation.Geometry;
        if (outline.Winding is { } roll)
            return roll.Shape.SurfaceArea(surface);
        if (outline.Can is { } can)
            return can.Spec.SurfaceArea(surface, simulation.StackThickness, outline.OutlineWidth, outline.OutlineHeight);
        return !outline.Has(surface) ? 0 : surface switch
        {
            CellSurface.NegativeFace or CellSurface.PositiveFace => outline.AreaOf(LayerKind.Separator),
            CellSurface.NegativeTab => OfStrip(outline.NegativeTab),
            CellSurface.PositiveTab => OfStrip(outline.PositiveTab),
            CellSurface.Seam => (outline.Stack.IsHalf ? 1 : 2) * outline.SeamArea,
            _ => CellSurfaces.EdgeOf(surface) is { } edge ? (outline.LengthOf(edge) * simulation.StackThickness) - (outline.SealedLength(edge) * CasingThickness(simulation)) : 0,
        };
    }

    private static double CasingThickness(SimulationCase simulation) => simulation.Layers.Where(layer => layer.Kind == LayerKind.Casing).Sum(layer => layer.Thickness);

    /// <summary>Both sides and the two long edges of strip and lead, and what is free where these meet; the end is the terminal.</summary>
    private static double OfStrip(Tab? tab) => tab is null ? 0 : tab.Count * ((2 * tab.Length * (tab.Width + tab.Thickness)) + (tab.Lead is { } lead ? OfLead(lead, tab) : 0));

    private static double OfLead(Lead lead, Tab tab)
    {
        double common = Math.Min(lead.Width, tab.Width);
        return (2 * lead.Length * (lead.Width + lead.Thickness)) + ((lead.Width - common) * lead.Thickness) + ((tab.Width - common) * tab.Thickness);
    }
}
