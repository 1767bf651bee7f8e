using Cell3D.Parallel;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;
using Cell3D.Parallel.Petsc;
using Hdf5File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Cli.Doctor;

/// <summary>Tries the native libraries: loading, starting MPI, a small linear solve, a small parallel file. *Collective* under a launcher.</summary>
internal static class NativeLibraries
{
    private const string Rebuild = "run ./run.sh once, or scripts/setup.sh: they install the Debian packages and build native/";
    private const string Packages = "install petsc-dev libpetsc-real-dev libopenblas0-serial libopenmpi-dev openmpi-bin libhdf5-openmpi-dev, then build native/ again";

    /// <summary>The tests in the order in which they depend on each other; the first failure of the libraries ends them.</summary>
    public static IEnumerable<Finding> Examine()
    {
        Finding versions = Versions();
        yield return versions;
        if (!versions.Works) yield break;
        IDisposable? runtime = null;
        Finding started = Finding.Try("MPI", () =>
        {
            runtime = ParallelRuntime.Start([], launched: Launcher.IsPresent);
            return $"started on {Communicator.World.Size} rank{(Communicator.World.Size == 1 ? "" : "s")}";
        }, "see the message above; as root set OMPI_ALLOW_RUN_AS_ROOT=1 and OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1");
        yield return started;
        if (!started.Works) yield break;
        using (runtime)
        {
            yield return Finding.Try("Linear solver", SmallSolve.DirectLU, Packages);
            yield return Finding.Try("Preconditioner", SmallSolve.AlgebraicMultigrid, Packages);
            yield return Finding.Try("Parallel HDF5", WriteAndRead, $"choose a folder that can be written in TMPDIR, or {Packages}");
        }
    }

    private static Finding Versions()
    {
        try
        {
            ParallelVersions versions = ParallelRuntime.Versions;
            return new("Native library", true, $"{versions}; interface {versions.Abi}");
        }
        catch (NativeLibraryMissingException e)
        {
            return new("Native library", false, e.Message, Rebuild);
        }
    }

    private static string WriteAndRead()
    {
        const int perRank = 1000;
        Communicator world = Communicator.World;
        string folder = world.Broadcast(world.IsRoot ? Directory.CreateTempSubdirectory("cell3d-doctor-").FullName : null);
        string path = Path.Combine(folder, "test.hdf");
        double[] values = [.. Enumerable.Range(world.Rank * perRank, perRank).Select(i => (double)i)];
        Hdf5File.Create(path, world, file => file.Write<double>("/values", values));
        double[] read;
        using (Hdf5File file = Hdf5File.Open(path)) read = file.Read<double>("/values", (long)world.Rank * perRank, perRank);
        world.Barrier();
        if (world.IsRoot) Directory.Delete(folder, recursive: true);
        double sum = world.Allreduce(read.Sum(), Operation.Sum), count = (double)perRank * world.Size;
        if (Math.Abs(sum - 0.5 * count * (count - 1)) > 1e-9 * count * count) throw new InvalidDataException("the values read back differ from those written");
        return FormattableString.Invariant($"{count:F0} values written and read back in {Path.GetTempPath()}");
    }
}
