using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Section Thermal.Cooling of a case file: surfaces by name, and patches on them.</summary>
internal static class CoolingKeys
{
    /// <summary>Ambient temperature, of the section Thermal and of one surface.</summary>
    public const string AmbientName = "Ambient temperature [K]";

    /// <summary>Patches that a case may name, and rectangles that one may consist of.</summary>
    public const int MostPatches = 100, MostRepetitions = 1000;

    public static readonly Interval Kelvin = new(200, 500);

    public static readonly TimeTableKey HeatTransfer = new("Heat transfer coefficient [W.m-2.K-1]", "h of convection h (T − T_ambient), as a number or over time; 0 where only an emissivity or a heat flux is given.", new(0, 1e6));
    public static readonly NumberKey Emissivity = new("Emissivity", "ε of radiation ε σ (T⁴ − T_ambient⁴) to black surroundings; 0 for none.", Interval.Fraction) { Default = 0 };
    public static readonly TimeTableKey AmbientOfSurface = new(AmbientName, "Of these surroundings, as a number or over time; default: that of section Thermal.", Kelvin);
    public static readonly TimeTableKey HeatFlux = new("Heat flux [W.m-2]", "Heat that leaves the surface besides, whatever its temperature, as a number or over time; negative where it is heated.", new(-1e6, 1e6));
    public static readonly TimeTableKey SurfaceTemperature = new("Surface temperature [K]", "Instead of a coefficient: the surface, or a plate behind the contact resistance, has this temperature; a number or over time.", Kelvin);
    public static readonly NumberKey ContactResistance = new("Contact resistance [K.m2.W-1]", "Between the surface and whatever it exchanges heat with.", new(0, 100)) { Default = 0 };
    private static readonly Key[] OfSurroundings = [HeatTransfer, Emissivity, AmbientOfSurface, HeatFlux, SurfaceTemperature, ContactResistance];
    public static readonly Section Surroundings = new(OfSurroundings);

    public static readonly SectionKey AllSurfaces = new("All surfaces", "Every surface that has no entry of its own.", Surroundings);
    public static readonly IReadOnlyList<(CellSurface Surface, SectionKey Key)> Surfaces =
    [
        .. CellSurfaces.Outer.Select(surface => (surface, new SectionKey(CellSurfaces.Names[(int)surface], "Cooling of this surface, where no patch lies on it.", Surroundings))),
    ];

    public static readonly MapKey Sides = new("Sides", "Sides of the outline by their names: inner sides of notches, and sides of the outline file. One without an entry is cooled as the edge or the contour on which it lies.",
        new SectionKey("Side", "Cooling of this side.", Surroundings));

    public static readonly TextKey PatchSurface = new("Surface", "The surface on which the patch lies, by its name.") { Required = true };
    public static readonly NumberListKey From = new("From [m]", "The corner of smaller coordinates: [y, z] on a face or a tab, [x, z] on the left and right, [x, y] on the bottom and top edge.", Interval.Finite) { Count = 2, Required = true };
    public static readonly NumberListKey To = new("To [m]", "The corner of larger coordinates.", Interval.Finite) { Count = 2, Required = true };
    public static readonly IntegerKey Repetitions = new("Repetitions", "How often the rectangle is there, as the channels of a plate.", 1, MostRepetitions) { Default = 1 };
    public static readonly NumberListKey Pitch = new("Pitch [m]", "From one rectangle to the next, in both coordinates.", Interval.Finite) { Count = 2 };
    public static readonly Section Patch = new([PatchSurface, From, To, Repetitions, Pitch, .. OfSurroundings]);
    public static readonly MapKey Patches = new("Patches", "Rectangles with a cooling of their own, by names that the results bear; they do not overlap.", new SectionKey("Patch", "One rectangle, or several alike.", Patch));

    public static readonly SectionKey ExternalSurface = new("External surface",
        "A column as a lumped cell: the External surface area of the BPX file is cooled, in equal parts through both faces; instead of entries by surface.", Surroundings);
    public static readonly Section Cooling = new([AllSurfaces, .. Surfaces.Select(entry => entry.Key), Sides, Patches, ExternalSurface]);
}
