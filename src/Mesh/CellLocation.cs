namespace Cell3D.Mesh;

/// <summary>
/// The owned cell nearest to a point. Ranks find the nearest of all by comparing
/// (<paramref name="Distance"/>, <paramref name="CentreDistance"/>, global cell) in this order.
/// </summary>
/// <param name="Cell">Local index, −1 when the mesh owns no cell.</param>
/// <param name="Distance">Distance from the point to the cell's outline [m]; zero inside.</param>
/// <param name="CentreDistance">Distance from the point to the cell's centre [m].</param>
public readonly record struct CellLocation(int Cell, double Distance, double CentreDistance);
