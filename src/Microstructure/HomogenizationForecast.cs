using Cell3D.Microstructure.Description;

namespace Cell3D.Microstructure;

/// <summary>What a homogenisation takes, before anything is allocated.</summary>
/// <param name="Bytes">Memory of all ranks.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record HomogenizationForecast(long Bytes, double Seconds)
{
    /// <summary>Fields 25, image and labels 3, coarse levels up to 30 in a structure that conducts everywhere.</summary>
    private const double BytesPerVoxel = 60;

    /// <summary>Of the whole command where paths are sought on the image itself: 122 measured at 224³, 135 with the fields of all voxels.</summary>
    private const double BytesPerVoxelWithPaths = 140;

    /// <summary>Per voxel solved, on one core.</summary>
    private const double SecondsPerVoxel = 1.2e-6;

    private const long BytesPerRank = 150_000_000;

    /// <summary>Estimates from the size alone.</summary>
    public static HomogenizationForecast Of(MicrostructureSpec spec, int ranks, bool errors) =>
        new((long)((spec.Shape.Count > Homogenization.MostForPaths ? BytesPerVoxel : BytesPerVoxelWithPaths) * spec.Shape.Count) + (BytesPerRank * ranks), SecondsPerVoxel * Homogenization.Work(spec, errors) / ranks);
}
