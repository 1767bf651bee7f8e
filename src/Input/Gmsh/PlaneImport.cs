using Cell3D.Input.Json;
using Cell3D.Mesh;

namespace Cell3D.Input.Gmsh;

/// <summary>Makes the plane of a cell of triangles and quadrangles: their common boundary is its outline, their nodes the points of its mesh.</summary>
internal sealed class PlaneImport(MshContent content, InputReport report, double unit)
{
    private const string Section = "$Elements";
    private const int MostCorners = 5000, MostSides = 50;

    /// <summary>Lengths and areas below this share of the extent are round-off.</summary>
    private const double RoundOff = 1e-13;

    private double _left, _bottom, _extent;

    /// <summary>The plane; null where the elements make none.</summary>
    public ImportedPlane? Plane()
    {
        int[] used = [.. content.Faces.SelectMany(face => face.Corners).Distinct().Order()];
        if (used.Length == 0)
        {
            report.Error(Section, 0, null, "there are neither triangles nor quadrangles", "elements of types 2 and 3");
            return null;
        }
        if (!IsFlat(used)) return null;
        Dictionary<(int From, int To), int> open = Boundary();
        if (report.HasErrors || Loop(open) is not { } loop) return null;
        (string[] names, Dictionary<(int, int), int> nameOf) = Named(open);
        if (report.HasErrors || Outline(loop, names, nameOf) is not { } outline) return null;
        return new(report.File, outline, [.. used.Select(Place)]);
    }

    /// <summary>y and z of a node from the lower left corner of the bounding rectangle [m].</summary>
    private (double Y, double Z) Place(int node) => (unit * (content.Places[node].X - _left), unit * (content.Places[node].Y - _bottom));

    private bool IsFlat(int[] used)
    {
        (double right, double top, double level) = (used.Max(node => content.Places[node].X), used.Max(node => content.Places[node].Y), content.Places[used[0]].Z);
        (_left, _bottom) = (used.Min(node => content.Places[node].X), used.Min(node => content.Places[node].Y));
        _extent = Math.Max(right - _left, top - _bottom);
        double off = used.Max(node => Math.Abs(content.Places[node].Z - level));
        if (!(off <= 1e-6 * _extent)) report.Error("$Nodes", 0, FormattableString.Invariant($"{off:G6}"), "is how far the nodes of elements lie apart in z: the mesh is not plane", "elements in a plane of constant z");
        foreach ((string name, double extent) in new[] { ("x", right - _left), ("y", top - _bottom) })
            if (!(unit * extent >= 1e-6 && unit * extent <= 100)) report.Error("$Nodes", 0, FormattableString.Invariant($"{unit * extent:G6} m"), $"is the extent along {name}", "1e-06 to 100 m; Length unit [m] of the case, which is 0.001 for a file in millimetres");
        return !report.HasErrors;
    }

    /// <summary>Sides of elements that no other one shares, as they run around the elements counter-clockwise, each with the line of its element.</summary>
    private Dictionary<(int From, int To), int> Boundary()
    {
        Dictionary<(int From, int To), int> open = [];
        HashSet<(int, int)> seen = [];
        foreach ((int[] corners, int line) in content.Faces)
        {
            double area = PlanePolygon.Area([.. corners.Select(Place)]);
            if (!(Math.Abs(area) > RoundOff * RoundOff * unit * unit * _extent * _extent))
            {
                report.Error(Section, line, null, "an element has no area", "corners that do not lie on one line");
                continue;
            }
            if (area < 0) Array.Reverse(corners);
            for (int i = 0; i < corners.Length; i++)
            {
                (int from, int to) = (corners[i], corners[(i + 1) % corners.Length]);
                if (!seen.Add((from, to)))
                {
                    report.Error(Section, line, null, "an element lies over another one, or one is given twice", "elements side by side");
                    break;
                }
                if (!open.Remove((to, from))) open.Add((from, to), line);
            }
        }
        return open;
    }

