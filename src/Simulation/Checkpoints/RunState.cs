using System.Text.Json;
using System.Text.Json.Serialization;
using Cell3D.Simulation.Recording;
using Cell3D.Solvers;

namespace Cell3D.Simulation.Checkpoints;

/// <summary>What a run that goes on has to know besides its states and what its records have gathered.</summary>
public sealed record RunState
{
    /// <summary>States in the file.</summary>
    public required IReadOnlyList<KeptState> States { get; init; }

    /// <summary>Of the time integrator.</summary>
    public required TimeHistory Time { get; init; }

    /// <summary>Of Newton's method.</summary>
    public required NewtonHistory Newton { get; init; }

    /// <summary>Where the protocol stands.</summary>
    public required ProtocolPosition Protocol { get; init; }

    /// <summary>What is in the results already.</summary>
    public required RecordedFiles Files { get; init; }

    /// <summary>Preconditioners built so far.</summary>
    public required int PreconditionerBuilds { get; init; }

    /// <summary>Wall time per phase [s].</summary>
    public required IReadOnlyDictionary<string, double> WallTime { get; init; }

    /// <summary>What was remarked.</summary>
    public required IReadOnlyList<KeptRemark> Remarks { get; init; }

    /// <summary>As text; every double comes back as it was.</summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(this, CheckpointJson.Exact.RunState);

    /// <summary>Reads the text.</summary>
    /// <exception cref="JsonException">It is none such.</exception>
    public static RunState FromJson(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, CheckpointJson.Exact.RunState) ?? throw new JsonException("The state of the run is null.");
}

/// <summary>How checkpoints are written as text: by code made at build time.</summary>
[JsonSerializable(typeof(RunState))]
[JsonSerializable(typeof(CheckpointManifest))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
    /// <summary>With numbers that are none.</summary>
    public static CheckpointJson Exact { get; } = new(new JsonSerializerOptions
    {
        WriteIndented = true,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
