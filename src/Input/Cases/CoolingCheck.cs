using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Warns where the cooling of a case does not stand for that of its cell.</summary>
internal static class CoolingCheck
{
    private const double SameSurface = 1.5, SmallGradient = 0.1;

    /// <summary>Compares outer surfaces, and looks for gradients through a stack of which only a part is simulated.</summary>
    public static void Report(SectionReader thermal, SimulationCase simulation)
    {
        if (simulation.Thermal.Model != ThermalModel.Resolved || simulation.Thermal.Cooling.Count == 0) return;
        if (Surface(simulation, thermal.Has(SettingsKeys.FacesReferTo)) is string surface) Warn(thermal, surface);
        if (Gradient(simulation) is string gradient) Warn(thermal, gradient);
    }

    private static void Warn(SectionReader thermal, string text) =>
        thermal.Report.Warning(thermal.PathOf(SettingsKeys.Cooling), thermal.NodeOf(SettingsKeys.Cooling), text, withValue: false);

    private static string? Surface(SimulationCase simulation, bool saysWhoseFaces)
    {
        SimulatedPart part = simulation.Part;
        double shown = OuterSurface.Area(simulation);
        bool isBare = simulation.Thermal.FaceShare == 1 && part.ElectrodePairs < part.CellElectrodePairs;
        string advice = isBare ? $"set \"{SettingsKeys.FacesReferTo.Name}\" to \"whole cell\""
            : simulation.Geometry.Form == CellForm.Column ? $"cool \"{SettingsKeys.ExternalSurface.Name}\" instead"
            : shown > simulation.Cell.ExternalSurfaceArea && simulation.Geometry.Winding is null ? "a wound or folded cell cannot be simulated as a flat one" : "are outline, casing and the surface in the BPX file right?";
        if (simulation.Cell.ExternalSurfaceArea is double given)
        {
            double factor = Math.Max(shown / given, given / shown);
            return factor <= SameSurface ? null : FormattableString.Invariant(
                $"the whole cell has an outer surface of {shown:G4} m2 as simulated and of {given:G4} m2 by the BPX file: it is cooled {factor:G3} times too {(shown > given ? "strongly" : "weakly")}; {advice}");
        }
        return saysWhoseFaces || !isBare ? null : FormattableString.Invariant(
            $"both faces of every pair are cooled as given, so the cell of {part.CellElectrodePairs} pairs shows {part.CellElectrodePairs} times its outer faces; {advice}, or to \"simulated pairs\" if that is meant");
    }

    private static string? Gradient(SimulationCase simulation)
    {
        SimulatedPart part = simulation.Part;
        if (part.ElectrodePairs >= part.CellElectrodePairs || simulation.Thermal.IsLumped || simulation.Geometry.Winding is not null) return null;
        Surroundings? negativeSide = Face(simulation, CellSurface.NegativeFace), positiveSide = Face(simulation, CellSurface.PositiveFace);
        double negative = Coefficient(negativeSide, simulation), positive = Coefficient(positiveSide, simulation);
        bool alike = negativeSide == positiveSide || negative + positive == 0;
        bool isBare = simulation.Thermal.FaceShare == 1;
        if (negative + positive == 0 || (alike && isBare)) return null;
        CellLayer[] layers = [.. simulation.Layers.Where(layer => layer.Kind != LayerKind.Casing)];
        double pairs = (double)part.CellElectrodePairs / part.ElectrodePairs, thickness = part.CellElectrodePairs * layers.Sum(layer => layer.Thickness);
        double conductivity = layers.Sum(layer => layer.Thickness) / layers.Sum(layer => layer.Thickness / layer.Material.Thermal.ThroughConductivity.Value(simulation.Thermal.InitialTemperature));
        double gradient = PlateGradient.RelativeDifference(negative * pairs, positive * pairs, thickness, conductivity);
        if (alike && gradient < SmallGradient) return null;
        string simulated = part.ElectrodePairs == 1 ? "1 pair stands" : FormattableString.Invariant($"{part.ElectrodePairs} pairs stand");
        return FormattableString.Invariant(
            $"{(alike ? "the faces are cooled" : "the two faces are cooled differently")} and {simulated} for {part.CellElectrodePairs}: the gradient through the whole stack is not shown. With {1e3 * thickness:G3} mm and {conductivity:G3} W/(m K) its temperatures would differ by about {100 * gradient:G2} % of the mean rise above the surroundings");
    }

    private static Surroundings? Face(SimulationCase simulation, CellSurface surface) =>
        simulation.Thermal.Cooling.FirstOrDefault(entry => entry.Surface == surface)?.Surroundings;

    /// <summary>The largest h of a face, radiation included.</summary>
    private static double Coefficient(Surroundings? outside, SimulationCase simulation) =>
        outside is null ? 0 : outside.HeatTransferCoefficient.Maximum + outside.RadiativeCoefficient(simulation.Thermal.InitialTemperature);
}
