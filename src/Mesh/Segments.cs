namespace Cell3D.Mesh;

/// <summary>
/// Chains of electrolyte-bearing cells between two collectors, found by following through-thickness faces. What the
/// preconditioner factors as one block and the partition keeps whole.
/// </summary>
public sealed class Segments
{
    private readonly ThroughChains _chains;

    private Segments(ThroughChains chains) => _chains = chains;

    /// <summary>Number of segments.</summary>
    public int Count => _chains.Count;

    /// <summary>Segment of each cell; −1 for cells without electrolyte and for ghosts.</summary>
    public int[] OfCell => _chains.OfCell;

    /// <summary>Start of each segment in <see cref="Cells"/>; length segments + 1.</summary>
    public int[] Offsets => _chains.Offsets;

    /// <summary>Local cell indices segment by segment, each in through-thickness order from left to right.</summary>
    public int[] Cells => _chains.Cells;

    /// <summary>Cells of one segment, from left to right.</summary>
    public ReadOnlySpan<int> this[int segment] => _chains[segment];

    /// <summary>Finds the segments of a mesh's owned cells, numbered by their first cell.</summary>
    /// <exception cref="MeshException">A segment closes on itself.</exception>
    public static Segments Find(CellMesh mesh) =>
        new(ThroughChains.Follow(mesh, kind => kind.HasElectrolyte()));
}
