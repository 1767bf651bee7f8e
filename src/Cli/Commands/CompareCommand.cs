using System.CommandLine;
using System.Text;
using Cell3D.Cli.Studies;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d compare: how runs differ from a first one.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    private const long Forecast = 1 << 22;

    private static readonly Argument<string[]> Runs = new("RUN")
    {
        Description = "Result folders or CSV files of time and voltage; the first is what the others are compared with. With --models a case",
        Arity = new ArgumentArity(1, 8),
    };

    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of table and picture; nothing is written when left out", HelpName = "FOLDER" };
    private static readonly Option<bool> Overwrite = new("--overwrite") { Description = "Replaces the results of an earlier comparison in that folder" };

    private static readonly Option<bool> Models = new("--models") { Description = "Runs a case in fewer dimensions as well and tells what each model misses; options for PETSc may follow behind '--'" };
    private static readonly Option<bool> Force = new("--force") { Description = "With --models: runs although the forecast of memory exceeds what is available" };

    private static readonly Option<string[]> Sources = new("--source")
    {
        Description = "A source of error and runs with that input elsewhere, or a verification.csv: the voltage of one run is then told with a band by source; may be repeated",
        HelpName = "NAME=RUN,RUN",
        Arity = ArgumentArity.OneOrMore,
    };

    private static readonly string[] Headings =
        ["Run", "Quantity", "Unit", "Rms difference", "Largest difference", "At / s", "Value", "Value of the first"];

    public static Command Create()
    {
        Command command = new(Name, "Tells how runs differ: voltage, temperature, end, capacity, energy") { Runs, Folder, Overwrite, Sources, Models, CommandLine.Settings, Force };
        command.Validators.Add(parsed =>
        {
            int count = parsed.GetResult(Runs)?.Tokens.Count ?? 0;
            bool models = parsed.GetResult(Models) is { Implicit: false };
            string[] sources = parsed.GetValue(Sources) ?? [];
            if (sources.Length > 0)
            {
                if (models || count > 1) parsed.AddError("--source takes one run, and no --models.");
                foreach (string problem in sources.Select(BandReport.Problem).OfType<string>()) parsed.AddError(problem);
            }
            if (models && count > 1) parsed.AddError("--models takes one case.");
            if (!models && count == 1 && sources.Length == 0) parsed.AddError("Two runs at least are compared; with --models a case in several dimensions.");
            if (!models && (parsed.GetResult(CommandLine.Settings) is { Implicit: false } || parsed.GetResult(Force) is { Implicit: false })) parsed.AddError("--set and --force go with --models.");
            if (!models && CommandLine.ForPetsc.Length > 0) parsed.AddError("Options for PETSc behind '--' go with --models.");
        });
        command.SetAction(parsed => parsed.GetValue(Models)
            ? CompareModels(parsed.GetRequiredValue(Runs)[0], parsed.GetRequiredValue(CommandLine.Settings), parsed.GetValue(Folder), parsed.GetValue(Overwrite), parsed.GetValue(Force))
            : parsed.GetValue(Sources) is { Length: > 0 } sources
            ? BandReport.Run(parsed.GetRequiredValue(Runs)[0], sources, Read, parsed.GetValue(Folder), parsed.GetValue(Overwrite))
            : Compare(parsed.GetRequiredValue(Runs), parsed.GetValue(Folder), parsed.GetValue(Overwrite)));
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

    /// <summary>A case as it is and in fewer dimensions.</summary>
    private static int CompareModels(string path, string[] settings, string? output, bool overwrite, bool force)
    {
        using StopSignals signals = new();
        SimulationCase simulation = CaseSource.Load(path, settings);
        RunForecast forecast = RunLimits.Forecast(simulation, Launcher.Size, writesFields: false);
        RunLimits.RequireSize(simulation, forecast);
        RunLimits.RequireMemory(forecast, force);
        IReadOnlyList<(string Name, SimulationCase Case)> models = ModelRuns.Load(path, settings, ModelRuns.For(simulation));
        RunForecast[] runs = [forecast, .. models.Select(model => RunLimits.Forecast(model.Case, Launcher.Size, writesFields: false))];
        PetscRefusal refusal = PetscRefusal.Of(simulation);
        using IDisposable runtime = refusal.Start();
        return refusal.Told(() => CaseSource.Meshed(simulation, () => Carry(simulation, models, runs, output, overwrite, () => signals.Received)));
    }

    private static int Carry(SimulationCase simulation, IReadOnlyList<(string Name, SimulationCase Case)> models, RunForecast[] runs, string? output, bool overwrite, Func<bool> stop)
    {
        Communicator world = Communicator.World;
        using StoppedRanks watch = StoppedRanks.Watch(world);
        using OutputFolder? folder = output is null ? null : OutputFolder.Create(world, output, overwrite, Forecast);
        Screen.Heading(FormattableString.Invariant($"{simulation.Title}: {runs.Length} runs, about {ProgressLine.Duration(runs.Sum(run => run.CoreSeconds) / world.Size)}"));
        WorkProgress progress = new(runs);
        RunTrace trace = RunTrace.Of(simulation, world, [], stop, advanced: progress.Advance);
        progress.Done("as it is", trace.Cells, trace.Steps, trace.Seconds, trace.End);
        if (trace.End.Reason == EndReason.SolverGaveUp)
        {
            Screen.Out.WriteLine("the case itself has no solution up to its end; nothing is compared");
            return ExitCode.GaveUp;
        }
        if (trace.End.Reason == EndReason.Stopped || ModelRuns.Run(models, trace, world, progress, stop) is not { } differences)
        {
            Screen.Out.WriteLine("stopped on request; nothing is compared");
            return ExitCode.Stopped;
        }
        ModelRuns.Tell(differences);
        if (folder is null)
            return ExitCode.Done;
        RootOnly.Run(world, () => ModelRuns.Write(differences, folder));
        RootOnly.Run(world, folder.RequireComplete);
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.ModelsTableName)}, {OutputFolder.ModelsName} and {OutputFolder.ModelsPictureName} hold them");
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
        string.Concat(rows.Prepend(Headings).Select(row => string.Join(',', row.Select(cell => cell.AsSpan().ContainsAny(",\"\n") ? CsvText.Quoted(cell) : cell)) + "\n"));
}
