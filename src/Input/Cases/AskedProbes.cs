using Cell3D.Input.Json;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Probes that conditions of a protocol name, and where; whether they exist is known once the probes are read.</summary>
internal sealed class AskedProbes
{
    private readonly List<(string Probe, SourceNode? Node, string Path)> _asked = [];

    /// <summary>Keeps the probes of some conditions.</summary>
    /// <param name="conditions">As read.</param>
    /// <param name="node">Where they stand.</param>
    /// <param name="path">The same as a path.</param>
    public void Add(IEnumerable<SentenceEnd> conditions, SourceNode? node, string path)
    {
        foreach (SentenceEnd condition in conditions)
            if (condition.Probe.Length > 0) _asked.Add((condition.Probe, node, path));
    }

    /// <summary>An error at each place that names a probe which does not exist.</summary>
    public void Compare(IReadOnlyList<ProbePoint> points, InputReport report)
    {
        foreach ((string probe, SourceNode? node, string path) in _asked.Distinct())
            if (points.All(point => point.Name != probe))
                report.Error(path, node, $"a condition asks for the temperature at {StepSentence.Quoted(probe)}, which is no probe", points.Count == 0 ? "an entry of Probes.Points" : string.Join(", ", points.Select(point => point.Name)));
    }
}
