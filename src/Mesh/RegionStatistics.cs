namespace Cell3D.Mesh;

/// <summary>Size of one region.</summary>
/// <param name="Region">The region.</param>
/// <param name="Cells">Number of cells.</param>
/// <param name="Through">Cells through the thickness.</param>
/// <param name="Volume">Total volume [m³].</param>
/// <param name="SmallestThickness">Smallest cell extent through the layers [m]; NaN when the region has no cell.</param>
/// <param name="LargestThickness">Largest cell extent through the layers [m]; NaN when the region has no cell.</param>
public sealed record RegionStatistics(Region Region, long Cells, int Through, double Volume, double SmallestThickness, double LargestThickness);
