using Cell3D.Parallel.Hdf5;
using Cell3D.Parallel.Mpi;

using Hdf5File = Cell3D.Parallel.Hdf5.File;

namespace Cell3D.Output;

/// <summary>Values of voxels as VTKHDF 1.0 image data, which VTK 9.1, ParaView 5.11 and newer open: planes of constant z in the order of the ranks, x fastest.</summary>
/// <remarks>Values stand at the middles of voxels, as data of points: VTK 9.1 reads data of the cells of an image with the extent of its points, and fails.</remarks>
public sealed class VoxelFieldFile
{
    private const string Root = "/VTKHDF";
    private readonly NewFile _file;
    private readonly (int X, int Y, int Z) _shape;

    private VoxelFieldFile(NewFile file, (int X, int Y, int Z) shape) => (_file, _shape) = (file, shape);

    /// <summary>*Collective.* Writes a file: whole or not at all.</summary>
    /// <param name="communicator">Ranks in the order of their planes.</param>
    /// <param name="folder">Folder of the results.</param>
    /// <param name="name">Of the file.</param>
    /// <param name="shape">Voxels along x, y and z of the whole image.</param>
    /// <param name="edge">Of a voxel [m].</param>
    /// <param name="write">Adds the values.</param>
    /// <exception cref="OutputException">The disk is full or the place not writable.</exception>
    public static void Write(Communicator communicator, OutputFolder folder, string name, (int X, int Y, int Z) shape, double edge, Action<VoxelFieldFile> write)
    {
        string path = folder.File(name);
        RootOnly.Run(communicator, () => folder.ForWriting(name));
        try
        {
            Hdf5File.CreateAtomically(path, communicator, file =>
            {
                file.CreateGroup(Root);
                file.WriteAttribute<long>(Root, "Version", [1, 0]);
                file.WriteAttribute(Root, "Type", "ImageData");
                file.WriteAttribute<int>(Root, "WholeExtent", [0, shape.X - 1, 0, shape.Y - 1, 0, shape.Z - 1]);
                file.WriteAttribute<double>(Root, "Origin", [edge / 2, edge / 2, edge / 2]);
                file.WriteAttribute<double>(Root, "Spacing", [edge, edge, edge]);
                file.WriteAttribute<double>(Root, "Direction", [1, 0, 0, 0, 1, 0, 0, 0, 1]);
                write(new(file, shape));
            });
        }
        catch (Exception e) when (e is IOException or Hdf5Exception)
        {
            throw OutputException.WriteFailed(path, Bytes(shape), e);
        }
    }

    /// <summary>Bytes of a file with a number of 1 byte, one of 4 bytes and a vector per voxel, before they are compressed.</summary>
    public static long Bytes((int X, int Y, int Z) shape) => (sizeof(byte) + (4L * sizeof(float))) * shape.X * shape.Y * shape.Z;

    /// <summary>*Collective.* Adds a quantity.</summary>
    /// <param name="name">Of the array in ParaView; ASCII without / and dots.</param>
    /// <param name="unit">SI unit, ASCII; 1 for a pure number.</param>
    /// <param name="longName">What it is in words; what is not ASCII becomes a question mark.</param>
    /// <param name="values">Of this rank's planes, x fastest, components of a vector one after another.</param>
    /// <param name="components">1, or 3 of a vector.</param>
    public void Add<T>(string name, string unit, string longName, ReadOnlySpan<T> values, int components = 1)
        where T : unmanaged
    {
        string dataset = $"{Root}/PointData/{name}";
        // Compressed values pass through rank 0 a few planes at a time instead of being kept until the end.
        _file.Write(dataset, values, DatasetOptions.Compressed, components == 1 ? [_shape.Y, _shape.X] : [_shape.Y, _shape.X, components]);
        FieldWriter.Describe(_file, dataset, unit, longName);
    }
}
