using System.Diagnostics;
using Cell3D.Output;
using Cell3D.Simulation;

namespace Cell3D.Cli.Studies;

/// <summary>How far several runs have come and how long the rest will take, by the work that was forecast of each: a line per run, on a terminal renewed all the time.</summary>
/// <param name="cases">Number of runs and their forecasts.</param>
internal sealed class WorkProgress(IReadOnlyList<RunForecast> cases)
{
    private const double LongestQuiet = 0.5;

    private readonly long _start = Stopwatch.GetTimestamp();
    private readonly double _total = cases.Sum(forecast => forecast.CoreSeconds);
    private double _done, _shown;
    private int _number;

    /// <summary>Shows how far the present run has come.</summary>
    /// <param name="time">Simulated time [s].</param>
    public void Advance(double time)
    {
        double elapsed = Stopwatch.GetElapsedTime(_start).TotalSeconds;
        if (!Screen.IsTerminal || elapsed - _shown < LongestQuiet || _number >= cases.Count)
            return;
        _shown = elapsed;
        RunForecast own = cases[_number];
        double share = Math.Clamp(time / own.SimulatedSeconds, 0, 1);
        if (Launcher.Rank == 0) Screen.Redraw(FormattableString.Invariant($"  {_number + 1}/{cases.Count}  t = {time:F0} s, {Left(elapsed, _done + (share * own.CoreSeconds))} left"));
    }

    /// <summary>Tells that a run is done.</summary>
    /// <param name="what">What it was.</param>
    /// <param name="cells">Its control volumes.</param>
    /// <param name="steps">Its time steps.</param>
    /// <param name="seconds">Its wall time [s].</param>
    /// <param name="end">How it ended.</param>
    public void Done(string what, long cells, int steps, double seconds, RunEnd end)
    {
        if (_number < cases.Count) _done += cases[_number].CoreSeconds;
        _number++;
        if (Screen.IsTerminal && Launcher.Rank == 0) Screen.Redraw("");
        Screen.Out.WriteLine(FormattableString.Invariant($"  {_number}/{cases.Count}  {what}: {cells} control volumes, {steps} steps, {ProgressLine.Duration(seconds)}, ended at {end.Time:g6} s{(end.Reason == EndReason.ProtocolFinished ? "" : $": {end.Detail}")}{Rest()}"));
    }

    private string Rest() => _number >= cases.Count ? "" : $"; {Left(Stopwatch.GetElapsedTime(_start).TotalSeconds, _done)} left";

    private string Left(double elapsed, double done) => ProgressLine.Left(elapsed, done / _total);
}
