namespace Cell3D.Mesh;

/// <summary>Chains of owned cells linked by through-thickness faces, each in the order of the faces.</summary>
internal sealed class ThroughChains
{
    private ThroughChains(int[] ofCell, int[] offsets, int[] cells) => (OfCell, Offsets, Cells) = (ofCell, offsets, cells);

    /// <summary>Chain of each cell, −1 for cells that were left out.</summary>
    internal int[] OfCell { get; }

    /// <summary>Start of each chain in <see cref="Cells"/>.</summary>
    internal int[] Offsets { get; }

    /// <summary>Cells chain by chain, from left to right.</summary>
    internal int[] Cells { get; }

    internal int Count => Offsets.Length - 1;

    internal ReadOnlySpan<int> this[int chain] => Cells.AsSpan(Offsets[chain]..Offsets[chain + 1]);

    /// <summary>Follows the through-thickness faces between cells whose region is included.</summary>
    /// <exception cref="MeshException">A chain closes on itself.</exception>
    internal static ThroughChains Follow(CellMesh mesh, Func<LayerKind, bool> include)
    {
        bool[] regionIncluded = [.. mesh.Regions.Select(region => include(region.Kind))];
        int owned = mesh.OwnedCellCount;
        bool Included(int cell) => cell < owned && regionIncluded[mesh.Region[cell]];
        int[] parent = [.. Enumerable.Range(0, owned)];
        int[] arriving = new int[owned];
        int[] leaving = new int[owned + 1];
        foreach (Face face in mesh.Faces)
        {
            if (face.Direction != FaceDirection.Through || !Included(face.Left) || !Included(face.Right))
                continue;
            Join(parent, face.Left, face.Right);
            arriving[face.Right]++;
            leaving[face.Left + 1]++;
        }
        for (int cell = 0; cell < owned; cell++)
            leaving[cell + 1] += leaving[cell];
        int[] right = new int[leaving[owned]];
        int[] cursor = leaving[..owned];
        foreach (Face face in mesh.Faces)
        {
            if (face.Direction == FaceDirection.Through && Included(face.Left) && Included(face.Right))
                right[cursor[face.Left]++] = face.Right;
        }
        (int[] ofCell, int[] offsets) = Number(mesh, parent, Included);
        return new ThroughChains(ofCell, offsets, Order(ofCell, offsets, arriving, leaving, right));
    }

    /// <summary>Numbers the trees in the order of their first cell.</summary>
    private static (int[] OfCell, int[] Offsets) Number(CellMesh mesh, int[] parent, Func<int, bool> included)
    {
        int[] ofCell = new int[mesh.CellCount];
        Array.Fill(ofCell, -1);
        List<int> sizes = [];
        for (int cell = 0; cell < parent.Length; cell++)
        {
            if (!included(cell))
                continue;
            int root = Root(parent, cell);
            if (ofCell[root] < 0)
            {
                ofCell[root] = sizes.Count;
                sizes.Add(0);
            }
            ofCell[cell] = ofCell[root];
            sizes[ofCell[cell]]++;
        }
        int[] offsets = new int[sizes.Count + 1];
        for (int chain = 0; chain < sizes.Count; chain++)
            offsets[chain + 1] = offsets[chain] + sizes[chain];
        return (ofCell, offsets);
    }

    /// <summary>Places each cell after all cells on its left.</summary>
    private static int[] Order(int[] ofCell, int[] offsets, int[] arriving, int[] leaving, int[] right)
    {
        int[] ordered = new int[offsets[^1]];
        int[] next = offsets[..^1];
        Stack<int> ready = new();
        int placed = 0;
        for (int start = 0; start < arriving.Length; start++)
        {
            if (ofCell[start] < 0 || arriving[start] != 0)
                continue;
            arriving[start] = -1;
            ready.Push(start);
            while (ready.TryPop(out int cell))
            {
                ordered[next[ofCell[cell]]++] = cell;
                placed++;
                for (int i = leaving[cell]; i < leaving[cell + 1]; i++)
                {
                    if (--arriving[right[i]] != 0)
                        continue;
                    arriving[right[i]] = -1;
                    ready.Push(right[i]);
                }
            }
        }
        return placed == ordered.Length ? ordered : throw new MeshException("through-thickness faces form a closed ring");
    }

    private static void Join(int[] parent, int a, int b)
    {
        (a, b) = (Root(parent, a), Root(parent, b));
        // The smaller index becomes the root, so that numbering by first cell meets roots first.
        if (a < b)
            parent[b] = a;
        else
            parent[a] = b;
    }

    private static int Root(int[] parent, int cell)
    {
        while (parent[cell] != cell)
            cell = parent[cell] = parent[parent[cell]];
        return cell;
    }
}
