namespace Cell3D.Mesh;

/// <summary>Layers and tabs, by their names or the names of their kinds.</summary>
/// <param name="Names">Names, e.g. "Separator 3", and names of kinds, e.g. "Separator"; empty for everything.</param>
public sealed record LayerSelection(IReadOnlyList<string> Names)
{
    /// <summary>Everything.</summary>
    public static LayerSelection All { get; } = new([]);

    /// <summary>Whether a layer or tab is meant.</summary>
    public bool Contains(Region region) => Names.Count == 0 || Names.Contains(region.Name) || Names.Contains(region.Kind.Name());

    /// <summary>Owned cells of the layers.</summary>
    public int[] Cells(CellMesh mesh)
    {
        bool[] isChosen = [.. mesh.Regions.Select(Contains)];
        return [.. Enumerable.Range(0, mesh.OwnedCellCount).Where(cell => isChosen[mesh.Region[cell]])];
    }
}
