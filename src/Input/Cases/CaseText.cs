using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cell3D.Input.Cases;

/// <summary>Writes case files.</summary>
internal static class CaseText
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The resolved case, its cell and outline files named relative to <paramref name="folder"/>.</summary>
    public static string Write(SimulationCase simulation, string? folder)
    {
        JsonObject text = simulation.Resolved.DeepClone().AsObject();
        string home = Path.GetFullPath(folder ?? Path.GetDirectoryName(Path.GetFullPath(simulation.File))!);
        text["Cell"] = Path.GetRelativePath(home, Path.GetFullPath(simulation.Cell.File));
        if (simulation.OutlineFile is { } plane) text["Geometry"]![ShapeKeys.OutlineFile.Name] = Path.GetRelativePath(home, Path.GetFullPath(plane));
        return Write(text);
    }

    public static string Write(JsonNode text) => text.ToJsonString(Indented) + "\n";
}
