using Cell3D.Microstructure.Description;

namespace Cell3D.Microstructure;

/// <summary>What a homogenisation takes, before anything is allocated.</summary>
/// <param name="Bytes">Memory of all ranks.</param>
/// <param name="Seconds">Wall time.</param>
public sealed record HomogenizationForecast(long Bytes, double Seconds)
{
    /// <summary>Fields 25, image and labels 3, coarse levels up to 30 in a structure that conducts everywhere; paths take less.</summary>
    private const double BytesPerVoxel = 60;

    /// <summary>Potential and flux of all voxels in single precision.</summary>
    private const double BytesOfWrittenFields = 16;

    /// <summary>Per voxel solved, on one core.</summary>
    private const double SecondsPerVoxel = 1.2e-6;

    private const long BytesPerRank = 150_000_000;

    /// <summary>Estimates from the size alone.</summary>
    /// <param name="spec">The description.</param>
    /// <param name="ranks">Among how many the image is divided.</param>
    /// <param name="errors">Whether errors by voxel size and sample are estimated.</param>
    /// <param name="fields">Whether potential and flux of all voxels are written.</param>
    public static HomogenizationForecast Of(MicrostructureSpec spec, int ranks, bool errors, bool fields) =>
        new((long)((BytesPerVoxel + (fields ? BytesOfWrittenFields : 0)) * spec.Shape.Count) + (BytesPerRank * ranks), SecondsPerVoxel * Homogenization.Work(spec, errors) / ranks);
}
