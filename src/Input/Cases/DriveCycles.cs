using System.Text.Json.Nodes;
using Cell3D.Input.Json;
using Cell3D.Input.Keys;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>The samples of a protocol by name: entries of the section Drive cycles, and CSV files that a sentence names.</summary>
/// <param name="protocol">The section Protocol.</param>
/// <param name="casePath">Path of the case file.</param>
internal sealed class DriveCycles(SectionReader protocol, string casePath)
{
    private const string AllowedFile = "a file beside the case or in a folder below, without '..' and symbolic links; the command line may name any";
    private readonly Dictionary<string, Entry> entries = [];
    private readonly List<string> files = [];
    private readonly List<InputProblem> problems = [];
    private readonly JsonObject resolved = [];
    private int samples;

    /// <summary>Samples as read, and what their file or entry says of them.</summary>
    private sealed record Entry(DriveColumns? Columns, CycleQuantity? Quantity, bool Discharges, bool SaysSign, bool IsHeld, int Repeats, double Scale)
    {
        /// <summary>What it has been run as; null before.</summary>
        public bool? RunAsPower { get; set; }

        public DriveCycle? Cycle { get; set; }
    }

    /// <summary>Files that were read.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>Problems of these files.</summary>
    public IReadOnlyList<InputProblem> Problems => problems;

    /// <summary>Whether one of them does not exist.</summary>
    public bool FileMissing { get; private set; }

    /// <summary>Reads the section.</summary>
    public void Read()
    {
        IReadOnlyList<SourceMember> members = protocol.Entries(ProtocolKeys.Cycles);
        if (members.Count > ProtocolKeys.MostCycles)
        {
            protocol.Error(ProtocolKeys.Cycles, "holds too many drive cycles", FormattableString.Invariant($"at most {ProtocolKeys.MostCycles}"));
            return;
        }
        foreach (SourceMember member in members)
        {
            string path = $"{protocol.PathOf(ProtocolKeys.Cycles)}.{SourceNode.Printable(member.Key)}";
            SectionReader section = new(((SectionKey)ProtocolKeys.Cycles.Item).Section, member.Value, path, protocol.Report);
            if (!section.Broken) entries.TryAdd(member.Key, Read(section, member.Key));
        }
    }

    /// <summary>The samples of a sentence, of the cell that the case speaks of; null where they cannot be read.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="isPower">What the sentence says that they are; null where it says nothing.</param>
    /// <param name="node">The sentence.</param>
    /// <param name="path">Its path.</param>
    public DriveCycle? Find(string name, bool? isPower, SourceNode? node, string path)
    {
        if (!entries.TryGetValue(name, out Entry? entry))
        {
            if (entries.Count >= ProtocolKeys.MostCycles)
            {
                protocol.Report.Error(path, node, "is one drive cycle too many", FormattableString.Invariant($"at most {ProtocolKeys.MostCycles}"));
                return null;
            }
            entries.Add(name, entry = new(Load(name, node, path), null, false, false, false, 1, 1));
        }
        if (entry.Columns is not { } columns) return null;
        bool? says = isPower ?? (entry.Quantity is { } quantity ? quantity == CycleQuantity.Power : null);
        if (isPower is bool asked && entry.Quantity is { } given && asked != (given == CycleQuantity.Power))
        {
            protocol.Report.Error(path, node, $"the entry of Drive cycles says {(asked ? "current" : "power")}", asked ? "(A), or nothing" : "(W), or nothing");
            return null;
        }
        if (says is null && columns is { Currents: not null, Powers: not null })
        {
            protocol.Report.Error(path, node, $"\"{SourceNode.Printable(name)}\" holds currents and powers", "(A) or (W) behind the name");
            return null;
        }
        bool power = says ?? columns.Powers is not null;
        double[]? values = (power ? columns.Powers : columns.Currents) ?? columns.Unnamed;
        if (values is null)
        {
            protocol.Report.Error(path, node, $"\"{SourceNode.Printable(name)}\" holds no {(power ? "power" : "current")}", power ? "(A)" : "(W)");
            return null;
        }
        if (entry.RunAsPower is bool before && before != power)
        {
            protocol.Report.Error(path, node, $"\"{SourceNode.Printable(name)}\" is run as currents and as powers", "one of both; a second entry of Drive cycles for the other");
            return null;
        }
        if (entry.Cycle is not null) return entry.Cycle;
        entry.RunAsPower = power;
        return entry.Cycle = Made(name, entry, columns.Times, values, power, node, path);
    }

