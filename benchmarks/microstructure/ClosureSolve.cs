using System.Globalization;
using Cell3D.Benchmarks.Laws;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Benchmarks.Microstructure;

/// <summary>
/// Closure problems of generated structures: iterations, bytes per voxel and time of multigrid, and on request of conjugate gradients with a diagonal
/// preconditioner beside it. Arguments: voxels along an edge, then structures as kind:porosity[:conductivity inside[:of a shell of one voxel[:outside]]], then <c>diagonal</c> for the comparison, or
/// <c>diagonal=200</c> for the time of so many of its steps.
/// </summary>
internal static class ClosureSolve
{
    /// <summary>Bytes per voxel that a step of conjugate gradients moves at least, each pass over the fields read and written once and stores without a read: A p 9, products 12,
    /// χ and r 32, p 12; the diagonal preconditioner 9, or on the voxels of multigrid four sweeps of 13, restriction 9 and correction 9.</summary>
    private const double BytesOfStep = 9 + 12 + 32 + 12, BytesOfDiagonal = 9, BytesOfCycle = (4 * 13) + 9 + 9;

    public static int Run(string[] arguments)
    {
        using IDisposable runtime = ParallelRuntime.Start([]);
        Communicator world = Communicator.World;
        int n = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        string? compare = arguments.FirstOrDefault(argument => argument.StartsWith("diagonal", StringComparison.Ordinal));
        bool quiet = !world.IsRoot;
        double stream = Stream(world);
        if (!quiet) Console.WriteLine(FormattableString.Invariant($"{n}³ voxels on {world.Size} ranks; STREAM triad of all at once {1e-9 * stream:f1} GB/s"));
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
                Shell = words.Length > 3 ? 1 : 0,
                Seed = 1,
            };
            double[] conductivities = [words.Length > 4 ? Number(words, 4) : 1, Number(words, 2), Number(words, 3)];
            VoxelImage image = StructureGenerator.Make(spec, Slab.Of(n, world.Size, world.Rank));
            DirectionalTransport multigrid = Solve(world, image, conductivities, new ClosureSettings());
            Tell(name, multigrid, BytesOfStep + BytesOfCycle);
            if (compare is null) continue;
            int most = compare.Split('=') is [_, string count] ? int.Parse(count, CultureInfo.InvariantCulture) : 100_000;
            DirectionalTransport diagonal = Solve(world, image, conductivities, new ClosureSettings(MostIterations: most, Multigrid: false) { Progress = quiet ? null : Watch });
            Tell("  diagonal", diagonal, BytesOfStep + BytesOfDiagonal);
            if (quiet) continue;
            double ratio = diagonal.Solution.Seconds / multigrid.Solution.Seconds;
            Console.WriteLine(diagonal.Solution.Converged
                ? FormattableString.Invariant($"  multigrid is {ratio:f1} times as fast")
                : FormattableString.Invariant($"  multigrid takes as long as {diagonal.Solution.Iterations / ratio:f0} of these steps, which are not the end"));
        }
        return 0;

        void Tell(string name, DirectionalTransport result, double bytesOfStep)
        {
            ClosureResult s = result.Solution;
            long bytes = world.Allreduce(s.BytesOfFields + s.BytesOfLevels, Operation.Sum), peak = world.Allreduce(ParallelRuntime.PeakMemoryBytes, Operation.Sum);
            double voxels = (double)n * n * n, perStep = (s.Seconds - s.SetUpSeconds) / s.Iterations;
            if (!quiet)
                Console.WriteLine(FormattableString.Invariant(
                    $"{name,-26} conducting {result.Conducting:f3} k {result.Effective:g8} it {s.Iterations} residual {s.RelativeResidual:e1} imbalance {result.Imbalance:e1} set up {s.SetUpSeconds:f1} s, all {s.Seconds:f1} s, step {perStep:f3} s with {bytesOfStep * voxels / perStep / stream:p0} of STREAM on the voxels, {bytes / voxels:f1} B/voxel, peak {peak / voxels:f1} B/voxel, levels {string.Join(' ', s.Levels)}"));
        }
    }

    /// <summary>Shows how far a solve of thousands of steps has come.</summary>
    private static void Watch(int step, double residual)
    {
        if (step % 100 == 0)
            Console.Error.WriteLine(FormattableString.Invariant($"  step {step}, residual {residual:e2}"));
    }

    private static double Number(string[] words, int place) => words.Length > place ? double.Parse(words[place], CultureInfo.InvariantCulture) : 0;

    /// <summary>Bandwidth of all ranks at the same time [B/s].</summary>
    private static double Stream(Communicator world)
    {
        TriadBenchmarks triad = new();
        world.Barrier();
        return world.Allreduce(1e9 * TriadBenchmarks.BytesPerElement / Timing.Of(triad.Triad).Per(TriadBenchmarks.Elements).Median, Operation.Sum);
    }

    private static DirectionalTransport Solve(Communicator world, VoxelImage image, double[] conductivities, ClosureSettings settings) =>
        EffectiveTransport.Along(world, image, conductivities, BoundaryKind.Ends, 2, settings);
}
