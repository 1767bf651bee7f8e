using System.Buffers.Binary;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Hdf5;

namespace Cell3D.Microstructure.Images;

/// <summary>Reads one rank's planes of an image file and turns labels into numbers of phases.</summary>
public static class ImageReader
{
    private const ushort NoPhase = 255;

    /// <summary>Opens a file for reading; pipes and devices are refused.</summary>
    /// <exception cref="ImageException">It is missing or cannot be read.</exception>
    public static FileStream OpenRead(string path)
    {
        try
        {
            FileInfo info = new(path);
            if (info.Exists) info = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? info;
            if (!info.Exists) throw new ImageException(path, "the file does not exist", missing: true);
            if (info.Length == 0) throw new ImageException(path, "the file is empty, or a pipe or device instead of a file");
            return info.OpenRead();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ImageException(path, $"cannot be read: {e.Message}");
        }
    }

    /// <summary>Number of voxels as the file tells; null for a raw file, which does not.</summary>
    /// <exception cref="ImageException">It is missing, damaged, or of a kind that is not read.</exception>
    public static VoxelShape? ShapeOf(ImageFile image)
    {
        switch (image.Format)
        {
            case ImageFormat.Raw: return null;
            case ImageFormat.Tiff:
                using (TiffStack stack = TiffStack.Open(image.Path))
                    return new(stack.Size.X, stack.Size.Y, stack.Size.Z);
            case ImageFormat.Slices:
                (int width, int height, int planes) = SliceFolder.Open(image.Path).Size;
                return new(width, height, planes);
            default:
                OpenRead(image.Path).Dispose();
                return OfHdf5(image, file => file.Shape(image.Dataset) is [long depth, long rows, long columns]
                    && Math.Max(depth, Math.Max(rows, columns)) <= VoxelShape.MostAlong && Math.Min(depth, Math.Min(rows, columns)) >= 1
                        ? new VoxelShape((int)columns, (int)rows, (int)depth)
                        : throw new ImageException(image.Path, FormattableString.Invariant($"the dataset {image.Dataset} needs three dimensions of 1 to {VoxelShape.MostAlong}")));
        }
    }

    /// <summary>Whether a raw file has the size that its shape says.</summary>
    /// <exception cref="ImageException">It has not, or it is missing.</exception>
    public static void RequireSize(ImageFile image, VoxelShape shape)
    {
        if (image.Format != ImageFormat.Raw) return;
        using FileStream file = OpenRead(image.Path);
        long wanted = image.HeaderBytes + (shape.Count * image.BytesPerVoxel);
        if (file.Length != wanted) throw new ImageException(image.Path, FormattableString.Invariant($"the file has {file.Length} bytes; {shape} voxels of {image.BytesPerVoxel} byte behind a header of {image.HeaderBytes} are {wanted}"));
    }

    /// <summary>Reads the planes of a rank.</summary>
    /// <param name="image">The file.</param>
    /// <param name="shape">The whole image.</param>
    /// <param name="slab">The planes.</param>
    /// <param name="labels">Labels of each phase.</param>
    /// <exception cref="ImageException">A voxel has a label that no phase has, or the file ends too early.</exception>
    public static VoxelImage Read(ImageFile image, VoxelShape shape, Slab slab, IReadOnlyList<IReadOnlyList<int>> labels)
    {
        ushort[] phaseOf = new ushort[65536];
        Array.Fill(phaseOf, NoPhase);
        for (int phase = 0; phase < labels.Count; phase++)
            foreach (int label in labels[phase]) phaseOf[label] = (ushort)phase;
        byte[] phases = new byte[checked((int)((long)shape.X * shape.Y * slab.Count))];
        ushort[] plane = new ushort[shape.X * shape.Y];
        ReadPlanes(image, shape, slab, plane, z =>
        {
            for (int i = 0; i < plane.Length; i++)
            {
                ushort phase = phaseOf[plane[i]];
                if (phase == NoPhase) throw new ImageException(image.Path, FormattableString.Invariant($"the voxel x = {i % shape.X}, y = {i / shape.X}, z = {z} has the label {plane[i]}, which no phase lists"));
                phases[((z - slab.First) * plane.Length) + i] = (byte)phase;
            }
        });
        return new(shape, slab, phases);
    }

    private static void ReadPlanes(ImageFile image, VoxelShape shape, Slab slab, ushort[] plane, Action<int> take)
    {
        switch (image.Format)
        {
            case ImageFormat.Tiff:
                using (TiffStack stack = TiffStack.Open(image.Path))
                {
                    if (stack.Size != (shape.X, shape.Y, shape.Z)) throw new ImageException(image.Path, "has another size than when it was first looked at");
                    for (int z = slab.First; z < slab.End; z++)
                    {
                        stack.Read(z, plane);
                        take(z);
                    }
                }
                break;
            case ImageFormat.Slices:
                SliceFolder folder = SliceFolder.Open(image.Path);
                for (int z = slab.First; z < slab.End; z++)
                {
                    folder.Read(z, plane);
                    take(z);
                }
                break;
            case ImageFormat.Raw:
                using (FileStream file = OpenRead(image.Path))
                {
                    byte[] bytes = new byte[plane.Length * image.BytesPerVoxel];
                    for (int z = slab.First; z < slab.End; z++)
                    {
                        file.Position = image.HeaderBytes + ((long)z * bytes.Length);
                        if (file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length) throw new ImageException(image.Path, "ends in the middle (truncated?)");
                        for (int i = 0; i < plane.Length; i++) plane[i] = image.BytesPerVoxel == 1 ? bytes[i] : BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2 * i));
                        take(z);
                    }
                }
                break;
            default:
                int[] values = new int[plane.Length];
                for (int z = slab.First; z < slab.End; z++)
                {
                    OfHdf5(image, file =>
                    {
                        file.Read<int>(image.Dataset, z, 1, values);
                        return 0;
                    });
                    for (int i = 0; i < values.Length; i++) plane[i] = values[i] is >= 0 and <= ushort.MaxValue ? (ushort)values[i] : throw new ImageException(image.Path, FormattableString.Invariant($"the dataset {image.Dataset} holds the value {values[i]} (allowed: 0 to {ushort.MaxValue})"));
                    take(z);
                }
                break;
        }
    }

    private static T OfHdf5<T>(ImageFile image, Func<Parallel.Hdf5.File, T> read)
    {
        try
        {
            using Parallel.Hdf5.File file = Parallel.Hdf5.File.Open(image.Path);
            return read(file);
        }
        catch (Hdf5Exception e)
        {
            throw new ImageException(image.Path, $"cannot be read as HDF5 with a dataset {image.Dataset}: {e.Message.Split('\n')[0]}");
        }
    }
}
