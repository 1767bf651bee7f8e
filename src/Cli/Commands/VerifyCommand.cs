using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Cli.Studies;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d verify: how far a case's numbers hang on mesh, particles and time steps, as error bars.</summary>
internal static class VerifyCommand
{
    public const string Name = "verify";

    private static readonly Option<string?> Folder = new("--output", "-o") { Description = "Folder of tables and pictures; the case's own with -verify when left out", HelpName = "FOLDER" };
    private static readonly Option<Target?> Wanted = new("--target") { Description = "Proposes divisions and tolerances for an accuracy of voltage, temperature or both, as 1mV,0.1K", HelpName = "ACCURACY", CustomParser = Target.Parse };

    public static Command Create()
    {
        Command command = new(Name, "Estimates the error of a case by runs with coarser meshes, more unknowns in particles and shorter steps; options for PETSc may follow behind '--'")
        {
            CommandLine.Case, CommandLine.Settings, Folder, CommandLine.Overwrite, CommandLine.Force, Wanted,
        };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using StopSignals signals = new();
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        RunForecast forecast = RunLimits.Forecast(simulation, Launcher.Size, writesFields: false);
        RunLimits.RequireSize(simulation, forecast);
        RunLimits.RequireMemory(forecast with { MemoryBytes = 2 * forecast.MemoryBytes }, parsed.GetValue(CommandLine.Force));
        PetscRefusal refusal = PetscRefusal.Of(simulation);
        using IDisposable runtime = refusal.Start();
        string folder = parsed.GetValue(Folder) ?? simulation.Output.Folder + "-verify";
        return refusal.Told(() => CaseSource.Meshed(simulation, () => Study(simulation, folder, parsed.GetValue(CommandLine.Overwrite), parsed.GetValue(Wanted), () => signals.Received)));
    }

    /// <summary>Share of the values above which a direction's error counts as unknown.</summary>
    private const double MostUnknown = 0.05;

    /// <summary>Ends of steps that the screen shows.</summary>
    private const int MostEnds = 12;

    private static int Study(SimulationCase simulation, string path, bool overwrite, Target? target, Func<bool> stop)
    {
        Communicator world = Communicator.World;
        using OutputFolder folder = OutputFolder.Create(world, path, overwrite, 1 << 20);
        RunForecast[] runs = [.. RefinementStudy.CasesOf(simulation).Select(level => RunForecast.Of(level, world.Size, writesFields: false))];
        Screen.Heading(FormattableString.Invariant($"{simulation.Title}: {runs.Length} runs, about {ProgressLine.Duration(runs.Sum(run => run.CoreSeconds) / world.Size)}"));
        WorkProgress progress = new(runs);
        RefinementStudy? study = RefinementStudy.Of(simulation, world, (what, trace) => progress.Done(what, trace.Cells, trace.Steps, trace.Seconds, trace.End), stop, advanced: (_, time) => progress.Advance(time));
        if (study is null)
        {
            Screen.Out.WriteLine("stopped on request; nothing is told of the error");
            return ExitCode.Stopped;
        }
        if (study.Base.End.Reason == EndReason.SolverGaveUp)
        {
            Screen.Out.WriteLine("the case itself has no solution up to its end; nothing is told of the error");
            return ExitCode.GaveUp;
        }
        IReadOnlyList<DirectionCost> costs = study.Costs(MostUnknown);
        IReadOnlyList<BudgetRow> budget = AccuracyBudget.Of(costs, study.Base.Cells, study.Base.Steps, study.Seconds);
        RootOnly.Run(world, () => Write(study, costs, budget, folder));
        RootOnly.Run(world, folder.RequireComplete);
        Tell(study);
        TellEnds(study);
        TellBudget(costs, budget);
        if (target is not null) Propose(study, target);
        Screen.Out.WriteLine($"  {Path.Combine(folder.Path, OutputFolder.VerificationName)} and {OutputFolder.VerificationPictureName} hold the curves with their error bars");
        return ExitCode.Done;
    }

