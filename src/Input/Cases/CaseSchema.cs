using System.Text.Json.Nodes;

namespace Cell3D.Input.Cases;

/// <summary>The JSON schema of case files, made from the same keys that check them.</summary>
public static class CaseSchema
{
    /// <summary>The schema (draft 7) as indented text.</summary>
    public static string ToJson()
    {
        JsonObject schema = new()
        {
            ["$schema"] = "http://json-schema.org/draft-07/schema#",
            ["title"] = "Cell3D case",
            ["description"] = "A case of Cell3D: what is simulated beside the cell of a BPX file.",
        };
        foreach ((string name, JsonNode? value) in CaseKeys.Root.Schema()) schema[name] = value?.DeepClone();
        return CaseText.Write(schema);
    }
}
