using System.Diagnostics;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Petsc;
using Cell3D.Simulation;

namespace Cell3D.Cli.Commands;

/// <summary>What a run shows: forecast, one line per step or a progress bar on a terminal, and how it ended.</summary>
internal sealed class RunScreen
{
    private const int LongestBar = 24, LinesPerHeader = 40;
    private readonly bool _quiet, _verbose, _bar;
    private readonly EtaEstimator _eta = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private CaseRun? _run;
    private int _lines;
    private bool _barStands;

    public RunScreen(bool quiet, bool verbose)
    {
        (_quiet, _verbose, _bar) = (quiet, verbose, Screen.IsTerminal && !verbose && !quiet);
        Warnings.Show = Tell;
    }

    /// <summary>What was remarked so far and is shown as it comes.</summary>
    public RunWarnings Warnings { get; } = new();

    /// <summary>Shows what the input gave rise to.</summary>
    public void Tell(IReadOnlyList<InputProblem> problems)
    {
        InputProblem[] told = [.. InputProblem.InOrder(problems).Where(problem => IsShown(problem.Severity))];
        Screen.Remarks(told);
        Warnings.Keep(told);
    }

    /// <summary>Shows the forecast and follows the run from here on.</summary>
    public void Begin(SimulationCase simulation, CaseRun run)
    {
        _run = run;
        run.StepTaken = Step;
        if (_quiet) return;
        Screen.Heading(simulation.Title);
        Screen.Figures(
        [
            .. Forecasts.Figures(simulation, run.Forecast),
            ("Results", run.Folder.Path),
            ("Goes on", run.GoesOnAt is double time ? FormattableString.Invariant($"from a checkpoint at t = {time:g6} s") : null),
            ("PETSc options", _verbose ? string.Join(' ', Options.All) : null),
        ]);
        Screen.Out.WriteLine();
    }

    /// <summary>Shows how the run ended.</summary>
    public void End(Summary summary, string folder)
    {
        foreach (string sentence in Warnings.Repeated) Tell(Severity.Warning, sentence);
        if (!_quiet) ShowEnd(summary, folder);
        RunOutcome outcome = summary.Outcome;
        // Last, where it is seen: a run that is not what was asked for.
        if (outcome.Status is not (RunStatus.Done or RunStatus.Stopped))
            Tell(outcome.Status is RunStatus.GaveUp or RunStatus.AuditFailed ? Severity.Error : Severity.Warning,
                FormattableString.Invariant($"{Word(outcome.Status).ToLowerInvariant()} (exit code {outcome.ExitCode}): {outcome.EndReason}"));
    }

    private void ShowEnd(Summary summary, string folder)
    {
        if (_barStands) Screen.Out.WriteLine();
        _barStands = false;
        Screen.Out.WriteLine();
        Screen.Heading($"{Word(summary.Outcome.Status)} at t = {Quantity.Text(summary.Outcome.EndTime, 7)} s: {summary.Outcome.EndReason}");
        Screen.Figures(Results(summary, folder));
        if (summary.Pulses.Count > 0) PulseTable.Show(summary.Pulses);
        if (_verbose) ShowDetails(summary);
    }

    private static string Word(RunStatus status) => status switch
    {
        RunStatus.Done => "Done",
        RunStatus.GaveUp => "The solver gave up",
        RunStatus.SafetyLimit => "Ended early",
        RunStatus.AuditFailed => "Done, but not to be trusted",
        _ => "Stopped",
    };

