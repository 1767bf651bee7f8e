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

    /// <summary>Range of the coordinate along an edge [m].</summary>
    public (double Start, double End) EdgeRange(CellEdge edge) => edge.RunsAlongY() ? (Left, Right) : (Bottom, Top);
}
