using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>A set of global indices, each rank holding those it owns: the unknowns of one field of a split.</summary>
public sealed class IndexSet : IDisposable
{
    private nint _handle;

    /// <summary>*Collective.*</summary>
    /// <param name="communicator">The ranks that share it.</param>
    /// <param name="globalIndices">This rank's indices, ascending; may be empty.</param>
    public IndexSet(Communicator communicator, ReadOnlySpan<long> globalIndices) =>
        NativeMethods.Check(NativeMethods.c3d_index_set_create(communicator.Handle, globalIndices.Length, globalIndices, out _handle));

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>*Collective.* Destroys the set; a solver that was given it keeps its own reference.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_index_set_destroy(_handle));
        _handle = 0;
    }
}