    private static IReadOnlyList<(string, string?)> Results(Summary summary, string folder)
    {
        (TerminalSummary terminal, WholeCellSummary cell, ExtremesSummary extremes, WorkSummary work) = (summary.Terminal, summary.WholeCell, summary.Extremes, summary.Work);
        bool isPart = Math.Abs(summary.Part.Share - 1) > 1e-6;
        bool isHot = extremes.LargestTemperatureDifference > 0;
        return
        [
            ("Voltage", work.Steps == 0 ? null : $"{Quantity.Text(terminal.FirstVoltage, 5)} V → {Quantity.Text(terminal.LastVoltage, 5)} V"),
            ("Simulated", isPart ? FormattableString.Invariant($"{summary.Part.ElectrodePairs} of {cell.ElectrodePairs} electrode pairs, {Quantity.Text(100 * summary.Part.Share, 3)} % of the cell") : null),
            ("Discharged", terminal.DischargedCapacity > 0 ? Amount(terminal.DischargedCapacity, terminal.DischargedEnergy) : null),
            ("  whole cell", isPart && terminal.DischargedCapacity > 0 ? Amount(cell.DischargedCapacity, cell.DischargedEnergy) : null),
            ("Charged", terminal.ChargedCapacity > 0 ? Amount(terminal.ChargedCapacity, terminal.ChargedEnergy) : null),
            ("  whole cell", isPart && terminal.ChargedCapacity > 0 ? Amount(cell.ChargedCapacity, cell.ChargedEnergy) : null),
            ("Heat", terminal.Heat == 0 ? null : $"{Quantity.Text(terminal.Heat)} W h" + (isPart ? $", whole cell {Quantity.Text(cell.Heat)} W h" : "")),
            ("Highest temperature", isHot ? Place(extremes.MaximumTemperature, "K", 5) : null),
            ("Largest difference", isHot ? $"{Quantity.Text(extremes.LargestTemperatureDifference, 3)} K within the cell" : null),
            ("Margin to plating", Place(extremes.LithiumMargin, "V", 3)),
            ("Scales", summary.Scales is { } scales ? string.Join("; ", scales.InWords()) : null),
            ("Work", $"{work.Steps} steps ({work.RejectedByError + work.RejectedBySolver} repeated), {work.NewtonIterations} Newton, {work.KrylovIterations} Krylov"),
            ("Steps set by", Counts(work.StepsByReason)),
            ("Steps repeated", Counts(work.RepeatedByReason)),
            ("Wall time", $"{Quantity.Text(summary.WallTime["Total"], 3)} s; {ByteText.Format((long)(summary.PeakMemory.AllRanks * (1 << 20)))} of memory at peak"),
            ("Results", folder),
        ];
    }

    /// <summary>Counts by reason; null where there are none.</summary>
    private static string? Counts(IReadOnlyDictionary<string, long> counts) => counts.Count == 0 ? null : string.Join(", ", counts.Select(count => FormattableString.Invariant($"{count.Key} {count.Value}")));

    private static string Amount(double capacity, double energy) => $"{Quantity.Text(capacity, 5)} A h, {Quantity.Text(energy, 5)} W h";

    private static string? Place(Extreme extreme, string unit, int digits) =>
        double.IsFinite(extreme.Value) ? $"{Quantity.Text(extreme.Value, digits)} {unit} at t = {Quantity.Text(extreme.Time, 5)} s, {extreme.Region.ToLowerInvariant()}" : null;

    private static void ShowDetails(Summary summary)
    {
        Screen.Out.WriteLine();
        Screen.Heading("Wall time");
        Screen.Figures([.. summary.WallTime.Select(phase => (phase.Key, (string?)FormattableString.Invariant($"{phase.Value,9:F3} s")))]);
        if (summary.Audits.Count == 0) return;
        Screen.Heading("Audits");
        Screen.Table([new("Audit", true), new("Value"), new("Limit"), new("Verdict", true)],
            summary.Audits.Select(audit => new[] { audit.Name, FormattableString.Invariant($"{audit.Value:0.0e+0}"), FormattableString.Invariant($"{audit.Limit:0e+0}"), audit.Passed ? "passed" : "FAILED" }));
    }

    private void Step(StepReport report)
    {
        double left = _eta.Update(_run!.Steps.Done, _run.Steps.Left, _clock.Elapsed.TotalSeconds);
        if (_quiet) return;
        StepReport shown = report with { SecondsLeft = left };
        if (_bar)
        {
            Screen.Redraw(Bar(shown));
            _barStands = true;
            return;
        }
        if (_lines++ % LinesPerHeader == 0) Screen.Out.WriteLine(ProgressLine.Header);
        Screen.Out.WriteLine(ProgressLine.Format(shown));
    }

    /// <summary>What is done and how it goes, within one line: a bar of what room the numbers leave.</summary>
    private string Bar(in StepReport report)
    {
        string numbers = FormattableString.Invariant(
            $"{Math.Floor(100 * _eta.Fraction),3:F0} %  t {report.Time:F0} s  {report.Voltage:F4} V  {report.MinimumTemperature:F2}–{report.MaximumTemperature:F2} K  left {ProgressLine.Duration(report.SecondsLeft)}");
        int width = Screen.Width - 1, bar = Math.Clamp(width - numbers.Length - 3, 0, LongestBar), full = (int)(bar * _eta.Fraction);
        string line = $"  {new string('█', full)}{new string('░', bar - full)} {numbers}";
        return line.Length <= width ? line : line[..width];
    }

    /// <summary>Notes are left out where only warnings and errors are wanted.</summary>
    private bool IsShown(Severity severity) => !_quiet || severity > Severity.Note;

    private void Tell(Severity severity, string message)
    {
        if (!IsShown(severity)) return;
        if (_barStands)
        {
            Screen.Redraw("");
            _barStands = false;
        }
        if (severity == Severity.Note) Screen.Note(message);
        else Screen.Warning(message);
    }
}
