using System.Diagnostics;

namespace Cell3D.Simulation.Recording;

/// <summary>Wall time per phase of a run.</summary>
public sealed class PhaseClock
{
    private readonly Dictionary<string, double> _seconds = [];
    private readonly long _start = Stopwatch.GetTimestamp();
    private long _last = Stopwatch.GetTimestamp();

    /// <summary>Seconds since the clock was made.</summary>
    public double Total => Stopwatch.GetElapsedTime(_start).TotalSeconds;

    /// <summary>Books the time since the last call under a phase.</summary>
    public void Book(string phase)
    {
        long now = Stopwatch.GetTimestamp();
        _seconds[phase] = _seconds.GetValueOrDefault(phase) + Stopwatch.GetElapsedTime(_last, now).TotalSeconds;
        _last = now;
    }

    /// <summary>All phases and their total [s].</summary>
    public IReadOnlyDictionary<string, double> ToDictionary() => new Dictionary<string, double>(_seconds) { ["Total"] = Total };
}
