using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Reads what of a cell is not as it should be.</summary>
internal sealed class DefectReader(SectionReader defects, CellGeometry outline)
{
    private readonly Interval _width = new(0, outline.OutlineWidth), _height = new(0, outline.OutlineHeight);

    public CellDefects Read()
    {
        if (!defects.Present) return CellDefects.None;
        if (outline.Form != CellForm.Pouch) defects.Report.Error(defects.Path, defects.Node!, "have places in the plane of a pouch only", "no defects, or Geometry.Form \"pouch\"");
        List<ShortCircuit> shorts = [.. Entries(DefectKeys.Shorts).Select(entry => Short(entry.Name, entry.Section))];
        List<MissingPatch> missing = [.. Entries(DefectKeys.Missing).Select(entry => Patch(entry.Name, entry.Section))];
        for (int i = 0; i < missing.Count; i++)
            for (int other = 0; other < i; other++)
                if (missing[i].Layer == missing[other].Layer && (missing[i].Pair is null || missing[other].Pair is null || missing[i].Pair == missing[other].Pair)
                    && !missing[i].Rectangle.Common(missing[other].Rectangle).IsEmpty)
                    defects.Error(DefectKeys.Missing, $"\"{missing[i].Name}\" and \"{missing[other].Name}\" overlap in one layer", "rectangles side by side");
        return new(shorts, missing);
    }

    private IEnumerable<(string Name, SectionReader Section)> Entries(MapKey key)
    {
        IReadOnlyList<SourceMember> members = defects.Entries(key);
        if (members.Count > DefectKeys.Most)
        {
            defects.Error(key, "holds too many entries", FormattableString.Invariant($"at most {DefectKeys.Most}"));
            yield break;
        }
        System.Text.Json.Nodes.JsonObject resolved = [];
        if (members.Count > 0) defects.Resolved[key.Name] = resolved;
        foreach (SourceMember member in members)
        {
            SectionReader section = new(((SectionKey)key.Item).Section, member.Value, $"{defects.PathOf(key)}.{member.Key}", defects.Report);
            resolved[member.Key] = section.Resolved;
            yield return (member.Key, section);
        }
    }

    private ShortCircuit Short(string name, SectionReader section)
    {
        double[] place = Point(section, DefectKeys.Place);
        if (outline.Shape is { } shape && double.IsFinite(place[0] + place[1]) && !shape.Outline(0).Contains(place[0], place[1]))
            section.Error(DefectKeys.Place, "lies in a notch or beyond a rounded corner", "a place within the outline");
        return new(name, PairOf(section, DefectKeys.Pair), place[0], place[1], section.Get(DefectKeys.Resistance));
    }

    private MissingPatch Patch(string name, SectionReader section)
    {
        double[] from = Point(section, DefectKeys.From), to = Point(section, DefectKeys.To);
        if (from[0] >= to[0] || from[1] >= to[1]) section.Error(DefectKeys.To, "does not lie beyond From [m]", "y and z larger than those of From [m]");
        LayerKind layer = section.Get(DefectKeys.Layer);
        return new(name, layer, section.Has(DefectKeys.OfPair) ? PairOf(section, DefectKeys.OfPair) : null, new(from[0], to[0], from[1], to[1]));
    }

    private int PairOf(SectionReader section, IntegerKey key)
    {
        int pair = section.Get(key);
        if (pair > outline.ElectrodePairs) section.Error(key, FormattableString.Invariant($"there is no pair {pair}"), FormattableString.Invariant($"1 to {outline.ElectrodePairs}"));
        return pair;
    }

    /// <summary>y and z inside the outline; NaN where the value is wrong.</summary>
    private double[] Point(SectionReader section, NumberListKey key)
    {
        double[] point = section.Get(key, []);
        if (point.Length != 2) return [double.NaN, double.NaN];
        if (!_width.Contains(point[0]) || !_height.Contains(point[1]))
            section.Error(key, "lies outside the cell", FormattableString.Invariant($"y from {_width} m, z from {_height} m"));
        return point;
    }
}
