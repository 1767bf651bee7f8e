using Cell3D.Input.Json;
using Cell3D.Input.Keys;

namespace Cell3D.Input.Protocols;

/// <summary>
/// Reads step sentences as PyBaMM writes them, and what a cell modeller says beside: "Discharge at C/20 for 2 hours or until 2.7 V", "Hold at 4.2 V until
/// 50 mA (1 minute period, 25 oC)", "Run UDDS.csv (A)", "Hold lithium margin at 5 mV until 80 % SOC". One pass, so the time is bounded by the length.
/// </summary>
internal sealed partial class SentenceParser
{
    /// <summary>Characters of the longest sentence.</summary>
    public const int Longest = 200;

    private const string Verbs = "Rest, Charge, Discharge, Hold, Run", Clauses = "for, until, or, ( )";
    private const string Targets = "a current (A, mA), a C-rate (1C, 0.5C, C/20), a power (W, mW), a resistance (Ohm, mOhm) or a voltage (V, mV)";
    private const string Times = "a time: ms, s, min, h or days";
    private const string Conditions = "a voltage (V), current (A, C/50), power (W), temperature (oC, K), charge (A.h), SOC, lithium margin (mV), salt (mol.m-3) or stoichiometry";
    private const double LongestTime = 1e9, LargestCurrent = 1e6, LargestPower = 1e9, LargestVoltage = 10, LargestConcentration = 1e5, LargestCharge = 3.6e12, FastestRate = 15;
    private static readonly string[] AllVerbs = ["Rest", "Charge", "Discharge", "Hold", "Run"];
    private static readonly string[] Keywords = ["for", "until", "or", "at"];
    private static readonly string[] Words = ["SOC", "state", "lithium", "margin", "salt", "stoichiometry", "temperature", "highest", "mean", "lowest", "capacity"];
    private static readonly Dictionary<string, string> Synonyms = new(StringComparer.OrdinalIgnoreCase)
    {
        ["pause"] = "Rest",
        ["wait"] = "Rest",
        ["relax"] = "Rest",
        ["keep"] = "Hold",
        ["charging"] = "Charge",
        ["discharging"] = "Discharge",
        ["cycle"] = "Run",
        ["drive"] = "Run",
        ["till"] = "until",
        ["to"] = "until",
        ["during"] = "for",
    };

    private static readonly UnitKind[] OfConditions = [UnitKind.Celsius, UnitKind.Kelvin, UnitKind.Percent];

    private readonly string text;
    private readonly List<(SentenceEnd End, SentenceToken At)> ends = [];
    private List<SentenceToken> tokens;
    private int next;
    private SentenceProblem? problem;

    private SentenceParser(string text)
    {
        this.text = text;
        tokens = SentenceTokens.Of(text);
    }

    private SentenceToken Now => tokens[next];

    /// <summary>Reads one sentence; never throws.</summary>
    public static SentenceResult Parse(string text)
    {
        if (TooLong(text) is { } problem) return new(null, problem);
        SentenceParser parser = new(text);
        StepSentence? sentence = parser.Step();
        return parser.problem is null ? new(sentence, null) : new(null, parser.problem);
    }

    /// <summary>Reads conditions as they follow "until", joined by "or"; never throws.</summary>
    public static (IReadOnlyList<SentenceEnd> Ends, SentenceProblem? Problem) ParseConditions(string text)
    {
        if (TooLong(text) is { } problem) return ([], problem);
        SentenceParser parser = new(text);
        do
            parser.Skip("until");
        while (parser.Condition() && parser.Skip("or"));
        if (parser.problem is null && parser.Now.Kind != TokenKind.End) parser.Unexpected("or");
        return parser.problem is null ? ([.. parser.ends.Select(end => end.End)], null) : ([], parser.problem);
    }

    /// <summary>Reads a quantity of one kind, as "30 seconds" or "25 oC", in its unit; never throws.</summary>
    public static (double Value, SentenceProblem? Problem) ParseQuantity(string text, bool isTime)
    {
        if (TooLong(text) is { } problem) return (0, problem);
        SentenceParser parser = new(text);
        double value = 0;
        if ((isTime ? parser.Time(out value) : parser.Temperature(out value)) && parser.Now.Kind != TokenKind.End) parser.Unexpected("the end");
        return (value, parser.problem);
    }

