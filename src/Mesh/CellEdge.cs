namespace Cell3D.Mesh;

/// <summary>Side of the in-plane outline; y runs from left to right, z from bottom to top.</summary>
public enum CellEdge
{
    /// <summary>Smallest y.</summary>
    Left,

    /// <summary>Largest y.</summary>
    Right,

    /// <summary>Smallest z.</summary>
    Bottom,

    /// <summary>Largest z.</summary>
    Top,

    /// <summary>All of an outline that does not lie on its bounding rectangle: arcs, notches, oblique sides.</summary>
    Contour,
}

/// <summary>Geometry of the four edges.</summary>
public static class CellEdgeExtensions
{
    /// <summary>The edge on the other side of the rectangle.</summary>
    public static CellEdge Opposite(this CellEdge edge) => edge switch
    {
        CellEdge.Left => CellEdge.Right,
        CellEdge.Right => CellEdge.Left,
        CellEdge.Bottom => CellEdge.Top,
        _ => CellEdge.Bottom,
    };

    /// <summary>True when positions along the edge are y coordinates (bottom and top), false when they are z.</summary>
    public static bool RunsAlongY(this CellEdge edge) => edge is CellEdge.Bottom or CellEdge.Top;

    /// <summary>Unit vector (y, z) that points out of the rectangle.</summary>
    public static (double Y, double Z) OutwardNormal(this CellEdge edge) => edge switch
    {
        CellEdge.Left => (-1, 0),
        CellEdge.Right => (1, 0),
        CellEdge.Bottom => (0, -1),
        _ => (0, 1),
    };
}
