using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>A vector's local entries, lent until disposed. Allocates nothing.</summary>
public readonly unsafe ref struct VectorAccess
{
    private readonly nint _vector;
    private readonly double* _values;
    private readonly int _length;

    internal VectorAccess(Vector vector)
    {
        _vector = vector.Handle;
        _length = vector.LocalSize;
        NativeMethods.Check(NativeMethods.c3d_vector_array(_vector, out _values));
    }

    /// <summary>This rank's entries, length <see cref="Vector.LocalSize"/>.</summary>
    public Span<double> Values => new(_values, _length);

    /// <summary>Gives the entries back and marks the vector as changed.</summary>
    public void Dispose() => NativeMethods.Check(NativeMethods.c3d_vector_restore(_vector, _values));
}
