using System.Text;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>
/// Puts values from the command line in place of those of the file: "Mesh.Particle=20", "Thermal.Cooling.All surfaces.Heat transfer
/// coefficient=5". Units and case of the letters may be left out; the value is JSON, or plain text where the key takes text.
/// </summary>
internal static class CaseOverrides
{
    private const string Origin = "--set";

    /// <summary>The file with all settings in force; those that cannot be placed are reported.</summary>
    public static SourceNode Apply(SourceNode root, IReadOnlyList<string> settings, InputReport report)
    {
        foreach (string setting in settings)
        {
            int equals = setting.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                report.Missing($"{Origin} {SourceNode.Printable(setting)}", null, "is not a setting", "Key.Path=value");
                continue;
            }
            string path = setting[..equals].Trim(), value = setting[(equals + 1)..].Trim();
            root = Replace(root, CaseKeys.Root, path, value, path, report);
        }
        return root;
    }

    private static SourceNode Replace(SourceNode node, Section section, string rest, string value, string whole, InputReport report)
    {
        foreach ((string name, Key key) in section.Keys.SelectMany(key => new[] { (key.Name, key), (Spelling.Plain(key.Name), key) }).OrderByDescending(entry => entry.Item1.Length))
        {
            if (!rest.StartsWith(name, StringComparison.OrdinalIgnoreCase)) continue;
            string tail = rest[name.Length..];
            if (tail.Length == 0) return With(node, key.Name, Leaf(key, value));
            if (tail[0] != '.') continue;
            if (Child(node, key, tail[1..], value, whole, report) is SourceNode child) return With(node, key.Name, child);
        }
        string? near = Spelling.Nearest(rest.Split('.')[0], section.Keys.Select(key => key.Name));
        report.Missing($"{Origin} {SourceNode.Printable(whole)}", null, near is null ? $"unknown key \"{SourceNode.Printable(rest)}\"" : $"unknown key \"{SourceNode.Printable(rest)}\", did you mean \"{near}\"?", string.Join(", ", section.Keys.Select(key => key.Name)));
        return node;
    }

    private static SourceNode? Child(SourceNode node, Key key, string rest, string value, string whole, InputReport report)
    {
        SourceNode inner = node.Member(key.Name) ?? Empty();
        switch (key)
        {
            case SectionKey section:
                return Replace(inner, section.Section, rest, value, whole, report);
            case MapKey map:
                string name = inner.Members.Select(member => member.Key).OrderByDescending(known => known.Length)
                    .FirstOrDefault(known => rest == known || rest.StartsWith(known + ".", StringComparison.Ordinal)) ?? rest.Split('.')[0];
                if (rest.Length == name.Length) return With(inner, name, Leaf(map.Item, value));
                return Child(inner, map.Item with { Name = name }, rest[(name.Length + 1)..], value, whole, report) is SourceNode item ? With(inner, name, item) : null;
            default:
                return null;
        }
    }

    private static SourceNode Empty() => new() { Kind = SourceKind.Object, Line = 0 };

    private static SourceNode With(SourceNode node, string key, SourceNode value)
    {
        bool replaced = false;
        List<SourceMember> members = [];
        foreach (SourceMember member in node.Members)
        {
            members.Add(member.Key == key ? new SourceMember(key, value) : member);
            replaced |= member.Key == key;
        }
        if (!replaced) members.Add(new SourceMember(key, value));
        return new SourceNode { Kind = SourceKind.Object, Line = node.Line, Members = members };
    }

    private static SourceNode Leaf(Key key, string value)
    {
        SourceNode text = new() { Kind = SourceKind.Text, Line = 0, Text = value };
        bool quoted = value.Length > 1 && value[0] == '"';
        if (!quoted && key is TextKey) return text;
        SourceNode? parsed = SourceReader.Read(Encoding.UTF8.GetBytes(value), new InputReport(Origin));
        return parsed is null ? text : FromCommandLine(parsed);
    }

    /// <summary>Nodes of the command line have no line in the file.</summary>
    private static SourceNode FromCommandLine(SourceNode node) => new()
    {
        Kind = node.Kind,
        Line = 0,
        Text = node.Text,
        Number = node.Number,
        Truth = node.Truth,
        Items = [.. node.Items.Select(FromCommandLine)],
        Members = [.. node.Members.Select(member => member with { Value = FromCommandLine(member.Value) })],
    };
}
