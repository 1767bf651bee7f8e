using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>How a <see cref="Summary"/> is written: by code made at build time, for start-up and for the natively compiled program.</summary>
[JsonSerializable(typeof(Summary))]
internal sealed partial class SummaryJson : JsonSerializerContext
{
    /// <summary>Indented, without keys that hold nothing, NaN as null, words in lower case.</summary>
    public static SummaryJson File { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new FiniteNumberConverter(), new JsonStringEnumConverter<RunStatus>(JsonNamingPolicy.KebabCaseLower), new JsonStringEnumConverter<StepEnding>(JsonNamingPolicy.KebabCaseLower) },
    });
}
