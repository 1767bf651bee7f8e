namespace Cell3D.Mesh;

/// <summary>Side of the in-plane outline; y runs from left to right, z from bottom to top. Parts of an outline that have a name follow the contour: <see cref="CellEdges.Named"/>.</summary>
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

    /// <summary>All of an outline that does not lie on its bounding rectangle and has no name: arcs, notches, oblique sides.</summary>
    Contour,
}

/// <summary>Geometry of the four edges, and numbers of named parts.</summary>
public static class CellEdges
{
    /// <summary>Words for the four edges, in the order of their numbers.</summary>
    public static IReadOnlyList<string> Words { get; } = ["left", "right", "bottom", "top"];

    /// <summary>The edge that a word means, whatever the case of its letters; null for none.</summary>
    public static CellEdge? OfWord(string word)
    {
        for (int edge = 0; edge < Words.Count; edge++)
            if (string.Equals(Words[edge], word, StringComparison.OrdinalIgnoreCase))
                return (CellEdge)edge;
        return null;
    }

    /// <summary>The part of an outline with a name, by its number in <see cref="Outline.Names"/>.</summary>
    public static CellEdge Named(int number) => CellEdge.Contour + 1 + number;

    /// <summary>Number of a named part in <see cref="Outline.Names"/>; negative for edges and contour.</summary>
    public static int NameNumber(this CellEdge edge) => edge - Named(0);

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
