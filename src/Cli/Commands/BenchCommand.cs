using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Benchmark;

namespace Cell3D.Cli.Commands;

/// <summary>cell3d bench solver: what the linear solvers cost on a case, as a Markdown table.</summary>
internal static class BenchCommand
{
    /// <summary>The part of the command that takes options for PETSc.</summary>
    public const string SolverName = "solver";

    private const int MostRepeats = 1000;

    private static readonly Option<double> Step = new("--step") { Description = "Time step whose system is solved", HelpName = "SECONDS", DefaultValueFactory = _ => 10, CustomParser = argument => Positive(argument, 1e-6, 1e5) };
    private static readonly Option<double?> At = new("--at") { Description = "Simulates the protocol until then, where the step starts; else it follows one of 1 s", HelpName = "SECONDS", CustomParser = argument => Positive(argument, 1e-6, 1e9) };
    private static readonly Option<double> Tolerance = new("--tolerance") { Description = "Relative residual to reach", HelpName = "NUMBER", DefaultValueFactory = _ => 1e-8, CustomParser = argument => Positive(argument, 1e-13, 0.1) };
    private static readonly Option<int> Repeats = new("--repeats") { Description = "Repeats, all solvers in turn in each; the median counts", HelpName = "N", DefaultValueFactory = _ => 5, CustomParser = argument => (int)CommandLine.Whole(argument, MostRepeats) };
    private static readonly Option<bool> NoSplit = new("--no-field-split") { Description = "Leaves out the field split, which takes most of the memory" };
    private static readonly Option<string?> Dump = new("--dump") { Description = "Writes matrix and right-hand side in PETSc's binary format", HelpName = "FILE" };

    public static Command Create()
    {
        Command solver = new(SolverName, "Times the linear solvers against a scalar Poisson solve on the same mesh; options for PETSc may follow behind '--', with the prefixes schur_, split_ and lu_")
        {
            CommandLine.Case, CommandLine.Settings, Step, At, Tolerance, Repeats, NoSplit, Dump, CommandLine.Force,
        };
        solver.Validators.Add(parsed =>
        {
            if (parsed.GetResult(Dump)?.Tokens is [{ Value: "" }]) parsed.AddError("--dump takes the name of a file.");
        });
        solver.SetAction(Run);
        return new("bench", "Measures what parts of a run cost on this machine") { solver };
    }

    private static int Run(ParseResult parsed)
    {
        SimulationCase simulation = CaseSource.Load(parsed.GetRequiredValue(CommandLine.Case), parsed.GetRequiredValue(CommandLine.Settings));
        RunForecast forecast = RunLimits.Forecast(simulation, Launcher.Size, writesFields: false);
        RunLimits.RequireSize(simulation, forecast);
        // The systems of several solvers are held side by side.
        RunLimits.RequireMemory(forecast with { MemoryBytes = (parsed.GetValue(NoSplit) ? 2 : 3) * forecast.MemoryBytes }, parsed.GetValue(CommandLine.Force));
        PetscRefusal refusal = PetscRefusal.Of(simulation);
        using IDisposable runtime = refusal.Start();
        return refusal.Told(() => Measure(simulation, parsed));
    }

    private static int Measure(SimulationCase simulation, ParseResult parsed)
    {
        Communicator world = Communicator.World;
        (double step, double? at) = (parsed.GetValue(Step), parsed.GetValue(At));
        double tolerance = parsed.GetValue(Tolerance);
        int repeats = parsed.GetValue(Repeats);
        if (parsed.GetValue(Dump) is { } dump) RootOnly.Run(world, () => RequireFile(dump));
        using SolverBenchmark benchmark = CaseSource.Meshed(simulation, () => Started(simulation, world, step, at));
        (SolverCost poisson, IReadOnlyList<SolverCost> solvers) = benchmark.Run(tolerance, repeats, parsed.GetValue(Dump), !parsed.GetValue(NoSplit));
        if (!world.IsRoot) return ExitCode.Done;
        TextWriter screen = Screen.Out;
        screen.WriteLine(Line($"## Linear solvers on {Path.GetFileName(simulation.File)}"));
        screen.WriteLine();
        screen.WriteLine(Line($"{benchmark.Cells} control volumes, {benchmark.Unknowns} unknowns, {world.Size} rank{(world.Size == 1 ? "" : "s")};"));
        screen.WriteLine(Line($"step of {step:g4} s{(at is null ? "" : Line($" at {at:g6} s"))}, relative residual {tolerance:g2}, median of {repeats};"));
        screen.WriteLine("processor seconds of the slowest rank, ratio to the Poisson solve.");
        screen.WriteLine();
        screen.WriteLine("| solver                  | iterations | set-up s | solve s |  ratio | B/unknown |");
        screen.WriteLine("|-------------------------|-----------:|---------:|--------:|-------:|----------:|");
        foreach (SolverCost cost in solvers.Prepend(poisson))
            screen.WriteLine(Row(cost, poisson, benchmark));
        screen.WriteLine();
        screen.WriteLine("A Newton iteration: properties, particles, residual, Jacobian and");
        screen.WriteLine(Line($"preconditioner under set-up, then collector Schur to {SolverBenchmark.NewtonTolerance:g2};"));
        screen.WriteLine("same Jacobian: another one in that step, which keeps both.");
        if (benchmark.Unknowns > SolverBenchmark.MostDirect) screen.WriteLine(Line($"LU is left out above {SolverBenchmark.MostDirect} unknowns."));
        return ExitCode.Done;
    }

    private static string Row(SolverCost cost, SolverCost poisson, SolverBenchmark benchmark)
    {
        long unknowns = cost == poisson ? benchmark.Cells : benchmark.Unknowns;
        string iterations = cost.Iterations < 0 ? "gave up" : Line($"{cost.Iterations}");
        return Line($"| {cost.Name,-23} | {iterations,10} | {cost.SetUp,8:f4} | {cost.Solve,7:f4} | {cost.Total / poisson.Total,6:f2} | {(double)cost.Bytes / unknowns,9:f0} |");
    }

    /// <summary>Before minutes of work: PETSc would only say so behind them, and in its own words.</summary>
    private static void RequireFile(string path)
    {
        try
        {
            File.Create(path).Dispose();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw OutputException.CannotCreate(path, e.Message.TrimEnd('.'), e);
        }
    }

    /// <exception cref="UserError">The start of the step is not reached (2).</exception>
    private static SolverBenchmark Started(SimulationCase simulation, Communicator world, double step, double? at)
    {
        try
        {
            return new(simulation, world, step, at);
        }
        catch (BenchmarkException e)
        {
            throw new UserError(ExitCode.GaveUp, $"{simulation.File}: {e.Message}");
        }
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);

    private static double Positive(ArgumentResult argument, double least, double most)
    {
        if (double.TryParse(argument.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number >= least && number <= most) return number;
        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{((OptionResult)argument.Parent!).Option.Name} takes a number from {least} to {most}, not '{argument.Tokens[0].Value}'."));
        return least;
    }
}
