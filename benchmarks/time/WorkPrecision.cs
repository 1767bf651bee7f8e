using System.Globalization;
using System.Text;
using Cell3D.Input.Cases;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Benchmarks.Time;

/// <summary>
/// Work and precision of the steps in time: a case at relative tolerances of a step from 1e-3 to 1e-7, all other tolerances in proportion, against a far tighter run on the same mesh. Table on the
/// screen, the same as CSV and two pictures in a folder. Arguments: folder, settings as KEY=VALUE, reference=TOLERANCE for a run that is less tight, case files.
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
        List<(string Name, List<Row> Rows)> cases = [];
        foreach (string file in files)
        {
            SimulationCase simulation = BenchmarkCase.Of(file, settings);
            string name = simulation.Title;
            SteppedRun reference = SteppedRun.Of(At(simulation, finest), world, [.. Enumerable.Range(1, Points).Select(i => i * Simulation.ProtocolEstimate.Seconds(simulation) / Points)]);
            if (reference.End.Reason == Simulation.EndReason.SolverGaveUp)
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
            }
        }
        if (!world.IsRoot)
            return 0;
        File.WriteAllText(Path.Combine(folder, "work-precision.csv"), table.ToString());
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
