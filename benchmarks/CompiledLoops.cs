using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Cell3D.Benchmarks;

/// <summary>Loops in C, compiled by gcc -O3 -march=native, that managed ones are measured against.</summary>
internal static class CompiledLoops
{
    /// <summary>Bound of <c>--check</c>: time of the loops in C over that of the managed ones.</summary>
    internal const double Least = 0.8;

    /// <summary>Compiles and loads a file.</summary>
    /// <param name="file">Beside the program.</param>
    /// <param name="library">What it exports.</param>
    /// <returns>Whether gcc is there and compiles it; else that is told.</returns>
    internal static bool TryLoad(string file, out nint library)
    {
        string path = Path.Combine(Directory.CreateTempSubdirectory("cell3d-loops-").FullName, "libloops.so");
        library = 0;
        try
        {
            using Process gcc = Process.Start("gcc", ["-O3", "-march=native", "-shared", "-fPIC", "-o", path, Path.Combine(AppContext.BaseDirectory, file)]);
            gcc.WaitForExit();
            if (gcc.ExitCode == 0)
                library = NativeLibrary.Load(path);
        }
        catch (Win32Exception)
        {
            // No gcc.
        }
        if (library == 0)
            Console.WriteLine("gcc is not there or fails: nothing to compare with");
        return library != 0;
    }
}
