using Cell3D.Input.Cases;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Solvers;

namespace Cell3D.Benchmarks.Time;

/// <summary>
/// Where the error of V of a run in time sits: every step with its length, order, what limits it, and the largest error of V at its end and within, against a far tighter run on the same mesh.
/// Arguments: a case file, settings as KEY=VALUE, reference=TOLERANCE for a run that is less tight than 1e-8.
/// </summary>
internal static class StepErrors
{
    private const double Reference = 1e-8;
    private const string ReferenceKey = "reference";
    private const int PointsPerStep = 5;

    public static int Run(string file, string[] settings)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        (Dictionary<string, string> own, string[] ofCase) = BenchmarkCase.Part(settings, ReferenceKey);
        double finest = own.Number(ReferenceKey, Reference);
        SimulationCase simulation = BenchmarkCase.Of(file, ofCase);
        List<Taken> steps = [];
        SteppedRun.Of(simulation, world, [], steps.Add);
        double[] times = [.. steps.Where(step => step.Length > 0).SelectMany(step => Enumerable.Range(1, PointsPerStep).Select(i => step.Time - (step.Length * (PointsPerStep - i) / PointsPerStep)))];
        SteppedRun run = SteppedRun.Of(simulation, world, times);
        SteppedRun reference = SteppedRun.Of(simulation with { Solver = simulation.Solver.WithTolerances(finest / simulation.Solver.RelativeTolerance) }, world, times);
        int at = 0;
        Console.WriteLine("time [s],step [s],order,Newton,error / tolerance,limited by,V [V],error at end [mV],largest within [mV]");
        foreach (Taken step in steps.Where(step => step.Length > 0))
        {
            double end = double.NaN, within = 0;
            for (int i = 0; i < PointsPerStep && at < Math.Min(run.Times.Length, reference.Times.Length); i++, at++)
            {
                end = 1e3 * (run.Voltage[at] - reference.Voltage[at]);
                within = Math.Abs(end) > Math.Abs(within) ? end : within;
            }
            Console.WriteLine(FormattableString.Invariant($"{step.Time:f3},{step.Length:f3},{step.Order},{step.Newton},{step.Ratio:f3},{step.Limit},{step.Voltage:f4},{end:f4},{within:f4}"));
        }
        Console.WriteLine(FormattableString.Invariant($"{run.Steps} steps, {run.Rejected} repeated, {run.NewtonIterations} Newton iterations"));
        return 0;
    }
}

/// <summary>An accepted step.</summary>
internal readonly record struct Taken(double Time, double Length, int Order, int Newton, double Ratio, string Limit, double Voltage)
{
    public static Taken Of(TimeIntegrator integrator, StepOutcome outcome, double voltage) =>
        new(integrator.Time, integrator.LastStep, integrator.Order, outcome.NewtonIterations, outcome.ErrorRatio, integrator.Limiting?.Name ?? "", voltage);
}