    /// <summary>Takes samples that stand in the case file itself into account.</summary>
    public bool Count(int more, SourceNode? node, string path)
    {
        bool fits = (samples += more) <= DriveCycleFile.MostSamples;
        if (!fits) protocol.Report.Error(path, node, "the drive cycles hold too many samples together", FormattableString.Invariant($"at most {DriveCycleFile.MostSamples}"));
        return fits;
    }

    private DriveCycle Made(string name, Entry entry, double[] times, double[] values, bool power, SourceNode? node, string path)
    {
        resolved[name] = new JsonObject
        {
            [ProtocolKeys.Quantity.Name] = ProtocolKeys.Quantity.Write(power ? CycleQuantity.Power : CycleQuantity.Current),
            [ProtocolKeys.Positive.Name] = ProtocolKeys.Positive.Write(entry.Discharges ? PositiveValues.Discharge : PositiveValues.Charge),
            [ProtocolKeys.Between.Name] = ProtocolKeys.Between.Write(entry.IsHeld ? BetweenSamples.Held : BetweenSamples.Linear),
            [ProtocolKeys.CycleRepeats.Name] = entry.Repeats,
            [ProtocolKeys.Scale.Name] = entry.Scale,
            [ProtocolKeys.Times.Name] = ProtocolKeys.Times.Write(times),
            [ProtocolKeys.Values.Name] = ProtocolKeys.Values.Write(values),
        };
        protocol.Resolved[ProtocolKeys.Cycles.Name] = resolved;
        DriveCycle cycle = ProtocolScale.Of(FromStart(times, values, power, entry.IsHeld) with { Repeats = entry.Repeats }, entry.Discharges ? -entry.Scale : entry.Scale);
        if (times[0] > times[1] - times[0])
            protocol.Report.Warning(path, node, FormattableString.Invariant($"the first sample of \"{SourceNode.Printable(name)}\" stands at {times[0]:g9} s, and its value holds from the start of the step until then"), withValue: false);
        double mean = Mean(cycle);
        if (!entry.SaysSign && mean > 0)
            protocol.Report.Warning(path, node, FormattableString.Invariant($"with its mean of +{mean:g4} {(power ? 'W' : 'A')} the drive cycle charges the cell; \"{ProtocolKeys.Positive.Name}\": \"discharge\" in its entry of {ProtocolKeys.Cycles.Name} turns it round, \"charge\" confirms it"));
        return cycle;
    }

    /// <summary>Samples whose first time is 0; until a later first sample its value holds.</summary>
    public static DriveCycle FromStart(double[] times, double[] values, bool isPower, bool isHeld) =>
        times[0] == 0 ? new(times, values, isPower, isHeld) : new([0, .. times], [values[0], .. values], isPower, isHeld);

    private static double Mean(DriveCycle cycle)
    {
        double sum = 0;
        for (int i = 1; i < cycle.Times.Length; i++)
            sum += (cycle.Times[i] - cycle.Times[i - 1]) * (cycle.IsHeld ? cycle.Values[i - 1] : 0.5 * (cycle.Values[i - 1] + cycle.Values[i]));
        return sum / cycle.Times[^1];
    }

