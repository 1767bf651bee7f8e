using System.Diagnostics;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Output;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Physics.Materials;
using Cell3D.Simulation;
using Cell3D.Simulation.Verification;

namespace Cell3D.Benchmarks.Time;

/// <summary>
/// Many runs of one case in one process, each with particle radii, reaction rates, pores and conductivities of its own, nothing written: runs per second and core, and memory after a tenth of them and after all. Exit 1 when
/// memory has grown. Arguments: number of runs, a case file, settings as KEY=VALUE.
/// </summary>
internal static class Ensemble
{
    /// <summary>Growth between a tenth of the runs and all of them that counts as a leak: managed memory that is alive, and resident memory, which moves by some pages of its own accord [byte].</summary>
    private const long MostManagedGrowth = 1 << 17, MostResidentGrowth = 1 << 23;
    private const int Seed = 20, Leaked = 1;

    /// <summary>Parameters are spread evenly by this share to either side.</summary>
    private const double Spread = 0.2;

    public static int Run(int runs, string file, string[] settings)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        SimulationCase simulation = BenchmarkCase.Of(file, settings);
        Random random = new(Seed);
        int early = Math.Max(1, runs / 10);
        long steps = 0, newton = 0;
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        (long Managed, long Resident) before = default;
        Execute();
        (TimeSpan processor, long start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        for (int run = 1; run <= runs; run++)
        {
            Execute();
            if (run == early)
                before = Memory();
        }
        double wall = Stopwatch.GetElapsedTime(start).TotalSeconds, busy = (Environment.CpuUsage.TotalTime - processor).TotalSeconds;
        (long Managed, long Resident) after = Memory();
        Console.WriteLine(FormattableString.Invariant(
            $"""
            {simulation.Title}: {runs} runs, {(double)steps / (runs + 1):f1} steps and {(double)newton / (runs + 1):f1} Newton iterations each, discharged {least:f4} to {most:f4} A h
            {1e3 * busy / runs:f1} ms of processor time and {1e3 * wall / runs:f1} ms of wall time per run: {runs / busy:f1} runs per second and core
            alive after {early} and {runs} runs: managed {before.Managed} and {after.Managed} bytes, resident {before.Resident >> 10} and {after.Resident >> 10} KiB
            """));
        return after.Managed - before.Managed > MostManagedGrowth || after.Resident - before.Resident > MostResidentGrowth ? Leaked : 0;

        void Execute()
        {
            RunTrace trace = RunTrace.Of(Varied(simulation, () => 1 + (Spread * ((2 * random.NextDouble()) - 1))), world, [], () => false);
            if (trace.End.Reason == EndReason.SolverGaveUp)
                throw new InvalidOperationException(trace.End.Detail);
            (steps, newton) = (steps + trace.Steps, newton + trace.NewtonIterations);
            (least, most) = (Math.Min(least, trace.DischargedCapacity), Math.Max(most, trace.DischargedCapacity));
        }
    }

    /// <summary>The case with factors on some parameters of each of its layers; how much lithium fits in stays.</summary>
    private static SimulationCase Varied(SimulationCase simulation, Func<double> factor) =>
        simulation with { Layers = [.. simulation.Layers.Select(layer => layer.Kind is LayerKind.NegativeElectrode or LayerKind.Separator or LayerKind.PositiveElectrode ? layer with { Material = Varied(layer.Material, factor) } : layer)] };

    private static LayerMaterial Varied(LayerMaterial material, Func<double> factor) => material with
    {
        Pores = material.Pores is { } pores ? new(pores.Porosity, factor() * pores.TransportEfficiency) : null,
        ElectronicConductivity = factor() * material.ElectronicConductivity,
        ActiveMaterials = [.. material.ActiveMaterials.Select(active => active with { ParticleRadius = factor() * active.ParticleRadius, ReactionRateConstant = factor() * active.ReactionRateConstant })],
    };

    private static (long Managed, long Resident) Memory() => (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
}