    private static SentenceProblem? TooLong(string text) =>
        text.Length > Longest ? new(Longest + 1, 1, "is too long for a step", $"at most {Longest} characters") : null;

    private StepSentence? Step()
    {
        SentenceToken verb = Now;
        StepSentence? sentence = verb.Is("rest") ? Rest() : verb.Is("charge") ? Charge(1) : verb.Is("discharge") ? Charge(-1) : verb.Is("hold") ? Hold() : verb.Is("run") ? Run() : NoVerb();
        while (sentence is not null && problem is null && Now.Kind != TokenKind.End) sentence = Clause(sentence);
        if (sentence is null || problem is not null) return null;
        sentence = sentence with { Until = [.. ends.Select(end => end.End)] };
        CheckEnds(sentence);
        return sentence;
    }

    private StepSentence? NoVerb()
    {
        SentenceToken first = Now;
        if (first.Kind == TokenKind.End) return Fail(first, "is empty", Verbs);
        string? near = Synonyms.GetValueOrDefault(first.Text) ?? (first.Kind == TokenKind.Word ? Spelling.Nearest(first.Text, AllVerbs) : null);
        return Fail(first, $"{Shown(first)} is not what a step begins with{Meant(near)}", Verbs);
    }

    private StepSentence? Rest()
    {
        next++;
        return Now.Is("at") && !IsTemperature(next + 1) ? Fail(Now, "a rest has no current", "Rest for a time or until a condition") : new(DriveKind.Rest);
    }

    private bool IsTemperature(int index) =>
        tokens[index].Kind == TokenKind.Number && SentenceUnits.Find(tokens[index + 1].Text) is { Kind: UnitKind.Celsius or UnitKind.Kelvin };

    private StepSentence? Charge(int sign)
    {
        next++;
        if (Now.Kind == TokenKind.End || Now.Is("for") || Now.Is("until") || Now.Is("(")) return Fail(Now, "lacks its current", $"at {Targets}");
        if (!Skip("at")) return Unexpected("at");
        if (IsMargin()) return sign > 0 ? Margin() : Fail(Now, "a lithium margin is held by charging", "Charge, Hold");
        if (Rate(out double rate)) return problem is null ? new(DriveKind.Rate, sign * rate) : null;
        if (problem is not null || !Quantity(Targets, out double value, out UnitKind kind, UnitKind.Current, UnitKind.Rate, UnitKind.Power, UnitKind.Resistance, UnitKind.Voltage)) return null;
        SentenceToken number = tokens[next - 2];
        double largest = kind switch { UnitKind.Voltage => LargestVoltage, UnitKind.Current or UnitKind.Rate => LargestCurrent, _ => LargestPower };
        if (!(value > 0 && value <= largest)) return Fail(number, $"{Shown(number)} is outside the allowed range; Charge and Discharge say the sign", $"> 0 and ≤ {StepSentence.Number(largest)} {tokens[next - 1].Text.TrimStart('m')}");
        if (kind == UnitKind.Resistance && sign > 0) return Fail(tokens[next - 1], "a resistor only discharges", "Discharge");
        return kind switch
        {
            UnitKind.Current => new(DriveKind.Current, sign * value),
            UnitKind.Rate => new(DriveKind.Rate, sign * value),
            UnitKind.Power => new(DriveKind.Power, sign * value),
            UnitKind.Resistance => new(DriveKind.Resistance, value),
            _ => new(DriveKind.Voltage, value),
        };
    }

    private StepSentence? Hold()
    {
        next++;
        const string allowed = "at a voltage (V, mV); lithium margin at 5 mV";
        if (IsMargin()) return Margin();
        if (Now.Kind == TokenKind.End) return Fail(Now, "lacks what is held", allowed);
        if (!Skip("at")) return Unexpected("at, lithium margin");
        if (IsMargin()) return Margin();
        if (!Quantity("a voltage (V, mV) or lithium margin", out double value, out _, UnitKind.Voltage)) return null;
        return InRange(tokens[next - 2], value, 0, LargestVoltage, above: true, unit: " V") ? new(DriveKind.Voltage, value) : null;
    }

    private bool IsMargin() => Now.Is("lithium") || Now.Is("margin") || (Now.Is("the") && (tokens[next + 1].Is("lithium") || tokens[next + 1].Is("margin")));

