using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>Plots of a finished run and its difference to a measured curve. On rank 0 only.</summary>
internal static class RunPictures
{
    /// <summary>Writes the pictures into the results; the summary then holds the difference to the measured curve. A run without a step has no curve.</summary>
    /// <param name="folder">Folder of the results.</param>
    /// <param name="summary">Summary of the run.</param>
    /// <param name="measured">Measured curve; null for none.</param>
    /// <param name="quiet">Whether the comparison is only written, not shown.</param>
    /// <exception cref="OutputException">A file cannot be written (74).</exception>
    public static Summary Write(OutputFolder folder, Summary summary, TimeSeries? measured, bool quiet)
    {
        if (summary.Work.Steps == 0) return summary;
        TimeSeries series = TimeSeriesReader.Read(folder.File(OutputFolder.TimeSeriesName));
        Plots.WriteVoltage(series, folder.ForWriting("voltage.png"));
        Plots.WriteTemperature(series, folder.ForWriting("temperature.png"));
        Plots.WriteHeat(series, folder.ForWriting("heat.png"));
        if (measured is null) return summary;
        if (Compared(series, measured) is not Overlay overlay) return summary;
        if (!quiet)
        {
            Screen.Out.WriteLine();
            Screen.Out.Write(overlay.ToTable());
        }
        overlay.WriteCsv(folder.ForWriting("overlay.csv"));
        Plots.WriteOverlay(overlay, folder.ForWriting("overlay.png"));
        Summary compared = summary with { Overlay = overlay.ToSummary() };
        compared.Write(folder.ForWriting(OutputFolder.SummaryName));
        return compared;
    }

    /// <summary>The curve was looked at before the run; a run that ended early may have no time in common with it, which is no error of the run.</summary>
    private static Overlay? Compared(TimeSeries series, TimeSeries measured)
    {
        try
        {
            return Overlay.Compare(series, measured);
        }
        catch (TimeSeriesException e)
        {
            foreach (string error in e.Errors) Screen.Warning($"no comparison: {e.File} {error}");
            return null;
        }
    }
}
