using Cell3D.Input.Protocols;

namespace Cell3D.Simulation.Protocols;

/// <summary>What is known of a loop whose steps are carried out.</summary>
/// <param name="Loop">Its index among those of the protocol.</param>
/// <param name="Start">When it began [s].</param>
/// <param name="Round">Index of the round.</param>
/// <param name="DischargedBefore">Charge taken out of the cell before the round [A s].</param>
/// <param name="LowestVoltage">In the round so far [V]; infinite before its first state.</param>
/// <param name="FirstCapacity">Taken out by the first round that took anything [A s]; NaN until it is over.</param>
public readonly record struct LoopPosition(int Loop, double Start, int Round, double DischargedBefore, double LowestVoltage, double FirstCapacity);

/// <summary>The loops that the present step of a protocol is in: their times, what their rounds have done, and whether that ends them.</summary>
/// <param name="protocol">The protocol.</param>
public sealed class LoopsUnderWay(Protocol protocol)
{
    /// <summary>The outermost first.</summary>
    private readonly List<LoopPosition> _open = [];

    /// <summary>The first loop that may still begin.</summary>
    private int _next;

    /// <summary>What is known of them, the outermost first.</summary>
    /// <exception cref="ArgumentException">What is set is not of loops of this protocol.</exception>
    public LoopPosition[] State
    {
        get => [.. _open];
        set
        {
            if (value.Any(position => position.Loop < 0 || position.Loop >= protocol.Loops.Count || position.Round < 0 || position.Round >= protocol.Loops[position.Loop].RoundEnds.Count))
                throw new ArgumentException("The loops are not those of this protocol.", nameof(value));
            _open.Clear();
            _open.AddRange(value);
            _next = value.Length == 0 ? 0 : value[^1].Loop + 1;
        }
    }

    /// <summary>Takes over what another one of the same protocol knows.</summary>
    public void CopyFrom(LoopsUnderWay other)
    {
        _open.Clear();
        _open.AddRange(other._open);
        _next = other._next;
    }

    /// <summary>A step begins.</summary>
    /// <param name="step">Its index.</param>
    /// <param name="time">[s].</param>
    /// <param name="discharged">Charge taken out of the cell since the start of the run [A s].</param>
    public void Begin(int step, double time, double discharged)
    {
        while (_open.Count > 0 && Of(_open[^1]).Next <= step)
            _open.RemoveAt(_open.Count - 1);
        for (int i = 0; i < _open.Count; i++)
        {
            LoopPosition position = _open[i];
            IReadOnlyList<int> ends = Of(position).RoundEnds;
            if (ends[position.Round] >= step)
                continue;
            int round = position.Round;
            while (ends[round] < step)
                round++;
            _open[i] = position with { Round = round, DischargedBefore = discharged, LowestVoltage = double.PositiveInfinity };
        }
        for (; _next < protocol.Loops.Count && protocol.Loops[_next].First <= step; _next++)
            if (protocol.Loops[_next].First == step)
                _open.Add(new(_next, time, 0, discharged, double.PositiveInfinity, double.NaN));
    }

    /// <summary>Takes an accepted state into account.</summary>
    /// <param name="voltage">Of the terminals [V].</param>
    public void Take(double voltage)
    {
        for (int i = 0; i < _open.Count; i++)
            if (voltage < _open[i].LowestVoltage)
                _open[i] = _open[i] with { LowestVoltage = voltage };
    }

    /// <summary>When a step that has begun ends at the latest [s]; infinite where nothing says so.</summary>
    public double Latest(ProtocolStep step)
    {
        double latest = double.PositiveInfinity;
        foreach (LoopPosition position in _open)
        {
            latest = Math.Min(latest, EndOf(position));
            if (Of(position).IsExperiment && step.Latest is { } due)
                latest = Math.Min(latest, position.Start + due);
        }
        return latest;
    }

    /// <summary>What is over at that time.</summary>
    public string WordsOfLatest(ProtocolStep step)
    {
        double latest = Latest(step);
        int loop = _open.FindIndex(position => EndOf(position) == latest);
        return loop >= 0 ? TimeIsOver(_open[loop]) : "the next start time has come";
    }

