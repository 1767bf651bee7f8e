using System.Runtime.InteropServices;

namespace Cell3D.Parallel.Native;

/// <summary>The shim's functions as native/cell3d_native.h declares them, one partial file per library.</summary>
internal static unsafe partial class NativeMethods
{
    public const string Library = "cell3d_native";

    /// <summary>The ABI this assembly was written for; the shim's own number must be the same.</summary>
    public const int Abi = 10;

    [LibraryImport(Library)]
    private static partial byte* c3d_error_text();

    [LibraryImport(Library)]
    public static partial int c3d_abi_version();

    [LibraryImport(Library)]
    public static partial int c3d_petsc_int_size();

    [LibraryImport(Library)]
    public static partial void c3d_petsc_version(Span<int> built, Span<int> loaded);

    [LibraryImport(Library)]
    public static partial void c3d_hdf5_version(Span<int> built, Span<int> loaded);

    [LibraryImport(Library)]
    public static partial void c3d_mpi_version(Span<byte> text, long capacity);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_start(int optionCount, string[] options, int useEnvironment, int launched, int most, out int idle);

    [LibraryImport(Library)]
    public static partial int c3d_stop();

    [LibraryImport(Library)]
    public static partial void c3d_abort(int exitCode);

    [LibraryImport(Library)]
    public static partial long c3d_peak_memory();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_file_replace(string temporary, string final);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_file_settle(string path);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_file_lock(string path, out int descriptor, out int state);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_file_same(int descriptor, string path);

    /// <summary>Turns a status into the exception of the library that failed.</summary>
    public static void Check(int status)
    {
        if (Failure(status) is { } failure) throw failure;
    }

    /// <summary>The exception of the library that failed; null for success.</summary>
    public static Exception? Failure(int status)
    {
        if (status == 0) return null;
        string text = Marshal.PtrToStringUTF8((nint)c3d_error_text()) ?? "";
        return status switch
        {
            1 => new Petsc.PetscException(text),
            2 => new Mpi.MpiException(text),
            3 => new Hdf5.Hdf5Exception(text),
            5 => new IOException(text),
            _ => new ArgumentException(text),
        };
    }
}
