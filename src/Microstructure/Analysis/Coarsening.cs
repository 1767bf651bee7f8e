using Cell3D.Microstructure.Voxels;

namespace Cell3D.Microstructure.Analysis;

/// <summary>The same structure with voxels of twice the edge: each takes the phase that most of its eight have.</summary>
public static class Coarsening
{
    /// <summary>Half as many voxels along each edge, rounded down. Slabs must begin and end with whole blocks.</summary>
    public static VoxelImage Halve(VoxelImage image)
    {
        VoxelShape shape = new(image.Shape.X / 2, image.Shape.Y / 2, image.Shape.Z / 2);
        bool last = image.Slab.End == image.Shape.Z;
        if (image.Slab.First % 2 != 0 || (image.Slab.Count % 2 != 0 && !last)) throw new ArgumentException("A slab cuts through a block of voxels.");
        Slab slab = new(image.Slab.First / 2, image.Slab.Count / 2);
        byte[] phases = new byte[checked(shape.X * shape.Y * slab.Count)];
        Span<int> votes = stackalloc int[VoxelImage.MostPhases];
        int next = 0;
        for (int z = 0; z < slab.Count; z++)
            for (int y = 0; y < shape.Y; y++)
                for (int x = 0; x < shape.X; x++)
                {
                    votes.Clear();
                    for (int i = 0; i < 8; i++) votes[image.Row((2 * y) + ((i >> 1) & 1), (2 * z) + (i >> 2))[(2 * x) + (i & 1)]]++;
                    phases[next++] = Winner(votes, x + y + z + slab.First);
                }
        return new(shape, slab, phases);
    }

    /// <summary>Of phases with as many votes, neighbouring blocks take turns, so that none is preferred.</summary>
    private static byte Winner(ReadOnlySpan<int> votes, int turn)
    {
        int most = 0;
        foreach (int count in votes) most = Math.Max(most, count);
        byte winner = 0;
        bool rising = (turn & 1) == 0;
        for (int i = 0; i < votes.Length; i++)
        {
            int phase = rising ? i : votes.Length - 1 - i;
            if (votes[phase] != most) continue;
            winner = (byte)phase;
            break;
        }
        return winner;
    }
}
