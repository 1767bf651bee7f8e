using System.Text;

namespace Cell3D.Input.Protocols;

/// <summary>A part of a protocol as written, loops not written out.</summary>
internal abstract record StepNode
{
    private StepNode() { }

    /// <summary>Steps written out; a floating number, since loops in loops may be more than any integer holds.</summary>
    public abstract double Count { get; }

    /// <summary>A step.</summary>
    /// <param name="Step">Of the simulated part.</param>
    public sealed record Single(ProtocolStep Step) : StepNode
    {
        public override double Count => 1;
    }

    /// <summary>Rounds in order, all of them repeated.</summary>
    /// <param name="Rounds">At least one; none is empty.</param>
    /// <param name="Repeat">At least 1.</param>
    public sealed record Loop(IReadOnlyList<IReadOnlyList<StepNode>> Rounds, int Repeat) : StepNode
    {
        /// <summary>What ends it behind a round.</summary>
        public IReadOnlyList<LoopEnd> Ends { get; init; } = [];

        /// <summary>It ends so long after its start [s]; null without a limit.</summary>
        public double? Duration { get; init; }

        /// <summary>Whether it is an experiment of PyBaMM.</summary>
        public bool IsExperiment { get; init; }

        /// <summary>Whether anything but the number of its rounds ends it or its steps.</summary>
        public bool KeepsRecord => IsExperiment || Ends.Count > 0 || Duration is not null;

        public override double Count { get; } = Repeat * Rounds.Sum(round => round.Sum(node => node.Count));

        /// <summary>Whether the rounds are those of a cycle that stands in a list, and are numbered on from the cycle before it.</summary>
        public bool IsCycle { get; init; }
    }
}

/// <summary>Writes the rounds of loops out.</summary>
internal sealed class ProtocolSteps
{
    /// <summary>Steps that a protocol may have.</summary>
    public const int Most = 1_000_000;

    private readonly List<ProtocolStep> steps = [];
    private readonly List<ProtocolLoop> loops = [];
    private readonly Dictionary<ProtocolStep, ProtocolStep> ofRound = new(ReferenceEqualityComparer.Instance);
    private int numbered;

    /// <summary>All steps, and the loops of which a run must know.</summary>
    /// <param name="nodes">Of at most <see cref="Most"/> steps.</param>
    public static (IReadOnlyList<ProtocolStep> Steps, IReadOnlyList<ProtocolLoop> Loops) Of(IReadOnlyList<StepNode> nodes)
    {
        ProtocolSteps all = new();
        int cycles = 0;
        foreach (StepNode node in nodes)
        {
            cycles = node is StepNode.Loop { IsCycle: true } ? cycles + 1 : 0;
            all.Add(node, 0, cycles);
        }
        return (all.steps, all.loops);
    }

    /// <summary>The steps as written, of a long protocol the first: "20 times (Charge at 1C; Rest for 1 h)".</summary>
    public static string InWords(IReadOnlyList<StepNode> nodes, int most)
    {
        StringBuilder text = new();
        int left = most;
        double hidden = Append(text, nodes, ref left);
        return hidden == 0 ? text.ToString() : text.Append(FormattableString.Invariant($"; and {hidden:g6} more {(hidden == 1 ? "step" : "steps")}")).ToString();
    }

    private static double Append(StringBuilder text, IReadOnlyList<StepNode> nodes, ref int left)
    {
        double hidden = 0;
        bool first = true;
        foreach (StepNode node in nodes)
        {
            if (left == 0)
            {
                hidden += node.Count;
                continue;
            }
            text.Append(first ? "" : "; ");
            first = false;
            if (node is StepNode.Single single)
            {
                left--;
                text.Append(single.Step.Text);
                continue;
            }
            StepNode.Loop loop = (StepNode.Loop)node;
            bool inBrackets = loop.Repeat > 1;
            if (inBrackets) text.Append(FormattableString.Invariant($"{loop.Repeat} times ("));
            hidden += loop.Repeat * Append(text, [.. loop.Rounds.SelectMany(round => round)], ref left);
            if (inBrackets) text.Append(')');
        }
        return hidden;
    }

    /// <summary>Appends a node.</summary>
    /// <param name="node">The node.</param>
    /// <param name="round">Round of the outermost loop; 0 outside of loops.</param>
    /// <param name="cycle">Number of the cycle that the node is; 0 for none.</param>
    private void Add(StepNode node, int round, int cycle)
    {
        if (node is StepNode.Single single)
        {
            steps.Add(InRound(single.Step, round));
            return;
        }
        StepNode.Loop loop = (StepNode.Loop)node;
        int number = 0;
        List<int> roundEnds = [];
        // The outer loop stands before those in it.
        if (loop.KeepsRecord) loops.Add(new(steps.Count, roundEnds) { Ends = loop.Ends, Duration = loop.Duration, IsExperiment = loop.IsExperiment });
        for (int i = 0; i < loop.Repeat; i++)
            foreach (IReadOnlyList<StepNode> body in loop.Rounds)
            {
                number++;
                foreach (StepNode inner in body) Add(inner, round > 0 ? round : cycle > 0 ? cycle : number, 0);
                if (loop.KeepsRecord) roundEnds.Add(steps.Count - 1);
            }
    }

    /// <summary>The step in a round; the same object however often it comes in one round.</summary>
    private ProtocolStep InRound(ProtocolStep step, int round)
    {
        if (round == 0) return step;
        if (numbered != round) ofRound.Clear();
        numbered = round;
        if (!ofRound.TryGetValue(step, out ProtocolStep? same)) ofRound.Add(step, same = step with { Round = round });
        return same;
    }
}
