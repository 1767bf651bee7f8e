using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;

namespace Cell3D.Input.Keys;

/// <summary>A number in a range.</summary>
/// <param name="Name">Name as written, unit in brackets.</param>
/// <param name="Description">What it means.</param>
/// <param name="Allowed">Allowed range.</param>
public sealed record NumberKey(string Name, string Description, Interval Allowed) : Key<double>(Name, Description)
{
    /// <summary>Value when the key is absent; null when the section decides.</summary>
    public double? Default { get; init; }

    internal override double Placeholder => double.NaN;

    internal override bool TryRead(SourceNode node, string path, InputReport report, out double value)
    {
        if (node.Kind != SourceKind.Number) return WrongType(node, path, report, "a number, " + Allowed, out value);
        value = node.Number;
        if (Allowed.Contains(value)) return true;
        report.Error(path, node, double.IsFinite(value) ? "outside the allowed range" : "not a finite number", Allowed.ToString());
        value = Placeholder;
        return false;
    }

    internal override JsonNode? Write(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => SchemaText.Number("number", Allowed, Default);
}

/// <summary>A whole number in a range.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
/// <param name="Minimum">Smallest.</param>
/// <param name="Maximum">Largest.</param>
public sealed record IntegerKey(string Name, string Description, int Minimum, int Maximum) : Key<int>(Name, Description)
{
    /// <summary>Value when the key is absent; null when the section decides.</summary>
    public int? Default { get; init; }

    internal override int Placeholder => Default ?? Minimum;

    private string Range => Minimum == Maximum
        ? Minimum.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Minimum} to {Maximum}");

    internal override bool TryRead(SourceNode node, string path, InputReport report, out int value)
    {
        if (node.Kind != SourceKind.Number || node.Number != Math.Round(node.Number))
            return WrongType(node, path, report, "a whole number, " + Range, out value);
        value = Placeholder;
        if (node.Number >= Minimum && node.Number <= Maximum)
        {
            value = (int)node.Number;
            return true;
        }
        report.Error(path, node, "outside the allowed range", Range);
        return false;
    }

    internal override JsonNode Write(int value) => JsonValue.Create(value);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => SchemaText.Number("integer", new Interval(Minimum, Maximum), Default);
}

/// <summary>Free text.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
public sealed record TextKey(string Name, string Description) : Key<string>(Name, Description)
{
    /// <summary>Whether a number is accepted too and taken as written.</summary>
    public bool AcceptsNumber { get; init; }

    /// <summary>Words that are always possible, among others.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    internal override string Placeholder => "";

    internal override bool TryRead(SourceNode node, string path, InputReport report, out string value)
    {
        if (node.Kind != SourceKind.Text && !(AcceptsNumber && node.Kind == SourceKind.Number))
            return WrongType(node, path, report, "a text", out value);
        value = node.Text;
        return true;
    }

    internal override JsonNode Write(string value) => JsonValue.Create(value);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject schema = new() { ["type"] = AcceptsNumber ? new JsonArray("string", "number") : JsonValue.Create("string") };
        return Words.Count == 0 ? schema : new() { ["anyOf"] = new JsonArray(new JsonObject { ["enum"] = new JsonArray([.. Words.Select(word => JsonValue.Create(word))]) }, schema) };
    }
}

/// <summary>true or false.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
/// <param name="Default">Value when the key is absent.</param>
public sealed record FlagKey(string Name, string Description, bool Default) : Key<bool>(Name, Description)
{
    internal override bool Placeholder => Default;

    internal override bool TryRead(SourceNode node, string path, InputReport report, out bool value)
    {
        if (node.Kind != SourceKind.Truth) return WrongType(node, path, report, "true, false", out value);
        value = node.Truth;
        return true;
    }

    internal override JsonNode Write(bool value) => JsonValue.Create(value);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => new() { ["type"] = "boolean", ["default"] = Default };
}

/// <summary>One of some words.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
/// <param name="Choices">Each word and what it stands for.</param>
public sealed record ChoiceKey<T>(string Name, string Description, IReadOnlyList<(string Word, T Value)> Choices) : Key<T>(Name, Description)
    where T : struct, Enum
{
    /// <summary>Value when the key is absent; null when it is required.</summary>
    public T? Default { get; init; }

    internal override T Placeholder => Default ?? Choices[0].Value;

    internal override bool TryRead(SourceNode node, string path, InputReport report, out T value)
    {
        string words = string.Join(", ", Choices.Select(choice => $"\"{choice.Word}\""));
        if (node.Kind != SourceKind.Text) return WrongType(node, path, report, words, out value);
        foreach ((string word, T meaning) in Choices)
        {
            value = meaning;
            if (string.Equals(word, node.Text, StringComparison.OrdinalIgnoreCase)) return true;
        }
        report.Error(path, node, "unknown word", words);
        value = Placeholder;
        return false;
    }

    internal override JsonNode Write(T value) => JsonValue.Create(Word(value));

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject schema = new() { ["enum"] = new JsonArray([.. Choices.Select(choice => JsonValue.Create(choice.Word))]) };
        if (Default is T value) schema["default"] = Word(value);
        return schema;
    }

    private string Word(T value) => Choices.First(choice => EqualityComparer<T>.Default.Equals(choice.Value, value)).Word;
}
