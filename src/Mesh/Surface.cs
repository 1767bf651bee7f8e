namespace Cell3D.Mesh;

/// <summary>Indices and names of the outer surfaces of a cell.</summary>
public static class Surface
{
    /// <summary>No surface.</summary>
    public const int None = -1;

    /// <summary>Big face at x = 0.</summary>
    public const int NegativeFace = 0;

    /// <summary>Big face at the largest x.</summary>
    public const int PositiveFace = 1;

    /// <summary>Edge at the smallest y.</summary>
    public const int LeftEdge = 2;

    /// <summary>Edge at the largest y.</summary>
    public const int RightEdge = 3;

    /// <summary>Edge at the smallest z.</summary>
    public const int BottomEdge = 4;

    /// <summary>Edge at the largest z.</summary>
    public const int TopEdge = 5;

    /// <summary>Faces and sides of the negative tab strips.</summary>
    public const int NegativeTab = 6;

    /// <summary>Faces and sides of the positive tab strips.</summary>
    public const int PositiveTab = 7;

    /// <summary>Where current enters on the negative side.</summary>
    public const int NegativeTerminal = 8;

    /// <summary>Where current enters on the positive side.</summary>
    public const int PositiveTerminal = 9;

    /// <summary>Names in index order, as case files write them.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        "Negative face", "Positive face", "Left edge", "Right edge", "Bottom edge", "Top edge",
        "Negative tab", "Positive tab", "Negative terminal", "Positive terminal",
    ];

    /// <summary>The surface that an edge of the layer stack forms.</summary>
    public static int OfEdge(CellEdge edge) => LeftEdge + (int)edge;

    /// <summary>The surface of the tab strips of one side.</summary>
    public static int OfTab(Polarity polarity) => polarity == Polarity.Negative ? NegativeTab : PositiveTab;

    /// <summary>The terminal of one side.</summary>
    public static int OfTerminal(Polarity polarity) =>
        polarity == Polarity.Negative ? NegativeTerminal : PositiveTerminal;
}
