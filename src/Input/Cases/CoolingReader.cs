using Cell3D.Input.Bpx;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Reads the cooling of a case: by surface, or that of a lumped cell.</summary>
internal sealed class CoolingReader(SectionReader cooling, CellGeometry outline, BpxCell? cell, TimeTable ambient)
{
    /// <summary>At most one entry per surface; coefficients and emissivities of the big faces are multiplied by <paramref name="faceShare"/>.</summary>
    public List<CoolingSettings> Surfaces(double faceShare)
    {
        List<CoolingSettings> surfaces = [];
        SectionReader? all = cooling.Has(SettingsKeys.AllSurfaces) ? cooling.Open(SettingsKeys.AllSurfaces) : null;
        foreach ((CellSurface surface, SectionKey key) in SettingsKeys.Surfaces)
        {
            bool exists = outline.Has(surface);
            if (cooling.Has(key) && !exists)
                cooling.Error(key, surface is CellSurface.NegativeTab or CellSurface.PositiveTab ? "the case has no such tab strip" : $"a {outline.Form.ToString().ToLowerInvariant()} has no such surface", "surfaces that are there; a tab of length 0 has none");
            SectionReader? own = cooling.Has(key) ? cooling.Open(key) : all;
            if (own is null || !exists || (surface == CellSurface.Mandrel && !cooling.Has(key))) continue;
            surfaces.Add(new CoolingSettings(surface, Read(own).Scaled(surface.IsFace() ? faceShare : 1)));
        }
        return surfaces;
    }

    /// <summary>Whether the case cools the outer surface that the BPX file gives.</summary>
    public bool IsLumped => cooling.Has(SettingsKeys.ExternalSurface);

    /// <summary>The outer surface of the BPX file, spread over both faces of a column: h S/(2 A n) per area of a face and simulated pair.</summary>
    public List<CoolingSettings> Lumped()
    {
        SectionReader external = cooling.Open(SettingsKeys.ExternalSurface);
        Surroundings ofCell = Read(external);
        if (outline.Form != CellForm.Column)
            cooling.Error(SettingsKeys.ExternalSurface, "only a column is cooled as a lumped cell: a pouch has an outer surface of its own", "Geometry.Form \"column\", or entries by surface");
        foreach (SectionKey other in SettingsKeys.Surfaces.Select(entry => entry.Key).Prepend(SettingsKeys.AllSurfaces).Where(cooling.Has))
            cooling.Error(other, $"{SettingsKeys.ExternalSurface.Name} is given as well", "one of both");
        if (cell is null) return [];
        if (cell.ExternalSurfaceArea is not double area)
        {
            cooling.Error(SettingsKeys.ExternalSurface, $"the BPX file gives no {BpxKeys.ExternalArea.Name}", "cooling of both faces instead");
            return [];
        }
        Surroundings perFace = ofCell.Scaled(area * outline.ElectrodePairs / (2 * cell.ElectrodeArea * cell.ElectrodePairs));
        return [new(CellSurface.NegativeFace, perFace), new(CellSurface.PositiveFace, perFace)];
    }

    private Surroundings Read(SectionReader entry) => new(
        entry.Get(SettingsKeys.HeatTransfer, SettingsKeys.HeatTransfer.Placeholder), entry.Get(SettingsKeys.AmbientOfSurface, ambient), entry.Get(SettingsKeys.Emissivity));
}
