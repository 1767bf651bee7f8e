namespace Cell3D.Mesh;

/// <summary>
/// An interior face. The conductance of a two-point flux is the series of its two halves,
/// 1 / (LeftDistance/(k_left LeftArea) + RightDistance/(k_right RightArea)).
/// One of the two distances may be zero, their sum never is.
/// </summary>
/// <param name="Left">Local index of the left cell.</param>
/// <param name="Right">Local index of the right cell.</param>
/// <param name="LeftArea">Cross-section of the left half path [m²].</param>
/// <param name="RightArea">Cross-section of the right half path [m²]; differs from the left one only at junctions.</param>
/// <param name="LeftDistance">Distance along the normal from the left centre to the face [m].</param>
/// <param name="RightDistance">Distance along the normal from the right centre to the face [m].</param>
/// <param name="Direction">How the face lies in the cell.</param>
public readonly record struct Face(
    int Left,
    int Right,
    double LeftArea,
    double RightArea,
    double LeftDistance,
    double RightDistance,
    FaceDirection Direction)
{
    /// <summary>A face with the same cross-section on both sides.</summary>
    public Face(int left, int right, double area, double leftDistance, double rightDistance, FaceDirection direction)
        : this(left, right, area, area, leftDistance, rightDistance, direction)
    {
    }

    /// <summary>Area in which the two cells touch [m²].</summary>
    public double Area => Math.Min(LeftArea, RightArea);

    /// <summary>Distance of the two centres along the normal [m].</summary>
    public double Distance => LeftDistance + RightDistance;
}
