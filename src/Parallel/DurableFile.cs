using Cell3D.Parallel.Native;

namespace Cell3D.Parallel;

/// <summary>Files that a loss of power leaves as they were or as they are wanted.</summary>
public static class DurableFile
{
    /// <summary>Brings a file to the disk, renames it and brings the folder to the disk.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static void Replace(string temporary, string path)
    {
        NativeLibraryLoader.Load();
        NativeMethods.Check(NativeMethods.c3d_file_replace(temporary, path));
    }
}
