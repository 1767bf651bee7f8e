namespace Cell3D.Mesh;

/// <summary>One rank's share of a domain.</summary>
public sealed class MeshPart
{
    /// <summary>A part that is already made.</summary>
    public MeshPart(int rank, CellMesh mesh, IReadOnlyList<AdjacentPart> halo) => (Rank, Mesh, Halo) = (rank, mesh, halo);

    /// <summary>The rank this part belongs to.</summary>
    public int Rank { get; }

    /// <summary>
    /// Owned cells in the order of the whole, then ghosts ordered by owner and global cell; the faces that touch an owned
    /// cell, with left and right as in the whole; the boundaries of owned cells.
    /// </summary>
    public CellMesh Mesh { get; }

    /// <summary>Exchange lists by increasing rank; parts without common faces do not appear.</summary>
    public IReadOnlyList<AdjacentPart> Halo { get; }

    /// <summary>Builds the cells of one rank and their neighbours: nothing has the size of the whole.</summary>
    /// <param name="domain">What the cell consists of.</param>
    /// <param name="partition">Who owns which column.</param>
    /// <param name="rank">The rank whose part is wanted.</param>
    /// <param name="paths">What of the layers conducts from column to column.</param>
    /// <exception cref="MeshException">More cells than a part can have.</exception>
    public static MeshPart Build(CellDomain domain, Partition partition, int rank, InPlanePaths paths = InPlanePaths.AllLayers) => new PartBuilder(domain, partition, rank, paths).Build();
}
