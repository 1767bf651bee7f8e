using System.Globalization;
using System.Text;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Benchmarks.Time;

/// <summary>
/// Work and precision of the steps in time: a case at relative tolerances of a step from 1e-3 to 1e-7, all other tolerances in proportion, against a far tighter run on the same mesh. Table on the
/// screen with the powers of the tolerance that errors follow, the same as CSV, the error of the length of each protocol step as CSV, and two pictures in a folder. Arguments: folder, settings as KEY=VALUE, reference=TOLERANCE for a run that is less tight, case files.
/// </summary>
internal static class WorkPrecision
{
    /// <summary>Of the run that the others are held against, unless <see cref="ReferenceKey"/> says otherwise; they are no closer to it than a factor of ten.</summary>
    private const double Reference = 1e-8;
    private const string ReferenceKey = "reference";
    private const int Points = 400;
    private static readonly double[] Tolerances = [1e-3, 5e-4, 1e-4, 1e-5, 1e-6, 1e-7];

    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        string folder = arguments[0];
        (Dictionary<string, string> own, string[] others) = BenchmarkCase.Part(arguments.Skip(1), ReferenceKey);
        string[] settings = [.. others.Where(argument => argument.Contains('='))], files = [.. others.Except(settings)];
        double finest = own.Number(ReferenceKey, Reference);
        Directory.CreateDirectory(folder);
        StringBuilder table = new("Case,Relative tolerance,Steps,Rejected steps,Newton iterations,Set-up / s,Time steps / s,Voltage error / mV,Voltage error rms / mV,Temperature error / K,Surface concentration error / mol m-3,Event time error / s\n");
        StringBuilder ends = new("Case,Step,Length / s,Relative tolerance,Error / s\n");
        List<(string Name, List<Row> Rows)> cases = [];
        foreach (string file in files)
        {
            SimulationCase simulation = BenchmarkCase.Of(file, settings);
            string name = simulation.Title;
            SteppedRun reference = SteppedRun.Of(At(simulation, finest), world, [.. Enumerable.Range(1, Points).Select(i => i * ProtocolEstimate.Seconds(simulation) / Points)]);
            if (reference.End.Reason == EndReason.SolverGaveUp)
                throw new InvalidOperationException($"{name}, reference: {reference.End.Detail}");
            if (world.IsRoot)
                Console.WriteLine($"{name}\n| relative tolerance | steps (repeated) | Newton | set-up [processor s] | steps [processor s] | V max, rms [mV] | T max [K] | c_s [mol/m³] | events [s] |\n|---|---|---|---|---|---|---|---|---|");
            cases.Add((name, []));
            foreach (double tolerance in Tolerances.Where(tolerance => tolerance > 9 * finest))
            {
                // The second run finds a warm process.
                SteppedRun? run = null;
                for (int i = 0; i < 2; i++)
                    run = SteppedRun.Of(At(simulation, tolerance), world, reference.Times);
                Row row = new(tolerance, run!, run!.ErrorAgainst(reference, world));
                cases[^1].Rows.Add(row);
                table.Append(CultureInfo.InvariantCulture, $"\"{name}\",{tolerance:g3},{run.Steps},{run.Rejected},{run.NewtonIterations},{run.SetUpSeconds:f4},{run.StepSeconds:f4},{1e3 * row.Error.Voltage:g4},{1e3 * row.Error.VoltageRms:g4},{row.Error.Temperature:g4},{row.Error.Concentration:g4},{row.Error.Events:g4}\n");
                if (world.IsRoot)
                    Console.WriteLine(FormattableString.Invariant($"| {tolerance:g3} | {run.Steps} ({run.Rejected}) | {run.NewtonIterations} | {run.SetUpSeconds:f3} | {run.StepSeconds:f3} | {1e3 * row.Error.Voltage:g3}, {1e3 * row.Error.VoltageRms:g3} | {row.Error.Temperature:g3} | {row.Error.Concentration:g3} | {row.Error.Events:g3} |"));
                foreach ((StepRecord step, double error) in SteppedRun.Ending(reference.End).Zip(row.Error.Lengths))
                    ends.Append(CultureInfo.InvariantCulture, $"\"{name}\",\"{step.Name.Replace("\"", "\"\"")}\",{step.End - step.Start:f6},{tolerance:g3},{error:g6}\n");
            }
            if (world.IsRoot)
                Console.WriteLine($"powers of the tolerance: V max {Power(row => [row.Error.Voltage])}, rms {Power(row => [row.Error.VoltageRms])}, T {Power(row => [row.Error.Temperature])}, c_s {Power(row => [row.Error.Concentration])}, lengths of steps {Power(row => row.Error.Lengths)}");

            string Power(Func<Row, double[]> of) => TolerancePower.Of([.. cases[^1].Rows.Select(row => row.Tolerance)], [.. cases[^1].Rows.Select(of)]).ToString();
        }
        if (!world.IsRoot)
            return 0;
        File.WriteAllText(Path.Combine(folder, "work-precision.csv"), table.ToString());
        File.WriteAllText(Path.Combine(folder, "lengths-of-steps.csv"), ends.ToString());
        Draw("Relative tolerance", row => row.Tolerance, "work-precision-tolerance.png");
        Draw("Steps", row => row.Run.Steps, "work-precision-steps.png");
        return 0;

        void Draw(string axis, Func<Row, double> of, string file) =>
            ConvergencePicture.Write(axis,
            [
                Panel("Voltage [mV]", of, row => 1e3 * row.Error.Voltage),
                Panel("Highest temperature [K]", of, row => row.Error.Temperature),
                Panel("Lithium at surfaces [mol/m³]", of, row => row.Error.Concentration),
                Panel("Ends of steps [s]", of, row => row.Error.Events),
            ], Path.Combine(folder, file));

        (string, IReadOnlyList<(string, double[], double[])>) Panel(string axis, Func<Row, double> of, Func<Row, double> error) =>
            (axis, [.. cases.Select(one => (one.Name, one.Rows.Select(of).ToArray(), one.Rows.Select(error).ToArray()))]);
    }

    /// <summary>A case with all tolerances of a step in the proportion that they have by default.</summary>
    private static SimulationCase At(SimulationCase simulation, double relative) =>
        simulation with { Solver = simulation.Solver.WithTolerances(relative / simulation.Solver.RelativeTolerance) };

    private sealed record Row(double Tolerance, SteppedRun Run, RunErrors Error);
}

