using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Heat;

namespace Cell3D.Input.Cases;

/// <summary>Reads the patches of a cooling: rectangles on named surfaces, within them and apart from each other.</summary>
internal sealed class PatchReader(SectionReader cooling, CellGeometry outline, double thickness, TimeTable ambient)
{
    /// <summary>Lengths below this share of a surface are round-off.</summary>
    private const double RoundOff = 1e-9;

    private readonly List<(string Name, CellSurface Surface, SurfaceRectangle Rectangle)> _taken = [];

    /// <summary>One entry per patch that could be read.</summary>
    public IReadOnlyList<CoolingSettings> Read()
    {
        IReadOnlyList<SourceMember> members = cooling.Entries(CoolingKeys.Patches);
        if (members.Count == 0) return [];
        if (members.Count > CoolingKeys.MostPatches)
        {
            cooling.Error(CoolingKeys.Patches, "holds too many patches", FormattableString.Invariant($"at most {CoolingKeys.MostPatches}"));
            return [];
        }
        ResultNames.Check(members, cooling.PathOf(CoolingKeys.Patches), cooling.Report);
        JsonObject resolved = [];
        cooling.Resolved[CoolingKeys.Patches.Name] = resolved;
        List<CoolingSettings> patches = [];
        foreach (SourceMember member in members)
        {
            string path = $"{cooling.PathOf(CoolingKeys.Patches)}.{member.Key}";
            if (CellSurfaces.Names.Concat(outline.SideNames).Contains(member.Key, StringComparer.OrdinalIgnoreCase)) cooling.Report.Error(path, member.Value, "is the name of a surface", "another name");
            SectionReader patch = new(CoolingKeys.Patch, member.Value, path, cooling.Report);
            resolved[member.Key] = patch.Resolved;
            if (Read(member.Key, patch) is { } read) patches.Add(read);
        }
        return patches;
    }

    private CoolingSettings? Read(string name, SectionReader patch)
    {
        string surface = patch.Get(CoolingKeys.PatchSurface, "");
        double[] from = patch.Get(CoolingKeys.From, []), to = patch.Get(CoolingKeys.To, []), pitch = patch.Get(CoolingKeys.Pitch, [0, 0]);
        int repetitions = patch.Get(CoolingKeys.Repetitions);
        Surroundings surroundings = SurroundingsReader.Read(patch, ambient);
        if (patch.Broken || patch.NodeOf(CoolingKeys.PatchSurface) is not { Kind: SourceKind.Text }) return null;
        (CellSurface Surface, string Name)[] there = [.. CellSurfaces.Outer.Where(known => OuterSurface.Extent(outline, thickness, known) is not null).Select(known => (known, CellSurfaces.Names[(int)known]))];
        CellSurface found = there.Where(known => known.Name == surface).Select(known => known.Surface).FirstOrDefault(CellSurface.None);
        if (found == CellSurface.None)
        {
            patch.Error(CoolingKeys.PatchSurface, "the case has no such surface for a patch", string.Join(", ", there.Select(known => known.Name)));
            return null;
        }
        if (from.Length != 2 || to.Length != 2 || pitch.Length != 2) return null;
        if (repetitions > 1 && !patch.Has(CoolingKeys.Pitch)) patch.Error(CoolingKeys.Pitch, "the key is missing", "the way from one rectangle to the next");
        SurfaceRectangle[] rectangles = [.. Enumerable.Range(0, repetitions).Select(i => new SurfaceRectangle(from[0] + (i * pitch[0]), to[0] + (i * pitch[0]), from[1] + (i * pitch[1]), to[1] + (i * pitch[1])))];
        if (!IsWithin(patch, OuterSurface.Extent(outline, thickness, found)!.Value, rectangles) || !IsFree(name, patch, found, rectangles)) return null;
        return new(found, surroundings) { Name = name, Rectangles = rectangles };
    }

    private static bool IsWithin(SectionReader patch, SurfaceRectangle surface, SurfaceRectangle[] rectangles)
    {
        double width = surface.FirstEnd - surface.FirstStart, height = surface.SecondEnd - surface.SecondStart;
        if (!(rectangles[0].FirstEnd - rectangles[0].FirstStart > RoundOff * width && rectangles[0].SecondEnd - rectangles[0].SecondStart > RoundOff * height))
        {
            patch.Error(CoolingKeys.To, "does not lie above the other corner in both coordinates", $"> {CoolingKeys.From.Name}");
            return false;
        }
        foreach (SurfaceRectangle at in new[] { rectangles[0], rectangles[^1] })
            if (at.FirstStart < surface.FirstStart - (RoundOff * width) || at.FirstEnd > surface.FirstEnd + (RoundOff * width)
                || at.SecondStart < surface.SecondStart - (RoundOff * height) || at.SecondEnd > surface.SecondEnd + (RoundOff * height))
            {
                patch.Error(rectangles.Length > 1 ? CoolingKeys.Pitch : CoolingKeys.From, $"the rectangle {Text(at)} leaves the surface", $"within {Text(surface)}");
                return false;
            }
        return true;
    }

    private bool IsFree(string name, SectionReader patch, CellSurface surface, SurfaceRectangle[] rectangles)
    {
        foreach (SurfaceRectangle rectangle in rectangles)
        {
            foreach ((string other, CellSurface where, SurfaceRectangle taken) in _taken)
                if (where == surface && rectangle.Overlap(taken) > RoundOff * Math.Min(rectangle.Area, taken.Area))
                {
                    patch.Error(CoolingKeys.From, other == name ? "the repeated rectangles overlap" : $"overlaps patch \"{other}\"", "patches that do not overlap");
                    return false;
                }
            _taken.Add((name, surface, rectangle));
        }
        return true;
    }

    private static string Text(in SurfaceRectangle rectangle) => FormattableString.Invariant(
        $"[{rectangle.FirstStart:G6}, {rectangle.SecondStart:G6}] to [{rectangle.FirstEnd:G6}, {rectangle.SecondEnd:G6}] m");
}
