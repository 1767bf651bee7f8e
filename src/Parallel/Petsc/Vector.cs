using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>A vector spread over the ranks, each owning a contiguous part.</summary>
public sealed unsafe class Vector : IDisposable
{
    private readonly double* _values;
    private nint _handle;

    /// <summary>*Collective.* A vector of zeros.</summary>
    /// <param name="communicator">The ranks that share it.</param>
    /// <param name="localSize">Entries this rank owns, ≥ 0.</param>
    public Vector(Communicator communicator, long localSize)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(localSize, int.MaxValue);
        NativeMethods.Check(NativeMethods.c3d_vector_create(communicator.Handle, localSize, out _handle, out long globalSize));
        LocalSize = (int)localSize;
        GlobalSize = globalSize;
        NativeMethods.Check(NativeMethods.c3d_vector_array(_handle, out _values));
        ValuesChanged();
    }

    /// <summary>Entries this rank owns.</summary>
    public int LocalSize { get; }

    /// <summary>Entries of all ranks.</summary>
    public long GlobalSize { get; }

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>This rank's entries, for reading and writing in place; whoever writes calls <see cref="ValuesChanged"/>.</summary>
    public Span<double> Values
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return new(_values, LocalSize);
        }
    }

    /// <summary>Makes newly written entries known to PETSc.</summary>
    public void ValuesChanged() => NativeMethods.Check(NativeMethods.c3d_vector_restore(Handle, _values));

    /// <summary>Overwrites this rank's entries.</summary>
    public void CopyFrom(ReadOnlySpan<double> values)
    {
        CheckLength(values.Length);
        values.CopyTo(Values);
        ValuesChanged();
    }

    /// <summary>Copies this rank's entries out.</summary>
    public void CopyTo(Span<double> values)
    {
        CheckLength(values.Length);
        Values.CopyTo(values);
    }

    /// <summary>*Collective.* Gives every entry the same value.</summary>
    public void Set(double value) => NativeMethods.Check(NativeMethods.c3d_vector_set(Handle, value));

    /// <summary>*Collective.* Euclidean norm over all ranks.</summary>
    public double Norm()
    {
        NativeMethods.Check(NativeMethods.c3d_vector_norm(Handle, out double norm));
        return norm;
    }

    /// <summary>*Collective.* Destroys the vector.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_vector_destroy(_handle));
        _handle = 0;
    }

    private void CheckLength(int length)
    {
        if (length != LocalSize) throw new ArgumentException($"{length} values for {LocalSize} entries.");
    }
}
