namespace Cell3D.Mesh;

/// <summary>The rectangle that an in-plane mesh fills.</summary>
/// <param name="Left">Smallest y [m].</param>
/// <param name="Right">Largest y [m].</param>
/// <param name="Bottom">Smallest z [m].</param>
/// <param name="Top">Largest z [m].</param>
public readonly record struct PlaneExtent(double Left, double Right, double Bottom, double Top)
{
    /// <summary>Lengths below this count as zero when intervals along an edge are compared [m].</summary>
    public double Tolerance => 1e-10 * Math.Max(Right - Left, Top - Bottom);

    /// <summary>Whether it holds no area.</summary>
    public bool IsEmpty => !(Right > Left && Top > Bottom);

    /// <summary>What two rectangles have in common.</summary>
    public PlaneExtent Common(PlaneExtent other) =>
        new(Math.Max(Left, other.Left), Math.Min(Right, other.Right), Math.Max(Bottom, other.Bottom), Math.Min(Top, other.Top));

    /// <summary>Whether a point lies inside.</summary>
    public bool Contains(double y, double z) => y > Left && y < Right && z > Bottom && z < Top;

    /// <summary>Range of the coordinate along an edge [m].</summary>
    public (double Start, double End) EdgeRange(CellEdge edge) => edge.RunsAlongY() ? (Left, Right) : (Bottom, Top);
}
