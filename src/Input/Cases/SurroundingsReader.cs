using Cell3D.Input.Keys;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Reads what one surface exchanges heat with: convection, radiation and a given flux together, or a given temperature; contact resistance with either.</summary>
internal static class SurroundingsReader
{
    private static readonly Key[] NotOfPlate = [CoolingKeys.HeatTransfer, CoolingKeys.Emissivity, CoolingKeys.AmbientOfSurface, CoolingKeys.HeatFlux];

    /// <summary>One entry of the cooling.</summary>
    /// <param name="entry">Its section.</param>
    /// <param name="ambient">Ambient temperature where the entry gives none [K].</param>
    public static Surroundings Read(SectionReader entry, TimeTable ambient)
    {
        double contact = entry.Get(CoolingKeys.ContactResistance);
        if (entry.Has(CoolingKeys.SurfaceTemperature))
        {
            foreach (Key other in NotOfPlate.Where(entry.Has))
                entry.Error(other, $"{CoolingKeys.SurfaceTemperature.Name} is given as well", "one of both");
            return Surroundings.Plate(entry.Get(CoolingKeys.SurfaceTemperature, ambient), contact);
        }
        bool isGiven = entry.Has(CoolingKeys.HeatTransfer) || entry.Has(CoolingKeys.Emissivity) || entry.Has(CoolingKeys.HeatFlux);
        if (!isGiven && entry is { Present: true, Broken: false })
            entry.Report.Missing(entry.PathOf(CoolingKeys.HeatTransfer), entry.Node, "the key is missing",
                $"{CoolingKeys.HeatTransfer.Allowed}; or {CoolingKeys.Emissivity.Name}, {CoolingKeys.HeatFlux.Name} or {CoolingKeys.SurfaceTemperature.Name}");
        TimeTable none = TimeTable.Constant(0);
        return new(entry.Get(CoolingKeys.HeatTransfer, none), entry.Get(CoolingKeys.AmbientOfSurface, ambient), entry.Get(CoolingKeys.Emissivity))
        {
            HeatFlux = entry.Get(CoolingKeys.HeatFlux, none),
            ContactResistance = contact,
        };
    }
}
