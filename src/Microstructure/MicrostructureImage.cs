using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Images;
using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure;

/// <summary>The voxels of a description.</summary>
public static class MicrostructureImage
{
    /// <summary>Planes that a rank must have at least.</summary>
    public const int LeastPlanes = 4;

    /// <summary>*Collective.* Reads or generates this rank's slab.</summary>
    /// <exception cref="ImageException">On every rank: a rank met a voxel without a phase, or a file that ends too early.</exception>
    /// <exception cref="StructureException">On every rank: the structure cannot be made.</exception>
    public static VoxelImage Load(Communicator communicator, MicrostructureSpec spec)
    {
        Slab slab = Slab.Of(spec.Shape.Z, communicator.Size, communicator.Rank);
        if (spec.Structure is not null) return Renumbered(StructureGenerator.Make(spec.Structure, slab), spec);
        VoxelImage? image = null;
        string problem = "";
        try
        {
            image = ImageReader.Read(spec.Image!, spec.Shape, slab, [.. spec.Phases.Select(phase => phase.Labels)]);
        }
        catch (ImageException e)
        {
            problem = e.Message;
        }
        int first = communicator.Allreduce(image is null ? communicator.Rank : int.MaxValue, Operation.Min);
        if (first == int.MaxValue) return image!;
        throw new ImageException(spec.File, communicator.Broadcast(problem, first));
    }

    private static VoxelImage Renumbered(VoxelImage image, MicrostructureSpec spec)
    {
        byte[] number = new byte[3];
        for (int phase = 0; phase < spec.Phases.Count; phase++)
            foreach (int label in spec.Phases[phase].Labels.Where(label => label < number.Length)) number[label] = (byte)phase;
        for (int i = 0; i < image.Phases.Length; i++) image.Phases[i] = number[image.Phases[i]];
        return image;
    }
}