    private StepSentence? Margin()
    {
        MarginWords();
        _ = Skip("at") || Skip("of");
        return MarginValue(out double volts) ? new(DriveKind.LithiumMargin, volts) : null;
    }

    /// <summary>"the lithium margin", "margin", "margin against lithium".</summary>
    private void MarginWords()
    {
        Skip("the");
        if (Skip("lithium")) Skip("margin");
        else if (Skip("margin") && Skip("against")) Skip("lithium");
    }

    private bool MarginValue(out double volts) =>
        Quantity("a potential (mV, V)", out volts, out _, UnitKind.Voltage) && InRange(tokens[next - 2], volts, -LargestVoltage, LargestVoltage, above: false, unit: " V");

    /// <summary>A name behind the present word, up to a blank or a bracket or in quotes; what follows is divided anew.</summary>
    private bool Name(string what, string allowed, out string name)
    {
        name = "";
        int start = tokens[next].Stop;
        while (start < text.Length && char.IsWhiteSpace(text[start])) start++;
        if (start >= text.Length) return No(tokens[^1], $"lacks its {what}", allowed);
        int stop = start;
        if (text[start] is '"' or '\'')
        {
            stop = text.IndexOf(text[start], start + 1);
            if (stop < 0) return No(new(TokenKind.Sign, start, text[start..]), "the quote is not closed", null);
            name = text[(start + 1)..stop++];
        }
        else
        {
            while (stop < text.Length && !char.IsWhiteSpace(text[stop]) && text[stop] != '(') stop++;
            name = text[start..stop];
            int quote = name.AsSpan().IndexOfAny('"', '\'');
            if (quote >= 0) return No(new(TokenKind.Sign, start + quote, name[quote..(quote + 1)]), "a quote stands before the name, or not at all", null);
        }
        if (string.IsNullOrWhiteSpace(name)) return No(new(TokenKind.Sign, start, text[start..Math.Max(stop, start + 1)]), $"lacks its {what}", allowed);
        tokens = SentenceTokens.Of(text, stop);
        next = 0;
        return true;
    }

    /// <summary>"Run NAME (A)"; a name with blanks or brackets stands in quotes.</summary>
    private StepSentence? Run()
    {
        const string allowed = "the name of a CSV file beside the case, or of an entry of Drive cycles; in quotes where it holds blanks or brackets";
        if (!Name("samples", allowed, out string name)) return null;
        StepSentence sentence = new(DriveKind.Cycle) { Cycle = name };
        if (!Now.Is("(") || tokens[next + 1].Kind != TokenKind.Word) return sentence;
        SentenceToken unit = tokens[next + 1], behind = tokens[next + 2];
        if (behind.Kind == TokenKind.End) return Fail(behind, "the bracket is not closed", ")");
        if (!behind.Is(")") && !behind.Is(",")) return sentence;
        if (unit.Text is not ("A" or "W")) return Fail(unit, $"{Shown(unit)} is not what samples may be", "A for currents, W for powers");
        bool more = behind.Is(",");
        next += 3;
        sentence = sentence with { IsPower = unit.Text == "W" };
        return more ? Brackets(sentence) : sentence;
    }

    private StepSentence? Clause(StepSentence sentence)
    {
        if (Skip("(")) return Brackets(sentence);
        if (Now.Is("at") && IsTemperature(next + 1))
        {
            next++;
            if (sentence.Ambient is not null) return Fail(Now, "a step has one temperature", null);
            return Temperature(out double kelvin) ? sentence with { Ambient = kelvin } : null;
        }
        SentenceToken start = Now;
        bool joined = (Skip(",") | Skip("or")) || Skip("and");
        if (Now.Is("for") || Now.Is("after"))
        {
            SentenceToken keyword = Now;
            next++;
            if (sentence.Duration is not null) return Fail(keyword, "a step has one duration", null);
            return Time(out double seconds) ? sentence with { Duration = seconds } : null;
        }
        if (Skip("until") || Skip("reaching"))
            return Condition() ? sentence : null;
        // "until 4.2 V or C/50": what follows "or" is a condition too.
        if (joined && ends.Count > 0 && Now.Kind != TokenKind.End) return Condition() ? sentence : null;
        return joined ? Fail(Now, Now.Kind == TokenKind.End ? $"nothing follows {Shown(start)}" : $"{Shown(Now)} is not expected here{NearClause(Now)}", "for, until") : Unexpected(Clauses);
    }

