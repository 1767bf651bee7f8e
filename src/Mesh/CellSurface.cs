namespace Cell3D.Mesh;

/// <summary>Outer surfaces of a cell; the number of one is its index in <see cref="CellSurfaces.Names"/>. Those of the named parts of an outline follow, in the order of <see cref="Outline.Names"/>.</summary>
public enum CellSurface
{
    /// <summary>No surface.</summary>
    None = -1,

    /// <summary>Big face at x = 0.</summary>
    NegativeFace,

    /// <summary>Big face at the largest x.</summary>
    PositiveFace,

    /// <summary>Edge at the smallest y.</summary>
    LeftEdge,

    /// <summary>Edge at the largest y.</summary>
    RightEdge,

    /// <summary>Edge at the smallest z.</summary>
    BottomEdge,

    /// <summary>Edge at the largest z.</summary>
    TopEdge,

    /// <summary>Edges that do not lie on the bounding rectangle of the outline: arcs, notches, oblique sides.</summary>
    Contour,

    /// <summary>Faces and sides of the negative tab strips.</summary>
    NegativeTab,

    /// <summary>Faces and sides of the positive tab strips.</summary>
    PositiveTab,

    /// <summary>Both sides of the sealed rim of a pouch foil.</summary>
    Seam,

    /// <summary>Inside of a wound cell.</summary>
    Mandrel,

    /// <summary>Outside of a wound cell or of its can, between base and top.</summary>
    Side,

    /// <summary>Lower end of a wound cell or of its can.</summary>
    Base,

    /// <summary>Upper end of a wound cell or of its can.</summary>
    Top,

    /// <summary>Where current enters on the negative side.</summary>
    NegativeTerminal,

    /// <summary>Where current enters on the positive side.</summary>
    PositiveTerminal,
}

/// <summary>Names of the surfaces, and which of them belong to an edge or a side.</summary>
public static class CellSurfaces
{
    /// <summary>Names in index order, as case files write them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Negative face", "Positive face", "Left edge", "Right edge", "Bottom edge", "Top edge", "Contour",
        "Negative tab", "Positive tab", "Seam", "Mandrel", "Side", "Base", "Top", "Negative terminal", "Positive terminal",
    ];

    /// <summary>Surfaces through which heat can leave, in index order: all but the terminals.</summary>
    public static IReadOnlyList<CellSurface> Outer { get; } =
        [.. Enumerable.Range(0, (int)CellSurface.NegativeTerminal).Select(surface => (CellSurface)surface)];

    /// <summary>Those of a wound cell.</summary>
    public static IReadOnlyList<CellSurface> OfRoll { get; } = [CellSurface.Mandrel, CellSurface.Side, CellSurface.Base, CellSurface.Top];

    /// <summary>The surface that an edge of the layer stack, its contour or a named part of its outline forms.</summary>
    public static CellSurface OfEdge(CellEdge edge) => edge.NameNumber() is >= 0 and int number ? CellSurface.PositiveTerminal + 1 + number : CellSurface.LeftEdge + (int)edge;

    /// <summary>The edge, contour or named part that forms a surface; null for others.</summary>
    public static CellEdge? EdgeOf(CellSurface surface) => surface switch
    {
        > CellSurface.PositiveTerminal => CellEdges.Named(surface - CellSurface.PositiveTerminal - 1),
        >= CellSurface.LeftEdge and <= CellSurface.Contour => CellEdge.Left + (surface - CellSurface.LeftEdge),
        _ => null,
    };

    /// <summary>The surface of the tab strips of one side.</summary>
    public static CellSurface OfTab(Polarity polarity) => polarity == Polarity.Negative ? CellSurface.NegativeTab : CellSurface.PositiveTab;

    /// <summary>The terminal of one side.</summary>
    public static CellSurface OfTerminal(Polarity polarity) =>
        polarity == Polarity.Negative ? CellSurface.NegativeTerminal : CellSurface.PositiveTerminal;
}
