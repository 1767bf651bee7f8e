using System.Diagnostics;
using Cell3D.Output;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>Plots of a finished run and its difference to a measured curve. On rank 0 only.</summary>
/// <param name="curves">The run's curves, thinned to what a picture can show.</param>
/// <param name="comparison">Difference to measured curves; null for none.</param>
/// <param name="offset">Seconds by which their times were shifted.</param>
/// <param name="warnings">Takes what is worth a remark.</param>
internal sealed class RunPictures(TimeSeries curves, MeasuredComparison? comparison, double offset, RunWarnings warnings)
{
    /// <summary>Writes the pictures into the results; the summary then holds what they cost and the difference to the measured curve.</summary>
    /// <param name="folder">Folder of the results.</param>
    /// <param name="summary">Summary of the run.</param>
    /// <param name="quiet">Whether the comparison is only written, not shown.</param>
    /// <exception cref="OutputException">A file cannot be written (74).</exception>
    public Summary Write(OutputFolder folder, Summary summary, bool quiet)
    {
        long start = Stopwatch.GetTimestamp();
        double memoryBefore = MemorySummary.OfThisProcess();
        Plots.WriteVoltage(curves, folder.ForWriting("voltage.png"));
        Plots.WriteTemperature(curves, folder.ForWriting("temperature.png"));
        Plots.WriteHeat(curves, folder.ForWriting("heat.png"));
        Plots.WriteLosses(curves, folder.ForWriting("losses.png"));
        OverlaySummary? difference = Compared() is Overlay overlay ? WriteOverlay(folder, overlay, quiet) : null;
        double memoryNow = MemorySummary.OfThisProcess();
        Summary whole = summary.WithPictures(Stopwatch.GetElapsedTime(start).TotalSeconds, memoryBefore, memoryNow) with { Overlay = difference, Warnings = warnings.Sentences };
        whole.Write(folder.ForWriting(OutputFolder.SummaryName));
        return whole;
    }

    private static OverlaySummary WriteOverlay(OutputFolder folder, Overlay overlay, bool quiet)
    {
        if (!quiet)
        {
            Screen.Out.WriteLine();
            Screen.Out.Write(overlay.ToTable());
        }
        overlay.WriteCsv(folder.ForWriting("overlay.csv"));
        Plots.WriteOverlay(overlay, folder.ForWriting("overlay.png"));
        return overlay.ToSummary();
    }

    /// <summary>The curve was looked at before the run; a run that ended early may have no time in common with it, which is no error of the run.</summary>
    private Overlay? Compared()
    {
        try
        {
            return comparison?.Finish(curves, offset);
        }
        catch (TimeSeriesException e)
        {
            foreach (string error in e.Errors) warnings.Add($"no comparison: {e.File} {error}");
            return null;
        }
    }
}
