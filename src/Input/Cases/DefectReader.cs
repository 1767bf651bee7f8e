using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Reads what of a cell is not as it should be.</summary>
internal sealed class DefectReader(SectionReader defects, CellGeometry outline)
{
    private const int SidesOfFoil = 2;

    private readonly Interval _height = new(0, outline.OutlineHeight);

    private RollSpec? Roll => outline.Winding?.Shape;

    private int Pairs => outline.Form == CellForm.Roll ? SidesOfFoil * (Roll?.Rolls ?? 1) : outline.ElectrodePairs;

    public CellDefects Read()
    {
        if (!defects.Present) return CellDefects.None;
        if (outline.Form == CellForm.Column) defects.Report.Error(defects.Path, defects.Node!, "have places in the plane of a pouch or along the foils of a roll", "no defects, or Geometry.Form \"pouch\" or \"roll\"");
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
        (double along, double z) = ByTurns(section, [DefectKeys.Place], [DefectKeys.Turn, DefectKeys.Height])
            ? (Inside(section, DefectKeys.Turn, section.Get(DefectKeys.Turn), TurnsOf(LayerKind.PositiveElectrode)), Inside(section, DefectKeys.Height, section.Get(DefectKeys.Height), _height))
            : Point(section, DefectKeys.Place, LayerKind.PositiveElectrode, Polarity.None);
        int pair = PairOf(section, DefectKeys.Pair);
        if (!outline.IsRectangle && double.IsFinite(along + z) && !outline.Boundary!.Contains(along, z))
            section.Error(DefectKeys.Place, "lies in a notch or beyond the outline", "a place within the outline");
        return new(name, pair, Roll is null ? 0 : (pair - 1) / SidesOfFoil, Roll is null ? along : Roll.Line.Along(along), z, section.Get(DefectKeys.Resistance));
    }

    private MissingPatch Patch(string name, SectionReader section)
    {
        LayerKind layer = section.Get(DefectKeys.Layer);
        PlaneExtent where;
        if (ByTurns(section, [DefectKeys.From, DefectKeys.To], [DefectKeys.Turns, DefectKeys.Heights]))
        {
            double[] turns = Range(section, DefectKeys.Turns, TurnsOf(layer)), heights = Range(section, DefectKeys.Heights, _height);
            where = new(turns[0], turns[1], heights[0], heights[1]);
        }
        else
        {
            (double left, double bottom) = Point(section, DefectKeys.From, layer, layer.Polarity());
            (double right, double top) = Point(section, DefectKeys.To, layer, layer.Polarity());
            if (left >= right || bottom >= top) section.Error(DefectKeys.To, "does not lie beyond From [m]", "both larger than those of From [m]");
            where = new(left, right, bottom, top);
        }
        return new(name, layer, section.Has(DefectKeys.OfPair) ? PairOf(section, DefectKeys.OfPair) : null, where);
    }

    /// <summary>Whether a place is given by turns; either all keys of one kind are there or all of the other.</summary>
    private bool ByTurns(SectionReader section, Key[] byLength, Key[] byTurns)
    {
        bool turned = byTurns.Any(section.Has);
        foreach (Key key in byTurns.Where(section.Has))
            if (outline.Form != CellForm.Roll) section.Error(key, "only a roll has turns", string.Join(" and ", byLength.Select(other => other.Name)));
            else if (byLength.Any(section.Has)) section.Error(key, $"the place is given by {string.Join(" and ", byLength.Where(section.Has).Select(other => other.Name))} too", "one of both");
        foreach (Key key in (turned && outline.Form == CellForm.Roll ? byTurns : byLength).Where(key => !section.Has(key)))
            section.Error(key, "is missing", outline.Form == CellForm.Roll ? $"{string.Join(" and ", byLength.Select(other => other.Name))}, or {string.Join(" and ", byTurns.Select(other => other.Name))}" : "two numbers");
        return turned;
    }

    private int PairOf(SectionReader section, IntegerKey key)
    {
        int pair = section.Get(key);
        if (pair > Pairs) section.Error(key, FormattableString.Invariant($"there is no pair {pair}"), FormattableString.Invariant($"1 to {Pairs}"));
        return pair;
    }

    /// <summary>Turns of a roll between which a layer lies; anything without a winding.</summary>
    private Interval TurnsOf(LayerKind layer) => Roll is null ? Interval.Finite
        : layer == LayerKind.PositiveElectrode ? new(Roll.InnerTurns, Roll.InnerTurns + Roll.PairedTurns) : new(0, Roll.CoatedTurns);

    /// <summary>Two coordinates: y and z of a pouch, in a roll turns and z, given along a foil. NaN where the value is wrong.</summary>
    private (double First, double Z) Point(SectionReader section, NumberListKey key, LayerKind layer, Polarity foil)
    {
        double[] point = section.Get(key, []);
        if (point.Length != 2) return (double.NaN, double.NaN);
        Interval turns = TurnsOf(layer), along = Roll is null ? new(0, outline.OutlineWidth) : new(Roll.AlongFoil(foil, turns.Minimum), Roll.AlongFoil(foil, turns.Maximum));
        if (!along.Contains(point[0]) || !_height.Contains(point[1]))
            section.Error(key, "lies outside the cell", FormattableString.Invariant($"{(Roll is null ? "y" : "along the foil")} from {along} m, z from {_height} m"));
        return (Roll is null ? point[0] : Roll.TurnsAlongFoil(foil, point[0]), point[1]);
    }

    private static double[] Range(SectionReader section, NumberListKey key, Interval allowed)
    {
        double[] range = section.Get(key, []);
        if (range.Length != 2) return [double.NaN, double.NaN];
        if (!(range[0] < range[1])) section.Error(key, "ends before it begins", "a smaller and a larger number");
        foreach (double end in range) Inside(section, key, end, allowed);
        return range;
    }

    private static double Inside(SectionReader section, Key key, double value, Interval allowed)
    {
        if (double.IsFinite(value) && !allowed.Contains(value)) section.Error(key, "lies outside the cell", allowed.ToString());
        return value;
    }
}
