using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Cell3D.Input.Json;

/// <summary>What a JSON value is.</summary>
public enum SourceKind
{
    /// <summary>{ … }</summary>
    Object,

    /// <summary>[ … ]</summary>
    Array,

    /// <summary>"…"</summary>
    Text,

    /// <summary>A number; NaN and ±Infinity, as some programs write them, are kept as not finite.</summary>
    Number,

    /// <summary>true or false.</summary>
    Truth,

    /// <summary>null.</summary>
    Null,
}

/// <summary>A key and its value, in the order of the file; a key may occur twice.</summary>
public readonly record struct SourceMember(string Key, SourceNode Value);

/// <summary>A JSON value that knows its place in the file.</summary>
public sealed class SourceNode
{
    /// <summary>What it is.</summary>
    public required SourceKind Kind { get; init; }

    /// <summary>Line from 1; 0 for a value set on the command line.</summary>
    public required int Line { get; init; }

    /// <summary>Members of an object.</summary>
    public IReadOnlyList<SourceMember> Members { get; init; } = [];

    /// <summary>Elements of an array.</summary>
    public IReadOnlyList<SourceNode> Items { get; init; } = [];

    /// <summary>The text of a string, or a number as written.</summary>
    public string Text { get; init; } = "";

    /// <summary>Value of a number.</summary>
    public double Number { get; init; }

    /// <summary>Value of true or false.</summary>
    public bool Truth { get; init; }

    /// <summary>The first member with this key, or null.</summary>
    public SourceNode? Member(string key)
    {
        foreach (SourceMember member in Members)
            if (member.Key == key) return member.Value;
        return null;
    }

    /// <summary>The value as written, shortened so that it fits a message.</summary>
    public override string ToString() => Kind switch
    {
        SourceKind.Object => "{…}",
        SourceKind.Array => Items.Count == 0 ? "[]" : $"[{Items.Count.ToString(CultureInfo.InvariantCulture)} values]",
        SourceKind.Text => $"\"{Printable(Text)}\"",
        SourceKind.Number => Printable(Text),
        SourceKind.Truth => Truth ? "true" : "false",
        _ => "null",
    };

    /// <summary>The value as JSON; a number that is not finite becomes null.</summary>
    public JsonNode? ToJson()
    {
        switch (Kind)
        {
            case SourceKind.Object:
                JsonObject members = [];
                foreach (SourceMember member in Members) members[member.Key] = member.Value.ToJson();
                return members;
            case SourceKind.Array: return new JsonArray([.. Items.Select(item => item.ToJson())]);
            case SourceKind.Text: return JsonValue.Create(Text);
            case SourceKind.Number: return double.IsFinite(Number) ? JsonValue.Create(Number) : null;
            case SourceKind.Truth: return JsonValue.Create(Truth);
            default: return null;
        }
    }

    /// <summary>Text fit for one line of a terminal: control characters replaced, cut at a length.</summary>
    public static string Printable(string text, int longest = 60)
    {
        StringBuilder line = new(Math.Min(text.Length, longest + 1));
        foreach (char c in text)
        {
            if (line.Length == longest) return line.Append('…').ToString();
            line.Append(char.IsControl(c) ? '�' : c);
        }
        return line.ToString();
    }
}
