using System.Text.Json.Nodes;
using Cell3D.Input.Json;

namespace Cell3D.Input.Keys;

/// <summary>Reads one section of a file: reports unknown, doubled and missing keys at once, then hands out values and writes the resolved section.</summary>
/// <remarks>A missing or wrong value is reported once and read as its key's placeholder (NaN for numbers), so that reading goes on and all errors are found.</remarks>
public sealed class SectionReader
{
    private readonly Section section;
    private readonly InputReport report;
    private readonly Dictionary<string, SectionReader> opened = [];

    /// <summary>Opens a section and checks its keys.</summary>
    /// <param name="section">The keys it may hold.</param>
    /// <param name="node">The object in the file; null when the section is absent.</param>
    /// <param name="path">Keys from the root, joined by dots; empty for the root.</param>
    /// <param name="report">Collects the problems.</param>
    public SectionReader(Section section, SourceNode? node, string path, InputReport report)
    {
        (this.section, this.report, Path) = (section, report, path);
        if (node is not null && node.Kind != SourceKind.Object)
        {
            report.Error(path, node, "has the wrong type", "an object { }");
            Broken = true;
            return;
        }
        Node = node;
        if (node is not null) CheckKeys(node);
        if (node is null && path.Length > 0) return;
        foreach (Key key in section.Keys.Where(key => key.Required && node?.Member(key.Name) is null))
            report.Missing(PathOf(key), node, key is SectionKey ? "the section is missing" : "the key is missing", Hint(key));
    }

    /// <summary>The object in the file; null when the section is absent.</summary>
    public SourceNode? Node { get; }

    /// <summary>Keys from the root, joined by dots.</summary>
    public string Path { get; }

    /// <summary>Whether the section is in the file.</summary>
    public bool Present => Node is not null;

    /// <summary>Whether something else than an object stands in the section's place.</summary>
    public bool Broken { get; }

    /// <summary>Collects the problems.</summary>
    public InputReport Report => report;

    /// <summary>The section with every value that was read, defaults included.</summary>
    public JsonObject Resolved { get; } = [];

    /// <summary>Whether the file holds a key.</summary>
    public bool Has(Key key) => NodeOf(key) is not null;

    /// <summary>The value in the file, or null when the key is absent.</summary>
    public SourceNode? NodeOf(Key key) => Node?.Member(key.Name);

    /// <summary>Path of a key.</summary>
    public string PathOf(Key key) => Path.Length == 0 ? key.Name : $"{Path}.{key.Name}";

    /// <summary>A number, or its key's default.</summary>
    public double Get(NumberKey key) => Get(key, key.Default ?? double.NaN);

    /// <summary>A whole number, or its key's default.</summary>
    public int Get(IntegerKey key) => Get(key, key.Default ?? key.Placeholder);

    /// <summary>A word, or its key's default.</summary>
    public T Get<T>(ChoiceKey<T> key) where T : struct, Enum => Get(key, key.Default ?? key.Placeholder);

    /// <summary>true or false, or its key's default.</summary>
    public bool Get(FlagKey key) => Get(key, key.Default);

    /// <summary>A number, or null when the key is absent.</summary>
    public double? Find(NumberKey key) => Has(key) ? Get(key) : null;

    /// <summary>A curve, or null when the key is absent.</summary>
    public Numerics.Curve? Find(CurveKey key) => Has(key) ? Get(key, key.Placeholder) : null;

    /// <summary>A value, or <paramref name="otherwise"/> when the key is absent; required keys were reported already.</summary>
    public T Get<T>(Key<T> key, T otherwise)
    {
        T value = otherwise;
        if (NodeOf(key) is SourceNode node) key.TryRead(node, PathOf(key), report, out value);
        else if (key.Required) value = key.Placeholder;
        if (key.Write(value) is JsonNode written) Store(key, written);
        return value;
    }

    /// <summary>A section below this one, the same however often it is opened; absent sections read as all defaults.</summary>
    public SectionReader Open(SectionKey key)
    {
        if (opened.TryGetValue(key.Name, out SectionReader? child)) return child;
        opened.Add(key.Name, child = new(key.Section, NodeOf(key), PathOf(key), report));
        Store(key, child.Resolved);
        return child;
    }

    /// <summary>The names a map holds, each with its value.</summary>
    public IReadOnlyList<SourceMember> Entries(MapKey key)
    {
        if (NodeOf(key) is not SourceNode node) return [];
        if (node.Kind != SourceKind.Object)
        {
            report.Error(PathOf(key), node, "has the wrong type", "an object { }");
            return [];
        }
        foreach (IGrouping<string, SourceMember> same in node.Members.GroupBy(member => member.Key).Where(same => same.Count() > 1))
            report.Error($"{PathOf(key)}.{same.Key}", same.Last().Value, "the key is given twice", "once");
        return node.Members;
    }

    /// <summary>Reports a problem of a key's value; where the key is absent, at the section.</summary>
    public void Error(Key key, string text, string? allowed = null)
    {
        if (NodeOf(key) is SourceNode node) report.Error(PathOf(key), node, text, allowed);
        else report.Missing(PathOf(key), Node, text, allowed);
    }

    /// <summary>Keeps the resolved section in the order of its keys, whatever the order of reading.</summary>
    private void Store(Key key, JsonNode value)
    {
        Resolved.Remove(key.Name);
        int before = section.Keys.TakeWhile(other => other.Name != key.Name).Count(other => Resolved.ContainsKey(other.Name));
        Resolved.Insert(before, key.Name, value);
    }

    private void CheckKeys(SourceNode node)
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (SourceMember member in node.Members)
        {
            string path = Path.Length == 0 ? member.Key : $"{Path}.{member.Key}";
            if (!seen.Add(member.Key)) report.Error(path, member.Value, "the key is given twice", "once");
            else if (!section.Keys.Any(key => key.Name == member.Key)) Unknown(path, member);
        }
    }

    private void Unknown(string path, SourceMember member)
    {
        IEnumerable<string> names = section.Keys.Select(key => key.Name);
        string? near = report.IsFull ? null : Spelling.Nearest(member.Key, names);
        string shown = SourceNode.Printable(path);
        if (section.Moved.TryGetValue(member.Key, out string? place)) report.Error(shown, member.Value, $"in this version the value belongs to {place}");
        else if (near is null) report.Error(shown, member.Value, "unknown key", string.Join(", ", names));
        else report.Error(shown, member.Value, $"unknown key, did you mean \"{near}\"?");
    }

    private static string? Hint(Key key) => key switch
    {
        NumberKey number => number.Allowed.ToString(),
        TimeTableKey table => table.Allowed.ToString(),
        IntegerKey integer => new Interval(integer.Minimum, integer.Maximum).ToString(),
        _ => null,
    };
}
