using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>Zeros that take no memory before they are written.</summary>
internal sealed unsafe class Pages : IDisposable
{
    private readonly double* _numbers;
    private bool _isReleased, _isHandedOver;

    /// <param name="count">How many.</param>
    internal Pages(int count)
    {
        Count = count;
        NativeMethods.Check(NativeMethods.c3d_pages_take(count, out _numbers));
    }

    internal int Count { get; }

    internal double* Numbers
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isReleased, this);
            return _numbers;
        }
    }

    internal Span<double> Values => new(Numbers, Count);

    /// <summary>From now on something else releases them.</summary>
    internal void HandOver() => _isHandedOver = true;

    public void Dispose()
    {
        if (!_isReleased && !_isHandedOver)
            NativeMethods.c3d_pages_release(_numbers, Count);
        _isReleased = true;
    }
}
