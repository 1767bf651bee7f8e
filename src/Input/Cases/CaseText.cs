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
        string home = Path.GetFullPath(folder ?? Path.GetDirectoryName(Path.GetFullPath(simulation.File))!);
        return Write(simulation, Path.GetRelativePath(home, Path.GetFullPath(simulation.Cell.File)),
            simulation.OutlineFile is { } plane ? Path.GetRelativePath(home, Path.GetFullPath(plane)) : "");
    }

    /// <summary>The resolved case with these names of its cell file and its outline file, if it has one.</summary>
    public static string Write(SimulationCase simulation, string cell, string outline)
    {
        JsonObject text = simulation.Resolved.DeepClone().AsObject();
        text["Cell"] = cell;
        if (simulation.OutlineFile is not null) text["Geometry"]![ShapeKeys.OutlineFile.Name] = outline;
        return Write(text);
    }

    public static string Write(JsonNode text) => text.ToJsonString(Indented) + "\n";
}