    /// <summary>The nodes around all elements, counter-clockwise; null where there are several boundaries or one that meets itself.</summary>
    private List<int>? Loop(Dictionary<(int From, int To), int> open)
    {
        Dictionary<int, int> next = [];
        foreach (((int from, int to), int line) in open)
            if (!next.TryAdd(from, to))
            {
                (double y, double z) = Place(from);
                report.Error(Section, line, FormattableString.Invariant($"x = {content.Places[from].X:G6}, y = {content.Places[from].Y:G6}"), "is a node where the boundary meets itself", "one closed boundary without holes");
            }
        if (report.HasErrors) return null;
        List<List<int>> loops = [];
        foreach (int first in next.Keys.Order().ToArray())
        {
            List<int> loop = [];
            for (int node = first; next.Remove(node, out int following); node = following) loop.Add(node);
            if (loop.Count > 0) loops.Add(loop);
        }
        List<int>[] holes = [.. loops.Where(loop => PlanePolygon.Area([.. loop.Select(Place)]) < 0)];
        foreach (List<int> hole in holes)
            report.Error(Section, 0, FormattableString.Invariant($"x = {content.Places[hole[0]].X:G6}, y = {content.Places[hole[0]].Y:G6}"), "lies on the boundary of a hole", "an outline without holes");
        if (loops.Count - holes.Length > 1)
            report.Error(Section, 0, FormattableString.Invariant($"{loops.Count - holes.Length}"), "parts lie apart from each other, or their nodes are not shared", "one part; in Gmsh Coherence Mesh joins nodes that coincide");
        return loops.Count == 1 ? loops[0] : null;
    }

