namespace Cell3D.Mesh;

/// <summary>A tab: a strip welded to every collector of its polarity; with zero length only a stretch of edge.</summary>
/// <param name="Polarity">Negative or positive.</param>
/// <param name="Edge">Edge of the cell the tab leaves.</param>
/// <param name="Centre">Middle of the tab along that edge [m]: y on bottom and top, z on left and right.</param>
/// <param name="Width">Width along the edge [m], positive.</param>
/// <param name="Length">Length of the strip outside the cell [m]; 0 puts the terminal on the collectors' edge.</param>
/// <param name="Thickness">Thickness of the strip [m], positive when it has a length.</param>
/// <param name="CellsAlongLength">Cells along the strip, at least one.</param>
/// <param name="CellsAlongWidth">Cells across the strip; null continues the division of the cell's edge.</param>
public sealed record TabSpec(
    Polarity Polarity,
    CellEdge Edge,
    double Centre,
    double Width,
    double Length,
    double Thickness,
    int CellsAlongLength = 4,
    int? CellsAlongWidth = null)
{
    /// <summary>How the collectors are welded to the strip; null where they are one piece with it.</summary>
    public Weld? Weld { get; init; }

    /// <summary>The lead at the far end of the strip, centred on it; null where the terminal is that end.</summary>
    public LeadSpec? Lead { get; init; }

    /// <summary>In a can: between the end of strip or lead and the wall before it [K W⁻¹]; infinite where no heat passes.</summary>
    public double TerminalThermalResistance { get; init; } = double.PositiveInfinity;

    /// <summary>Smaller end along the edge [m].</summary>
    public double Start => Centre - 0.5 * Width;

    /// <summary>Larger end along the edge [m].</summary>
    public double End => Centre + 0.5 * Width;
}

/// <summary>A lead: a strip that carries a tab's current on, with the terminal at its far end.</summary>
/// <param name="Width">Width [m], positive.</param>
/// <param name="Length">Length beyond the tab [m], positive.</param>
/// <param name="Thickness">Thickness [m], positive.</param>
/// <param name="CellsAlongLength">Cells along it, at least one.</param>
/// <param name="Weld">Between tab and lead, over the width that they share; null where they are one piece.</param>
public sealed record LeadSpec(double Width, double Length, double Thickness, int CellsAlongLength, Weld? Weld);
