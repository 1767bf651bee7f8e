namespace Cell3D.Input.Protocols;

/// <summary>What ends a loop behind a round.</summary>
public abstract record LoopEnd
{
    private LoopEnd() { }

    /// <summary>A condition holds at the end of the round; a capacity is the charge that the round took out of the cell.</summary>
    /// <param name="Condition">The condition; of the simulated part.</param>
    public sealed record Holds(EndCondition Condition) : LoopEnd;

    /// <summary>The round took no more out of the cell than a share of what the first round that took anything did.</summary>
    /// <param name="Share">The share, 0 to 1.</param>
    public sealed record Fade(double Share) : LoopEnd;

    /// <summary>The voltage was no higher than this at some moment of the round.</summary>
    /// <param name="Volts">V [V].</param>
    public sealed record LowestVoltage(double Volts) : LoopEnd;
}

/// <summary>A loop that may end before its rounds are over, or whose steps keep to a clock.</summary>
/// <param name="First">Index of the first step.</param>
/// <param name="RoundEnds">Index of the last step of each round, rising.</param>
public sealed record ProtocolLoop(int First, IReadOnlyList<int> RoundEnds)
{
    /// <summary>What ends it behind a round; any of them does.</summary>
    public IReadOnlyList<LoopEnd> Ends { get; init; } = [];

    /// <summary>It ends so long after its start, within a step too [s]; null without a limit.</summary>
    public double? Duration { get; init; }

    /// <summary>Whether it is an experiment of PyBaMM: the times of <see cref="ProtocolStep.Latest"/> count from its start, and a round that takes nothing out of the cell has no capacity.</summary>
    public bool IsExperiment { get; init; }

    /// <summary>Index of the first step behind it.</summary>
    public int Next => RoundEnds[^1] + 1;
}
