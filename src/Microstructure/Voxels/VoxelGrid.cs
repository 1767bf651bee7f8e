using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Voxels;

/// <summary>
/// How the voxels of a slab lie in memory: rows along x, in each first those of even x, then those of odd x, with one layer of ghosts around. Voxels of one
/// colour, the parity of x + y + z, then follow upon each other as their neighbours do, and so do the blocks of two voxels.
/// </summary>
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
        Half = (shape.X / 2) + 2;
        RowStride = 2 * Half;
        PlaneStride = RowStride * (shape.Y + 2);
    }

    public Communicator Communicator { get; }

    public VoxelShape Shape { get; }

    public Slab Slab { get; }

    public BoundaryKind Boundary { get; }

    public int Direction { get; }

    public bool IsPeriodic => Boundary == BoundaryKind.Periodic;

    /// <summary>Whether neighbours always differ in colour: not where an odd number of voxels repeats itself.</summary>
    public bool HasTwoColours => !IsPeriodic || ((Shape.X | Shape.Y | Shape.Z) & 1) == 0;

    /// <summary>From a voxel of even x to the next along x.</summary>
    public nint Half { get; }

    /// <summary>From a voxel to the next along y.</summary>
    public nint RowStride { get; }

    /// <summary>From a voxel to the next along z.</summary>
    public nint PlaneStride { get; }

    /// <summary>Planes of this rank.</summary>
    public int Planes => Slab.Count;

    /// <summary>Entries of a field with all ghosts.</summary>
    public long Size => PlaneStride * (long)(Planes + 2);

    /// <summary>Place of a voxel; ghosts lie at −1 and behind the last; z counts within the slab.</summary>
    public nint Index(int x, int y, int z) => ((z + 1) * PlaneStride) + ((y + 1) * RowStride) + ((x & 1) * Half) + (x >> 1);

    /// <summary>Voxels of a row whose x is even (0) or odd (1).</summary>
    public int InHalf(int parity) => (Shape.X + 1 - parity) >> 1;

    /// <summary>From a voxel at x to its neighbour along a direction, on the side of lower (−1) or higher (1) coordinates.</summary>
    public nint Step(int x, int direction, int side) => direction switch
    {
        0 => (x & 1) == 0 ? (side > 0 ? Half : Half - 1) : side > 0 ? 1 - Half : -Half,
        1 => side * RowStride,
        _ => side * PlaneStride,
    };
}
