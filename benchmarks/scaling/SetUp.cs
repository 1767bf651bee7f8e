using System.Diagnostics;
using Cell3D.Benchmarks.Laws;
using Cell3D.Input;
using Cell3D.Input.Cases;
using Cell3D.Mesh;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Simulation;

namespace Cell3D.Benchmarks.Scaling;

/// <summary>Time from the case to equations that are ready to be assembled, per control volume of a rank.</summary>
public static class SetUp
{
    /// <summary>Arguments: [cells along an edge]...</summary>
    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        if (world.IsRoot)
            Console.WriteLine("    mesh  ranks  volumes/rank | describe  divide   build  equations   state |  µs per volume");
        foreach (int edge in arguments.Select(int.Parse).DefaultIfEmpty(60))
            for (int repetition = 0; repetition < 3; repetition++)
                Measure(edge, world);
        return 0;
    }

    private static void Measure(int edge, Communicator world)
    {
        SimulationCase simulation = PouchModel.CaseOf(edge);
        GC.Collect();
        long start = Stopwatch.GetTimestamp();
        double Lap()
        {
            double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
            start = Stopwatch.GetTimestamp();
            return seconds;
        }
        CellDomain domain = CaseMesh.Describe(simulation);
        double describe = Lap();
        Partition partition = Partition.Of(domain, world.Size, CaseMesh.Work);
        double divide = Lap();
        MeshPart part = MeshPart.Build(domain, partition, world.Rank);
        double build = Lap();
        using CellModel model = CellModel.Build(simulation, part, world);
        double equations = Lap();
        InitialState.Apply(model, simulation);
        double state = Lap(), total = describe + divide + build + equations + state;
        if (world.IsRoot)
            Console.WriteLine($"{$"{edge}² x 32",8}{world.Size,7}{part.Mesh.OwnedCellCount,14:n0} |{describe,8:f3}s{divide,7:f3}s{build,7:f3}s{equations,10:f3}s{state,7:f3}s |{1e6 * total / part.Mesh.OwnedCellCount,14:f2}");
    }
}
