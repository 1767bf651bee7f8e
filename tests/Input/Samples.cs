using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Cell3D.Input;
using Cell3D.Input.Bpx;
using Cell3D.Input.Cases;

namespace Cell3D.Tests.Input;

/// <summary>Files of the tests and shortcuts to load changed copies of them.</summary>
internal static class Samples
{
    public const string Nmc = "nmc_pouch_cell_BPX.json";
    public const string Lfp = "lfp_18650_cell_BPX.json";
    public const string Blended = "nmc_pouch_cell_BPX_blended_electrode.json";
    public const string Hysteresis = "nmc_pouch_cell_BPX_user-defined_hysteresis.json";
    public const string Chen = "chen2020_bpx.json";
    public const string Stack = "nmc_stack_thermal_bpx.json";

    public static string Folder { get; } = Path.Combine(Here(), "Data");

    public static string Repository { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    public static string PathOf(string name) => Path.Combine(Folder, name);

    public static BpxCell Cell(string name) => BpxFile.Load(PathOf(name)).Cell ?? throw new InvalidOperationException(name);

    /// <summary>A BPX file after a change of its JSON.</summary>
    public static BpxResult ChangedBpx(string name, Action<JsonNode> change)
    {
        JsonNode text = JsonNode.Parse(File.ReadAllText(PathOf(name)))!;
        change(text);
        return BpxFile.Read(Encoding.UTF8.GetBytes(text.ToJsonString(new() { WriteIndented = true })), "cell.json");
    }

    /// <summary>A BPX file after a replacement in its text.</summary>
    public static BpxResult ReplacedBpx(string name, string old, string replacement)
    {
        string text = File.ReadAllText(PathOf(name));
        if (!text.Contains(old, StringComparison.Ordinal)) throw new ArgumentException($"{name} does not hold {old}");
        return BpxFile.Read(Encoding.UTF8.GetBytes(text.Replace(old, replacement, StringComparison.Ordinal)), "cell.json");
    }

    /// <summary>A pouch case of the NMC example with most sections, as text.</summary>
    public static JsonObject Pouch() => JsonNode.Parse("""
        {
          "Header": { "Title": "Test pouch" },
          "Cell": "nmc_pouch_cell_BPX.json",
          "Geometry": { "Form": "pouch", "Width [m]": 0.1, "Height [m]": 0.16808 },
          "Tabs": {
            "Negative": { "Edge": "top", "Centre [m]": 0.025, "Width [m]": 0.02, "Length [m]": 0.02, "Thickness [m]": 0.0002 },
            "Positive": { "Edge": "top", "Centre [m]": 0.075, "Width [m]": 0.02, "Length [m]": 0.02, "Thickness [m]": 0.0002 }
          },
          "Layers": {
            "Negative casing": { "Thickness [m]": 0.0034 },
            "Negative collector": { "Thickness [m]": 1e-5, "Density [kg.m-3]": 8960, "Thermal conductivity [W.m-1.K-1]": 398, "Source": "copper" },
            "Positive collector": { "Thickness [m]": 1.5e-5 }
          },
          "Mesh": { "Cells through": { "Separator": 6 }, "Cells along width": 8, "Cells along height": 10 },
          "Thermal": {
            "Model": "resolved", "Faces and casing refer to": "whole cell",
            "Cooling": { "All surfaces": { "Heat transfer coefficient [W.m-2.K-1]": 10 }, "Top edge": { "Heat transfer coefficient [W.m-2.K-1]": 3, "Ambient temperature [K]": 300 } }
          },
          "Initial state": { "SOC": 0.9 },
          "Protocol": { "Current refers to": "whole cell", "Steps": ["Discharge at 1C until 2.7 V", "Rest for 1 hour", "Charge at 5 A for 10 minutes or until 4.1 V"] },
          "Probes": { "Points [m]": { "Centre": [0.0001, 0.05, 0.08] } },
          "Solver": { "Fixed time steps [s]": [1, 2, 5], "PETSc options": ["-ksp_monitor"] },
          "Output": { "Field interval [s]": 60, "Fields": ["Temperature"] }
        }
        """)!.AsObject();

    /// <summary>The shortest possible case.</summary>
    public static JsonObject Column() => JsonNode.Parse("""
        { "Cell": "chen2020_bpx.json", "Geometry": { "Form": "column" }, "Protocol": { "Steps": "Discharge at 1C until 2.5 V" } }
        """)!.AsObject();

    /// <summary>Loads a case as if it stood beside the BPX files, in a file named case.json.</summary>
    public static CaseResult Load(JsonNode text, params string[] settings) =>
        CaseFile.Read(Encoding.UTF8.GetBytes(text.ToJsonString(new() { WriteIndented = true })), PathOf("case.json"), settings);

    public static SimulationCase Case(JsonNode text, params string[] settings)
    {
        CaseResult result = Load(text, settings);
        return result.Case ?? throw new InvalidOperationException(string.Join('\n', result.Problems));
    }

    /// <summary>Messages without the folder of the file.</summary>
    public static string[] Messages(IEnumerable<InputProblem> problems) =>
        [.. problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.ToString().Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
