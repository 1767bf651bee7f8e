using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>What one run was, did and cost: the content of <c>summary.json</c> (docs/guide.md describes every key).</summary>
/// <remarks>SI units except A·h, W·h; numbers that do not exist are NaN here and null in the file.</remarks>
public sealed record Summary
{
    /// <summary>Version of the file's layout.</summary>
    public const string Layout = "cell3d-summary-1";

    /// <summary>Version of the file's layout.</summary>
    [JsonPropertyName("Layout")]
    public string LayoutVersion { get; init; } = Layout;

    /// <summary>Title of the case.</summary>
    public required string Title { get; init; }

    /// <summary>How the run ended.</summary>
    public required RunOutcome Outcome { get; init; }

    /// <summary>What became of each step of the protocol.</summary>
    public IReadOnlyList<ProtocolStepSummary> Protocol { get; init; } = [];

    /// <summary>What of the cell was simulated.</summary>
    [JsonPropertyName("Simulated part")]
    public required PartSummary Part { get; init; }

    /// <summary>What the terminals of the simulated part saw.</summary>
    [JsonPropertyName("Terminal")]
    public required TerminalSummary Terminal { get; init; }

    /// <summary>The same for the whole cell.</summary>
    [JsonPropertyName("Whole cell")]
    public required WholeCellSummary WholeCell { get; init; }

    /// <summary>Heat that the simulated part produced over the run [J], by mechanism, and <c>Total</c>.</summary>
    [JsonPropertyName("Heat by mechanism [J]")]
    public IReadOnlyDictionary<string, double> HeatByMechanism { get; init; } = new Dictionary<string, double>();

    /// <summary>Heat that left by surface and patch of the simulated part; null where none is exchanged.</summary>
    public IReadOnlyList<SurfaceSummary>? Surfaces { get; init; }

    /// <summary>Steps of constant current out of rest.</summary>
    public IReadOnlyList<PulseSummary> Pulses { get; init; } = [];

    /// <summary>Extremes over space and time.</summary>
    public required ExtremesSummary Extremes { get; init; }

    /// <summary>Size of the discrete problem.</summary>
    public required SizeSummary Size { get; init; }

    /// <summary>Steps and iterations.</summary>
    public required WorkSummary Work { get; init; }

    /// <summary>Wall-clock seconds per phase of the run, and <c>Total</c>.</summary>
    [JsonPropertyName("Wall time [s]")]
    public required IReadOnlyDictionary<string, double> WallTime { get; init; }

    /// <summary>Largest resident memory over the run.</summary>
    [JsonPropertyName("Peak memory")]
    public required MemorySummary PeakMemory { get; init; }

    /// <summary>What was chosen for a largest error of V(t); null where none was asked for.</summary>
    public AccuracySummary? Accuracy { get; init; }

    /// <summary>Lengths, times and energies, and which assumptions they bear; null where they were not asked for.</summary>
    public ScalesSummary? Scales { get; init; }

    /// <summary>Conservation and consistency checks.</summary>
    public IReadOnlyList<AuditResult> Audits { get; init; } = [];

    /// <summary>Warnings given during the run.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Difference to a measured curve, where one was given.</summary>
    public OverlaySummary? Overlay { get; init; }

    /// <summary>Program and library versions.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Files the run read, with their hashes.</summary>
    [JsonPropertyName("Input files")]
    public IReadOnlyList<InputFile> InputFiles { get; init; } = [];

    /// <summary>Options in force, defaults included.</summary>
    [JsonPropertyName("Options in force")]
    public required IReadOnlyDictionary<string, string> OptionsInForce { get; init; }

    /// <summary>Whether every audit passed.</summary>
    [JsonPropertyName("Audits passed")]
    public bool AuditsPassed => Audits.All(audit => audit.Passed);

    /// <summary>Adds what the pictures cost, which are made after the run by its first rank.</summary>
    /// <param name="seconds">Wall time [s].</param>
    /// <param name="memoryBefore">Peak memory of that rank before [MiB].</param>
    /// <param name="memoryAfter">Peak memory of that rank after [MiB].</param>
    public Summary WithPictures(double seconds, double memoryBefore, double memoryAfter)
    {
        double largest = Math.Max(PeakMemory.LargestRank, memoryAfter);
        return this with
        {
            WallTime = new Dictionary<string, double>(WallTime) { ["Pictures"] = seconds, ["Total"] = WallTime.GetValueOrDefault("Total") + seconds },
            PeakMemory = new() { LargestRank = largest, AllRanks = Math.Max(largest, PeakMemory.AllRanks + (memoryAfter - memoryBefore)) },
        };
    }

    /// <summary>The file's text.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, SummaryJson.File.Summary) + "\n";

    /// <summary>Reads a summary's text back.</summary>
    /// <exception cref="JsonException">The text is no summary.</exception>
    public static Summary FromJson(string json)
        => JsonSerializer.Deserialize(json, SummaryJson.File.Summary) ?? throw new JsonException("The summary is null.");

    /// <summary>Writes the file whole or not at all.</summary>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public void Write(string path) => AtomicFile.Write(path, ToJson());
}