/// <summary>The power of the tolerance that errors of one kind follow together, each by a factor of its own: |e| = C εᵖ by least squares of the logarithms.</summary>
/// <param name="Power">p.</param>
/// <param name="Scatter">Root mean square of what is left of the logarithms, as a factor.</param>
/// <param name="Kinds">Errors that tell it; those that vanish or of which less than two are known do not.</param>
internal readonly record struct TolerancePower(double Power, double Scatter, int Kinds)
{
    /// <param name="tolerances">ε.</param>
    /// <param name="errors">By tolerance, one per kind.</param>
    public static TolerancePower Of(double[] tolerances, double[][] errors)
    {
        double squares = 0, products = 0, values = 0;
        int count = 0, kinds = 0;
        for (int kind = 0; kind < errors.Min(row => row.Length); kind++)
        {
            (double X, double Y)[] points = [.. tolerances.Zip(errors, (tolerance, row) => (Math.Log(tolerance), Math.Log(Math.Abs(row[kind])))).Where(point => double.IsFinite(point.Item2))];
            if (points.Length < 2)
                continue;
            (double x, double y) = (points.Average(point => point.X), points.Average(point => point.Y));
            squares += points.Sum(point => (point.X - x) * (point.X - x));
            products += points.Sum(point => (point.X - x) * (point.Y - y));
            values += points.Sum(point => (point.Y - y) * (point.Y - y));
            (count, kinds) = (count + points.Length, kinds + 1);
        }
        return new(products / squares, Math.Exp(Math.Sqrt(Math.Max(0, values - (products * products / squares)) / count)), kinds);
    }

    public override string ToString() => Kinds == 0 ? "–" : FormattableString.Invariant($"{Power:f2} (scatter × {Scatter:f2}{(Kinds > 1 ? FormattableString.Invariant($", {Kinds} kinds") : "")})");
}
