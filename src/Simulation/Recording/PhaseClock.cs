using System.Diagnostics;

namespace Cell3D.Simulation.Recording;

/// <summary>Wall time per phase of a run.</summary>
public sealed class PhaseClock
{
    private const string TotalName = "Total";
    private readonly Dictionary<string, double> _seconds = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();
    private double _earlier;

    /// <summary>Seconds since the clock was made.</summary>
    public double Total => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Books the time since the last call under a phase.</summary>
    public void Book(string phase)
    {
        long now = Stopwatch.GetTimestamp();
        _seconds[phase] = _seconds.GetValueOrDefault(phase) + Stopwatch.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }

    /// <summary>Adds what an interrupted run has taken before.</summary>
    /// <param name="phases">All phases and their total [s].</param>
    public void Continue(IEnumerable<KeyValuePair<string, double>> phases)
    {
        foreach ((string phase, double seconds) in phases)
            if (phase == TotalName)
                _earlier += seconds;
            else
                _seconds[phase] = _seconds.GetValueOrDefault(phase) + seconds;
    }

    /// <summary>All phases and their total [s].</summary>
    public IReadOnlyDictionary<string, double> ToDictionary() => new Dictionary<string, double>(_seconds) { [TotalName] = _earlier + Total };
}
