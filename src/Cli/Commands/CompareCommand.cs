using System.CommandLine;
using System.Text;
using Cell3D.Output;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d compare: how runs differ from a first one.</summary>
internal static class CompareCommand
{
    private const long Forecast = 1 << 22;

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = "Result folders or CSV files of time and voltage; the first is what the others are compared with",
        Arity = new ArgumentArity(2, 8),
    };

    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of table and picture; nothing is written when left out", HelpName = "FOLDER" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replaces the results of an earlier comparison in that folder" };

    private static readonly string[] Headings =
        ["Run", "Quantity", "Unit", "Rms difference", "Largest difference", "At / s", "Value", "Value of the first"];

    public static Command Create()
    {
        Command command = new("compare", "Tells how runs differ: voltage, temperature, end, capacity, energy") { Runs, Folder, Overwrite };
        command.SetAction(parsed => Compare(parsed.GetRequiredValue(Runs), parsed.GetValue(Folder), parsed.GetValue(Overwrite)));
        return command;
    }

    private static int Compare(string[] paths, string? path, bool overwrite)
    {
        TimeSeries[] runs = [.. paths.Select(Read)];
        SeriesComparison[] comparisons = [.. runs.Skip(1).Select(run => SeriesComparison.Of(runs[0], run))];
        IReadOnlyList<IReadOnlyList<string>> rows = [.. comparisons.SelectMany((comparison, i) => Rows(comparison, paths[i + 1]))];
        Screen.Heading($"Differences to {paths[0]}");
        foreach ((SeriesComparison comparison, string name) in comparisons.Zip(paths.Skip(1)))
            Screen.Out.WriteLine($"  {name}: {Interval(comparison)}");
        Screen.Table([new("Run", IsText: true), new("Quantity", IsText: true), new("rms"), new("largest"), new("at [s]"), new("value"), new("first")],
            comparisons.SelectMany((comparison, i) => Rows(comparison, Short(paths)[i + 1])).Select(row => (IReadOnlyList<string>)[row[0], $"{row[1]} [{row[2]}]", .. row.Skip(3)]));
        if (path is null)
            return ExitCode.Done;
        using OutputFolder folder = OutputFolder.Create(path, overwrite, Forecast);
        AtomicFile.Write(folder.ForWriting(OutputFolder.ComparisonTableName), Markdown(paths, comparisons, rows));
        AtomicFile.Write(folder.ForWriting(OutputFolder.ComparisonName), Csv(rows));
        Plots.WriteComparison(comparisons, Short(paths), folder.ForWriting(OutputFolder.ComparisonPictureName));
        folder.RequireComplete();
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.ComparisonTableName)}, {OutputFolder.ComparisonName} and {OutputFolder.ComparisonPictureName} hold them");
        return ExitCode.Done;
    }

    /// <summary>The last part of each path, or all of them where these are not different.</summary>
    private static string[] Short(string[] paths)
    {
        string[] names = [.. paths.Select(path => Path.GetFileName(Path.TrimEndingDirectorySeparator(path)))];
        return names.Distinct().Count() == names.Length ? names : paths;
    }

    private static TimeSeries Read(string path) => TimeSeriesReader.Read(Directory.Exists(path) ? Path.Combine(path, OutputFolder.TimeSeriesName) : path);

    private static string Interval(SeriesComparison comparison) =>
        comparison.FirstTotals.EndTime == comparison.SecondTotals.EndTime
            ? $"compared over all of {Quantity.Text(comparison.Common, 7)} s"
            : $"compared over the common {Quantity.Text(comparison.Common, 7)} s; the first ends at {Quantity.Text(comparison.FirstTotals.EndTime, 7)} s, this run at {Quantity.Text(comparison.SecondTotals.EndTime, 7)} s";

    private static IEnumerable<IReadOnlyList<string>> Rows(SeriesComparison comparison, string run)
    {
        foreach (QuantityDifference quantity in comparison.Quantities)
            yield return [run, quantity.Column.Name, quantity.Column.Unit, Text(quantity.Rms, 4), Text(quantity.Largest, 4), Text(quantity.TimeOfLargest, 6), "", ""];
        (SeriesTotals first, SeriesTotals second) = (comparison.FirstTotals, comparison.SecondTotals);
        (string Name, string Unit, double First, double Second)[] totals =
        [
            ("End time", "s", first.EndTime, second.EndTime),
            ("Discharged capacity", "A.h", first.Discharged, second.Discharged),
            ("Charged capacity", "A.h", first.Charged, second.Charged),
            ("Discharged energy", "W.h", first.DischargedEnergy, second.DischargedEnergy),
            ("Charged energy", "W.h", first.ChargedEnergy, second.ChargedEnergy),
        ];
        foreach ((string name, string unit, double one, double other) in totals.Where(total => double.IsFinite(total.First) && double.IsFinite(total.Second) && (total.First != 0 || total.Second != 0)))
            yield return [run, name, unit, "", Text(other - one, 4), "", Text(other, 7), Text(one, 7)];
    }

    private static string Text(double value, int digits) => Quantity.Text(value, digits);

    private static string Markdown(string[] paths, SeriesComparison[] comparisons, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        StringBuilder text = new($"# Differences to {paths[0]}\n\n");
        foreach ((SeriesComparison comparison, string name) in comparisons.Zip(paths.Skip(1)))
            text.Append($"- {name}: {Interval(comparison)}\n");
        text.Append($"\n| {string.Join(" | ", Headings)} |\n|{string.Concat(Headings.Select((_, i) => i < 3 ? "---|" : "---:|"))}\n");
        foreach (IReadOnlyList<string> row in rows)
            text.Append($"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        return text.ToString();
    }

    private static string Csv(IReadOnlyList<IReadOnlyList<string>> rows) =>
        string.Concat(rows.Prepend(Headings).Select(row => string.Join(',', row.Select(cell => cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell)) + "\n"));
}
