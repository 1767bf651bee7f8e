namespace Cell3D.Mesh;

/// <summary>An interior edge of the in-plane mesh.</summary>
/// <param name="Left">Plane cell on one side.</param>
/// <param name="Right">Plane cell on the other side.</param>
/// <param name="Length">Length [m].</param>
/// <param name="LeftDistance">Distance from the left centre to the edge [m], ≥ 0.</param>
/// <param name="RightDistance">Distance from the right centre to the edge [m], ≥ 0; the sum is positive.</param>
public readonly record struct PlaneEdge(int Left, int Right, double Length, double LeftDistance, double RightDistance);

/// <summary>A boundary edge of the in-plane mesh.</summary>
/// <param name="Cell">Plane cell.</param>
/// <param name="Distance">Distance from the cell's centre to the edge [m].</param>
/// <param name="Edge">Side of the outline it lies on.</param>
/// <param name="Start">Smaller coordinate along that side [m]: y on bottom and top, z on left and right, the way along the outline on the contour, that of <see cref="Outline.Side"/> where it has a name.</param>
/// <param name="End">Larger coordinate along that side [m].</param>
public readonly record struct PlaneBoundaryEdge(int Cell, double Distance, CellEdge Edge, double Start, double End)
{
    /// <summary>Length [m].</summary>
    public double Length => End - Start;
}
