using System.Reflection;
using System.Runtime.InteropServices;

namespace Cell3D.Parallel.Native;

/// <summary>Finds libcell3d_native.so and checks that it fits this assembly and the libraries it was built with.</summary>
internal static class NativeLibraryLoader
{
    public const string FileName = "libcell3d_native.so";
    public const string PathVariable = "CELL3D_NATIVE";

    private static readonly Lock Gate = new();
    private static nint s_handle;

    /// <summary>True once the library is loaded and checked.</summary>
    public static bool IsLoaded => s_handle != 0;

    /// <summary>Loads and checks the library; does nothing the second time.</summary>
    /// <exception cref="NativeLibraryMissingException">It is missing, not loadable or of another build.</exception>
    public static void Load()
    {
        lock (Gate)
        {
            if (s_handle != 0) return;
            string path = Find(Environment.GetEnvironmentVariable(PathVariable), AppContext.BaseDirectory);
            nint handle = Open(path);
            NativeLibrary.SetDllImportResolver(
                Assembly.GetExecutingAssembly(), (name, _, _) => name == NativeMethods.Library ? handle : 0);
            try
            {
                CheckBuild();
            }
            catch (EntryPointNotFoundException e)
            {
                throw new NativeLibraryMissingException($"{path} is another library: {e.Message.TrimEnd('.')}. {HowToBuild}", e);
            }
            s_handle = handle;
        }
    }

    /// <summary>The library's path: the variable's, else next to the assembly, else build/native of a folder above it.</summary>
    /// <param name="chosen">Value of CELL3D_NATIVE, null or empty when unset.</param>
    /// <param name="assemblyFolder">Folder to start from.</param>
    /// <exception cref="NativeLibraryMissingException">None of the places holds it.</exception>
    public static string Find(string? chosen, string assemblyFolder)
    {
        if (!string.IsNullOrEmpty(chosen))
        {
            if (File.Exists(chosen)) return chosen;
            throw new NativeLibraryMissingException($"{PathVariable}={chosen}: there is no such file. {HowToBuild}");
        }

        string beside = Path.Combine(assemblyFolder, FileName);
        if (File.Exists(beside)) return beside;
        for (DirectoryInfo? folder = new(assemblyFolder); folder is not null; folder = folder.Parent)
        {
            string built = Path.Combine(folder.FullName, "build", "native", FileName);
            if (File.Exists(built)) return built;
        }

        throw new NativeLibraryMissingException(
            $"{FileName} was not found: {PathVariable} is not set, it is not in {assemblyFolder}, and no folder above holds build/native/{FileName}. {HowToBuild}");
    }

    private const string HowToBuild =
        "Build it with ./run.sh, or with: cmake -S native -B build/native -DCMAKE_BUILD_TYPE=Release && cmake --build build/native";

    private static nint Open(string path)
    {
        try
        {
            return NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new NativeLibraryMissingException($"{path} cannot be loaded: {e.Message.Trim()} {HowToBuild}", e);
        }
    }

    private static void CheckBuild()
    {
        int abi = NativeMethods.c3d_abi_version();
        if (abi != NativeMethods.Abi)
            throw new NativeLibraryMissingException($"{FileName} has ABI {abi}, this program needs {NativeMethods.Abi}. {HowToBuild}");
        Span<int> built = stackalloc int[3];
        Span<int> loaded = stackalloc int[3];
        NativeMethods.c3d_petsc_version(built, loaded);
        CheckVersion("PETSc", built, loaded);
        NativeMethods.c3d_hdf5_version(built, loaded);
        CheckVersion("HDF5", built, loaded);
    }

    /// <summary>Only a change of the first two numbers changes a library's binary interface.</summary>
    private static void CheckVersion(string library, ReadOnlySpan<int> built, ReadOnlySpan<int> loaded)
    {
        if (built[0] == loaded[0] && built[1] == loaded[1]) return;
        throw new NativeLibraryMissingException(
            $"{FileName} was built with {library} {built[0]}.{built[1]}.{built[2]} but meets {loaded[0]}.{loaded[1]}.{loaded[2]} here. {HowToBuild}");
    }
}
