namespace Cell3D.Microstructure.Voxels;

/// <summary>One rank's slab of a segmented image: the number of a phase per voxel.</summary>
public sealed class VoxelImage
{
    /// <summary>Phases that an image may hold; two more numbers stand for its borders.</summary>
    public const int MostPhases = 6;

    /// <summary>Makes a slab from its voxels.</summary>
    /// <param name="shape">The whole image.</param>
    /// <param name="slab">This rank's planes.</param>
    /// <param name="phases">Phase of each voxel of the slab, x fastest, then y, then z.</param>
    public VoxelImage(VoxelShape shape, Slab slab, byte[] phases)
    {
        if (phases.LongLength != (long)shape.X * shape.Y * slab.Count)
            throw new ArgumentException($"{phases.LongLength} voxels do not fill {slab.Count} planes of {shape.X} × {shape.Y}.");
        (Shape, Slab, Phases) = (shape, slab, phases);
    }

    /// <summary>The whole image.</summary>
    public VoxelShape Shape { get; }

    /// <summary>This rank's planes.</summary>
    public Slab Slab { get; }

    /// <summary>Phase of each voxel of the slab, x fastest, then y, then z.</summary>
    public byte[] Phases { get; }

    /// <summary>Voxels of one plane.</summary>
    public int PlaneSize => Shape.X * Shape.Y;

    /// <summary>A row of voxels along x; z counts within the slab.</summary>
    public ReadOnlySpan<byte> Row(int y, int z) => Phases.AsSpan(checked((int)((((long)z * Shape.Y) + y) * Shape.X)), Shape.X);
}
