using System.Runtime.InteropServices;

namespace Cell3D.Microstructure.Voxels;

/// <summary>A value per voxel of a slab with one layer of ghosts around it, in memory of its own (an array could not hold 2³¹ values).</summary>
internal sealed unsafe class VoxelField<T> : IDisposable
    where T : unmanaged
{
    private const int Alignment = 64, Overrun = 64;

    /// <summary>All zero.</summary>
    public VoxelField(VoxelGrid grid)
    {
        Bytes = (nuint)(((grid.Size + Overrun) * sizeof(T)) + Alignment);
        Values = (T*)NativeMemory.AlignedAlloc(Bytes, Alignment);
        NativeMemory.Clear(Values, Bytes);
        GC.AddMemoryPressure((long)Bytes);
    }

    /// <summary>The first ghost; see <see cref="VoxelGrid.Index"/>.</summary>
    public T* Values { get; private set; }

    private nuint Bytes { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Values == null) return;
        NativeMemory.AlignedFree(Values);
        GC.RemoveMemoryPressure((long)Bytes);
        Values = null;
    }
}
