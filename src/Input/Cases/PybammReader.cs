using System.Globalization;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Reads what PyBaMM's Experiment.to_config() writes: experiments of cycles of steps. Its currents and powers are positive when discharging.</summary>
/// <param name="report">Collects the problems.</param>
/// <param name="cycles">Counts samples.</param>
/// <param name="probes">Receives the probes that conditions name.</param>
/// <param name="scale">From the cell that the case speaks of to the simulated part.</param>
/// <param name="made">Makes a step of the simulated part; null where it has an error.</param>
internal sealed class PybammReader(InputReport report, DriveCycles cycles, AskedProbes probes, ProtocolScale scale, Func<StepSentence, string, DriveCycle?, SourceNode, string, ProtocolStep?> made)
{
    private const double LargestValue = 1e6, Latest = 1e9;
    private const int MostEnds = 20;
    private static readonly TextKey Type = new("type", "Kind of step.") { Required = true };
    private static readonly FreeKey Value = new("value", "Number or samples."), Duration = new("duration", "Time."), Terminations = new("terminations", "What ends it."), Termination = new("termination", "The same."),
        Period = new("period", "Time."), Temperature = new("temperature", "Of the surroundings."), Tags = new("tags", "Not used."), StartTime = new(PybammStarts.Key, "Date and time.");
    private static readonly TextKey Description = new("description", "As it is called.");
    private static readonly ChoiceKey<Crossing> Direction = new("direction", "Side from which a voltage is met.", [("charge", Crossing.Rising), ("discharge", Crossing.Falling), ("rest", Crossing.Either)]) { Default = Crossing.Either };
    private static readonly FlagKey SkipOk = new("skip_ok", "Whether it is left out where its end is met from the start.", true);
    private static readonly Section StepSection = new(Type, Value, Duration, Terminations, Termination, Period, Temperature, Tags, StartTime, Description, Direction, SkipOk);
    private static readonly FreeKey Cycles = new("cycles", "Lists of steps."), Steps = new("steps", "Steps.");
    private static readonly Section ExperimentSection = new(Cycles, Steps, Period, Temperature, Termination);
    private static readonly Dictionary<string, DriveKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["current"] = DriveKind.Current,
        ["c-rate"] = DriveKind.Rate,
        ["crate"] = DriveKind.Rate,
        ["power"] = DriveKind.Power,
        ["resistance"] = DriveKind.Resistance,
        ["voltage"] = DriveKind.Voltage,
        ["rest"] = DriveKind.Rest,
    };

    private double? period, temperature;

    /// <summary>A whole experiment; null where it holds no step that can be read.</summary>
    public StepNode? Experiment(SourceNode node, string path)
    {
        SectionReader section = new(ExperimentSection, WithoutNulls(node), path, report);
        (period, temperature) = (Time(section, Period), Kelvin(section));
        (List<LoopEnd> ends, double? duration) = EndsOfExperiment(section);
        Key key = section.Has(Cycles) ? Cycles : Steps;
        if (section.Has(Cycles) && section.Has(Steps)) section.Error(Steps, $"{Cycles.Name} is given as well", "one of cycles, steps");
        if (section.NodeOf(key) is not { Kind: SourceKind.Array, Items.Count: > 0 } list)
        {
            section.Error(key, "has the wrong type", "a list of cycles, each a list of steps");
            return null;
        }
        List<(SourceNode Node, string Path, int Cycle)> written = Written(list, section.PathOf(key));
        PybammStarts starts = PybammStarts.Read([.. written.Select(step => (step.Node, step.Path))], report);
        List<List<StepNode>> rounds = [];
        int last = -1;
        for (int i = 0; i < written.Count; i++)
        {
            (SourceNode item, string place, int cycle) = written[i];
            if (Step(item, place, starts.Latest(i), duration) is not { } step) continue;
            if (cycle != last) rounds.Add([]);
            last = cycle;
            rounds[^1].Add(new StepNode.Single(step));
            if (starts.StartBehind(i) is { } start) rounds[^1].Add(new StepNode.Single(Padding(step, start.Time, start.Written)));
        }
        return rounds.Count > 0 ? new StepNode.Loop(rounds, 1) { Ends = ends, Duration = duration, IsExperiment = true } : null;
    }

    /// <summary>A step that stands alone; null where it has an error.</summary>
    public ProtocolStep? Step(SourceNode node, string path)
    {
        if (node.Member(PybammStarts.Key) is { Kind: not SourceKind.Null } start)
            report.Error($"{path}.{PybammStarts.Key}", start, "only steps of an experiment have start times", "the step within {\"cycles\": [[...]]}");
        return Step(node, path, null, null);
    }

    /// <summary>The steps of an experiment in order, with the number of their cycle; a step outside of a list is a cycle.</summary>
    private List<(SourceNode Node, string Path, int Cycle)> Written(SourceNode list, string path)
    {
        List<(SourceNode Node, string Path, int Cycle)> written = [];
        for (int i = 0; i < list.Items.Count; i++)
        {
            string place = FormattableString.Invariant($"{path}[{i}]");
            if (list.Items[i].Kind != SourceKind.Array) Add(list.Items[i], place, i);
            else if (list.Items[i].Items.Count == 0) report.Error(place, list.Items[i], "holds no step", "at least one");
            else for (int j = 0; j < list.Items[i].Items.Count; j++) Add(list.Items[i].Items[j], FormattableString.Invariant($"{place}[{j}]"), i);
        }
        return written;

        void Add(SourceNode node, string place, int cycle)
        {
            if (node.Kind == SourceKind.Object) written.Add((node, place, cycle));
            else report.Error(place, node, "has the wrong type", "a step, as {\"type\": \"current\", \"value\": 1, \"duration\": 3600}");
        }
    }

    /// <summary>A rest until the step behind starts, in the surroundings of the step before it, as PyBaMM has it.</summary>
    private static ProtocolStep Padding(ProtocolStep before, double start, string written) =>
        new($"Rest until {written}", Drive.Rest) { Latest = start, IsPadding = true, Number = before.Number, Period = before.Period, Ambient = before.Ambient };

    /// <summary>What ends an experiment: texts as "80% capacity", "4 Ah capacity", "2.5 V", "10 h".</summary>
    private (List<LoopEnd> Ends, double? Duration) EndsOfExperiment(SectionReader section)
    {
        List<LoopEnd> ends = [];
        double? duration = null;
        if (section.NodeOf(Termination) is not { } node) return (ends, duration);
        IReadOnlyList<SourceNode> items = node.Kind == SourceKind.Array ? node.Items : [node];
        if (items.Count > MostEnds) section.Error(Termination, "holds too many ends", FormattableString.Invariant($"at most {MostEnds}"));
        for (int i = 0; i < Math.Min(items.Count, MostEnds); i++)
        {
            string path = node.Kind == SourceKind.Array ? FormattableString.Invariant($"{section.PathOf(Termination)}[{i}]") : section.PathOf(Termination);
            if (items[i].Kind != SourceKind.Text)
            {
                report.Error(path, items[i], "has the wrong type", "a text as \"80% capacity\", \"4 Ah capacity\", \"2.5 V\" or \"10 h\", or a list of these");
                continue;
            }
            (LoopSentence? read, SentenceProblem? problem) = SentenceParser.ParseLoopEnds(items[i].Text, ofExperiment: true);
            if (problem is not null) report.Error(path, items[i], items[i].Text, problem);
            if (read is null) continue;
            if (read.Conditions.Count > 0 || read.Others.Any(end => end is LoopEnd.Fade))
                report.Note(path, items[i], "the capacity of a cycle is what it takes out of the cell; PyBaMM takes what the cell could hold between its cut-offs at rest");
            probes.Add(read.Conditions, items[i], path);
            ends.AddRange(scale.Of(read));
            duration = StepsReader.Shorter(duration, read.Duration);
        }
        return (ends, duration);
    }

    /// <summary>A step; null where it has an error.</summary>
    /// <param name="node">As written.</param>
    /// <param name="path">Its path.</param>
    /// <param name="latest">When it ends at the latest, since the start of its experiment [s]; null where no start time says so.</param>
    /// <param name="longest">How long its experiment lasts at most [s]; null without a limit.</param>
    private ProtocolStep? Step(SourceNode node, string path, double? latest, double? longest)
    {
        SectionReader section = new(StepSection, WithoutNulls(node), path, report);
        string type = section.Get(Type, "");
        if (!Kinds.TryGetValue(type, out DriveKind kind))
        {
            if (section.NodeOf(Type) is { Kind: SourceKind.Text }) section.Error(Type, $"is not a step{(Spelling.Nearest(type, Kinds.Keys) is { } near ? $", did you mean \"{near}\"?" : "")}", "current, c-rate, power, resistance, voltage, rest");
            return null;
        }
        StepSentence sentence = new(kind) { Duration = Time(section, Duration), Period = Time(section, Period) ?? period, Ambient = Kelvin(section) ?? temperature };
        Crossing direction = section.Get(Direction);
        DriveCycle? samples = null;
        if (kind != DriveKind.Rest)
        {
            switch (section.NodeOf(Value))
            {
                case { } written when NumberOf(written) is { } value:
                    if (Single(section, sentence, value) is not { } single) return null;
                    sentence = single;
                    break;
                case { Kind: SourceKind.Array } list:
                    samples = Samples(section, list, ref sentence);
                    if (samples is null) return null;
                    break;
                case { Kind: SourceKind.Text }:
                    section.Error(Value, "is an input parameter, which has no value here", "a number or samples [[t, value], ...]");
                    return null;
                default:
                    section.Error(Value, "has the wrong type", "a number or samples [[t, value], ...]");
                    return null;
            }
        }
        if (Ends(section, direction) is not { } ends) return null;
        sentence = sentence with { Until = ends };
        string text = section.Get(Description, samples is null ? sentence.ToString() : FormattableString.Invariant($"Run {samples.Times.Length} samples"));
        if (text.Length > SentenceParser.Longest) section.Error(Description, "is too long", FormattableString.Invariant($"at most {SentenceParser.Longest} characters"));
        // What a sentence of the same meaning is refused for; a time that ends it from outside is as good as a duration.
        string meaning = (sentence with { Duration = sentence.Duration ?? latest ?? longest }).ToString();
        if (samples is null && SentenceParser.Parse(meaning).Problem is { } problem)
        {
            report.Error(path, node, meaning, problem);
            return null;
        }
        bool skips = section.Get(SkipOk);
        return made(sentence, text.Trim(), samples, node, path) is { } step ? step with { Latest = latest, SkipsIfMet = skips } : null;
    }

    /// <summary>A member that is null is as good as absent.</summary>
    private static SourceNode WithoutNulls(SourceNode node) =>
        new() { Kind = node.Kind, Line = node.Line, Members = [.. node.Members.Where(member => member.Value.Kind != SourceKind.Null)] };

    /// <summary>A number, or a text that is one, as PyBaMM reads it; null for anything else.</summary>
    private static double? NumberOf(SourceNode? node) => node switch
    {
        { Kind: SourceKind.Number } => node.Number,
        { Kind: SourceKind.Text } when double.TryParse(node.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) => value,
        _ => null,
    };

    private static StepSentence? Single(SectionReader section, StepSentence sentence, double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > LargestValue)
        {
            section.Error(Value, "outside the allowed range", "-1e6 to 1e6");
            return null;
        }
        switch (sentence.Kind)
        {
            case DriveKind.Voltage:
                return sentence with { Value = Math.Abs(value) };
            case DriveKind.Resistance when value > 0:
                return sentence with { Value = value };
            case DriveKind.Resistance:
                section.Error(Value, "a resistor only discharges", "> 0");
                return null;
            default:
                return value == 0 ? sentence with { Kind = DriveKind.Rest } : sentence with { Value = -value };
        }
    }

    /// <summary>[[t, value], …]; a longer duration repeats them as PyBaMM does, the first sample following the last after the first interval.</summary>
    private DriveCycle? Samples(SectionReader section, SourceNode list, ref StepSentence sentence)
    {
        if (sentence.Kind is not (DriveKind.Current or DriveKind.Rate or DriveKind.Power))
        {
            section.Error(Value, "only currents, C-rates and powers can follow samples", "type \"current\", \"c-rate\" or \"power\"");
            return null;
        }
        const string allowed = "[t, value], times from 0 on and rising";
        string path = section.PathOf(Value);
        List<double> times = [], values = [];
        bool right = cycles.Count(list.Items.Count, list, path);
        for (int i = 0; i < list.Items.Count && right; i++)
        {
            if (list.Items[i] is { Kind: SourceKind.Array, Items: [{ Kind: SourceKind.Number, Number: >= 0 and <= Latest and var time }, { Kind: SourceKind.Number, Number: >= -LargestValue and <= LargestValue and var value }] }
                && (times.Count == 0 ? time == 0 : time > times[^1]))
            {
                times.Add(time);
                values.Add(-value);
                continue;
            }
            report.Error(FormattableString.Invariant($"{path}[{i}]"), list.Items[i], "is not a sample", allowed);
            right = false;
        }
        if (right && times.Count < 2)
        {
            report.Error(path, list, "holds too few samples", "at least 2");
            right = false;
        }
        if (!right) return null;
        bool isPower = sentence.Kind == DriveKind.Power;
        // A C-rate is one of the cell, and samples are those of what the case speaks of.
        if (sentence.Kind == DriveKind.Rate) values = [.. values.Select(rate => rate * scale.OneC / scale.Share)];
        sentence = sentence with { Kind = DriveKind.Cycle, IsPower = isPower };
        if (!(sentence.Duration > times[^1])) return new([.. times], [.. values], isPower, false);
        times.Add(times[^1] + times[1]);
        values.Add(values[0]);
        double repeats = Math.Ceiling(sentence.Duration.Value / times[^1]);
        return new([.. times], [.. values], isPower, false, (int)Math.Min(repeats, int.MaxValue));
    }

    private double? Time(SectionReader section, Key key) => Measure(section, key, isTime: true, new(0, Latest, AboveMinimum: true));

    private double? Kelvin(SectionReader section) => Measure(section, Temperature, isTime: false, CoolingKeys.Kelvin);

    /// <summary>A number in SI units, or a text with a unit.</summary>
    private double? Measure(SectionReader section, Key key, bool isTime, Interval range)
    {
        if (section.NodeOf(key) is not { } node) return null;
        if (node.Kind == SourceKind.Number && range.Contains(node.Number)) return node.Number;
        if (node.Kind == SourceKind.Text)
        {
            (double value, SentenceProblem? problem) = SentenceParser.ParseQuantity(node.Text, isTime);
            if (problem is null) return value;
            report.Error(section.PathOf(key), node, node.Text, problem);
            return null;
        }
        section.Error(key, node.Kind == SourceKind.Number ? "outside the allowed range" : "has the wrong type", isTime ? $"{range} s, or a text as \"1 hour\"" : $"{range} K, or a text as \"25 oC\"");
        return null;
    }

    /// <summary>What ends a step; null where one is wrong.</summary>
    private List<SentenceEnd>? Ends(SectionReader section, Crossing direction)
    {
        List<SentenceEnd> ends = [];
        bool right = true;
        foreach (Key key in new Key[] { Terminations, Termination })
        {
            if (section.NodeOf(key) is not { } node) continue;
            IReadOnlyList<SourceNode> items = node.Kind == SourceKind.Array ? node.Items : [node];
            for (int i = 0; i < items.Count; i++)
            {
                int before = ends.Count;
                right &= End(items[i], node.Kind == SourceKind.Array ? FormattableString.Invariant($"{section.PathOf(key)}[{i}]") : section.PathOf(key), ends);
                for (int j = before; j < ends.Count; j++)
                    if (ends[j] is { Quantity: EndQuantity.Voltage, Crossing: Crossing.Either }) ends[j] = ends[j] with { Crossing = direction };
            }
        }
        return right ? ends : null;
    }

    private bool End(SourceNode node, string path, List<SentenceEnd> ends)
    {
        if (node.Kind == SourceKind.Text)
        {
            (IReadOnlyList<SentenceEnd> read, SentenceProblem? problem) = SentenceParser.ParseConditions(node.Text);
            if (problem is not null) report.Error(path, node, node.Text, problem);
            ends.AddRange(read);
            return problem is null;
        }
        const string allowed = "a text as \"4.2 V\", or {\"type\": \"voltage\", \"current\" or \"c-rate\", \"value\": a number, \"operator\": \"<\" or \">\"}";
        Crossing? crossing = node.Member("operator") switch { null or { Kind: SourceKind.Null } => Crossing.Either, { Text: "<" } => Crossing.Falling, { Text: ">" } => Crossing.Rising, _ => null };
        string type = node.Member("type")?.Text.ToLowerInvariant() ?? "";
        EndQuantity? quantity = type switch { "voltage" => EndQuantity.Voltage, "current" or "c-rate" or "crate" => EndQuantity.Current, _ => null };
        if (node.Kind != SourceKind.Object || crossing is null || quantity is null || NumberOf(node.Member("value")) is not { } value || !(Math.Abs(value) is > 0 and <= LargestValue))
        {
            report.Error(path, node, "is not a condition", allowed);
            return false;
        }
        // A signed current of PyBaMM: above −50 mA while charging means that its magnitude falls.
        if (value < 0 && crossing != Crossing.Either) crossing = crossing == Crossing.Rising ? Crossing.Falling : Crossing.Rising;
        ends.Add(new(quantity.Value, Math.Abs(value), type is "c-rate" or "crate", crossing.Value));
        return true;
    }
}
