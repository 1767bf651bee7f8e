namespace Cell3D.Mesh;

/// <summary>Size of one region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Volume">Total volume [m³].</param>
/// <param name="SmallestThickness">Smallest cell extent along x [m]; NaN when the region has no cell.</param>
/// <param name="LargestThickness">Largest cell extent along x [m]; NaN when the region has no cell.</param>
public sealed record RegionStatistics(
    Region Region, int Cells, double Volume, double SmallestThickness, double LargestThickness);
