using Cell3D.Input.Protocols;
using Cell3D.Output;

namespace Cell3D.Simulation;

/// <summary>Why a run ended.</summary>
public enum EndReason
{
    /// <summary>Every step of the protocol was carried out.</summary>
    ProtocolFinished,

    /// <summary>A voltage limit cut a step short or kept one from being carried out.</summary>
    LimitReached,

    /// <summary>The solver gave up; the last accepted state stands.</summary>
    SolverGaveUp,

    /// <summary>The run was asked to stop.</summary>
    Stopped,
}

/// <summary>One step of the protocol after the run.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Step">What was asked.</param>
/// <param name="Start">[s]; NaN when it was skipped.</param>
/// <param name="End">[s]; NaN when it was skipped.</param>
/// <param name="Ending">What became of it.</param>
/// <param name="Words">The same in words, with the limit that was met.</param>
public sealed record StepRecord(int Number, ProtocolStep Step, double Start, double End, StepEnding Ending, string Words)
{
    /// <summary>The step as a sentence names it.</summary>
    public string Name => FormattableString.Invariant($"step {Number}, \"{Step.Text}\"");
}

/// <summary>How a run ended.</summary>
/// <param name="Reason">Why.</param>
/// <param name="Detail">In words.</param>
/// <param name="Time">[s].</param>
/// <param name="Steps">Every step of the protocol.</param>
public sealed record RunEnd(EndReason Reason, string Detail, double Time, IReadOnlyList<StepRecord> Steps);
