using Cell3D.Input.Bpx;
using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>Measured curves that a run is compared with: a file, or an experiment in the section Validation of the cell's BPX file.</summary>
internal static class MeasuredCurves
{
    private const string Bpx = "bpx";

    /// <summary>Reads what an option names: <c>bpx</c>, <c>bpx:NAME</c> or a path.</summary>
    /// <exception cref="TimeSeriesException">The file cannot be opened (66) or understood (65).</exception>
    /// <exception cref="UserError">The BPX file has no such experiment, or several (65).</exception>
    public static TimeSeries Read(string named, BpxCell cell) =>
        named == Bpx ? Of(cell, null) : named.StartsWith($"{Bpx}:", StringComparison.Ordinal) ? Of(cell, named[(Bpx.Length + 1)..]) : TimeSeriesReader.Read(named);

    private static TimeSeries Of(BpxCell cell, string? name)
    {
        string names = string.Join(", ", cell.Validation.Select(curve => $"{Bpx}:{curve.Name}"));
        BpxMeasurement[] found = [.. cell.Validation.Where(curve => name is null || curve.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (cell.Validation.Count == 0) throw new UserError(ExitCode.BadInput, $"{cell.File}: there is no section Validation, so --overlay {Bpx} has nothing to show");
        if (found.Length == 0) throw new UserError(ExitCode.BadInput, $"{cell.File}: Validation: there is no '{name}' (allowed: {names})");
        if (found.Length > 1) throw new UserError(ExitCode.BadInput, $"{cell.File}: Validation holds {found.Length} experiments, of which --overlay takes one (allowed: {names})");
        BpxMeasurement measured = found[0];
        string source = $"{Path.GetFileName(cell.File)}: {measured.Name}";
        if (measured.Time.Count < 2) throw new UserError(ExitCode.BadInput, $"{cell.File}: Validation.{measured.Name}: holds {measured.Time.Count} points; at least 2 are needed");
        SeriesColumn[] ofTemperature = measured.Temperature is null ? [] : [SeriesColumn.MeanTemperature];
        double[][] temperature = measured.Temperature is { } values ? [[.. values]] : [];
        return new(source, [SeriesColumn.Time, SeriesColumn.Voltage, .. ofTemperature], [[.. measured.Time], [.. measured.Voltage], .. temperature]) { Legend = measured.Name };
    }
}
