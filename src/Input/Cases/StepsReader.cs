using System.Text;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Reads the steps of a protocol: sentences, lists that are cycles, loops, objects of PyBaMM.</summary>
/// <param name="protocol">The section Protocol.</param>
/// <param name="scale">From the cell that the case speaks of to the simulated part.</param>
/// <param name="cycles">Drive cycles by name.</param>
/// <param name="probes">Receives the probes that conditions name.</param>
/// <param name="lower">Lower cut-off [V].</param>
/// <param name="upper">Upper cut-off [V].</param>
internal sealed class StepsReader(SectionReader protocol, ProtocolScale scale, DriveCycles cycles, AskedProbes probes, double lower, double upper)
{
    /// <summary>Sentences, objects and lists that a protocol may hold as written.</summary>
    private const int MostWritten = 100_000;

    private readonly Dictionary<DriveCycle, Drive.Cycle> drives = new(ReferenceEqualityComparer.Instance);
    private int written;

    /// <summary>Steps made so far.</summary>
    private int numbered;

    /// <summary>What the section holds; parts with errors are reported and left out.</summary>
    public IReadOnlyList<StepNode> Read()
    {
        SourceNode node = protocol.Get(ProtocolKeys.Steps, ProtocolKeys.Steps.Placeholder);
        if (node.Kind == SourceKind.Null) return [];
        List<StepNode> nodes = Body(node, protocol.PathOf(ProtocolKeys.Steps));
        if (written > MostWritten) protocol.Error(ProtocolKeys.Steps, "holds too many sentences and objects", FormattableString.Invariant($"at most {MostWritten}"));
        return nodes;
    }

    /// <summary>What stands under the key Steps.</summary>
    private List<StepNode> Body(SourceNode node, string path)
    {
        if (node is { Kind: SourceKind.Array, Items.Count: 0 } || (node.Kind == SourceKind.Text && string.IsNullOrWhiteSpace(node.Text)))
            protocol.Report.Error(path, node, "holds no step", "at least one sentence");
        List<StepNode> nodes = [];
        if (node.Kind == SourceKind.Array) Items(node, path, nodes);
        else Add(node, $"{path}[0]", nodes);
        return nodes;
    }

    private void Items(SourceNode list, string path, List<StepNode> nodes)
    {
        for (int i = 0; i < list.Items.Count && written <= MostWritten; i++) Add(list.Items[i], FormattableString.Invariant($"{path}[{i}]"), nodes);
    }

    private void Add(SourceNode node, string path, List<StepNode> nodes)
    {
        if (++written > MostWritten) return;
        switch (node.Kind)
        {
            case SourceKind.Text:
                AddSentences(node, path, nodes);
                break;
            case SourceKind.Array:
                if (node.Items.Count == 0) protocol.Report.Error(path, node, "holds no step", "at least one sentence");
                List<StepNode> cycle = [];
                Items(node, path, cycle);
                if (cycle.Count > 0) nodes.Add(new StepNode.Loop([cycle], 1) { IsCycle = true });
                break;
            case SourceKind.Object when node.Member("type") is not null:
                if (PybammSteps().Step(node, path) is { } step) nodes.Add(new StepNode.Single(step));
                break;
            case SourceKind.Object when node.Member("cycles") is not null || (node.Member("steps") is not null && !node.Members.Any(member => member.Key.Equals(ProtocolKeys.Repeat.Name, StringComparison.OrdinalIgnoreCase))):
                if (PybammSteps().Experiment(node, path) is { } experiment) nodes.Add(experiment);
                break;
            case SourceKind.Object:
                AddLoop(node, path, nodes);
                break;
            default:
                protocol.Report.Error(path, node, "has the wrong type", "a text, a list or an object");
                break;
        }
    }

    private PybammReader PybammSteps() => new(protocol.Report, cycles, probes, scale, Made);

    /// <summary>The sentences of a text, with semicolons between them.</summary>
    private void AddSentences(SourceNode node, string path, List<StepNode> nodes)
    {
        string[] texts = [.. Divided(node.Text)];
        written += texts.Length - 1;
        foreach (string text in texts.Take(MostWritten))
        {
            SentenceResult result = SentenceParser.Parse(text);
            if (result.Problem is not null) protocol.Report.Error(path, node, text, result.Problem);
            if (result.Sentence is { } sentence && Made(sentence, text, null, node, path) is { } step) nodes.Add(new StepNode.Single(step));
        }
    }

