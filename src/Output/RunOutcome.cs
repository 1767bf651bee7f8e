using System.Text.Json.Serialization;

namespace Cell3D.Output;

/// <summary>How a run ended.</summary>
public enum RunStatus
{
    /// <summary>The protocol came to its end.</summary>
    Done,

    /// <summary>The solver gave up; the last state is written.</summary>
    GaveUp,

    /// <summary>A voltage limit cut a step of the protocol short or kept one from being carried out.</summary>
    SafetyLimit,

    /// <summary>Stopped on request with a checkpoint.</summary>
    Stopped,

    /// <summary>The protocol came to its end, but an audit failed: the results are not to be trusted.</summary>
    AuditFailed,
}

/// <summary>How a run ended, in a word, a number and a sentence.</summary>
public sealed record RunOutcome
{
    /// <summary>The word.</summary>
    public required RunStatus Status { get; init; }

    /// <summary>Exit code of the program.</summary>
    [JsonPropertyName("Exit code")]
    public int ExitCode => Status switch
    {
        RunStatus.Done => 0,
        RunStatus.GaveUp => 2,
        RunStatus.SafetyLimit => 3,
        RunStatus.AuditFailed => 4,
        _ => 75,
    };

    /// <summary>The sentence, for instance <c>voltage reached 2.7 V</c>.</summary>
    [JsonPropertyName("End reason")]
    public required string EndReason { get; init; }

    /// <summary>Simulated time at the end.</summary>
    [JsonPropertyName("End time [s]")]
    public required double EndTime { get; init; }
}
