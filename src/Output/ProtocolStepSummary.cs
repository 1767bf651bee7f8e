using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>What became of one step of the protocol.</summary>
public enum StepEnding
{
    /// <summary>It ended as its sentence says: after its time, at its target, or at the cut-off where it names neither.</summary>
    CarriedOut,

    /// <summary>A cut-off that its sentence does not name ended it early.</summary>
    CutShort,

    /// <summary>The end that its sentence names, other than a voltage or a state of charge on the wrong side, was met from the first moment.</summary>
    MetAtOnce,

    /// <summary>A voltage or state of charge was beyond its target or limit, or another limit that its sentence does not name was passed, from the first moment.</summary>
    NotCarriedOut,

    /// <summary>The run ended, or its time was over, before it began.</summary>
    Skipped,

    /// <summary>The run ended within it: on request, or because the solver gave up.</summary>
    Interrupted,
}

/// <summary>One step of the protocol after the run.</summary>
public sealed record ProtocolStepSummary
{
    /// <summary>Its sentence.</summary>
    public required string Step { get; init; }

    /// <summary>When it began; NaN when it was skipped.</summary>
    [JsonPropertyName("Start [s]")]
    public required double Start { get; init; }

    /// <summary>When it ended; NaN when it was skipped.</summary>
    [JsonPropertyName("End [s]")]
    public required double End { get; init; }

    /// <summary>What became of it.</summary>
    public required StepEnding Ending { get; init; }

    /// <summary>Why, in words.</summary>
    public required string Reason { get; init; }
}
