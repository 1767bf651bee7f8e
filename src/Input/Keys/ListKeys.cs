using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;

namespace Cell3D.Input.Keys;

/// <summary>A list of numbers, each in a range.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
/// <param name="Allowed">Allowed range of each number.</param>
public sealed record NumberListKey(string Name, string Description, Interval Allowed) : Key<double[]>(Name, Description)
{
    /// <summary>How many numbers it must hold; null for any count.</summary>
    public int? Count { get; init; }

    /// <summary>How many numbers it must hold at least.</summary>
    public int Fewest { get; init; }

    /// <summary>How many numbers it may hold at most.</summary>
    public int Most { get; init; } = 1_000_000;

    internal override double[] Placeholder => [];

    internal override bool TryRead(SourceNode node, string path, InputReport report, out double[] value)
    {
        string expected = Count is int count ? string.Create(CultureInfo.InvariantCulture, $"a list of {count} numbers") : "a list of numbers";
        if (node.Kind != SourceKind.Array || (Count is int exactly && node.Items.Count != exactly))
            return WrongType(node, path, report, expected, out value);
        if (node.Items.Count > Most) return TooMany(node, path, report, Most, out value);
        if (node.Items.Count < Fewest) return WrongType(node, path, report, string.Create(CultureInfo.InvariantCulture, $"a list of at least {Fewest} numbers"), out value);
        NumberKey item = new(Name, Description, Allowed);
        bool right = true;
        value = new double[node.Items.Count];
        for (int i = 0; i < value.Length; i++)
            right &= item.TryRead(node.Items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), report, out value[i]);
        return right;
    }

    internal override JsonNode Write(double[] value) => new JsonArray([.. value.Select(number => JsonValue.Create(number))]);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject schema = new() { ["type"] = "array", ["items"] = SchemaText.Number("number", Allowed, null) };
        if (Count is int count) (schema["minItems"], schema["maxItems"]) = (count, count);
        else schema["maxItems"] = Most;
        if (Fewest > 0) schema["minItems"] = Fewest;
        return schema;
    }
}

/// <summary>A list of texts; a single text stands for a list of one.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
public sealed record TextListKey(string Name, string Description) : Key<string[]>(Name, Description)
{
    /// <summary>The only words allowed; null for any.</summary>
    public IReadOnlyList<string>? Words { get; init; }

    /// <summary>How many texts it may hold at most.</summary>
    public int Most { get; init; } = 10_000;

    internal override string[] Placeholder => [];

    internal override bool TryRead(SourceNode node, string path, InputReport report, out string[] value)
    {
        if (node.Kind is not (SourceKind.Array or SourceKind.Text)) return WrongType(node, path, report, "a list of texts", out value);
        IReadOnlyList<SourceNode> items = node.Kind == SourceKind.Text ? [node] : node.Items;
        if (items.Count > Most) return TooMany(node, path, report, Most, out value);
        bool right = true;
        value = new string[items.Count];
        for (int i = 0; i < value.Length; i++)
            right &= TryReadItem(items[i], string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), report, out value[i]);
        return right && (Words is null || AreDistinct(items, path, report));
    }

    internal override JsonNode Write(string[] value) => new JsonArray([.. value.Select(text => JsonValue.Create(text))]);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject item = new() { ["type"] = "string" };
        if (Words is not null) item["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]);
        JsonObject schema = new() { ["type"] = new JsonArray("array", "string"), ["items"] = item, ["maxItems"] = Most };
        if (Words is not null) schema["uniqueItems"] = true;
        return schema;
    }

    private static bool AreDistinct(IReadOnlyList<SourceNode> items, string path, InputReport report)
    {
        HashSet<string> seen = [];
        bool distinct = true;
        for (int i = 0; i < items.Count; i++)
        {
            if (seen.Add(items[i].Text)) continue;
            report.Error(string.Create(CultureInfo.InvariantCulture, $"{path}[{i}]"), items[i], "is named twice", "each word once");
            distinct = false;
        }
        return distinct;
    }

    private bool TryReadItem(SourceNode node, string path, InputReport report, out string value)
    {
        value = node.Text;
        if (node.Kind != SourceKind.Text)
        {
            report.Error(path, node, "has the wrong type", "a text");
            return false;
        }
        if (Words is null || Words.Contains(value)) return true;
        string? near = Spelling.Nearest(value, Words);
        report.Error(path, node, near is null ? "unknown word" : $"unknown word, did you mean \"{near}\"?", string.Join(", ", Words));
        return false;
    }
}
