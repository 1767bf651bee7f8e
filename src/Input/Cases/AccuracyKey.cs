using System.Globalization;
using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>What the key Accuracy says: a level, or the largest error of V(t).</summary>
/// <param name="Level">The level; <see cref="AccuracyLevel.Default"/> beside a voltage.</param>
/// <param name="Text">As it was written.</param>
internal sealed record AccuracyChoice(AccuracyLevel Level, string Text)
{
    /// <summary>Largest error of V(t) [V]; null where a level is given.</summary>
    public double? Volts { get; init; }
}

/// <summary>The key Accuracy: a level, or a voltage as "0.5 mV".</summary>
internal sealed record AccuracyKey(string Name, string Description) : Key<AccuracyChoice>(Name, Description)
{
    /// <summary>Errors of V(t) that may be asked for [V]: below, what Newton's method leaves counts; above, nothing is resolved.</summary>
    public static readonly Interval Allowed = new(1e-5, 0.02);

    private const string Words = "\"draft\", \"default\", \"reference\", or a voltage as \"0.5 mV\", 0.01 mV to 20 mV";
    private static readonly (string Word, AccuracyLevel Level)[] Levels = [("draft", AccuracyLevel.Draft), ("default", AccuracyLevel.Default), ("reference", AccuracyLevel.Reference)];

    internal override AccuracyChoice Placeholder { get; } = new(AccuracyLevel.Default, "default");

    internal override bool TryRead(SourceNode node, string path, InputReport report, out AccuracyChoice value)
    {
        value = Placeholder;
        if (node.Kind != SourceKind.Text) return WrongType(node, path, report, Words, out value);
        string text = node.Text.Trim();
        foreach ((string word, AccuracyLevel level) in Levels)
            if (string.Equals(word, text, StringComparison.OrdinalIgnoreCase))
            {
                value = new(level, word);
                return true;
            }
        double scale = text.EndsWith("mV", StringComparison.Ordinal) ? 1e-3 : text.EndsWith('V') ? 1 : double.NaN;
        if (double.IsNaN(scale) || !double.TryParse(text[..^(scale == 1 ? 1 : 2)].Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            report.Error(path, node, "is neither a level nor a voltage", Words);
            return false;
        }
        if (!Allowed.Contains(scale * number))
        {
            report.Error(path, node, "outside the allowed range", "0.01 mV to 20 mV");
            return false;
        }
        value = new(AccuracyLevel.Default, text) { Volts = scale * number };
        return true;
    }

    internal override JsonNode Write(AccuracyChoice value) => JsonValue.Create(value.Text);

    /// <inheritdoc/>
    protected override JsonObject ValueSchema() => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["enum"] = new JsonArray([.. Levels.Select(level => JsonValue.Create(level.Word))]) },
            new JsonObject { ["type"] = "string", ["pattern"] = "^\\s*[0-9.eE+-]+\\s*m?V\\s*$" }),
        ["default"] = "default",
    };
}
