using System.Text.Json.Nodes;

namespace Cell3D.Input.Keys;

/// <summary>The keys that one object of the file may hold; any other key is an error.</summary>
/// <param name="Keys">All keys, in the order in which they are written.</param>
public sealed record Section(params IReadOnlyList<Key> Keys)
{
    /// <summary>Keys that other versions of the format hold here, each with the place it has now.</summary>
    public IReadOnlyDictionary<string, string> Moved { get; init; } = new Dictionary<string, string>();

    /// <summary>The JSON schema of the object.</summary>
    public JsonObject Schema()
    {
        JsonObject properties = [];
        foreach (Key key in Keys) properties[key.Name] = key.Schema();
        JsonObject schema = new() { ["type"] = "object", ["properties"] = properties, ["additionalProperties"] = false };
        JsonArray required = new([.. Keys.Where(key => key.Required).Select(key => JsonValue.Create(key.Name))]);
        if (required.Count > 0) schema["required"] = required;
        return schema;
    }
}

/// <summary>A key that holds a section.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
/// <param name="Section">Its keys.</param>
public sealed record SectionKey(string Name, string Description, Section Section) : Key(Name, Description)
{
    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => Section.Schema();
}

/// <summary>A key that holds values or sections under names the user chooses.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
/// <param name="Item">Rule for each of them.</param>
public sealed record MapKey(string Name, string Description, Key Item) : Key(Name, Description)
{
    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => new() { ["type"] = "object", ["additionalProperties"] = Item.Schema() };
}

/// <summary>A key that may hold anything, e.g. BPX's User-defined.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
public sealed record FreeKey(string Name, string Description) : Key(Name, Description)
{
    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => [];
}
