using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Voxels;

/// <summary>How the voxels of a slab lie in memory: rows along x, padded to whole vectors, with one layer of ghosts around.</summary>
internal sealed class VoxelGrid
{
    /// <summary>Floats of a vector.</summary>
    public const int Lanes = 8;

    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="shape">The whole image.</param>
    /// <param name="slab">This rank's planes.</param>
    /// <param name="boundary">What lies around the image.</param>
    /// <param name="direction">Direction of transport: 0 x, 1 y, 2 z.</param>
    public VoxelGrid(Communicator communicator, VoxelShape shape, Slab slab, BoundaryKind boundary, int direction)
    {
        (Communicator, Shape, Slab, Boundary, Direction) = (communicator, shape, slab, boundary, direction);
        RowStride = ((shape.X + Lanes - 1) / Lanes * Lanes) + 2;
        PlaneStride = RowStride * (shape.Y + 2);
    }

    public Communicator Communicator { get; }

    public VoxelShape Shape { get; }

    public Slab Slab { get; }

    public BoundaryKind Boundary { get; }

    public int Direction { get; }

    public bool IsPeriodic => Boundary == BoundaryKind.Periodic;

    /// <summary>From a voxel to the next along y.</summary>
    public nint RowStride { get; }

    /// <summary>From a voxel to the next along z.</summary>
    public nint PlaneStride { get; }

    /// <summary>Planes of this rank.</summary>
    public int Planes => Slab.Count;

    /// <summary>Entries of a field with all ghosts.</summary>
    public long Size => PlaneStride * (long)(Planes + 2);

    /// <summary>Place of a voxel; ghosts lie at −1 and behind the last; z counts within the slab.</summary>
    public nint Index(int x, int y, int z) => ((z + 1) * PlaneStride) + ((y + 1) * RowStride) + x + 1;
}