    private static void Tell(RefinementStudy study)
    {
        Screen.Heading("Estimated errors of the case as it is, in brackets the observed order");
        Screen.Table([new("", IsText: true), new("V(t)\nlargest\n[mV]"), new("end\n[s]"), new("capacity\n[mA.h]"), new("T max\n[K]"), new("T diff.\n[K]"), new("margin\n[mV]")],
            [
                .. study.Directions.Select(direction => (IReadOnlyList<string>)[direction.Direction.Name, Curve(direction.Voltage), .. Numbers(direction.Quantities)]),
                ["all", Curve([.. Total(study)]), .. Numbers([.. Enumerable.Range(0, RefinementStudy.Quantities.Count).Select(i => study.Total(direction => direction.Quantities[i]))])],
                ["value", "", .. RefinementStudy.Quantities.Select((quantity, i) => Value(Scale(i) * quantity.Of(study.Base), 6))],
            ]);
        int unknown = Total(study).Count(estimate => !estimate.IsKnown);
        if (unknown > 0)
            Screen.Out.WriteLine(FormattableString.Invariant($"  V(t): unknown at {unknown} of {Total(study).Count()} times, where the levels do not converge in order; the largest is that of the others"));
        // Where the error of one direction is unknown, it may be the largest.
        if (study.Directions.All(direction => direction.Voltage.Any(estimate => estimate.IsKnown)) && study.Directions.MaxBy(direction => RefinementStudy.Largest(direction.Voltage)) is { } worst)
            Screen.Out.WriteLine($"  most of the error of V(t) arises {worst.Direction.Name}: change {worst.Direction.Key} first");
    }

    /// <summary>Steps of the protocol that something else than their time ends, where there are several and not too many.</summary>
    private static void TellEnds(RefinementStudy study)
    {
        (StepRecord Step, IReadOnlyList<ErrorEstimate> Errors)[] ends = [.. study.Ends().Where(end => end.Step.Step.Duration is null)];
        if (ends.Length is < 2 or > MostEnds)
            return;
        Screen.Heading("When steps end [s], with error bars");
        Screen.Table([new("", IsText: true), new("end"), .. study.Directions.Select(direction => new Column(direction.Direction.Name.Replace(' ', '\n'))), new("all")],
            ends.Select(end => (IReadOnlyList<string>)[end.Step.Name, Value(end.Step.End, 7), .. end.Errors.Select(error => error.IsKnown ? Value(error.Error, 2) : "unknown"), double.IsNaN(Sum(end.Errors)) ? "unknown" : Value(Sum(end.Errors), 2)]));
    }

    /// <summary>Of all directions; no number where that of one is unknown.</summary>
    private static double Sum(IReadOnlyList<ErrorEstimate> errors) => errors.Sum(error => error.Error);

    /// <summary>What accuracy a budget buys.</summary>
    private static void TellBudget(IReadOnlyList<DirectionCost> costs, IReadOnlyList<BudgetRow> rows)
    {
        if (rows.Count == 0)
        {
            Screen.Out.WriteLine("  what accuracy costs is unknown where the error of a direction is");
            return;
        }
        Screen.Heading("What accuracy costs, by measured orders: multiples of the case's own resolution");
        bool hasHeat = rows.Any(row => row.Temperature > 0 && costs.Any(cost => cost.Temperature.Order > 0));
        Screen.Table([new("V(t)\nwithin\n[mV]"), .. hasHeat ? [new Column("T max\n[mK]")] : (Column[])[], new("end\n[s]"), .. costs.Select(cost => new Column(cost.Direction.Name.Replace(' ', '\n'))), new("control\nvolumes"), new("time\nsteps"), new("wall\ntime")],
            rows.Select(row => (IReadOnlyList<string>)[Value(1e3 * row.Voltage, 2), .. hasHeat ? [Value(1e3 * row.Temperature, 2)] : (string[])[], Value(row.End, 2), .. row.Resolutions.Select(resolution => Value(resolution, 2)), Value(row.Cells, 2), Value(row.Steps, 2), ProgressLine.Duration(row.Seconds)]));
        Screen.Figures([.. costs.Select(cost => (cost.Direction.Name, (string?)FormattableString.Invariant($"error as resolution^-{cost.Voltage.Order:f1}, time as resolution^{cost.WorkOfFiner:f1}")))]);
    }

    private static IEnumerable<ErrorEstimate> Total(RefinementStudy study) =>
        Enumerable.Range(0, study.Directions.Min(direction => direction.Voltage.Count)).Select(i => study.Total(direction => direction.Voltage[i]));

