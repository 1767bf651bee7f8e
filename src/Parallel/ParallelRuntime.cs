using System.Diagnostics.CodeAnalysis;
using System.Text;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Parallel;

/// <summary>
/// MPI, HDF5 and PETSc as one runtime, started once per process. Everything in this assembly is called from the thread that
/// started it (MPI_THREAD_FUNNELED), and nothing has a finaliser: destroying is collective, so owners dispose.
/// </summary>
public static class ParallelRuntime
{
    private const int InternalError = 70;
    private static bool s_started;

    /// <summary>True between <see cref="Start"/> and its end.</summary>
    public static bool IsRunning { get; private set; }

    /// <summary>Whether this rank was left out: it only disposes what <see cref="Start"/> gave it, and waits there for the others.</summary>
    public static bool IsIdle { get; private set; }

    /// <summary>Largest resident memory this rank has had [byte].</summary>
    public static long PeakMemoryBytes => NativeMethods.c3d_peak_memory();

    /// <summary>Versions of the native libraries; may be asked before <see cref="Start"/>.</summary>
    /// <exception cref="NativeLibraryMissingException">libcell3d_native.so is missing or does not fit.</exception>
    public static ParallelVersions Versions
    {
        get
        {
            NativeLibraryLoader.Load();
            Span<int> built = stackalloc int[3];
            Span<int> petsc = stackalloc int[3];
            Span<int> hdf5 = stackalloc int[3];
            Span<byte> mpi = stackalloc byte[1024];
            NativeMethods.c3d_petsc_version(built, petsc);
            NativeMethods.c3d_hdf5_version(built, hdf5);
            NativeMethods.c3d_mpi_version(mpi, mpi.Length);
            return new ParallelVersions(
                Dotted(petsc), NativeMethods.c3d_petsc_int_size(), FirstLine(mpi), Dotted(hdf5), NativeMethods.c3d_abi_version());
        }
    }

    /// <summary>
    /// *Collective.* Starts MPI, HDF5 and PETSc; disposing the result ends them. From here on an exception that nobody catches
    /// prints once with its rank and ends all ranks.
    /// </summary>
    /// <param name="petscOptions">Options as on a command line: <c>-name</c>, followed by its value if it has one.</param>
    /// <param name="petscEnvironment">Whether PETSc also takes options from .petscrc files and the variable PETSC_OPTIONS.</param>
    /// <param name="launched">Whether an MPI launcher started this process; by itself it starts sooner, without networks.</param>
    /// <param name="mostRanks">Number of ranks that work; those beyond are idle.</param>
    /// <exception cref="NativeLibraryMissingException">libcell3d_native.so is missing or does not fit.</exception>
    /// <exception cref="PetscException">PETSc refuses an option, or cannot read a file of options.</exception>
    /// <exception cref="InvalidOperationException">The runtime is or was already running.</exception>
    public static IDisposable Start(IReadOnlyList<string> petscOptions, bool petscEnvironment = false, bool launched = true, int mostRanks = int.MaxValue)
    {
        NativeLibraryLoader.Load();
        if (s_started) throw new InvalidOperationException("The parallel runtime starts once per process.");
        s_started = true;
        NativeMethods.Check(NativeMethods.c3d_start(petscOptions.Count, [.. petscOptions], petscEnvironment ? 1 : 0, launched ? 1 : 0, mostRanks, out int idle));
        (IsRunning, IsIdle) = (true, idle != 0);
        if (!IsIdle) Communicator.Start();
        AppDomain.CurrentDomain.UnhandledException += OnUnhandledException;
        return new Running();
    }

    /// <summary>
    /// Ends the whole job: prints <c>rank r: message</c> and stops every rank. Call it in an exception filter,
    /// <c>catch (Exception e) when (ParallelRuntime.Abort(e, code))</c>: a filter runs before the <c>using</c> blocks below it are
    /// left, whose collective disposals would wait for ranks that know of no failure.
    /// </summary>
    /// <param name="exception">What went wrong; its message is printed.</param>
    /// <param name="exitCode">The job's exit code.</param>
    /// <returns>Never.</returns>
    [DoesNotReturn]
    public static bool Abort(Exception exception, int exitCode)
    {
        Abort(exception.Message, exitCode);
        return false;
    }

    [DoesNotReturn]
    private static void Abort(string text, int exitCode)
    {
        int rank = IsRunning && !IsIdle ? Communicator.World.Rank : 0;
        // When all ranks fail alike, the lowest one speaks and ends the others while they wait.
        if (rank > 0) Thread.Sleep(1000 + 50 * Math.Min(rank, 16));
        // Past Console.Error, which may be captured by a listener that does not survive the job.
        using (Stream errors = Console.OpenStandardError()) errors.Write(Encoding.UTF8.GetBytes($"rank {rank}: {WithoutControls(text)}\n"));
        if (NativeLibraryLoader.IsLoaded) NativeMethods.c3d_abort(exitCode);
        Environment.Exit(exitCode);
    }

    private static void OnUnhandledException(object sender, UnhandledExceptionEventArgs e) =>
        Abort(e.ExceptionObject.ToString() ?? "unknown exception", InternalError);

    private static string WithoutControls(string text) => string.Concat(text.Select(c => char.IsControl(c) && c != '\n' ? '?' : c));

    private static string Dotted(ReadOnlySpan<int> version) => $"{version[0]}.{version[1]}.{version[2]}";

    private static string FirstLine(ReadOnlySpan<byte> text)
    {
        int end = text.IndexOfAny((byte)0, (byte)'\n', (byte)',');
        return Encoding.UTF8.GetString(end < 0 ? text : text[..end]);
    }

    private sealed class Running : IDisposable
    {
        public void Dispose()
        {
            if (!IsRunning) return;
            AppDomain.CurrentDomain.UnhandledException -= OnUnhandledException;
            IsRunning = false;
            NativeMethods.Check(NativeMethods.c3d_stop());
        }
    }
}
