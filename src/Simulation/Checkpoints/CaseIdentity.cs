using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input.Cases;
using Cell3D.Output;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>What two cases have in common of which one can go on where the other left off.</summary>
public static class CaseIdentity
{
    /// <summary>Keys that may change.</summary>
    private static readonly string[] FreeOutput = ["Folder", "Field count", "Field times [s]", "Field interval [s]", "Row period [s]", "Row times [s]"];

    /// <summary>SHA-256 of the resolved case and the contents of its cell and outline files, without title, folder and times of output.</summary>
    /// <param name="simulation">The case.</param>
    /// <param name="files">Files that were read for it besides the case file.</param>
    public static string Of(SimulationCase simulation, IEnumerable<InputFile> files)
    {
        JsonObject text = JsonNode.Parse(simulation.ToJson())!.AsObject();
        text.Remove("Header");
        text.Remove("Cell");
        (text["Geometry"] as JsonObject)?.Remove("Outline file");
        if (text["Output"] is JsonObject output)
            foreach (string key in FreeOutput)
                output.Remove(key);
        string whole = string.Join('\n', files.Select(file => file.Sha256).Append(text.ToJsonString()));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(whole)));
    }
}