    private static string Curve(IReadOnlyList<ErrorEstimate> errors)
    {
        double largest = RefinementStudy.Largest(errors);
        if (double.IsNaN(largest)) return "unknown";
        ErrorEstimate at = errors.First(estimate => estimate.Error == largest);
        return Text(at with { Error = 1e3 * at.Error }) + (errors.All(estimate => estimate.IsKnown) ? "" : " *");
    }

    private static IEnumerable<string> Numbers(IReadOnlyList<ErrorEstimate> errors) => errors.Select((estimate, i) => Text(estimate with { Error = Scale(i) * estimate.Error }));

    /// <summary>Capacity and margin are told in thousandths.</summary>
    private static double Scale(int quantity) => RefinementStudy.Quantities[quantity].Unit is "A.h" or "V" ? 1e3 : 1;

    private static string Text(ErrorEstimate estimate) => !estimate.IsKnown ? "unknown" : double.IsNaN(estimate.Order) ? Value(estimate.Error, 2) : FormattableString.Invariant($"{Value(estimate.Error, 2)} ({estimate.Order:f1})");

    private static string Value(double value, int digits) => double.IsFinite(value) ? Quantity.Text(value, digits) : "–";

    /// <summary>What each direction needs for its equal share of the wanted accuracy.</summary>
    private static void Propose(RefinementStudy study, Target target)
    {
        Screen.Heading(FormattableString.Invariant($"For {target.Text}, an equal share for each direction"));
        List<(string, string?)> lines = [];
        foreach (DirectionErrors direction in study.Directions)
        {
            (double Voltage, double Temperature) share = (target.Voltage / study.Directions.Count, target.Temperature / study.Directions.Count);
            double voltage = RefinementStudy.Largest(direction.Voltage) / share.Voltage, temperature = RefinementStudy.Largest(direction.Temperature) / share.Temperature;
            if (direction.Voltage.Concat(direction.Temperature).Count(estimate => !estimate.IsKnown) > MostUnknown * (direction.Voltage.Count + direction.Temperature.Count))
                (voltage, temperature) = (double.NaN, double.NaN);
            double excess = Math.Max(double.IsNaN(share.Voltage) ? 0 : voltage, double.IsNaN(share.Temperature) ? 0 : temperature);
            lines.Add((direction.Direction.Name, direction.Direction.Advice(excess)));
        }
        Screen.Figures(lines);
    }

    private static void Write(RefinementStudy study, IReadOnlyList<DirectionCost> costs, IReadOnlyList<BudgetRow> budget, OutputFolder folder)
    {
        SeriesColumn[] columns =
        [
            new("Voltage", "V"), .. study.Directions.Select(direction => new SeriesColumn($"Error of voltage {direction.Direction.Name}", "V")), new("Error of voltage", "V"),
            new("Maximum temperature", "K"), .. study.Directions.Select(direction => new SeriesColumn($"Error of maximum temperature {direction.Direction.Name}", "K")), new("Error of maximum temperature", "K"),
        ];
        int rows = study.Directions.Min(direction => direction.Voltage.Count);
        double[][] values = [study.Base.Times[..rows], .. columns.Select(_ => new double[rows])];
        for (int i = 0; i < rows; i++)
        {
            int column = 0;
            values[++column][i] = study.Base.Voltage[i];
            foreach (DirectionErrors direction in study.Directions)
                values[++column][i] = direction.Voltage[i].Error;
            values[++column][i] = study.Total(direction => direction.Voltage[i]).Error;
            values[++column][i] = study.Base.MaximumTemperature[i];
            foreach (DirectionErrors direction in study.Directions)
                values[++column][i] = direction.Temperature[i].Error;
            values[++column][i] = study.Total(direction => direction.Temperature[i]).Error;
        }
        if (rows < 2) return;
        TimeSeries series = new(OutputFolder.VerificationName, [SeriesColumn.Time, .. columns], values);
        series.WriteCsv(folder.ForWriting(OutputFolder.VerificationName));
        WriteEnds(study, folder);
        if (budget.Count > 0)
        {
            WriteBudget(costs, budget, folder);
            DrawBudget(study, costs, budget, folder);
        }
        Plots.WriteVerification(series, folder.ForWriting(OutputFolder.VerificationPictureName));
    }