    /// <summary>"5 minute period", "25 oC", in any order, up to the closing bracket.</summary>
    private StepSentence? Brackets(StepSentence sentence)
    {
        const string allowed = "a period, as 1 minute period, or a temperature, as 25 oC";
        do
        {
            SentenceToken first = Now;
            bool named = Skip("period"), isTemperature = Skip("at") | Skip("temperature");
            if (named) Skip("of");
            if (Now.Kind != TokenKind.Number) return Fail(Now, Now.Kind == TokenKind.End ? "the bracket is not closed" : $"{Shown(Now)} is not expected in brackets", allowed);
            if (!isTemperature && !named && !IsTemperature(next) && SentenceUnits.Find(tokens[next + 1].Text)?.Kind != UnitKind.Time)
            {
                SentenceToken unit = tokens[next + 1];
                return Fail(unit.Kind == TokenKind.End ? first : unit, $"{(unit.Kind == TokenKind.End ? "the bracket is not closed" : $"{Shown(unit)} is neither a unit of time nor of temperature{Meant(SentenceUnits.Near(unit.Text, UnitKind.Time, UnitKind.Celsius, UnitKind.Kelvin))}")}", allowed);
            }
            if (isTemperature || IsTemperature(next))
            {
                if (sentence.Ambient is not null) return Fail(first, "a step has one temperature", null);
                if (!Temperature(out double kelvin)) return null;
                sentence = sentence with { Ambient = kelvin };
            }
            else
            {
                if (sentence.Period is not null) return Fail(first, "a step has one period", null);
                if (!Time(out double seconds)) return null;
                if (!named && !Skip("period")) return Fail(Now, $"{Shown(Now)} stands where \"period\" is expected", "period");
                sentence = sentence with { Period = seconds };
            }
        }
        while (Skip(","));
        return Skip(")") ? sentence : Fail(Now, Now.Kind == TokenKind.End ? "the bracket is not closed" : $"{Shown(Now)} is not expected in brackets", "comma, )");
    }

    /// <summary>What follows "until".</summary>
    private bool Condition()
    {
        SentenceToken start = Now;
        Crossing crossing = Side();
        if (Rate(out double rate)) return problem is null && Add(start, new(EndQuantity.Current, rate, true, crossing));
        if (problem is not null) return false;
        return Now.Kind == TokenKind.Number ? Plain(start, crossing) : Named(start, crossing);
    }

    private Crossing Side() => Skip("<") || Skip("below") ? Crossing.Falling : Skip(">") || Skip("above") ? Crossing.Rising : Crossing.Either;

    /// <summary>A number whose unit says the quantity.</summary>
    private bool Plain(SentenceToken start, Crossing crossing)
    {
        SentenceToken number = Now;
        if (tokens[next + 1].Is("SOC")) return Charged(start, crossing, named: false);
        if (SentenceUnits.Find(tokens[next + 1].Text) is { Kind: UnitKind.Time }) return No(number, "a time stands behind \"for\", not \"until\"", Conditions);
        if (SentenceUnits.Find(tokens[next + 1].Text) is { Kind: UnitKind.Celsius or UnitKind.Kelvin })
            return Temperature(out double kelvin) && Add(start, new(EndQuantity.MaximumTemperature, kelvin, false, crossing));
        if (SentenceUnits.Find(tokens[next + 1].Text) is { Kind: UnitKind.Percent }) return Charged(start, crossing, named: false);
        if (!Quantity(Conditions, out double value, out UnitKind kind, UnitKind.Voltage, UnitKind.Current, UnitKind.Rate, UnitKind.Power, UnitKind.Charge, UnitKind.Concentration)) return false;
        return kind switch
        {
            UnitKind.Voltage => InRange(number, value, 0, LargestVoltage, above: true, unit: " V") && Add(start, new(EndQuantity.Voltage, value, false, crossing)),
            UnitKind.Current => InRange(number, value, 0, LargestCurrent, above: true, unit: " A") && Add(start, new(EndQuantity.Current, value, false, crossing)),
            UnitKind.Rate => InRange(number, value, 0, LargestCurrent, above: true, unit: " C") && Add(start, new(EndQuantity.Current, value, true, crossing)),
            UnitKind.Power => InRange(number, value, 0, LargestPower, above: true, unit: " W") && Add(start, new(EndQuantity.Power, value, false, crossing)),
            UnitKind.Concentration => InRange(number, value, 0, LargestConcentration, above: false, unit: " mol.m-3") && Add(start, new(EndQuantity.MinimumSalt, value, false, crossing)),
            _ => Passed(start, number, value, crossing),
        };
    }

