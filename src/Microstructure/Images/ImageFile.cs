namespace Cell3D.Microstructure.Images;

/// <summary>How voxels are stored.</summary>
public enum ImageFormat
{
    /// <summary>Numbers one after another, x fastest.</summary>
    Raw,

    /// <summary>A TIFF or BigTIFF file of one page per plane, one number of 1, 8 or 16 bits per pixel.</summary>
    Tiff,

    /// <summary>A dataset of an HDF5 file of three dimensions, z first.</summary>
    Hdf5,

    /// <summary>A folder of pictures, one for each plane.</summary>
    Slices,
}

/// <summary>A file of voxels, or a folder of planes.</summary>
/// <param name="Path">The file or folder.</param>
/// <param name="Format">How it is stored.</param>
/// <param name="BytesPerVoxel">1 or 2; in a raw file, little-endian.</param>
/// <param name="HeaderBytes">Bytes of a raw file before the voxels.</param>
/// <param name="Dataset">Path of the dataset in an HDF5 file.</param>
public sealed record ImageFile(string Path, ImageFormat Format, int BytesPerVoxel, long HeaderBytes, string Dataset);
