using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>Which voxels of some phases are connected, face to face, with the two ends of a direction.</summary>
public static class Percolation
{
    /// <summary>Connected with the first end, with the second, with both.</summary>
    public const byte First = 1, Second = 2, Both = 3;

    /// <summary>*Collective.* The ends that each voxel of the slab is connected with; 0 for none and for phases that do not count.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab.</param>
    /// <param name="counts">Which phases count as one.</param>
    /// <param name="direction">0 x, 1 y, 2 z.</param>
    public static byte[] Reach(Communicator communicator, VoxelImage image, bool[] counts, int direction)
    {
        byte[] reach = new byte[image.Phases.Length];
        foreach (byte end in new[] { First, Second }) Flood(communicator, image, counts, direction, end, reach);
        return reach;
    }

    private static void Flood(Communicator communicator, VoxelImage image, bool[] counts, int direction, byte end, byte[] reach)
    {
        int plane = image.PlaneSize;
        // A slab's outer planes tell the neighbours what they reached; the flood goes on until no rank reaches more.
        using SlabExchange exchange = new(communicator, periodic: false, plane, plane);
        Stack<int> open = new();
        Seed(image, counts, direction, end, reach, open);
        bool changed;
        do
        {
            Spread(image, counts, end, reach, open);
            for (int i = 0; i < plane; i++)
                (exchange.ToBelow[i], exchange.ToAbove[i]) = (reach[i] & end, reach[reach.Length - plane + i] & end);
            exchange.Exchange();
            for (int i = 0; i < exchange.Below; i++)
                if (exchange.FromBelow[i] != 0) Take(i, image, counts, end, reach, open);
            for (int i = 0; i < exchange.Above; i++)
                if (exchange.FromAbove[i] != 0) Take(reach.Length - plane + i, image, counts, end, reach, open);
            changed = communicator.Any(open.Count > 0);
        }
        while (changed);
    }

    private static void Seed(VoxelImage image, bool[] counts, int direction, byte end, byte[] reach, Stack<int> open)
    {
        (int nx, int ny, int nz) = (image.Shape.X, image.Shape.Y, image.Slab.Count);
        int at = end == First ? 0 : image.Shape[direction] - 1;
        if (direction == 2)
        {
            int plane = at - image.Slab.First;
            if (plane < 0 || plane >= nz) return;
            for (int i = 0; i < image.PlaneSize; i++) Take((plane * image.PlaneSize) + i, image, counts, end, reach, open);
            return;
        }
        for (int z = 0; z < nz; z++)
            for (int j = 0; j < (direction == 0 ? ny : nx); j++)
                Take((((z * ny) + (direction == 0 ? j : at)) * nx) + (direction == 0 ? at : j), image, counts, end, reach, open);
    }

    private static void Spread(VoxelImage image, bool[] counts, byte end, byte[] reach, Stack<int> open)
    {
        (int nx, int ny, int nz, int plane) = (image.Shape.X, image.Shape.Y, image.Slab.Count, image.PlaneSize);
        while (open.TryPop(out int i))
        {
            (int x, int y, int z) = (i % nx, i / nx % ny, i / plane);
            if (x > 0) Take(i - 1, image, counts, end, reach, open);
            if (x < nx - 1) Take(i + 1, image, counts, end, reach, open);
            if (y > 0) Take(i - nx, image, counts, end, reach, open);
            if (y < ny - 1) Take(i + nx, image, counts, end, reach, open);
            if (z > 0) Take(i - plane, image, counts, end, reach, open);
            if (z < nz - 1) Take(i + plane, image, counts, end, reach, open);
        }
    }

    private static void Take(int i, VoxelImage image, bool[] counts, byte end, byte[] reach, Stack<int> open)
    {
        if (!counts[image.Phases[i]] || (reach[i] & end) != 0) return;
        reach[i] |= end;
        open.Push(i);
    }
}