    private bool Passed(SentenceToken start, SentenceToken number, double value, Crossing crossing)
    {
        Skip("capacity");
        return InRange(number, value, 0, LargestCharge, above: true, $"> 0 and ≤ {StepSentence.Number(LargestCharge / 3600)} A.h") && Add(start, new(EndQuantity.Capacity, value, false, crossing));
    }

    /// <summary>A quantity with a name of its own.</summary>
    private bool Named(SentenceToken start, Crossing crossing)
    {
        SentenceToken name = Now;
        if (name.Is("SOC") || name.Is("state"))
        {
            next++;
            if (name.Is("state") && !(Skip("of") && Skip("charge"))) return No(Now, $"{Shown(Now)} is not expected here", "state of charge");
            return Charged(start, Linked(crossing), named: true);
        }
        if (name.Is("lithium") || name.Is("margin") || name.Is("the"))
        {
            if (!IsMargin()) return No(name, $"{Shown(name)} is not a condition", Conditions);
            MarginWords();
            crossing = Linked(crossing);
            return MarginValue(out double volts) && Add(start, new(EndQuantity.LithiumMargin, volts, false, crossing));
        }
        if (Skip("salt"))
        {
            Skip("concentration");
            crossing = Linked(crossing);
            SentenceToken number = Now;
            return Quantity("a concentration (mol.m-3)", out double value, out _, UnitKind.Concentration)
                && InRange(number, value, 0, LargestConcentration, above: false, unit: " mol.m-3") && Add(start, new(EndQuantity.MinimumSalt, value, false, crossing));
        }
        if (Skip("stoichiometry")) return Stoichiometry(start, Linked(crossing));
        if (Skip("capacity"))
        {
            crossing = Linked(crossing);
            SentenceToken number = Now;
            return Quantity("a charge (A.h, mA.h)", out double value, out _, UnitKind.Charge) && Passed(start, number, value, crossing);
        }
        if (TemperatureOf() is EndQuantity quantity)
        {
            if (!Skip("temperature")) return No(Now, $"{Shown(Now)} is not expected here", "temperature");
            string probe = "";
            if (name.Is("temperature") && Now.Is("at"))
            {
                if (!Name("probe", "the name of an entry of Probes.Points, in quotes where it holds blanks or brackets", out probe)) return false;
                quantity = EndQuantity.ProbeTemperature;
            }
            crossing = Linked(crossing);
            return Temperature(out double kelvin) && Add(start, new(quantity, kelvin, false, crossing) { Probe = probe });
        }
        if (name.Kind == TokenKind.End) return No(name, "lacks its condition", Conditions);
        string? near = name.Kind == TokenKind.Word ? Spelling.Nearest(name.Text, Words) : null;
        return No(name, $"{Shown(name)} is not a condition{Meant(near)}", Conditions);
    }

    /// <summary>"of", "=", "is" or a side between a name and its value.</summary>
    private Crossing Linked(Crossing crossing)
    {
        _ = Skip("of") || Skip("=") || Skip("is");
        return Side() is var side && side != Crossing.Either ? side : crossing;
    }

    private EndQuantity? TemperatureOf()
    {
        if (Now.Is("temperature")) return EndQuantity.MaximumTemperature;
        if (Skip("highest") || Skip("maximum") || Skip("max")) return EndQuantity.MaximumTemperature;
        if (Skip("lowest") || Skip("minimum") || Skip("min")) return EndQuantity.MinimumTemperature;
        return Skip("mean") || Skip("average") ? EndQuantity.MeanTemperature : null;
    }

