using System.Text.Json.Nodes;
using Cell3D.Input.Bpx;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Reads the cooling of a case: by surface and patch, or that of a lumped cell.</summary>
internal sealed class CoolingReader(SectionReader cooling, CellGeometry outline, double thickness, BpxCell? cell, TimeTable ambient)
{
    /// <summary>Entries of surfaces and sides, then of patches; what big faces and seam exchange is multiplied by <paramref name="faceShare"/>.</summary>
    public List<CoolingSettings> Surfaces(double faceShare)
    {
        List<CoolingSettings> surfaces = [];
        SectionReader? all = cooling.Has(CoolingKeys.AllSurfaces) ? cooling.Open(CoolingKeys.AllSurfaces) : null;
        Surroundings? ofAll = all is null ? null : SurroundingsReader.Read(all, ambient);
        foreach ((CellSurface surface, SectionKey key) in CoolingKeys.Surfaces)
        {
            bool exists = outline.Has(surface);
            if (cooling.Has(key) && !exists)
                cooling.Error(key, WhyMissing(surface), "surfaces that are there; a tab of length 0 has none");
            Surroundings? own = cooling.Has(key) ? SurroundingsReader.Read(cooling.Open(key), ambient) : ofAll;
            if (own is null || !exists || (surface == CellSurface.Mandrel && !cooling.Has(key))) continue;
            surfaces.Add(new CoolingSettings(surface, own.Scaled(surface.IsShared() ? faceShare : 1)));
        }
        surfaces.AddRange(Sides(surfaces, ofAll));
        foreach (CoolingSettings patch in new PatchReader(cooling, outline, thickness, ambient).Read())
            surfaces.Add(patch with { Surroundings = patch.Surroundings.Scaled(patch.Surface.IsFace() ? faceShare : 1) });
        return surfaces;
    }

    /// <summary>Entries of the sides with a name; those that have none take that of the surface on which they lie.</summary>
    private List<CoolingSettings> Sides(IReadOnlyList<CoolingSettings> surfaces, Surroundings? ofAll)
    {
        Dictionary<string, Surroundings> own = [];
        JsonObject resolved = [];
        foreach (SourceMember member in cooling.Entries(CoolingKeys.Sides))
        {
            SectionReader section = new(CoolingKeys.Surroundings, member.Value, $"{cooling.PathOf(CoolingKeys.Sides)}.{SourceNode.Printable(member.Key)}", cooling.Report);
            resolved[member.Key] = section.Resolved;
            own[member.Key] = SurroundingsReader.Read(section, ambient);
            if (outline.Boundary is not null && !outline.SideNames.Contains(member.Key))
                cooling.Report.Error(section.Path, member.Value, "the outline has no side of this name", outline.SideNames.Count == 0 ? "none: neither a notch nor an outline file gives names" : string.Join(", ", outline.SideNames));
        }
        if (resolved.Count > 0) cooling.Resolved[CoolingKeys.Sides.Name] = resolved;
        List<CoolingSettings> sides = [];
        for (int number = 0; number < outline.SideNames.Count; number++)
        {
            CellEdge edge = CellEdges.Named(number);
            CellSurface beneath = CellSurfaces.OfEdge(outline.Boundary!.Beneath(edge));
            Surroundings? surroundings = own.GetValueOrDefault(outline.SideNames[number]) ?? surfaces.FirstOrDefault(entry => entry.Surface == beneath)?.Surroundings ?? ofAll;
            if (surroundings is not null) sides.Add(new(CellSurfaces.OfEdge(edge), surroundings) { Name = outline.SideNames[number] });
        }
        return sides;
    }

    private string WhyMissing(CellSurface surface) => surface switch
    {
        CellSurface.NegativeTab or CellSurface.PositiveTab when outline.Can is not null => "tabs lie within the can",
        CellSurface.NegativeTab or CellSurface.PositiveTab => "the case has no such tab strip",
        CellSurface.Seam => $"the case has no section {CaseKeys.Geometry.Name}.{SeamKeys.Seam.Name}",
        CellSurface.Contour => "all of the outline belongs to its four edges and to sides with names",
        CellSurface.PositiveFace when outline.Stack.IsHalf => "lies in the mid-plane, through which no heat passes",
        _ => $"a {(outline.Form == CellForm.Prismatic ? "prismatic cell" : outline.Form.ToString().ToLowerInvariant())} has no such surface",
    };

    /// <summary>Whether the case cools the outer surface that the BPX file gives.</summary>
    public bool IsLumped => cooling.Has(CoolingKeys.ExternalSurface);

    /// <summary>The outer surface of the BPX file, spread over both faces of a column: h S/(2 A n) per area of a face and simulated pair.</summary>
    public List<CoolingSettings> Lumped()
    {
        SectionReader external = cooling.Open(CoolingKeys.ExternalSurface);
        Surroundings ofCell = SurroundingsReader.Read(external, ambient);
        if (outline.Form != CellForm.Column)
            cooling.Error(CoolingKeys.ExternalSurface, "only a column is cooled as a lumped cell: a pouch has an outer surface of its own", "Geometry.Form \"column\", or entries by surface");
        Key[] others = [CoolingKeys.AllSurfaces, .. CoolingKeys.Surfaces.Select(entry => entry.Key), CoolingKeys.Sides, CoolingKeys.Patches];
        foreach (Key other in others.Where(cooling.Has))
            cooling.Error(other, $"{CoolingKeys.ExternalSurface.Name} is given as well", "one of both");
        if (cell is null) return [];
        if (cell.ExternalSurfaceArea is not double area)
        {
            cooling.Error(CoolingKeys.ExternalSurface, $"the BPX file gives no {BpxKeys.ExternalArea.Name}", "cooling of both faces instead");
            return [];
        }
        Surroundings perFace = ofCell.Scaled(area * outline.ElectrodePairs / (2 * cell.ElectrodeArea * cell.ElectrodePairs));
        return [new(CellSurface.NegativeFace, perFace), new(CellSurface.PositiveFace, perFace)];
    }
}
