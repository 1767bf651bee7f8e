using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Warns where the cooling of a case does not stand for that of its cell.</summary>
internal static class CoolingCheck
{
    private const double SameSurface = 1.5, SmallGradient = 0.1, SmallDifference = 0.5;

    /// <summary>Films over the conductance of the whole stack beyond which they keep its face at their temperature.</summary>
    private const double Ideal = 1e6;

    /// <summary>Compares outer surfaces, and looks for gradients through a stack of which only a part is simulated.</summary>
    public static void Report(SectionReader thermal, SimulationCase simulation)
    {
        if (simulation.Thermal.Model != ThermalModel.Resolved || simulation.Thermal.Cooling.Count == 0) return;
        if (Surface(simulation, thermal.Has(SettingsKeys.FacesReferTo)) is string surface) Warn(thermal, surface);
        if (Gradient(simulation) is string gradient) Warn(thermal, gradient);
        if (DrivenGradient(simulation) is string driven) Warn(thermal, driven);
    }

    private static void Warn(SectionReader thermal, string text) =>
        thermal.Report.Warning(thermal.PathOf(SettingsKeys.Cooling), thermal.NodeOf(SettingsKeys.Cooling), text, withValue: false);

    private static string? Surface(SimulationCase simulation, bool saysWhoseFaces)
    {
        SimulatedPart part = simulation.Part;
        double shown = OuterSurface.Area(simulation);
        bool isBare = simulation.Thermal.FaceShare == 1 && simulation.Geometry.StackPairs < part.CellElectrodePairs;
        string advice = isBare ? $"set \"{SettingsKeys.FacesReferTo.Name}\" to \"whole cell\""
            : simulation.Geometry.Form == CellForm.Column ? $"cool \"{CoolingKeys.ExternalSurface.Name}\" instead"
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
        if (simulation.Geometry.StackPairs >= part.CellElectrodePairs || simulation.Thermal.IsLumped || simulation.Geometry.Winding is not null) return null;
        double negative = Coefficient(CellSurface.NegativeFace, simulation), positive = Coefficient(CellSurface.PositiveFace, simulation);
        bool alike = AreFacesAlike(simulation) || negative + positive == 0;
        bool isBare = simulation.Thermal.FaceShare == 1;
        if (negative + positive == 0 || (alike && isBare)) return null;
        double pairs = (double)part.CellElectrodePairs / part.ElectrodePairs;
        (double thickness, double conductivity) = Stack(simulation);
        double ideal = Ideal * conductivity / thickness;
        double gradient = PlateGradient.RelativeDifference(Math.Min(negative * pairs, ideal), Math.Min(positive * pairs, ideal), thickness, conductivity);
        if (alike && gradient < SmallGradient) return null;
        return FormattableString.Invariant(
            $"{(alike ? "the faces are cooled" : "the two faces are cooled differently")} and {Simulated(part)} for {part.CellElectrodePairs}: the gradient through the whole stack is not shown. With {1e3 * thickness:G3} mm and {conductivity:G3} W/(m K) its temperatures would differ by about {100 * gradient:G2} % of the mean rise above the surroundings");
    }

    /// <summary>Fluxes that differ from face to face drive heat through the stack.</summary>
    private static string? DrivenGradient(SimulationCase simulation)
    {
        SimulatedPart part = simulation.Part;
        if (simulation.Geometry.StackPairs >= part.CellElectrodePairs || simulation.Thermal.IsLumped || simulation.Geometry.Winding is not null) return null;
        (double thickness, double conductivity) = Stack(simulation);
        double flux = Flux(CellSurface.NegativeFace, simulation) - Flux(CellSurface.PositiveFace, simulation);
        double difference = Math.Abs(flux) / 2 * part.CellElectrodePairs / part.ElectrodePairs * thickness / conductivity;
        return difference < SmallDifference ? null : FormattableString.Invariant(
            $"the heat fluxes of the two faces differ and {Simulated(part)} for {part.CellElectrodePairs}: the temperatures of the whole stack would differ by about {difference:G2} K, which is not shown");
    }

    private static string Simulated(SimulatedPart part) => part.ElectrodePairs == 1 ? "1 pair stands" : FormattableString.Invariant($"{part.ElectrodePairs} pairs stand");

    /// <summary>Thickness of all pairs of the cell [m] and their conductivity through the layers [W m⁻¹ K⁻¹].</summary>
    private static (double Thickness, double Conductivity) Stack(SimulationCase simulation)
    {
        CellLayer[] layers = [.. simulation.Layers.Where(layer => layer.Kind != LayerKind.Casing)];
        double pair = layers.Sum(layer => layer.Thickness);
        return (simulation.Part.CellElectrodePairs * pair, pair / layers.Sum(layer => layer.Thickness / layer.Material.Thermal.ThroughConductivity.Value(simulation.Thermal.InitialTemperature)));
    }

    private static bool AreFacesAlike(SimulationCase simulation)
    {
        static IEnumerable<(Surroundings, SurfaceRectangle)> Entries(SimulationCase simulation, CellSurface surface) => simulation.Thermal.Cooling.Where(entry => entry.Surface == surface)
            .SelectMany(entry => entry.Rectangles.DefaultIfEmpty().Select(rectangle => (entry.Surroundings, rectangle)));
        return Entries(simulation, CellSurface.NegativeFace).ToHashSet().SetEquals(Entries(simulation, CellSurface.PositiveFace));
    }

    /// <summary>The largest heat of a face per area and kelvin, radiation included; the mean over its patches.</summary>
    private static double Coefficient(CellSurface face, SimulationCase simulation) => Mean(face, simulation, outside =>
        simulation.Thermal.TimesOfChange.DefaultIfEmpty().Max(outside.Conductance) + outside.RadiativeCoefficient(simulation.Thermal.InitialTemperature));

    /// <summary>The given flux of a face that is largest by magnitude.</summary>
    private static double Flux(CellSurface face, SimulationCase simulation) =>
        Mean(face, simulation, outside => -outside.HeatFlux.Minimum > outside.HeatFlux.Maximum ? outside.HeatFlux.Minimum : outside.HeatFlux.Maximum);

    private static double Mean(CellSurface face, SimulationCase simulation, Func<Surroundings, double> value) => simulation.Thermal.Cooling
        .Where(entry => entry.Surface == face && OuterSurface.Area(simulation, entry) > 0).Sum(entry => OuterSurface.Area(simulation, entry) / simulation.Geometry.Area * value(entry.Surroundings));
}
