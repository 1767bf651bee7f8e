namespace Cell3D.Parallel.Native;

/// <summary>libcell3d_native.so cannot be used: not found, not loadable, or built for other libraries than those it now meets.</summary>
public sealed class NativeLibraryMissingException : Exception
{
    internal NativeLibraryMissingException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
