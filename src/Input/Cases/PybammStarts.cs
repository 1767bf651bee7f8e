using System.Globalization;
using Cell3D.Input.Json;

namespace Cell3D.Input.Cases;

/// <summary>Start times of the steps of an experiment, as PyBaMM has them: a step runs at most until the next start time that is given, and a rest fills what is left before the start of the step behind it.</summary>
internal sealed class PybammStarts
{
    /// <summary>Key of a step.</summary>
    public const string Key = "start_time";

    private const double Longest = 1e9;
    private const string Allowed = "a date and time as 2026-01-31T09:00:00, with +01:00 or without";

    private static readonly string[] Formats = [.. from day in new[] { "yyyy-MM-dd" } from time in new[] { "", "'T'HH:mm", "'T'HH:mm:ss", "'T'HH:mm:ss.FFFFFFF", "' 'HH:mm", "' 'HH:mm:ss", "' 'HH:mm:ss.FFFFFFF" } from zone in time.Length == 0 ? new[] { "" } : ["", "zzz", "'Z'"] select day + time + zone];

    private readonly double?[] starts, latest;
    private readonly string[] written;

    private PybammStarts(double?[] starts, string[] written)
    {
        (this.starts, this.written, latest) = (starts, written, new double?[starts.Length]);
        for (int i = starts.Length - 2; i >= 0; i--) latest[i] = starts[i + 1] ?? latest[i + 1];
    }

    /// <summary>Reads them; what is wrong is reported and left out.</summary>
    /// <param name="steps">All steps of the experiment in order, with their paths.</param>
    /// <param name="report">Collects the problems.</param>
    public static PybammStarts Read(IReadOnlyList<(SourceNode Node, string Path)> steps, InputReport report)
    {
        double?[] starts = new double?[steps.Count];
        string[] written = new string[steps.Count];
        (DateTimeOffset Time, bool HasZone)? first = null, last = null;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i].Node.Member(Key) is not { } node || node.Kind == SourceKind.Null) continue;
            string path = $"{steps[i].Path}.{Key}";
            if (node.Kind != SourceKind.Text || Parse(node.Text) is not { } start)
            {
                report.Error(path, node, node.Kind == SourceKind.Text ? "is not a date and time" : "has the wrong type", Allowed);
                continue;
            }
            if (first is null && i > 0)
                report.Missing($"{steps[0].Path}.{Key}", steps[0].Node, "the first step of an experiment with start times lacks its own", Allowed);
            first ??= start;
            written[i] = node.Text;
            starts[i] = (start.Time - first.Value.Time).TotalSeconds;
            if (start.HasZone != first.Value.HasZone) report.Error(path, node, $"{(start.HasZone ? "has a time zone, which the first has not" : "lacks the time zone that the first has")}", Allowed);
            else if (last is not null && start.Time <= last.Value.Time) report.Error(path, node, "does not lie after the start time before it", FormattableString.Invariant($"> {last.Value.Time:yyyy-MM-dd'T'HH:mm:ss.FFFFFFF}"));
            else if (starts[i] > Longest) report.Error(path, node, "lies too far behind the first", FormattableString.Invariant($"at most {Longest:g} s"));
            last = start;
        }
        return new(starts, written);
    }

    /// <summary>When a step ends at the latest: at the next start time that is given [s since the first]; null for none.</summary>
    public double? Latest(int step) => latest[step];

    /// <summary>When the step behind one starts [s since the first], and as it is written; null where it follows at once.</summary>
    public (double Time, string Written)? StartBehind(int step) => step + 1 < starts.Length && starts[step + 1] is { } start ? (start, written[step + 1]) : null;

    private static (DateTimeOffset Time, bool HasZone)? Parse(string text)
    {
        const int date = 10;
        bool hasZone = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > date;
        return DateTimeOffset.TryParseExact(text.Trim(), Formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? (time, hasZone) : null;
    }
}
