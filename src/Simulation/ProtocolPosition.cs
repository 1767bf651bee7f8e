using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Simulation.Protocols;

namespace Cell3D.Simulation;

/// <summary>Where a protocol stands between two time steps of one of its steps.</summary>
/// <param name="StepIndex">The step under way.</param>
/// <param name="StepStart">When it began [s].</param>
/// <param name="Finished">Steps that have ended, in the order in which they were carried out.</param>
/// <param name="FixedStepsLeft">Prescribed time steps that are left.</param>
/// <param name="Counts">What the time loop did.</param>
/// <param name="Charge">Of <see cref="PassedCharge"/>.</param>
/// <param name="Loops">What is known of the loops that the step is in, of <see cref="LoopsUnderWay"/>.</param>
/// <param name="Rising">By limit of the step: whether it is met from below.</param>
/// <param name="Watch">What is known of these limits.</param>
/// <param name="Margin">What is known of a margin that is held; null where none is.</param>
public sealed record ProtocolPosition(int StepIndex, double StepStart, IReadOnlyList<FinishedStep> Finished, int FixedStepsLeft, RunCounts Counts,
    double[] Charge, LoopPosition[] Loops, bool[] Rising, LimitHistory Watch, MarginState? Margin);

/// <summary>What became of a step of the protocol.</summary>
/// <param name="Index">Which one.</param>
/// <param name="Start">[s].</param>
/// <param name="End">[s].</param>
/// <param name="Ending">What became of it.</param>
/// <param name="Words">The same in words.</param>
public sealed record FinishedStep(int Index, double Start, double End, StepEnding Ending, string Words)
{
    /// <summary>What is kept of a record.</summary>
    public static FinishedStep Of(StepRecord record) => new(record.Number - 1, record.Start, record.End, record.Ending, record.Words);

    /// <summary>The record.</summary>
    public StepRecord Of(Protocol protocol) => new(Index + 1, protocol.Steps[Index], Start, End, Ending, Words);
}
