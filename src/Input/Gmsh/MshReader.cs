using System.Text;
using Cell3D.Input.Json;

namespace Cell3D.Input.Gmsh;

/// <summary>Reads the sections of an MSH 4.1 file that a plane needs: names, curves, nodes and elements; others are passed over.</summary>
/// <remarks>Format: Gmsh reference manual, chapter "MSH file format". Counts are held against the length of the section before anything is stored.</remarks>
internal sealed class MshReader(byte[] bytes, InputReport report)
{
    private const string Format = "$MeshFormat", Convert = "ASCII of version 4.1, as gmsh IN.msh -save -format msh41 -o OUT.msh writes it";
    private const int MostSections = 100, MostNames = 1000, MostEntities = 100_000, MostTags = 100;

    /// <summary>Types of elements that Gmsh numbers, with their nodes: those that are read, then those that are refused.</summary>
    private static readonly Dictionary<long, (int Nodes, string Name)> Types = new()
    {
        [15] = (1, "points"),
        [1] = (2, "2-node lines"),
        [2] = (3, "3-node triangles"),
        [3] = (4, "4-node quadrangles"),
        [4] = (4, "tetrahedra"),
        [5] = (8, "hexahedra"),
        [6] = (6, "prisms"),
        [7] = (5, "pyramids"),
        [8] = (3, "3-node lines of second order"),
        [9] = (6, "6-node triangles of second order"),
        [10] = (9, "9-node quadrangles of second order"),
        [11] = (10, "tetrahedra of second order"),
        [16] = (8, "8-node quadrangles of second order"),
    };

    private const string Allowed = "points (15), 2-node lines (1), 3-node triangles (2), 4-node quadrangles (3); of a mesh of second order a file saved with Mesh.ElementOrder = 1";

    private readonly MshContent _content = new();
    private readonly Dictionary<string, MshWords> _sections = [];
    private bool _knowsNodes;

    /// <summary>The content; null where it is no such file.</summary>
    public MshContent? Read()
    {
        if (!IsAscii41() || !Split()) return null;
        foreach ((string name, Action<MshWords> read, bool isRequired) in new (string, Action<MshWords>, bool)[] { ("$PhysicalNames", Names, false), ("$Entities", Entities, false), ("$Nodes", Nodes, true), ("$Elements", Elements, true) })
        {
            if (_sections.TryGetValue(name, out MshWords? words))
                read(words);
            else if (isRequired)
                report.FileError($"there is no section {name}");
        }
        return _content;
    }

    private static string Text(ReadOnlySpan<byte> line) => SourceNode.Printable(Encoding.UTF8.GetString(line[..Math.Min(line.Length, 200)]));

    /// <summary>Looks at the first section before anything else: a file in another format has no lines.</summary>
    private bool IsAscii41()
    {
        ReadOnlySpan<byte> text = bytes;
        if (text.StartsWith("\uFEFF"u8)) text = text[3..];
        text = text.TrimStart(" \t\r\n"u8);
        if (!text.StartsWith("$MeshFormat"u8))
        {
            int end = text.IndexOf((byte)'\n');
            report.Error(Format, 1, Text(end < 0 ? text : text[..end].TrimEnd((byte)'\r')), "is not the beginning of a file of Gmsh", Convert);
            return false;
        }
        MshWords words = new(bytes, Format, bytes.Length - text.Length + Format.Length, Math.Min(bytes.Length, bytes.Length - text.Length + 200), 1, report);
        double version = words.Number("the version"), kind = words.Number("the file type");
        if (words.Failed) return false;
        if (version != 4.1)
            words.Fail(FormattableString.Invariant($"{version}"), "is another version of the format", Convert);
        else if (kind != 0)
            words.Fail(FormattableString.Invariant($"{kind}"), kind == 1 ? "the file is binary" : "is no file type", Convert);
        return !words.Failed;
    }

    /// <summary>Finds the sections, each between $NAME and $EndNAME on lines of their own.</summary>
    private bool Split()
    {
        string? open = null;
        (int start, int opened, int line) = (0, 0, 1);
        for (int at = bytes.AsSpan().StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0; at < bytes.Length; line++)
        {
            int length = bytes.AsSpan(at).IndexOf((byte)'\n') is >= 0 and int found ? found : bytes.Length - at;
            ReadOnlySpan<byte> text = bytes.AsSpan(at, length).Trim(" \t\r"u8);
            if (text.StartsWith("$"u8))
            {
                string name = Text(text);
                if (open is null && !name.StartsWith("$End", StringComparison.Ordinal))
                {
                    (open, start, opened) = (name, at + length, line);
                    if (_sections.Count == MostSections)
                    {
                        report.Error(name, line, null, "there are too many sections", FormattableString.Invariant($"at most {MostSections}"));
                        return false;
                    }
                    if (_sections.ContainsKey(name)) report.Error(name, line, null, "the section is given twice", "once");
                    if (name.StartsWith("$Partitioned", StringComparison.Ordinal)) report.Error(name, line, null, "a mesh that is divided into partitions is not read", "one without partitions");
                }
                else if (open is not null && name == $"$End{open[1..]}")
                {
                    _sections[open] = new(bytes, open, start, at, opened, report);
                    open = null;
                }
                else
                {
                    if (open is null) report.Error(name, line, null, "ends a section that did not begin", null);
                    else report.Error(open, line, name, FormattableString.Invariant($"the section of line {opened} has no end"), $"$End{open[1..]}");
                    return false;
                }
            }
            at += length + 1;
        }
        if (open is not null) report.Error(open, opened, null, "the section has no end (truncated?)", $"$End{open[1..]}");
        return open is null;
    }

