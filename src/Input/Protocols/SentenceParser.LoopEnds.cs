namespace Cell3D.Input.Protocols;

/// <summary>What ends a loop, as written.</summary>
/// <param name="Conditions">Conditions at the end of a round, of the cell that the case speaks of; capacities are those that the round took out of the cell.</param>
/// <param name="Others">What else ends it behind a round.</param>
/// <param name="Duration">It ends so long after its start [s]; null without a limit.</param>
internal sealed record LoopSentence(IReadOnlyList<SentenceEnd> Conditions, IReadOnlyList<LoopEnd> Others, double? Duration);

/// <summary>Ends of loops: "80 % capacity or 2 A.h", "lowest voltage 2.5 V", "10 h", and conditions with their side.</summary>
internal sealed partial class SentenceParser
{
    private const string LoopEnds = "80 % capacity, 2 A.h, lowest voltage 2.5 V, 10 h, or a condition with < or >";
    private const string ExperimentEnds = "80% capacity, 4 A.h capacity, 2.5 V or a time as 10 h";

    private readonly List<LoopEnd> others = [];
    private double? duration;

    /// <summary>Reads what ends a loop, or an experiment of PyBaMM, whose plain voltage is the lowest of a cycle; never throws.</summary>
    public static (LoopSentence? Ends, SentenceProblem? Problem) ParseLoopEnds(string text, bool ofExperiment = false)
    {
        if (TooLong(text) is { } problem) return (null, problem);
        SentenceParser parser = new(text);
        do
            parser.Skip("until");
        while (parser.OneLoopEnd(ofExperiment) && (parser.Skip("or") || parser.Skip(",")));
        if (parser.problem is null && parser.Now.Kind != TokenKind.End) parser.Unexpected("or");
        return parser.problem is null ? (new([.. parser.ends.Select(end => end.End)], parser.others, parser.duration), null) : (null, parser.problem);
    }

    private bool OneLoopEnd(bool ofExperiment)
    {
        SentenceToken start = Now;
        if (start.Kind == TokenKind.End) return No(start, "lacks its end", ofExperiment ? ExperimentEnds : LoopEnds);
        if (Skip("for") || Skip("after") || IsNumber(UnitKind.Time)) return LoopTime(start);
        if (Fades(out bool isFade) || isFade) return problem is null;
        if (IsLowest() || (ofExperiment && IsNumber(UnitKind.Voltage))) return Lowest();
        if (IsPercentage && !tokens[next + 2].Is("SOC") && !tokens[next + 2].Is("state"))
            return No(tokens[next + 2], "a percentage is one of capacity or SOC", ofExperiment ? "80 % capacity" : "80 % capacity, < 20 % SOC");
        if (start.Kind == TokenKind.Number && tokens[next + 1] is { Kind: TokenKind.Word } unit && !unit.Is("SOC") && !IsPercentage && SentenceUnits.Find(unit.Text) is null)
            return Quantity(ofExperiment ? ExperimentEnds : LoopEnds, out _, out _, UnitKind.Time, UnitKind.Charge, UnitKind.Voltage, UnitKind.Current, UnitKind.Celsius, UnitKind.Kelvin);
        if (ofExperiment && !IsNumber(UnitKind.Charge) && !(start.Is("capacity") && tokens[next + 1].Kind == TokenKind.Number))
            return start.Kind == TokenKind.Number ? WrongUnit(start) : No(start, $"{Shown(start)} does not end an experiment", ExperimentEnds);
        int before = ends.Count;
        if (!Condition()) return false;
        if (ends[before].End is { Quantity: not EndQuantity.Capacity, Crossing: Crossing.Either } end)
            return No(start, "does not say from which side", $"< {end} or > {end}{(end.Quantity == EndQuantity.Voltage ? $" behind a round, lowest voltage {end} within it" : "")}");
        return true;
    }

    private bool IsNumber(UnitKind kind) => Now.Kind == TokenKind.Number && SentenceUnits.Find(tokens[next + 1].Text)?.Kind == kind;

    private bool IsPercentage => Now.Kind == TokenKind.Number && (tokens[next + 1].Is("%") || tokens[next + 1].Is("percent"));

    private bool WrongUnit(SentenceToken number) =>
        Quantity(ExperimentEnds, out _, out _, UnitKind.Time, UnitKind.Percent, UnitKind.Charge, UnitKind.Voltage) && No(number, $"{Shown(number)} does not end an experiment", ExperimentEnds);

    private bool LoopTime(SentenceToken start)
    {
        if (duration is not null) return No(start, "a loop has one time", null);
        if (!Time(out double seconds)) return false;
        duration = seconds;
        return true;
    }

    private bool IsLowest() => tokens[next + 1].Is("voltage") && (Now.Is("lowest") || Now.Is("minimum") || Now.Is("min") || Now.Is("smallest"));

    private bool Lowest()
    {
        if (Now.Kind != TokenKind.Number)
        {
            next += 2;
            if (Linked(Crossing.Either) == Crossing.Rising) return No(tokens[next - 1], "a loop ends where the lowest voltage of a round has fallen", "lowest voltage < 2.5 V");
        }
        if (!Quantity("a voltage (V, mV)", out double volts, out _, UnitKind.Voltage) || !InRange(tokens[next - 2], volts, 0, LargestVoltage, above: true, unit: " V")) return false;
        others.Add(new LoopEnd.LowestVoltage(volts));
        return true;
    }

    /// <summary>"80 % capacity", "capacity below 80 %": of that of the first round. What is none of these is left as it is.</summary>
    /// <param name="isFade">Whether it is one, right or wrong.</param>
    private bool Fades(out bool isFade)
    {
        int start = next;
        Crossing side = Side();
        bool named = Skip("capacity");
        if (named) side = Linked(side);
        SentenceToken number = Now;
        isFade = IsPercentage;
        if (isFade)
        {
            next += 2;
            // "80 % of the first capacity", "capacity below 80 % of the first".
            if (Skip("of")) Skip("the");
            _ = Skip("first") || Skip("initial");
            isFade = named | Skip("capacity");
        }
        if (!isFade)
        {
            next = start;
            return false;
        }
        if (side == Crossing.Rising) return No(tokens[start], "a loop ends where the capacity of its rounds has fallen", "80 % capacity, capacity < 80 %");
        if (!InRange(number, number.Number, 0, 100, above: true, "> 0 and ≤ 100 %")) return false;
        others.Add(new LoopEnd.Fade(number.Number / 100));
        return true;
    }
}