    /// <summary>Names of groups of lines, and the number of the name of each side of the boundary.</summary>
    private (string[] Names, Dictionary<(int, int), int> NameOf) Named(Dictionary<(int From, int To), int> open)
    {
        List<string> names = [];
        Dictionary<(int, int), int> nameOf = [];
        foreach ((int from, int to, long curve, int line) in content.Lines)
        {
            string[] groups = [.. content.Curves.GetValueOrDefault(curve, []).Where(content.Names.ContainsKey).Select(tag => content.Names[tag].Name).Distinct()];
            if (groups.Length == 0) continue;
            (int From, int To) side = open.ContainsKey((from, to)) ? (from, to) : (to, from);
            int number = names.IndexOf(groups[0]);
            if (number < 0)
            {
                number = names.Count;
                names.Add(groups[0]);
            }
            if (groups.Length > 1)
                report.Error(Section, line, $"\"{SourceNode.Printable(string.Join("\", \"", groups))}\"", "are groups of one line", "one name for each line");
            else if (!open.ContainsKey(side))
                report.Error(Section, line, $"\"{SourceNode.Printable(groups[0])}\"", "has a line that does not lie on the boundary", "lines between elements and the outside");
            else if (nameOf.TryGetValue(side, out int other) && other != number)
                report.Error(Section, line, $"\"{SourceNode.Printable(groups[0])}\"", $"has a line of \"{SourceNode.Printable(names[other])}\"", "one name for each line");
            else
                nameOf[side] = number;
        }
        if (names.Count > MostSides) report.Error("$PhysicalNames", 0, FormattableString.Invariant($"{names.Count}"), "sides have names", FormattableString.Invariant($"at most {MostSides}"));
        foreach (IGrouping<string, string> alike in names.GroupBy(name => name, StringComparer.OrdinalIgnoreCase).Where(alike => alike.Count() > 1))
            report.Error("$PhysicalNames", 0, $"\"{SourceNode.Printable(string.Join("\", \"", alike))}\"", "differ in the case of letters only", "names that differ in more");
        foreach (string name in names.Where(name => CellEdges.OfWord(name) is null && CellSurfaces.Names.Contains(name, StringComparer.OrdinalIgnoreCase)))
            report.Error("$PhysicalNames", 0, $"\"{SourceNode.Printable(name)}\"", "is the name of a surface of every cell", "another name");
        return ([.. names], nameOf);
    }

    /// <summary>The outline with its corners alone, and names as far as they are no edges.</summary>
    private Outline? Outline(List<int> loop, string[] names, Dictionary<(int, int), int> nameOf)
    {
        int[] ofSide = [.. loop.Select((node, i) => nameOf.GetValueOrDefault((node, loop[(i + 1) % loop.Count]), -1))];
        List<(double Y, double Z, int Name)> corners = [];
        for (int i = 0; i < loop.Count; i++)
        {
            int before = (i + loop.Count - 1) % loop.Count;
            if (ofSide[i] != ofSide[before] || !IsStraight(Place(loop[before]), Place(loop[i]), Place(loop[(i + 1) % loop.Count])))
                corners.Add((Place(loop[i]).Y, Place(loop[i]).Z, ofSide[i]));
        }
        if (corners.Count > MostCorners)
        {
            report.Error(Section, 0, FormattableString.Invariant($"{corners.Count}"), "is the number of corners of the boundary", FormattableString.Invariant($"at most {MostCorners}"));
            return null;
        }
        if (Crossing([.. corners.Select(corner => (corner.Y, corner.Z))]) is (double Y, double Z) where)
        {
            report.Error(Section, 0, FormattableString.Invariant($"x = {(where.Y / unit) + _left:G6}, y = {(where.Z / unit) + _bottom:G6}"), "is near where the boundary crosses itself: elements lie over each other", "elements side by side");
            return null;
        }
        if (corners.Count < 3 || !(PlanePolygon.Area([.. corners.Select(corner => (corner.Y, corner.Z))]) > 0))
        {
            report.Error(Section, 0, null, "all elements lie on one line: they enclose no area", "elements with an area");
            return null;
        }
        Outline outline = new([.. corners.Select(corner => (corner.Y, corner.Z))], names, [.. corners.Select(corner => corner.Name)]);
        string[] kept = [.. names.Where((name, number) => !IsEdge(outline, name, number))];
        return kept.Length == names.Length ? outline : new(outline.Corners, kept, [.. corners.Select(corner => corner.Name < 0 ? -1 : Array.IndexOf(kept, names[corner.Name]))]);
    }

    /// <summary>Whether a group with the word of an edge is that edge; reported where it lies elsewhere.</summary>
    private bool IsEdge(Outline outline, string name, int number)
    {
        if (CellEdges.OfWord(name) is not { } edge) return false;
        if (outline.Beneath(CellEdges.Named(number)) != edge)
            report.Error("$PhysicalNames", 0, $"\"{SourceNode.Printable(name)}\"", "is the word for an edge of the bounding rectangle, on which its lines do not lie", "another name");
        return true;
    }

    private bool IsStraight((double Y, double Z) before, (double Y, double Z) at, (double Y, double Z) after)
    {
        (double toY, double toZ, double onY, double onZ) = (at.Y - before.Y, at.Z - before.Z, after.Y - at.Y, after.Z - at.Z);
        return Math.Abs((toY * onZ) - (toZ * onY)) <= RoundOff * unit * _extent * Math.Sqrt(Math.Min((toY * toY) + (toZ * toZ), (onY * onY) + (onZ * onZ))) && (toY * onY) + (toZ * onZ) > 0;
    }

    /// <summary>A corner near which two sides of a polygon cross or touch; null where it is simple.</summary>
    private static (double Y, double Z)? Crossing((double Y, double Z)[] corners)
    {
        int count = corners.Length;
        (double Bottom, double Top, int Side)[] sides = [.. Enumerable.Range(0, count).Select(i => (Math.Min(corners[i].Z, corners[(i + 1) % count].Z), Math.Max(corners[i].Z, corners[(i + 1) % count].Z), i)).Order()];
        for (int i = 0; i < count; i++)
            for (int j = i + 1; j < count && sides[j].Bottom <= sides[i].Top; j++)
                if (Meet(corners, sides[i].Side, sides[j].Side))
                    return corners[sides[i].Side];
        return null;
    }

    private static bool Meet((double Y, double Z)[] corners, int one, int other)
    {
        int count = corners.Length;
        if ((one + 1) % count == other || (other + 1) % count == one) return false;
        ((double Y, double Z) a, (double Y, double Z) b, (double Y, double Z) c, (double Y, double Z) d) = (corners[one], corners[(one + 1) % count], corners[other], corners[(other + 1) % count]);
        if (Math.Max(a.Y, b.Y) < Math.Min(c.Y, d.Y) || Math.Max(c.Y, d.Y) < Math.Min(a.Y, b.Y) || Math.Max(a.Z, b.Z) < Math.Min(c.Z, d.Z) || Math.Max(c.Z, d.Z) < Math.Min(a.Z, b.Z)) return false;
        return Turn(a, b, c) * Turn(a, b, d) <= 0 && Turn(c, d, a) * Turn(c, d, b) <= 0;

        static int Turn((double Y, double Z) a, (double Y, double Z) b, (double Y, double Z) c) => Math.Sign(PlanePolygon.Area([a, b, c]));
    }
}
