namespace Cell3D.Mesh;

/// <summary>One rank's share of a mesh.</summary>
public sealed class MeshPart
{
    private MeshPart(int rank, CellMesh mesh, IReadOnlyList<AdjacentPart> halo) => (Rank, Mesh, Halo) = (rank, mesh, halo);

    /// <summary>The rank this part belongs to.</summary>
    public int Rank { get; }

    /// <summary>
    /// Owned cells in whole-mesh order, then ghosts ordered by owner and global cell; the faces that touch an owned
    /// cell, with left and right as in the whole mesh; the boundaries of owned cells. A part that is all of the mesh is the mesh itself.
    /// </summary>
    public CellMesh Mesh { get; }

    /// <summary>Exchange lists by increasing rank; parts without common faces do not appear.</summary>
    public IReadOnlyList<AdjacentPart> Halo { get; }

    /// <summary>Cuts one rank's part out of a whole mesh.</summary>
    /// <param name="whole">Mesh without ghosts.</param>
    /// <param name="owner">Owner rank of each cell.</param>
    /// <param name="rank">The rank whose part is wanted.</param>
    /// <exception cref="ArgumentException">The mesh has ghosts, or the owners do not match its cells.</exception>
    public static MeshPart Extract(CellMesh whole, ReadOnlySpan<int> owner, int rank)
    {
        if (whole.OwnedCellCount != whole.CellCount)
            throw new ArgumentException("only a whole mesh can be divided", nameof(whole));
        if (owner.Length != whole.CellCount)
            throw new ArgumentException($"{owner.Length} owners for {whole.CellCount} cells", nameof(owner));
        if (!owner.ContainsAnyExcept(rank))
            return new MeshPart(rank, whole, []);
        List<int> cells = [];
        for (int cell = 0; cell < owner.Length; cell++)
        {
            if (owner[cell] == rank)
                cells.Add(cell);
        }
        int owned = cells.Count;
        SortedDictionary<int, Border> borders = Borders(whole, owner, rank);
        foreach (Border border in borders.Values)
            cells.AddRange(border.Theirs.Values);
        int[] wholeCell = [.. cells];
        int[] local = LocalIndices(wholeCell, whole.CellCount);
        Face[] faces = LocalFaces(whole.Faces, local, owned);
        BoundaryFace[] boundaries = LocalBoundaries(whole.Boundaries, local, owned);
        AdjacentPart[] halo = [.. borders.Select(entry => new AdjacentPart(
            entry.Key,
            [.. entry.Value.Ours.Values.Select(cell => local[cell])],
            [.. entry.Value.Theirs.Values.Select(cell => local[cell])]))];
        return new MeshPart(rank, whole.Select(wholeCell, owned, faces, boundaries), halo);
    }

    private static SortedDictionary<int, Border> Borders(CellMesh whole, ReadOnlySpan<int> owner, int rank)
    {
        SortedDictionary<int, Border> borders = [];
        foreach (Face face in whole.Faces)
        {
            int left = owner[face.Left], right = owner[face.Right];
            if (left == right || (left != rank && right != rank))
                continue;
            (int ours, int theirs) = left == rank ? (face.Left, face.Right) : (face.Right, face.Left);
            if (!borders.TryGetValue(owner[theirs], out Border? border))
                borders.Add(owner[theirs], border = new Border([], []));
            border.Ours[whole.GlobalCell[ours]] = ours;
            border.Theirs[whole.GlobalCell[theirs]] = theirs;
        }
        return borders;
    }

    private static int[] LocalIndices(int[] wholeCell, int wholeCount)
    {
        int[] local = new int[wholeCount];
        Array.Fill(local, -1);
        for (int cell = 0; cell < wholeCell.Length; cell++)
            local[wholeCell[cell]] = cell;
        return local;
    }

    /// <summary>Faces with at least one owned cell; two ghosts may share a face, which belongs to others.</summary>
    private static Face[] LocalFaces(Face[] faces, int[] local, int owned)
    {
        bool Touches(in Face face) => (uint)local[face.Left] < (uint)owned || (uint)local[face.Right] < (uint)owned;
        int count = 0;
        foreach (ref readonly Face face in faces.AsSpan())
            count += Touches(face) ? 1 : 0;
        Face[] chosen = new Face[count];
        count = 0;
        foreach (ref readonly Face face in faces.AsSpan())
        {
            if (Touches(face))
                chosen[count++] = face.Between(local[face.Left], local[face.Right]);
        }
        return chosen;
    }

    private static BoundaryFace[] LocalBoundaries(BoundaryFace[] boundaries, int[] local, int owned) =>
        [.. boundaries.Where(face => (uint)local[face.Cell] < (uint)owned).Select(face => face with { Cell = local[face.Cell] })];

    /// <summary>Whole-mesh cells on both sides of the border to one rank, keyed and ordered by global cell.</summary>
    private sealed record Border(SortedDictionary<long, int> Ours, SortedDictionary<long, int> Theirs);
}