    private Entry Read(SectionReader section, string name)
    {
        CycleQuantity? quantity = section.Has(ProtocolKeys.Quantity) ? section.Get(ProtocolKeys.Quantity) : null;
        bool inline = section.Has(ProtocolKeys.Times) || section.Has(ProtocolKeys.Values);
        if (inline && section.Has(ProtocolKeys.CycleFile)) section.Error(ProtocolKeys.CycleFile, $"{ProtocolKeys.Times.Name} or {ProtocolKeys.Values.Name} is given as well", "a file, or both lists");
        DriveColumns? columns = inline ? Lists(section) : Load(section.Get(ProtocolKeys.CycleFile, name), section.NodeOf(ProtocolKeys.CycleFile) ?? section.Node, section.PathOf(ProtocolKeys.CycleFile));
        return new(columns, quantity, section.Get(ProtocolKeys.Positive) == PositiveValues.Discharge, section.Has(ProtocolKeys.Positive), section.Get(ProtocolKeys.Between) == BetweenSamples.Held,
            section.Get(ProtocolKeys.CycleRepeats), section.Get(ProtocolKeys.Scale));
    }

    private DriveColumns? Lists(SectionReader section)
    {
        if (!section.Has(ProtocolKeys.Times) || !section.Has(ProtocolKeys.Values))
        {
            section.Report.Missing(section.PathOf(section.Has(ProtocolKeys.Times) ? ProtocolKeys.Values : ProtocolKeys.Times), section.Node, "the key is missing", $"{ProtocolKeys.Times.Name} and {ProtocolKeys.Values.Name}");
            return null;
        }
        SourceNode timesNode = section.NodeOf(ProtocolKeys.Times)!, valuesNode = section.NodeOf(ProtocolKeys.Values)!;
        if (!(ProtocolKeys.Times.TryRead(timesNode, section.PathOf(ProtocolKeys.Times), section.Report, out double[] times) & ProtocolKeys.Values.TryRead(valuesNode, section.PathOf(ProtocolKeys.Values), section.Report, out double[] values)))
            return null;
        bool right = Count(times.Length, timesNode, section.PathOf(ProtocolKeys.Times));
        if (times.Length != values.Length)
        {
            section.Report.Error(section.PathOf(ProtocolKeys.Values), valuesNode, "is not as long as the list of times", FormattableString.Invariant($"{times.Length} values"));
            right = false;
        }
        for (int i = 1; i < times.Length; i++)
        {
            if (times[i] > times[i - 1]) continue;
            section.Report.Error(FormattableString.Invariant($"{section.PathOf(ProtocolKeys.Times)}[{i}]"), timesNode.Items[i], "does not lie after the time before it", "> " + Interval.Write(times[i - 1]));
            right = false;
        }
        return right ? new(times, null, null, values) : null;
    }

    /// <summary>A file in the folder of the case; from the command line any.</summary>
    private DriveColumns? Load(string name, SourceNode? node, string path)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Any(char.IsControl) || (node is not { Line: 0 } && Escapes(name)))
        {
            protocol.Report.Error(path, node, $"\"{SourceNode.Printable(name)}\" is not a file in the folder of the case", AllowedFile);
            return null;
        }
        string file = Path.Combine(Path.GetDirectoryName(casePath) ?? "", name);
        InputReport report = new(file);
        DriveColumns? columns = DriveCycleFile.Load(file, report);
        FileMissing |= report.FileMissing;
        problems.AddRange(report.Problems);
        if (columns is null) return null;
        files.Add(file);
        return Count(columns.Times.Length, node, path) ? columns : null;
    }

    private bool Escapes(string name)
    {
        string[] parts = name.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (Path.IsPathRooted(name) || parts.Length == 0 || parts.Contains("..")) return true;
        string place = Path.GetDirectoryName(Path.GetFullPath(casePath))!;
        return parts.Any(part => new FileInfo(place = Path.Combine(place, part)).LinkTarget is not null);
    }
}
