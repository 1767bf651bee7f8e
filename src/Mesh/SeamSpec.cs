namespace Cell3D.Mesh;

/// <summary>The sealed rim of a pouch foil around a rectangular stack: how far it reaches beyond each edge, 0 where there is none [m]. Over the width of a tab it is interrupted.</summary>
/// <param name="Left">Beyond the left edge [m].</param>
/// <param name="Right">Beyond the right edge [m].</param>
/// <param name="Bottom">Beyond the bottom edge [m].</param>
/// <param name="Top">Beyond the top edge [m].</param>
/// <param name="Cells">Cells across its width, at least one.</param>
public sealed record SeamSpec(double Left, double Right, double Bottom, double Top, int Cells = 4)
{
    /// <summary>Width of the widest part [m].</summary>
    public double Widest => Math.Max(Math.Max(Left, Right), Math.Max(Bottom, Top));

    /// <summary>Name of the region in which a casing goes on, e.g. "Negative casing seam".</summary>
    public static string RegionName(string casing) => $"{casing} seam";

    /// <summary>How far it reaches beyond an edge [m]; 0 beyond contours and sides with names.</summary>
    public double Beyond(CellEdge edge) => edge switch
    {
        CellEdge.Left => Left,
        CellEdge.Right => Right,
        CellEdge.Bottom => Bottom,
        CellEdge.Top => Top,
        _ => 0,
    };

    /// <summary>Area of one of its sides, corners included, tabs not taken out [m²].</summary>
    /// <param name="width">Of the stack [m].</param>
    /// <param name="height">Of the stack [m].</param>
    public double Area(double width, double height) => ((Left + Right) * height) + ((Bottom + Top) * (width + Left + Right));
}
