using Cell3D.Output;

namespace Cell3D.Cli.Studies;

/// <summary>cell3d compare --source: the errors that inputs bring to a voltage.</summary>
internal static class BandReport
{
    private const long Forecast = 1 << 22;

    /// <summary>What is wrong with a source as it is written, "NAME=RUN,RUN"; null for nothing.</summary>
    public static string? Problem(string source)
    {
        (string name, string[] runs) = Parts(source);
        return name.Length == 0 || runs.Length == 0 || runs.Any(run => run.Length == 0) ? $"--source {source}: a name, '=' and runs divided by commas are needed." : null;
    }

    /// <summary>Tells and writes the bands.</summary>
    /// <param name="path">The run.</param>
    /// <param name="sources">As written.</param>
    /// <param name="read">Reads a run.</param>
    /// <param name="output">Folder; null for none.</param>
    /// <param name="overwrite">Whether earlier results there are replaced.</param>
    public static int Run(string path, string[] sources, Func<string, TimeSeries> read, string? output, bool overwrite)
    {
        SourceBands bands = SourceBands.Of(read(path), [.. sources.Select(Parts).Select(source => (source.Name, (IReadOnlyList<TimeSeries>)[.. source.Runs.Select(read)]))]);
        Screen.Heading($"Errors of the voltage of {path} by source, up to {Quantity.Text(bands.Time[^1], 6)} s");
        Screen.Table([new("Source", IsText: true), new("rms [mV]"), new("largest [mV]"), new("at [s]")], bands.Sources.Append(bands.Sum).Select(Row));
        if (output is null)
            return ExitCode.Done;
        using OutputFolder folder = OutputFolder.Create(output, overwrite, Forecast);
        bands.ToSeries().WriteCsv(folder.ForWriting(OutputFolder.BandsName));
        bands.WritePicture(folder.ForWriting(OutputFolder.BandsPictureName));
        folder.RequireComplete();
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.BandsName)} and {OutputFolder.BandsPictureName} hold them");
        return ExitCode.Done;

        IReadOnlyList<string> Row(SourceBand source)
        {
            int at = Array.IndexOf(source.HalfWidth, source.HalfWidth.Max());
            return [source.Name, Quantity.Text(1e3 * source.Rms(bands.Time), 3), Quantity.Text(1e3 * source.HalfWidth[at], 3), Quantity.Text(bands.Time[at], 5)];
        }
    }

    private static (string Name, string[] Runs) Parts(string source)
    {
        int at = source.IndexOf('=', StringComparison.Ordinal);
        return at < 0 ? ("", []) : (source[..at].Trim(), source[(at + 1)..].Split(',', StringSplitOptions.TrimEntries));
    }
}