    private void Names(MshWords words)
    {
        int count = words.Count("the number of names", 6, MostNames);
        for (int i = 0; i < count && !words.Failed; i++)
        {
            long dimension = words.Whole("the dimension of a group", 0, 3), tag = words.Whole("the tag of a group", 0, int.MaxValue);
            string name = words.Quoted("the name of a group");
            if (dimension != 1 || words.Failed) continue;
            if (ResultNames.Problem(name) is string problem) words.Error($"\"{SourceNode.Printable(name)}\"", problem, ResultNames.Allowed);
            else if (!_content.Names.TryAdd(tag, (name, words.Line))) words.Error(FormattableString.Invariant($"{tag}"), "is the tag of two groups of lines", "one name for each");
        }
        words.End();
    }

    /// <summary>Tags of the groups to which curves belong; surfaces and volumes are of no interest.</summary>
    private void Entities(MshWords words)
    {
        int points = words.Count("the number of points", 8, MostEntities), curves = words.Count("the number of curves", 14, MostEntities);
        words.Skip(2, "the number of surfaces and volumes");
        for (int i = 0; i < points && !words.Failed; i++)
        {
            words.Skip(4, "a point");
            words.Skip(words.Count("the number of groups of a point", 2, MostTags), "the tag of a group");
        }
        for (int i = 0; i < curves && !words.Failed; i++)
        {
            long tag = words.Whole("the tag of a curve", int.MinValue, int.MaxValue);
            words.Skip(6, "the extent of a curve");
            long[] groups = new long[words.Count("the number of groups of a curve", 2, MostTags)];
            for (int group = 0; group < groups.Length; group++) groups[group] = Math.Abs(words.Whole("the tag of a group", -int.MaxValue, int.MaxValue));
            if (!_content.Curves.TryAdd(tag, groups)) words.Error(FormattableString.Invariant($"{tag}"), "is the tag of two curves", "tags that differ");
            words.Skip(words.Count("the number of points of a curve", 2, MostEntities), "a point of a curve");
        }
    }

    private void Nodes(MshWords words)
    {
        int blocks = words.Count("the number of blocks", 8, MshFile.MostNodes), count = words.Count("the number of nodes", 8, MshFile.MostNodes);
        words.Skip(2, "the smallest and largest tag");
        for (int block = 0; block < blocks && !words.Failed; block++)
        {
            long dimension = words.Whole("the dimension of a block", 0, 3);
            words.Skip(1, "the tag of a block");
            long parameters = words.Whole("whether nodes have parameters", 0, 1) * dimension;
            int own = words.Count("the number of nodes of a block", 8, count - _content.Places.Count);
            for (int i = 0; i < own && !words.Failed; i++)
            {
                long tag = words.Whole("the tag of a node", 1, long.MaxValue);
                if (!_content.Nodes.TryAdd(tag, _content.Places.Count + i)) words.Fail(FormattableString.Invariant($"{tag}"), "is the tag of two nodes", "tags that differ");
            }
            for (int i = 0; i < own && !words.Failed; i++)
            {
                _content.Places.Add((words.Number("x of a node"), words.Number("y of a node"), words.Number("z of a node")));
                words.Skip(parameters, "a parameter of a node");
            }
        }
        if (!words.Failed && _content.Places.Count < count)
            words.Fail(FormattableString.Invariant($"{count}"), FormattableString.Invariant($"nodes are announced, and the blocks hold {_content.Places.Count}"), "the sum of the blocks");
        words.End();
        _knowsNodes = !words.Failed;
    }

    private void Elements(MshWords words)
    {
        int blocks = words.Count("the number of blocks", 8, MshFile.MostElements), count = words.Count("the number of elements", 4, MshFile.MostElements), seen = 0;
        words.Skip(2, "the smallest and largest tag");
        for (int block = 0; block < blocks && !words.Failed; block++)
        {
            words.Skip(1, "the dimension of a block");
            long curve = words.Whole("the tag of a block", int.MinValue, int.MaxValue), type = words.Whole("the type of elements", 1, 1000);
            if (words.Failed) return;
            if (!Types.TryGetValue(type, out (int Nodes, string Name) kind))
            {
                words.Fail(FormattableString.Invariant($"{type}"), "elements of this type are not read", Allowed);
                return;
            }
            if (type > 3 && type != 15) words.Error(FormattableString.Invariant($"{type}"), $"{kind.Name} are not read", Allowed);
            int own = words.Count("the number of elements of a block", 4, count - seen);
            for (int i = 0; i < own && !words.Failed; i++) Element(words, type, kind.Nodes, curve);
            seen += own;
        }
        if (!words.Failed && seen < count) words.Fail(FormattableString.Invariant($"{count}"), FormattableString.Invariant($"elements are announced, and the blocks hold {seen}"), "the sum of the blocks");
        words.End();
    }

    private void Element(MshWords words, long type, int size, long curve)
    {
        words.Skip(1, "the tag of an element");
        int[] nodes = new int[size];
        bool isKnown = true;
        for (int i = 0; i < size && !words.Failed; i++)
        {
            long tag = words.Whole("a node of an element", 1, long.MaxValue);
            if (words.Failed || _content.Nodes.TryGetValue(tag, out nodes[i]) || !_knowsNodes || report.IsFull) continue;
            words.Error(FormattableString.Invariant($"{tag}"), "an element has a node that is not in $Nodes", "tags of nodes");
            isKnown = false;
        }
        if (words.Failed || !isKnown) return;
        if (type is 2 or 3) _content.Faces.Add((nodes, words.Line));
        else if (type == 1) _content.Lines.Add((nodes[0], nodes[1], curve, words.Line));
    }
}