    /// <summary>A state of charge as a fraction or in percent; "SOC" follows unless it has been said.</summary>
    private bool Charged(SentenceToken start, Crossing crossing, bool named)
    {
        SentenceToken number = Now;
        if (number.Kind != TokenKind.Number) return No(number, number.Kind == TokenKind.End ? "lacks its state of charge" : $"{Shown(number)} is not a state of charge", "0 to 1, or 0 to 100 %");
        next++;
        bool percent = Skip("%") || Skip("percent");
        if (!named && !Skip("SOC") && !(Skip("state") && Skip("of") && Skip("charge"))) return No(Now, "a percentage is one of SOC", "80 % SOC");
        if (!percent && Now.Kind == TokenKind.Word && SentenceUnits.Find(Now.Text) is not null) return No(Now, $"{Shown(Now)} is not a unit of a state of charge", "%, or none");
        double value = percent ? number.Number / 100 : number.Number;
        return InRange(number, value, 0, 1, above: false, percent ? "0 to 100 %" : "0 to 1, or 0 to 100 %") && Add(start, new(EndQuantity.StateOfCharge, value, false, crossing));
    }

    private bool Stoichiometry(SentenceToken start, Crossing crossing)
    {
        SentenceToken number = Now;
        if (number.Kind != TokenKind.Number) return No(number, number.Kind == TokenKind.End ? "lacks its value" : $"{Shown(number)} is not a stoichiometry", "0 to 1");
        next++;
        if (!InRange(number, number.Number, 0, 1, above: false)) return false;
        if (!Skip("in")) return No(Now, "lacks its electrode", "in the negative electrode, in the positive electrode");
        Skip("the");
        SentenceToken side = Now;
        if (!side.Is("negative") && !side.Is("positive"))
            return No(side, side.Kind == TokenKind.End ? "lacks its electrode" : $"{Shown(side)} is not an electrode{Meant(Spelling.Nearest(side.Text, ["negative", "positive"]))}", "negative, positive");
        next++;
        Skip("electrode");
        return Add(start, new(side.Is("negative") ? EndQuantity.NegativeStoichiometry : EndQuantity.PositiveStoichiometry, number.Number, false, crossing));
    }

    /// <summary>"C/20"; false where something else stands there.</summary>
    private bool Rate(out double rate)
    {
        rate = 0;
        if (!Now.Is("C") || !tokens[next + 1].Is("/"))
        {
            if (Now.Is("C")) Fail(Now, "a C-rate is a number before C, or C over a number", "1C, 0.5C, C/20");
            return false;
        }
        SentenceToken hours = tokens[next + 2];
        next += 2;
        if (hours.Kind != TokenKind.Number)
        {
            Fail(hours, hours.Kind == TokenKind.End ? "lacks the number below C" : $"{Shown(hours)} is not a number", "C/20");
            return true;
        }
        next++;
        rate = 1 / hours.Number;
        InRange(hours, rate, 0, LargestCurrent, above: true, "> 0");
        return true;
    }

    private bool Time(out double seconds)
    {
        if (!Quantity(Times, out seconds, out _, UnitKind.Time)) return false;
        SentenceToken number = tokens[next - 2];
        // "1 h 30 min".
        while (Now.Kind == TokenKind.Number && SentenceUnits.Find(tokens[next + 1].Text)?.Kind == UnitKind.Time && Quantity(Times, out double more, out _, UnitKind.Time))
        {
            if (!InRange(tokens[next - 2], more, 0, LongestTime, above: false, $"≥ 0 and ≤ {StepSentence.Number(LongestTime)} s")) return false;
            seconds += more;
        }
        return InRange(number, seconds, 0, LongestTime, above: true, $"> 0 and ≤ {StepSentence.Number(LongestTime)} s");
    }

    private bool Temperature(out double kelvin)
    {
        const double lowest = 200, highest = 500, zero = 273.15;
        if (!Quantity("a temperature (oC, K)", out kelvin, out UnitKind kind, UnitKind.Celsius, UnitKind.Kelvin)) return false;
        if (kind == UnitKind.Celsius) kelvin += zero;
        return InRange(tokens[next - 2], kelvin, lowest, highest, above: false, "200 to 500 K, -73.15 to 226.85 oC");
    }

