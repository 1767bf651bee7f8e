using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Cases;

/// <summary>The steps of a protocol, as they stand in the file: a text, or a list of texts, lists and objects.</summary>
/// <param name="Name">Name as written.</param>
/// <param name="Description">What it means.</param>
internal sealed record StepsKey(string Name, string Description) : Key<SourceNode>(Name, Description)
{
    internal override SourceNode Placeholder => new() { Kind = SourceKind.Null, Line = 0 };

    internal override bool TryRead(SourceNode node, string path, InputReport report, out SourceNode value)
    {
        if (node.Kind is not (SourceKind.Array or SourceKind.Text or SourceKind.Object)) return WrongType(node, path, report, "a sentence, an object, or a list of these", out value);
        value = node;
        return true;
    }

    internal override JsonNode? Write(SourceNode value) => value.Kind == SourceKind.Null ? null : value.ToJson();

    /// <inheritdoc/>
    protected override JsonObject ValueSchema()
    {
        JsonObject loop = new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["Repeat"] = ProtocolKeys.Repeat.Schema(), ["Steps"] = Nested(), ["Until"] = ProtocolKeys.LoopUntil.Schema() },
            ["required"] = new JsonArray("Repeat", "Steps"),
            ["additionalProperties"] = false,
        };
        JsonObject ofPybamm(string key, string description) => new() { ["type"] = "object", ["required"] = new JsonArray(key), ["description"] = description };
        return new()
        {
            ["type"] = new JsonArray("string", "array", "object"),
            ["items"] = new JsonObject
            {
                ["anyOf"] = new JsonArray(
                    new JsonObject { ["type"] = "string" }, new JsonObject { ["type"] = "array", ["description"] = "Steps that belong together: a cycle." }, loop,
                    ofPybamm("type", "A step of PyBaMM's Experiment.to_config()."), ofPybamm("cycles", "A whole Experiment.to_config() of PyBaMM."), ofPybamm("steps", "The same with a flat list.")),
            },
        };
    }

    private static JsonObject Nested() => new() { ["type"] = new JsonArray("string", "array", "object"), ["description"] = "As above." };
}
