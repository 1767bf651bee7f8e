using System.Diagnostics;
using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>What is under way and how long it will take: a line that is redrawn on a terminal, elsewhere a line per piece of work.</summary>
internal sealed class HomogenizeProgress(double work)
{
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private string _last = "";

    /// <summary>Tells of work done so far.</summary>
    public void Tell(string what, double done)
    {
        // Work is alike per voxel, so that the share done tells the time left better than the latest steps do.
        double share = Math.Clamp(done / work, 0, 0.99);
        string line = FormattableString.Invariant($"{100 * share,3:f0} %  {what}, {ProgressLine.Left(_clock.Elapsed.TotalSeconds, share)} left");
        if (Screen.IsTerminal && Launcher.Rank == 0) Screen.Redraw(line);
        else if (what != _last) Screen.Out.WriteLine(line);
        _last = what;
    }

    /// <summary>Clears the line.</summary>
    public void End()
    {
        if (Screen.IsTerminal && Launcher.Rank == 0) Screen.Redraw("");
    }
}
