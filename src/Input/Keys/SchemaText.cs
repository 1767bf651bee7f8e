using System.Text.Json.Nodes;

namespace Cell3D.Input.Keys;

/// <summary>Pieces of JSON schema.</summary>
internal static class SchemaText
{
    public static JsonObject Number(string type, Interval allowed, double? initial)
    {
        JsonObject schema = new() { ["type"] = type };
        if (double.IsFinite(allowed.Minimum)) schema[allowed.AboveMinimum ? "exclusiveMinimum" : "minimum"] = allowed.Minimum;
        if (double.IsFinite(allowed.Maximum)) schema[allowed.BelowMaximum ? "exclusiveMaximum" : "maximum"] = allowed.Maximum;
        if (initial is double value) schema["default"] = value;
        return schema;
    }
}
