using Cell3D.Input.Cases;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;

namespace Cell3D.Benchmarks.Accuracy;

/// <summary>
/// The whole error of V(t) of a column – cells, particles and steps together – against a run that is fine in everything, and what the run took in a warm process. Arguments: a case file, settings of all runs, then behind
/// each "/" the settings of one; reference=FACTOR of the default tolerances and points=NUMBER for the run that the others are held against.
/// </summary>
internal static class WholeError
{
    private const int FineCells = 320, FineModes = 60, EarlyPoints = 60, MostRepeats = 7;
    private const double RepeatedWithin = 3;
    private static readonly string[] Electrodes = ["Negative electrode", "Separator", "Positive electrode"];

    /// <summary>From then on after the start of the protocol errors count: what a budget promises [s].</summary>
    private const double After = 1;

    public static int Run(string file, string[] arguments)
    {
        List<string[]> ways = Split(arguments);
        (Dictionary<string, string> own, string[] common) = BenchmarkCase.Part(ways[0], "reference", "points");
        if (ways.Count == 1) ways.Add([]);
        double tolerance = own.Number("reference", 0.01);
        int points = (int)own.Number("points", 400);
        using IDisposable runtime = ParallelRuntime.Start([]);
        SimulationCase simulation = Load(file, common);
        double length = ProtocolEstimate.Seconds(simulation);
        double[] times = [.. Enumerable.Range(0, EarlyPoints).Select(i => After * Math.Pow(length / (100 * After), (double)i / EarlyPoints)), .. Enumerable.Range(1, points).Select(i => 1.1 * length * i / points).Where(time => time > 0.01 * length)];
        RunTrace truth = RunTrace.Of(Fine(simulation, tolerance), Communicator.World, times, () => false);
        Console.WriteLine(FormattableString.Invariant($"{simulation.Title}; fine: {truth.Cells} cells, {truth.Steps} steps, {truth.Seconds:f1} s, ends at {truth.End.Time:f3} s"));
        Console.WriteLine("| settings | through | modes | largest from 1 s on, at, before 97 %, rms [mV] | end [s] | steps, iterations | processor time, of it an iteration |\n|---|---|---|---|---|---|---|");
        foreach (string[] way in ways.Skip(1))
            Tell(string.Join(" ", way), Load(file, [.. common, .. way]), truth, times);
        return 0;
    }

    private static void Tell(string settings, SimulationCase level, RunTrace truth, double[] times)
    {
        RunTrace run = RunTrace.Of(level, Communicator.World, times, () => false);
        int count = Math.Min(run.Voltage.Length, truth.Voltage.Length), worst = 0;
        double before = 0, sum = 0;
        for (int i = 0; i < count; i++)
        {
            double error = Error(i);
            if (error > Error(worst)) worst = i;
            if (times[i] < 0.97 * truth.End.Time) before = Math.Max(before, error);
            sum += error * error;
        }
        List<double> seconds = [];
        while (seconds.Count < MostRepeats && seconds.Sum() < RepeatedWithin)
            seconds.Add(RunTrace.Of(level, Communicator.World, [], () => false).ProcessorSeconds);
        seconds.Sort();
        Console.WriteLine(FormattableString.Invariant(
            $"| {settings} | {string.Join(" / ", level.Mesh.CellsThrough.Where(cells => cells > 1))} | {string.Join(" / ", level.Layers.SelectMany(layer => layer.Material.ActiveMaterials).Select(material => ParticleModes.Of(level)[material]))} | {1e3 * Error(worst):f3}, {times[worst]:f0} s, {1e3 * before:f3}, {1e3 * Math.Sqrt(sum / count):f3} | {run.End.Time - truth.End.Time:f3} | {run.Steps}, {run.NewtonIterations} | {1e3 * seconds[0]:f1} ms, {1e6 * seconds[0] / run.NewtonIterations:f0} µs |"));

        double Error(int i) => Math.Abs(run.Voltage[i] - truth.Voltage[i]);
    }

    private static SimulationCase Fine(SimulationCase simulation, double tolerance) => simulation with
    {
        Mesh = simulation.Mesh with
        {
            CellsThrough = [.. simulation.Mesh.CellsThrough.Select(cells => cells > 1 ? FineCells : 1)],
            Grading = 1,
            ParticleModes = FineModes,
        },
        Solver = simulation.Solver.WithTolerances(tolerance * DefaultVoltageTolerance / simulation.Solver.VoltageTolerance) with { MaximumOrder = 5 },
    };

    /// <summary>Of the level "default" [V].</summary>
    private const double DefaultVoltageTolerance = 1e-4;

    private static List<string[]> Split(string[] arguments)
    {
        List<string[]> groups = [];
        List<string> group = [];
        foreach (string argument in arguments)
        {
            if (argument != "/")
            {
                group.Add(argument);
                continue;
            }
            groups.Add([.. group]);
            group.Clear();
        }
        groups.Add([.. group]);
        return groups;
    }

    /// <summary>A case with cells=N,N,N through its layers and tolerance=FACTOR of its tolerances.</summary>
    private static SimulationCase Load(string file, string[] settings)
    {
        (Dictionary<string, string> own, string[] ofCase) = BenchmarkCase.Part(settings, "cells", "tolerance");
        string[] cells = own.GetValueOrDefault("cells")?.Split(',') ?? [];
        SimulationCase simulation = BenchmarkCase.Of(file, [.. ofCase, .. cells.Zip(Electrodes, (number, layer) => $"Mesh.Cells through.{layer}={number}")]);
        return own.ContainsKey("tolerance") ? simulation with { Solver = simulation.Solver.WithTolerances(own.Number("tolerance", 1)) } : simulation;
    }
}
