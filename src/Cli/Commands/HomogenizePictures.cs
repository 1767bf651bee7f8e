using Cell3D.Microstructure;
using Cell3D.Microstructure.Description;
using Cell3D.Microstructure.Voxels;
using Cell3D.Output;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Cli.Commands;

/// <summary>Pictures of the middle plane of an image.</summary>
internal static class HomogenizePictures
{
    /// <summary>*Collective.* Phases in the middle plane of constant y, by z and x.</summary>
    public static byte[,] Slice(Communicator communicator, VoxelImage image)
    {
        (int nx, int nz) = (image.Shape.X, image.Shape.Z);
        double[] values = new double[(long)nx * nz];
        for (int z = 0; z < image.Slab.Count; z++)
        {
            ReadOnlySpan<byte> row = image.Row(image.Shape.Y / 2, z);
            for (int x = 0; x < nx; x++) values[((z + image.Slab.First) * nx) + x] = row[x];
        }
        communicator.Allreduce(values, Operation.Sum);
        byte[,] slice = new byte[nz, nx];
        for (int z = 0; z < nz; z++)
            for (int x = 0; x < nx; x++) slice[z, x] = (byte)values[(z * nx) + x];
        return slice;
    }

    /// <summary>Writes structure and flux.</summary>
    public static void Write(MicrostructureSpec spec, HomogenizedMaterial material, byte[,] slice, OutputFolder folder)
    {
        SlicePicture.WritePhases(folder.ForWriting(OutputFolder.StructurePictureName), slice, [.. spec.Phases.Select(phase => phase.Name)], spec.VoxelSize, ("x", "z"));
        double[,] flux = new double[spec.Shape.Z, spec.Shape.X];
        for (int z = 0; z < spec.Shape.Z; z++)
            for (int x = 0; x < spec.Shape.X; x++) flux[z, x] = material.FluxSlice[((long)z * spec.Shape.X) + x];
        SlicePicture.WriteValues(folder.ForWriting(OutputFolder.FluxPictureName), flux, "Ionic flux over that of free electrolyte", spec.VoxelSize, ("x", "z"));
    }
}
