using System.Text.Json.Nodes;
using Cell3D.Input.Json;

namespace Cell3D.Input.Keys;

/// <summary>A key that a section may hold: its name, meaning, and the rule for its value. Validator, schema and resolved file all come from it.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means; a sentence for users.</param>
public abstract record Key(string Name, string Description)
{
    /// <summary>Whether the section is wrong without it.</summary>
    public bool Required { get; init; }

    /// <summary>The JSON schema of the value.</summary>
    public JsonObject Schema()
    {
        JsonObject schema = ValueSchema();
        schema["description"] = Description;
        return schema;
    }

    /// <summary>The schema without the description.</summary>
    protected abstract JsonObject ValueSchema();
}

/// <summary>A key whose value becomes a <typeparamref name="T"/>.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
public abstract record Key<T>(string Name, string Description) : Key(Name, Description)
{
    /// <summary>Stands in for a value that is missing or wrong, so that the rest of the file can still be checked.</summary>
    internal abstract T Placeholder { get; }

    /// <summary>Reads a value; a wrong one is reported.</summary>
    /// <returns>Whether <paramref name="value"/> can be used.</returns>
    internal abstract bool TryRead(SourceNode node, string path, InputReport report, out T value);

    /// <summary>The value as it is written to the resolved file; null for a placeholder.</summary>
    internal abstract JsonNode? Write(T value);

    /// <summary>Reports a list that is too long.</summary>
    protected bool TooMany(SourceNode node, string path, InputReport report, int most, out T value)
    {
        report.Error(path, node, "holds too many values", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {most}"));
        value = Placeholder;
        return false;
    }

    /// <summary>Reports a value of the wrong type.</summary>
    protected bool WrongType(SourceNode node, string path, InputReport report, string expected, out T value)
    {
        report.Error(path, node, node.Kind == SourceKind.Null ? "has no value" : "has the wrong type", expected);
        value = Placeholder;
        return false;
    }
}