    private static void WriteEnds(RefinementStudy study, OutputFolder folder)
    {
        (StepRecord Step, IReadOnlyList<ErrorEstimate> Errors)[] ends = [.. study.Ends()];
        CsvText.Write(folder.ForWriting(OutputFolder.VerificationEndsName),
            [new SeriesColumn("Step", "1").Header, new SeriesColumn("End", "s").Header, .. study.Directions.Select(direction => new SeriesColumn($"Error of end {direction.Direction.Name}", "s").Header), new SeriesColumn("Error of end", "s").Header],
            [[.. ends.Select(end => (double)end.Step.Number)], [.. ends.Select(end => end.Step.End)], .. study.Directions.Select((_, i) => ends.Select(end => end.Errors[i].Error).ToArray()), [.. ends.Select(end => Sum(end.Errors))]]);
    }

    private static void WriteBudget(IReadOnlyList<DirectionCost> costs, IReadOnlyList<BudgetRow> rows, OutputFolder folder) =>
        CsvText.Write(folder.ForWriting(OutputFolder.VerificationBudgetName),
            [new SeriesColumn("Error of voltage", "V").Header, new SeriesColumn("Error of maximum temperature", "K").Header, new SeriesColumn("Error of end time", "s").Header, .. costs.Select(cost => new SeriesColumn($"Resolution {cost.Direction.Name}", "1").Header), new SeriesColumn("Control volumes", "1").Header, new SeriesColumn("Time steps", "1").Header, new SeriesColumn("Wall time", "s").Header],
            [[.. rows.Select(row => row.Voltage)], [.. rows.Select(row => row.Temperature)], [.. rows.Select(row => row.End)], .. costs.Select((_, i) => rows.Select(row => row.Resolutions[i]).ToArray()), [.. rows.Select(row => row.Cells)], [.. rows.Select(row => row.Steps)], [.. rows.Select(row => row.Seconds)]]);

    /// <summary>Errors over wall time: the least that an error takes, and the runs of each direction, whose times are measured.</summary>
    private static void DrawBudget(RefinementStudy study, IReadOnlyList<DirectionCost> costs, IReadOnlyList<BudgetRow> budget, OutputFolder folder)
    {
        (string Name, IReadOnlyList<BudgetRow> Rows)[] curves = [("least time", budget), .. study.Runs(costs).Zip(costs, (runs, cost) => ($"runs {cost.Direction.Name}", runs))];
        (string, IReadOnlyList<(string, double[], double[])>) Panel(string axis, Func<BudgetRow, double> of) =>
            (axis, [.. curves.Select(curve => (curve.Name, curve.Rows.Select(row => row.Seconds).ToArray(), curve.Rows.Select(of).ToArray()))]);
        List<(string, IReadOnlyList<(string, double[], double[])>)> panels = [Panel("Error of voltage [mV]", row => 1e3 * row.Voltage)];
        if (costs.Any(cost => cost.Temperature.Order > 0))
            panels.Add(Panel("Error of highest temperature [mK]", row => 1e3 * row.Temperature));
        if (costs.Any(cost => cost.End.Order > 0))
            panels.Add(Panel("Error of end time [s]", row => row.End));
        ConvergencePicture.Write("Wall time [s]", panels, folder.ForWriting(OutputFolder.VerificationBudgetPictureName));
    }

    /// <summary>An accuracy that is wanted; NaN where it does not matter.</summary>
    /// <param name="Voltage">[V].</param>
    /// <param name="Temperature">[K].</param>
    /// <param name="Text">As it was written.</param>
    private sealed record Target(double Voltage, double Temperature, string Text)
    {
        private static readonly (string Unit, double Scale, bool IsVoltage)[] Units = [("mV", 1e-3, true), ("uV", 1e-6, true), ("V", 1, true), ("mK", 1e-3, false), ("K", 1, false)];

        public static Target? Parse(ArgumentResult argument)
        {
            string text = argument.Tokens[0].Value;
            (double voltage, double temperature) = (double.NaN, double.NaN);
            foreach (string part in text.Split(','))
            {
                (string unit, double scale, bool isVoltage) = Units.FirstOrDefault(unit => part.Trim().EndsWith(unit.Unit, StringComparison.Ordinal));
                if (unit is null || !double.TryParse(part.Trim()[..^unit.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) || !(number > 0) || !double.IsFinite(number))
                {
                    argument.AddError($"--target takes numbers above 0 with mV, V, mK or K, as 1mV,0.1K, not '{text}'.");
                    return null;
                }
                (voltage, temperature) = isVoltage ? (scale * number, temperature) : (voltage, scale * number);
            }
            return new(voltage, temperature, text);
        }
    }
}
