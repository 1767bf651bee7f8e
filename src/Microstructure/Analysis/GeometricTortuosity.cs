using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>
/// Length of the shortest paths through some phases from one end to the other over the distance of the ends, mean over the voxels at the far end that are
/// reached: |∇T| = 1 by Godunov's upwind differences and Gauss–Seidel sweeps in eight orders (Zhao, Math. Comput. 74 (2005) 603). Paths may run in any
/// direction, not only from voxel to voxel; distances have an error of first order, from above.
/// </summary>
public static class GeometricTortuosity
{
    private const int MostRounds = 400;
    private const float Settled = 1e-4f, Far = float.PositiveInfinity;

    /// <summary>*Collective.* NaN where nothing is connected from end to end.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab.</param>
    /// <param name="counts">Which phases paths may lead through.</param>
    /// <param name="direction">0 x, 1 y, 2 z.</param>
    public static double Of(Communicator communicator, VoxelImage image, bool[] counts, int direction)
    {
        (int nx, int ny, int nz) = (image.Shape.X, image.Shape.Y, image.Slab.Count);
        (int row, int plane) = (nx + 2, (nx + 2) * (ny + 2));
        float[] times = new float[checked(plane * (nz + 2))];
        Array.Fill(times, Far);
        using SlabExchange exchange = new(communicator, periodic: false, plane, plane);
        bool first = image.Slab.First == 0;
        for (int round = 0; round < MostRounds; round++)
        {
            float change = 0;
            for (int order = 0; order < 8; order++) change = Math.Max(change, Sweep(order));
            Share();
            if (!communicator.Any(change > Settled)) break;
        }
        return Mean();

        int At(int x, int y, int z) => ((z + 1) * plane) + ((y + 1) * row) + x + 1;

        float Sweep(int order)
        {
            float change = 0;
            for (int k = 0; k < nz; k++)
                for (int j = 0; j < ny; j++)
                    for (int i = 0; i < nx; i++)
                    {
                        (int x, int y, int z) = ((order & 1) == 0 ? i : nx - 1 - i, (order & 2) == 0 ? j : ny - 1 - j, (order & 4) == 0 ? k : nz - 1 - k);
                        if (!counts[image.Phases[(((z * ny) + y) * nx) + x]]) continue;
                        int at = At(x, y, z);
                        float time = Arrival(Math.Min(times[at - 1], times[at + 1]), Math.Min(times[at - row], times[at + row]), Math.Min(times[at - plane], times[at + plane]));
                        // The near end lies half a voxel before the first plane.
                        if (direction == 0 ? x == 0 : direction == 1 ? y == 0 : z == 0 && first) time = Math.Min(time, 0.5f);
                        if (!(time < times[at])) continue;
                        change = Math.Max(change, Math.Min(times[at] - time, 1));
                        times[at] = time;
                    }
            return change;
        }

        void Share()
        {
            for (int i = 0; i < plane; i++) (exchange.ToBelow[i], exchange.ToAbove[i]) = (times[plane + i], times[(nz * plane) + i]);
            exchange.Exchange();
            for (int i = 0; i < exchange.Below; i++) times[i] = (float)exchange.FromBelow[i];
            for (int i = 0; i < exchange.Above; i++) times[((nz + 1) * plane) + i] = (float)exchange.FromAbove[i];
        }

        double Mean()
        {
            Span<double> sums = [0, 0];
            int last = image.Shape[direction] - 1;
            for (int z = 0; z < nz; z++)
                for (int y = 0; y < ny; y++)
                    for (int x = 0; x < nx; x++)
                    {
                        if ((direction == 0 ? x : direction == 1 ? y : z + image.Slab.First) != last || !float.IsFinite(times[At(x, y, z)])) continue;
                        sums[0] += times[At(x, y, z)] + 0.5;
                        sums[1]++;
                    }
            communicator.Allreduce(sums, Operation.Sum);
            return sums[1] > 0 ? sums[0] / sums[1] / image.Shape[direction] : double.NaN;
        }
    }

    /// <summary>T from the earliest neighbour along each axis: Σ max(T − tᵢ, 0)² = 1.</summary>
    private static float Arrival(float a, float b, float c)
    {
        if (a > b) (a, b) = (b, a);
        if (b > c) (b, c) = (c, b);
        if (a > b) (a, b) = (b, a);
        float time = a + 1;
        if (!(time > b)) return time;
        time = (a + b + MathF.Sqrt(2 - ((a - b) * (a - b)))) / 2;
        if (!(time > c)) return time;
        float sum = a + b + c, squares = (a * a) + (b * b) + (c * c);
        return (sum + MathF.Sqrt(Math.Max(0, (sum * sum) - (3 * (squares - 1))))) / 3;
    }
}