    /// <summary>A number with a unit of one of some kinds.</summary>
    private bool Quantity(string allowed, out double value, out UnitKind kind, params ReadOnlySpan<UnitKind> kinds)
    {
        (value, kind) = (0, default);
        SentenceToken number = Now, unit = next + 1 < tokens.Count ? tokens[next + 1] : Now;
        if (number.Kind != TokenKind.Number)
            return No(number, number.Kind == TokenKind.End ? "ends where a number is expected" : $"{Shown(number)} stands where a number is expected", allowed);
        if (unit.Is(",") && unit.Start == number.Stop && tokens[next + 2].Kind == TokenKind.Number)
            return No(unit, "the decimal sign is a point", null);
        if (unit.Kind != TokenKind.Word)
            return No(unit, unit.Kind == TokenKind.End || unit.Is(")") ? $"{Shown(number)} lacks its unit" : $"{Shown(unit)} stands where a unit is expected", allowed);
        if (SentenceUnits.Find(unit.Text) is not var (found, factor))
            return No(unit, $"{Shown(unit)} is not a unit{Meant(SentenceUnits.Near(unit.Text, [.. kinds, .. ReferenceEquals(allowed, Conditions) ? OfConditions : []]))}", allowed);
        if (!kinds.Contains(found)) return No(unit, $"{Shown(unit)} is a unit of something else", allowed);
        next += 2;
        kind = found;
        // Milli by division: 5 mV is the double nearest to 0.005.
        value = factor < 1 ? number.Number / Math.Round(1 / factor) : number.Number * factor;
        return true;
    }

    private bool InRange(SentenceToken at, double value, double lowest, double highest, bool above, string? allowed = null, string unit = "")
    {
        if (new Interval(lowest, highest, above).Contains(value)) return true;
        Fail(at, $"{Shown(at)} is outside the allowed range", allowed ?? new Interval(lowest, highest, above) + unit);
        return false;
    }

    private bool Add(SentenceToken start, SentenceEnd end)
    {
        ends.Add((end, start));
        return true;
    }

    /// <summary>A step needs an end, and one that can come.</summary>
    private void CheckEnds(StepSentence sentence)
    {
        foreach ((SentenceEnd end, SentenceToken at) in ends)
        {
            string? never = (sentence.Kind, end.Quantity) switch
            {
                (DriveKind.Rest, EndQuantity.Current or EndQuantity.Power or EndQuantity.Capacity or EndQuantity.StateOfCharge) => "a rest has no current",
                (DriveKind.Current or DriveKind.Rate, EndQuantity.Current) => "the current of this step does not change",
                (DriveKind.Power, EndQuantity.Power) => "the power of this step does not change",
                (DriveKind.Voltage, EndQuantity.Voltage) => "the voltage of this step does not change",
                (DriveKind.LithiumMargin, EndQuantity.LithiumMargin) => "the lithium margin of this step does not change",
                _ => null,
            };
            if (never is null) continue;
            Fail(at, $"{never}, so this never ends it{(end.IsRate && end.Value > FastestRate ? "; degrees are oC" : "")}", null);
            return;
        }
        if (sentence.Duration is not null || ends.Count > 0) return;
        if (sentence.Kind == DriveKind.Rest) Fail(Now, "lacks its duration", $"for {Times}, until a condition");
        if (sentence.Kind == DriveKind.Voltage) Fail(Now, "lacks its end", $"for {Times}, until C/50 or another condition");
    }

    private bool Skip(string word)
    {
        if (!Now.Is(word)) return false;
        next++;
        return true;
    }

    private StepSentence? Unexpected(string allowed) => Fail(Now, Now.Kind == TokenKind.End ? "ends too early" : $"{Shown(Now)} is not expected here{NearClause(Now)}", allowed);

    private static string NearClause(SentenceToken token)
    {
        if (token.Is("then")) return ": a semicolon divides steps";
        if (token.Kind != TokenKind.Word || token.Text.Length < 2 || Keywords.Contains(token.Text, StringComparer.OrdinalIgnoreCase)) return "";
        return Meant(Synonyms.GetValueOrDefault(token.Text) ?? Spelling.Nearest(token.Text, Keywords));
    }

    private static string Shown(SentenceToken token) => token.Kind == TokenKind.End ? "the end" : $"\"{SourceNode.Printable(token.Text, 30)}\"";

    private static string Meant(string? near) => near is null ? "" : $", did you mean \"{near}\"?";

    private bool No(SentenceToken at, string what, string? allowed) => Fail(at, what, allowed) is not null;

    /// <summary>Keeps the first problem.</summary>
    private StepSentence? Fail(SentenceToken at, string what, string? allowed)
    {
        problem ??= new(at.Start + 1, Math.Max(1, at.Text.Length), what, allowed);
        return null;
    }
}
