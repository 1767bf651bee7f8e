using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>Reads rounded corners and notches of a pouch.</summary>
internal sealed class ShapeReader(SectionReader geometry, double width, double height)
{
    /// <summary>Lengths below this share of the extent are round-off.</summary>
    private const double RoundOff = 1e-9;

    private readonly PlaneExtent _plane = new(0, width, 0, height);

    /// <summary>The shape; null for a rectangle, and where the file has errors.</summary>
    public OutlineShape? Read()
    {
        double radius = geometry.Get(ShapeKeys.CornerRadius);
        List<(string Name, Notch Notch)> notches = [];
        foreach ((string name, SectionReader section) in Entries())
            if (ReadNotch(name, section, radius, notches) is { } notch) notches.Add((name, notch));
        if (radius > 0.5 * Math.Min(width, height) * (1 + RoundOff))
        {
            geometry.Error(ShapeKeys.CornerRadius, "is more than half of the shorter side", FormattableString.Invariant($"0 to {0.5 * Math.Min(width, height):G6} m"));
            return null;
        }
        return (radius == 0 && notches.Count == 0) || !double.IsFinite(radius + width + height) || geometry.Report.HasErrors ? null : new(width, height, Math.Min(radius, 0.5 * Math.Min(width, height)), [.. notches.Select(entry => entry.Notch)]);
    }

    private IEnumerable<(string Name, SectionReader Section)> Entries()
    {
        IReadOnlyList<SourceMember> members = geometry.Entries(ShapeKeys.Notches);
        if (members.Count > ShapeKeys.MostNotches)
        {
            geometry.Error(ShapeKeys.Notches, "holds too many entries", FormattableString.Invariant($"at most {ShapeKeys.MostNotches}"));
            yield break;
        }
        ResultNames.Check(members, geometry.PathOf(ShapeKeys.Notches), geometry.Report);
        JsonObject resolved = [];
        if (members.Count > 0) geometry.Resolved[ShapeKeys.Notches.Name] = resolved;
        foreach (SourceMember member in members)
        {
            SectionReader section = new(((SectionKey)ShapeKeys.Notches.Item).Section, member.Value, $"{geometry.PathOf(ShapeKeys.Notches)}.{member.Key}", geometry.Report);
            resolved[member.Key] = section.Resolved;
            if (CellEdges.OfWord(member.Key) is not null || CellSurfaces.Names.Contains(member.Key, StringComparer.OrdinalIgnoreCase)) geometry.Report.Error(section.Path, member.Value, "is the name of an edge or a surface", "another name");
            yield return (member.Key, section);
        }
    }

    /// <summary>A notch that leaves its corners and the others alone; null where a value is wrong.</summary>
    private Notch? ReadNotch(string name, SectionReader section, double radius, List<(string Name, Notch Notch)> others)
    {
        Notch notch = new(section.Get(ShapeKeys.Edge), section.Get(ShapeKeys.Centre), section.Get(ShapeKeys.Width), section.Get(ShapeKeys.Depth)) { Name = name };
        if (!double.IsFinite(notch.Start + notch.Depth + width + height)) return null;
        (double along, double across) = notch.Edge.RunsAlongY() ? (width, height) : (height, width);
        double slack = RoundOff * along;
        if (!(notch.Start > radius + slack && notch.End < along - radius - slack))
            section.Error(ShapeKeys.Centre, FormattableString.Invariant($"the notch reaches from {notch.Start:G6} to {notch.End:G6} m and meets a corner"), FormattableString.Invariant($"within {radius:G6} to {along - radius:G6} m of the {notch.Edge.ToString().ToLowerInvariant()} edge"));
        if (!(notch.Depth < across - radius - slack))
            section.Error(ShapeKeys.Depth, "the notch cuts the cell in two", FormattableString.Invariant($"< {across - radius:G6} m"));
        PlaneExtent own = notch.Within(_plane);
        foreach ((string other, Notch taken) in others)
            if (taken.Within(_plane) is var there && own.Left <= there.Right + slack && there.Left <= own.Right + slack && own.Bottom <= there.Top + slack && there.Bottom <= own.Top + slack)
                section.Error(ShapeKeys.Centre, $"\"{name}\" and \"{SourceNode.Printable(other)}\" touch or overlap", "notches apart from each other");
        return notch;
    }
}
