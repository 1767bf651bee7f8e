using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>
/// Area of the surface of a phase per volume, ∫|∇φ|dV/V of its indicator φ smoothed by (1, 2, 1)/4 along each axis and differenced centrally (coarea
/// formula). Unlike the sum of the faces of voxels, which exceeds a sphere's area by half, it has no preferred directions.
/// </summary>
/// <remarks>Smoothing takes σ² = ½ voxel² per axis: the area of a sphere of radius R comes out with a relative error of the order of (σ/R)², walls thinner
/// than about three voxels too small.</remarks>
public static class InterfacialArea
{
    /// <summary>*Collective.* In units of one over the voxel size.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab, at least two planes.</param>
    /// <param name="phase">Whose surface.</param>
    /// <param name="boundary">What lies around the image; its outer faces are no interface.</param>
    public static double Of(Communicator communicator, VoxelImage image, byte phase, BoundaryKind boundary)
    {
        PaddedIndicator indicator = new(communicator, image, boundary == BoundaryKind.Periodic);
        const int g = PaddedIndicator.Ghosts;
        int width = image.Shape.X + (2 * g), height = image.Shape.Y + (2 * g), size = width * height;
        float[] raw = new float[size];
        // Planes z − 2 … z + 2 smoothed along x and y, and z − 1 … z + 1 smoothed along z as well.
        float[][] flat = [.. Enumerable.Range(0, 5).Select(_ => new float[size])], smooth = [.. Enumerable.Range(0, 3).Select(_ => new float[size])];
        for (int k = -g; k < g; k++) Flatten(k, flat[k + g]);
        double area = 0;
        for (int z = 0; z < image.Slab.Count; z++)
        {
            Flatten(z + g, flat[4]);
            for (int k = 0; k < 3; k++)
                for (int i = 0; i < size; i++) smooth[k][i] = (0.25f * (flat[k][i] + flat[k + 2][i])) + (0.5f * flat[k + 1][i]);
            area += Sum(smooth, width, height);
            float[] first = flat[0];
            for (int k = 0; k < 4; k++) flat[k] = flat[k + 1];
            flat[4] = first;
        }
        return communicator.Allreduce(area, Operation.Sum) / image.Shape.Count;

        void Flatten(int z, float[] plane)
        {
            indicator.Fill(z, phase, raw);
            for (int y = 1; y < height - 1; y++)
                for (int x = 1; x < width - 1; x++)
                {
                    int i = (y * width) + x;
                    plane[i] = (Row(i - width) + (2 * Row(i)) + Row(i + width)) / 16;
                }
            float Row(int i) => raw[i - 1] + (2 * raw[i]) + raw[i + 1];
        }
    }

    private static double Sum(float[][] smooth, int width, int height)
    {
        const int g = PaddedIndicator.Ghosts;
        double sum = 0;
        for (int y = g; y < height - g; y++)
            for (int x = g; x < width - g; x++)
            {
                int i = (y * width) + x;
                (double a, double b, double c) = (smooth[1][i + 1] - smooth[1][i - 1], smooth[1][i + width] - smooth[1][i - width], smooth[2][i] - smooth[0][i]);
                sum += 0.5 * Math.Sqrt((a * a) + (b * b) + (c * c));
            }
        return sum;
    }
}
