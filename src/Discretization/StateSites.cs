namespace Cell3D.Discretization;

/// <summary>Where the entries of a state are.</summary>
/// <param name="Owner">Unique name of what has them, e.g. "Negative electrode"; empty for the cell as a whole.</param>
/// <param name="Cells">Local cell of each site, numbered globally by the mesh; on faces the one with electrolyte.</param>
public sealed record StateSites(string Owner, int[] Cells)
{
    /// <summary>Class of what the owner consists of, e.g. a material of a blend; empty where there is one alone.</summary>
    public string Class { get; init; } = "";

    /// <summary>Local cell on the other side of each face; null where sites are control volumes.</summary>
    public int[]? Opposite { get; init; }
}