    /// <summary>The step that follows where nothing but time ends loops.</summary>
    /// <param name="step">Index of the step that is over.</param>
    /// <param name="time">[s].</param>
    public int After(int step, double time) => After(step, time, null).Next;

    /// <summary>The step that follows: the next one, or that behind the outermost loop which ends here; why it ends, or null.</summary>
    /// <param name="step">Index of the step that is over.</param>
    /// <param name="time">[s].</param>
    /// <param name="discharged">Charge taken out of the cell since the start of the run [A s].</param>
    /// <param name="holds">Whether a condition holds now; asked for all but capacities.</param>
    public (int Next, string? Words) After(int step, double time, double discharged, Func<EndCondition, bool> holds) => After(step, time, i => Tried(i, discharged, holds));

    private (int Next, string? Words) After(int step, double time, Func<int, string?>? tried)
    {
        (int last, string? words) = (step, null);
        // A loop that ends may be the last of a round of the one around it.
        for (int i = _open.Count - 1; i >= 0; i--)
        {
            LoopPosition position = _open[i];
            string? why = Of(position).Duration is not null && HasCome(EndOf(position), time) ? TimeIsOver(position) : Of(position).RoundEnds[position.Round] == last ? tried?.Invoke(i) : null;
            if (why is not null)
                (last, words) = (Of(position).Next - 1, why);
        }
        return (last + 1, words);
    }

    /// <summary>Whether a time has come, up to round-off.</summary>
    public static bool HasCome(double due, double time) => time >= due || TimeList.AreSame(due, time);

    /// <summary>Why a loop ends behind the round that is over; null where it goes on.</summary>
    private string? Tried(int i, double discharged, Func<EndCondition, bool> holds)
    {
        LoopPosition position = _open[i];
        ProtocolLoop loop = Of(position);
        double capacity = discharged - position.DischargedBefore;
        if (double.IsNaN(position.FirstCapacity) && capacity > 0)
            _open[i] = position = position with { FirstCapacity = capacity };
        foreach (LoopEnd end in loop.Ends)
            if (Met(end, position, capacity, isIdle: loop.IsExperiment && capacity == 0, holds) is { } words)
                return FormattableString.Invariant($"{NameOf(loop)} ends behind {(loop.IsExperiment ? "cycle" : "round")} {position.Round + 1}: {words}");
        return null;
    }

    private static string? Met(LoopEnd end, in LoopPosition position, double capacity, bool isIdle, Func<EndCondition, bool> holds)
    {
        const double hour = 3600;
        switch (end)
        {
            case LoopEnd.Holds { Condition: { Quantity: EndQuantity.Capacity } limit }:
                bool isMet = !isIdle && (limit.Crossing == Crossing.Rising ? capacity >= limit.Value : capacity <= limit.Value);
                return isMet ? FormattableString.Invariant($"it took {capacity / hour:g6} A.h out of the cell, {(limit.Crossing == Crossing.Rising ? "no less" : "no more")} than {limit.Value / hour:g6} A.h") : null;
            case LoopEnd.Holds { Condition: var condition }:
                return holds(condition) ? $"{(condition.Crossing == Crossing.Rising ? "above" : "below")} {StepLimits.InWords(condition)}" : null;
            case LoopEnd.Fade fade:
                return !isIdle && capacity <= fade.Share * position.FirstCapacity
                    ? FormattableString.Invariant($"it took {capacity / hour:g6} A.h out of the cell, no more than {100 * fade.Share:g6} % of the {position.FirstCapacity / hour:g6} A.h of the first") : null;
            case LoopEnd.LowestVoltage { Volts: var lowest }:
                return position.LowestVoltage <= lowest ? FormattableString.Invariant($"its lowest voltage was {position.LowestVoltage:g6} V, no higher than {lowest:g6} V") : null;
            default:
                throw new ArgumentException("is no end of a loop", nameof(end));
        }
    }

    private ProtocolLoop Of(in LoopPosition position) => protocol.Loops[position.Loop];

    private double EndOf(in LoopPosition position) => position.Start + (Of(position).Duration ?? double.PositiveInfinity);

    private string TimeIsOver(in LoopPosition position) => FormattableString.Invariant($"{NameOf(Of(position))} ends after its {Of(position).Duration:g6} s");

    private static string NameOf(ProtocolLoop loop) => loop.IsExperiment ? "the experiment" : "the loop";
}
