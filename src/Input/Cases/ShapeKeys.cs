using Cell3D.Input.Keys;
using Cell3D.Mesh;

namespace Cell3D.Input.Cases;

/// <summary>What makes the outline of a pouch other than a rectangle: keys of section Geometry.</summary>
internal static class ShapeKeys
{
    /// <summary>Notches that a case may name.</summary>
    public const int MostNotches = 20;

    private static readonly Interval Length = new(1e-5, 100);

    public static readonly TextKey OutlineFile = new("Outline file", "Plane mesh of a pouch, a file of Gmsh (MSH 4.1, ASCII) relative to the case file, in place of width, height, corners and notches: its boundary is the outline, its nodes are the points of the mesh, its named groups of lines are sides. Its x and y become y and z.");
    public static readonly NumberKey LengthUnit = new("Length unit [m]", "Length of one unit of the outline file; 0.001 for millimetres.", new(1e-9, 1000)) { Default = 1 };
    public static readonly NumberKey CornerRadius = new("Corner radius [m]", "Radius of the four corners of a pouch; half of both width and height makes a disc.", new(0, 100)) { Default = 0 };
    public static readonly ChoiceKey<CellEdge> Edge = new("Edge", "Edge of the cell that is notched.", [("top", CellEdge.Top), ("bottom", CellEdge.Bottom), ("left", CellEdge.Left), ("right", CellEdge.Right)]) { Required = true };
    public static readonly NumberKey Centre = new("Centre [m]", "Middle of the notch along its edge, from the left or from the bottom.", new(0, 100)) { Required = true };
    public static readonly NumberKey Width = new("Width [m]", "Extent of the notch along its edge.", Length) { Required = true };
    public static readonly NumberKey Depth = new("Depth [m]", "Extent of the notch into the cell.", Length) { Required = true };
    public static readonly MapKey Notches = new("Notches", "Rectangular notches in the edges of a pouch, by name; they lie apart from each other and from rounded corners. The inner side of one bears its name.",
        new SectionKey("Notch", "A notch.", new(Edge, Centre, Width, Depth)));

    public static IReadOnlyList<Key> All => [OutlineFile, LengthUnit, CornerRadius, Notches];
}
