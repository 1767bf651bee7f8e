using Cell3D.Parallel;

namespace Cell3D.Microstructure.Voxels;

/// <summary>A value per voxel of a slab with one layer of ghosts around it, in memory of its own (an array could not hold 2³¹ values).</summary>
internal sealed unsafe class VoxelField<T> : IDisposable
    where T : unmanaged
{
    private const int Overrun = 64;

    private readonly LargePages _pages;

    /// <summary>All zero; takes memory where it is written.</summary>
    public VoxelField(VoxelGrid grid)
    {
        _pages = new((grid.Size + Overrun) * sizeof(T));
        Values = (T*)_pages.Start;
    }

    /// <summary>The first ghost; see <see cref="VoxelGrid.Index"/>.</summary>
    public T* Values { get; private set; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Values = null;
        _pages.Dispose();
    }
}
