using System.Globalization;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Benchmarks.Microstructure;

/// <summary>
/// Closure problems of generated structures: iterations, bytes per voxel and time of multigrid, and on request of conjugate gradients with a diagonal
/// preconditioner beside it. Arguments: voxels along an edge, then structures as kind:porosity, then "diagonal" for the comparison.
/// </summary>
internal static class ClosureSolve
{
    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        int n = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        bool compare = arguments.Contains("diagonal"), quiet = !world.IsRoot;
        if (!quiet) Console.WriteLine($"{n}³ voxels on {world.Size} ranks");
        foreach (string name in arguments.Skip(1).Where(argument => argument.Contains(':', StringComparison.Ordinal)))
        {
            string[] words = name.Split(':');
            StructureSpec spec = new()
            {
                Kind = Enum.Parse<StructureKind>(words[0]),
                Shape = new(n, n, n),
                Porosity = double.Parse(words[1], CultureInfo.InvariantCulture),
                Radius = Math.Max(4, n / (words[0] == "Fibres" ? 32.0 : 16.0)),
                Length = n / 2.0,
                Repeats = Math.Max(1, n / 48),
                Seed = 1,
            };
            VoxelImage image = StructureGenerator.Make(spec, Slab.Of(n, world.Size, world.Rank));
            double contrast = words.Length > 2 ? double.Parse(words[2], CultureInfo.InvariantCulture) : 0;
            DirectionalTransport multigrid = Solve(world, image, contrast, new ClosureSettings());
            Tell(name, multigrid);
            if (!compare) continue;
            DirectionalTransport diagonal = Solve(world, image, contrast, new ClosureSettings(MostIterations: 100_000, Multigrid: false));
            Tell("  diagonal", diagonal);
            if (!quiet) Console.WriteLine(FormattableString.Invariant($"  {diagonal.Solution.Seconds / multigrid.Solution.Seconds:f1} times as fast"));
        }
        return 0;

        void Tell(string name, DirectionalTransport result)
        {
            ClosureResult s = result.Solution;
            long bytes = world.Allreduce(s.BytesOfFields + s.BytesOfLevels, Operation.Sum), peak = world.Allreduce(ParallelRuntime.PeakMemoryBytes, Operation.Sum);
            double voxels = (double)n * n * n;
            if (!quiet)
                Console.WriteLine(FormattableString.Invariant(
                    $"{name,-26} conducting {result.Conducting:f3} k {result.Effective:g8} it {s.Iterations} residual {s.RelativeResidual:e1} imbalance {result.Imbalance:e1} set up {s.SetUpSeconds:f1} s, all {s.Seconds:f1} s, {bytes / voxels:f1} B/voxel, peak {peak / voxels:f1} B/voxel, levels {string.Join(' ', s.Levels)}"));
        }
    }

    private static DirectionalTransport Solve(Communicator world, VoxelImage image, double contrast, ClosureSettings settings) =>
        EffectiveTransport.Along(world, image, [1, contrast, 0], BoundaryKind.Ends, 2, settings);
}
