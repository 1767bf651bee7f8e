using Cell3D.Input.Cases;
using Cell3D.Mesh;

namespace Cell3D.Simulation.Reports;

/// <summary>How heat leaves the whole cell of a case: through its layers to faces or side, or in their plane to edges (equation 10.5).</summary>
/// <remarks>Surfaces that are cooled by conduction along foils alone, tabs and seams, are left out.</remarks>
/// <param name="IsInPlane">Whether in the plane.</param>
/// <param name="Way">s, from the middle of the cell to the surface [m].</param>
/// <param name="CoolingLength">k_T/h, over which the temperature would fall by what the film takes [m]; no less than a millionth of the way, as before plates.</param>
/// <param name="IsResolved">Whether the case resolves the temperature along it.</param>
internal sealed record HeatPath(bool IsInPlane, double Way, double CoolingLength, bool IsResolved)
{
    private const double LeastShare = 1e-6;

    /// <summary>s h/k_T.</summary>
    public double Biot => Way / CoolingLength;

    /// <summary>At most one through the layers and one in their plane, that of the surface with the largest Biot number; none of an adiabatic or isothermal case.</summary>
    public static IEnumerable<HeatPath> Of(SimulationCase simulation)
    {
        if (simulation.Thermal.Model != ThermalModel.Resolved) yield break;
        CellLayer[] layers = [.. simulation.Layers.Where(layer => layer.Kind != LayerKind.Casing)];
        double temperature = simulation.Thermal.InitialTemperature, pair = layers.Sum(layer => layer.Thickness);
        double through = pair / layers.Sum(layer => layer.Thickness / layer.Material.Thermal.ThroughConductivity.Value(temperature));
        double inPlane = layers.Sum(layer => layer.Thickness * layer.Material.Thermal.InPlaneConductivity.Value(temperature)) / pair;
        CellGeometry outline = simulation.Geometry;
        SimulatedPart part = simulation.Part;
        bool isStandIn = outline.Winding is null && outline.StackPairs < part.CellElectrodePairs, isLumped = simulation.Thermal.IsLumped;
        double half = outline.Winding is { } roll ? roll.Shape.HalfThickness : 0.5 * part.CellElectrodePairs * pair;
        if (Largest(simulation, surface => WayThrough(outline, surface, half)) is var (way, coefficient))
            yield return new(false, way, Math.Max(through / (coefficient * part.CellElectrodePairs / part.ElectrodePairs), LeastShare * way), !isLumped && !isStandIn);
        if (Largest(simulation, surface => WayInPlane(outline, surface)) is var (along, film))
            yield return new(true, along, Math.Max(inPlane / film, LeastShare * along), !isLumped && outline.Form != CellForm.Column);
    }

    /// <summary>The way and the film [W m⁻² K⁻¹] with the largest product over surfaces of a kind and over time, radiation included; null where none is cooled.</summary>
    private static (double Way, double Coefficient)? Largest(SimulationCase simulation, Func<CellSurface, double> way) => simulation.Thermal.Cooling
        .Where(entry => OuterSurface.Area(simulation, entry) > 0)
        .Select(entry => (Way: way(entry.Surface), Coefficient: simulation.Thermal.TimesOfChange.DefaultIfEmpty().Max(entry.Surroundings.Conductance) + entry.Surroundings.RadiativeCoefficient(simulation.Thermal.InitialTemperature)))
        .Where(path => path.Way > 0 && path.Coefficient > 0).Cast<(double, double)?>().MaxBy(path => path!.Value.Item1 * path.Value.Item2);

    private static double WayThrough(CellGeometry outline, CellSurface surface, double half) => surface.IsFace() || (surface == CellSurface.Side && outline.Winding is not null) ? half : 0;

    private static double WayInPlane(CellGeometry outline, CellSurface surface) => surface switch
    {
        CellSurface.BottomEdge or CellSurface.TopEdge or CellSurface.Base or CellSurface.Top => 0.5 * outline.Height,
        CellSurface.LeftEdge or CellSurface.RightEdge => 0.5 * outline.Width,
        CellSurface.Side when outline.Winding is null => 0.5 * outline.Width,
        _ when CellSurfaces.EdgeOf(surface) is not null => 0.5 * Math.Min(outline.Width, outline.Height),
        _ => 0,
    };
}