    /// <summary>Parts between semicolons that stand outside of quotes, without blanks around them; an empty one only where the text is empty.</summary>
    private static IEnumerable<string> Divided(string text)
    {
        StringBuilder part = new();
        char quote = '\0';
        bool any = false;
        foreach (char c in text)
        {
            if (c is '"' or '\'' && (quote == '\0' || quote == c)) quote = quote == c ? '\0' : c;
            if (c != ';' || quote != '\0')
            {
                part.Append(c);
                continue;
            }
            if (!string.IsNullOrWhiteSpace(part.ToString()))
            {
                any = true;
                yield return part.ToString().Trim();
            }
            part.Clear();
        }
        if (!any || !string.IsNullOrWhiteSpace(part.ToString())) yield return part.ToString().Trim();
    }

    private void AddLoop(SourceNode node, string path, List<StepNode> nodes)
    {
        SectionReader section = new(ProtocolKeys.Loop, node, path, protocol.Report);
        int repeat = section.Get(ProtocolKeys.Repeat);
        List<LoopEnd> until = [];
        double? duration = null;
        SourceNode? untilNode = section.NodeOf(ProtocolKeys.LoopUntil);
        foreach (string text in section.Get(ProtocolKeys.LoopUntil, []))
        {
            (LoopSentence? read, SentenceProblem? problem) = SentenceParser.ParseLoopEnds(text);
            if (problem is not null) protocol.Report.Error(section.PathOf(ProtocolKeys.LoopUntil), untilNode, text, problem);
            if (read is null) continue;
            probes.Add(read.Conditions, untilNode, section.PathOf(ProtocolKeys.LoopUntil));
            until.AddRange(scale.Of(read));
            duration = Shorter(duration, read.Duration);
        }
        if (section.NodeOf(ProtocolKeys.Steps) is not { } inner || !ProtocolKeys.Steps.TryRead(inner, section.PathOf(ProtocolKeys.Steps), protocol.Report, out inner)) return;
        List<StepNode> body = Body(inner, section.PathOf(ProtocolKeys.Steps));
        if (body.Count > 0) nodes.Add(new StepNode.Loop([body], repeat) { Ends = until, Duration = duration });
    }

    /// <summary>The shorter of two times; null where there is none.</summary>
    internal static double? Shorter(double? one, double? other) => one is { } a && other is { } b ? Math.Min(a, b) : one ?? other;

    /// <summary>A step of the simulated part; null where its samples cannot be read.</summary>
    /// <param name="sentence">The step.</param>
    /// <param name="text">As it is called in results.</param>
    /// <param name="samples">Its samples where they stand in the file; null where its name says them, or it has none.</param>
    /// <param name="node">Where it stands.</param>
    /// <param name="path">The same as a path.</param>
    private ProtocolStep? Made(StepSentence sentence, string text, DriveCycle? samples, SourceNode node, string path)
    {
        if (sentence.Kind == DriveKind.Voltage) CompareVoltage(sentence.Value, "held", text, node, path);
        foreach (SentenceEnd end in sentence.Until)
            if (end.Quantity == EndQuantity.Voltage) CompareVoltage(end.Value, null, text, node, path);
        probes.Add(sentence.Until, node, path);
        if (sentence.Kind == DriveKind.Cycle && (samples ??= cycles.Find(sentence.Cycle, sentence.IsPower, node, path)) is null) return null;
        return new ProtocolStep(text, samples is null ? scale.Of(sentence) : Of(samples))
        {
            Number = ++numbered,
            Duration = sentence.Duration,
            Until = [.. sentence.Until.Select(scale.Of)],
            Period = sentence.Period,
            Ambient = sentence.Ambient,
        };
    }

    /// <summary>Samples of the simulated part; the same object for all steps that run through them.</summary>
    private Drive.Cycle Of(DriveCycle samples)
    {
        if (!drives.TryGetValue(samples, out Drive.Cycle? drive)) drives.Add(samples, drive = new(ProtocolScale.Of(samples, scale.Share)));
        return drive;
    }

    private void CompareVoltage(double volts, string? held, string text, SourceNode node, string path)
    {
        if (!(volts < lower || volts > upper)) return;
        protocol.Report.Error(path, node, FormattableString.Invariant($"{volts:G6} V lies outside the cut-offs{(held is null ? ", which end the step" : "")}"), FormattableString.Invariant($"{lower:G6} to {upper:G6} V"),
            node.Kind == SourceKind.Text && node.Text.Trim() == text ? null : $"\"{SourceNode.Printable(text)}\"");
    }
}
