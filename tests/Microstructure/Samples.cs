using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Tests.Microstructure;

/// <summary>Images for tests.</summary>
internal static class Samples
{
    /// <summary>This rank's slab of a structure.</summary>
    public static VoxelImage Make(StructureSpec spec) => StructureGenerator.Make(spec, Slab.Of(spec.Shape.Z, Communicator.World.Size, Communicator.World.Rank));
}
