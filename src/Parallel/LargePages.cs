using Cell3D.Parallel.Native;

namespace Cell3D.Parallel;

/// <summary>
/// Zeros that take no memory before they are written, in pages of two megabytes where the kernel has them: a first touch is then one fault in place of 512,
/// and fewer addresses are looked up.
/// </summary>
public sealed unsafe class LargePages : IDisposable
{
    private readonly long _bytes;
    private void* _start;

    /// <param name="bytes">How many, ≥ 1.</param>
    public LargePages(long bytes)
    {
        NativeMethods.Check(NativeMethods.c3d_large_pages_take(bytes, out _start));
        _bytes = bytes;
        GC.AddMemoryPressure(bytes);
    }

    /// <summary>The first byte, at a multiple of two megabytes; null once released.</summary>
    public void* Start => _start;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_start == null) return;
        NativeMethods.c3d_large_pages_release(_start, _bytes);
        GC.RemoveMemoryPressure(_bytes);
        _start = null;
    }
}
