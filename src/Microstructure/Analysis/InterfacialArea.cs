using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>Area of the surface of a phase per volume.</summary>
/// <param name="Value">In units of one over the voxel size.</param>
/// <param name="Error">What was added because surfaces lie closer to each other than voxels see; where nothing could be added, what a step of two voxels misses.</param>
public readonly record struct SurfaceArea(double Value, double Error);

/// <summary>
/// Area of the surface of a phase per volume by Cauchy's and Crofton's formula, S/V = 2 P_L: lines of thirteen directions, along edges, face diagonals
/// and space diagonals, are cut by the surface so often per length. The sum of the faces of voxels would exceed a sphere's area by half.
/// </summary>
/// <remarks>
/// A step of length s along a line does not see what lies between surfaces closer than s. Gaps around a contact of smooth particles are wider than g by an area in proportion to g,
/// and so many chords of a curved surface are shorter than g as g²: S(s) = S (1 − a s − b s²), and with steps of one, two and three voxels S = 3 S(1) − 3 S(2) + S(3), where a and b
/// are not negative; b is 0 where S falls a little less from step to step, as in dense packings. What is thinner than the steps, as a shell of one voxel, lets S(s) fall far less: then S(1) stands.
/// Weights are the shares of the sphere of directions that are nearest to each (Ohser and Mücklich, Statistical Analysis of Microstructures in Materials
/// Science, 2000). Exact on average over all orientations; a single plane comes out by 7.3 % too small when it lies along an axis.
/// </remarks>
public static class InterfacialArea
{
    private const double Edge = 2 * 0.04577789120476, FaceDiagonal = 2 * 0.03698062787608, SpaceDiagonal = 2 * 0.03519563978232;

    private const int Steps = PaddedIndicator.Ghosts;

    /// <summary>From step to step as much more is hidden where gaps are; of walls of one voxel, which longer steps leap over, steps of two hide a half and steps of three a sixth more.</summary>
    private const double ShareOfGaps = 0.5;

    /// <summary>One of two opposite directions, each with its weight.</summary>
    private static readonly (int X, int Y, int Z, double Weight)[] Lines = [.. Directions()];

    /// <summary>*Collective.* In units of one over the voxel size.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab, at least as many planes as the longest step.</param>
    /// <param name="phase">Whose surface.</param>
    /// <param name="boundary">What lies around the image; its outer faces are no interface.</param>
    public static SurfaceArea Of(Communicator communicator, VoxelImage image, byte phase, BoundaryKind boundary)
    {
        double[] seen = Seen(communicator, image, phase, boundary == BoundaryKind.Periodic);
        (double first, double second) = (seen[0] - seen[1], seen[1] - seen[2]);
        if (!(first >= 0 && second >= ShareOfGaps * first)) return new(seen[0], Math.Abs(first));
        double squares = Math.Clamp((second - first) / 2, 0, first / 3);
        return new(seen[0] + first - (2 * squares), first - (2 * squares));
    }

    /// <summary>*Collective.* What steps of one voxel, two and three see of the area.</summary>
    private static double[] Seen(Communicator communicator, VoxelImage image, byte phase, bool periodic)
    {
        PaddedIndicator indicator = new(communicator, image, periodic);
        int width = image.Shape.X + (2 * PaddedIndicator.Ghosts), size = width * (image.Shape.Y + (2 * PaddedIndicator.Ghosts));
        byte[][] planes = [.. Enumerable.Range(0, Steps + 1).Select(_ => new byte[size])];
        double[] counts = new double[2 * Steps * Lines.Length];
        for (int z = 0; z < Steps; z++) indicator.Fill(z, phase, planes[z]);
        for (int z = 0; z < image.Slab.Count; z++)
        {
            indicator.Fill(z + Steps, phase, planes[(z + Steps) % planes.Length]);
            int above = image.Shape.Z - 1 - z - image.Slab.First;
            for (int entry = 0; entry < Steps * Lines.Length; entry++)
            {
                (int step, (int x, int y, int up, _)) = (1 + (entry / Lines.Length), Lines[entry % Lines.Length]);
                if (!periodic && up * step > above) continue;
                (long cuts, long pairs) = Count(x * step, y * step, image.Shape, planes[z % planes.Length], planes[(z + (up * step)) % planes.Length], width, periodic);
                counts[2 * entry] += cuts;
                counts[(2 * entry) + 1] += pairs;
            }
        }
        communicator.Allreduce(counts, Operation.Sum);
        double[] seen = new double[Steps];
        for (int entry = 0; entry < Steps * Lines.Length; entry++)
            if (counts[(2 * entry) + 1] > 0) seen[entry / Lines.Length] += 2 * Lines[entry % Lines.Length].Weight * counts[2 * entry] / counts[(2 * entry) + 1] / Length(Lines[entry % Lines.Length]) / (1 + (entry / Lines.Length));
        return seen;
    }

    private static double Length((int X, int Y, int Z, double Weight) line) => Math.Sqrt((line.X * line.X) + (line.Y * line.Y) + (line.Z * line.Z));

    /// <summary>Pairs of voxels a step apart, and those of them that the surface lies between.</summary>
    private static (long Cuts, long Pairs) Count(int stepX, int stepY, VoxelShape shape, byte[] from, byte[] to, int width, bool periodic)
    {
        (int lowX, int highX) = Range(stepX, shape.X, periodic);
        (int lowY, int highY) = Range(stepY, shape.Y, periodic);
        long cuts = 0;
        const int g = PaddedIndicator.Ghosts;
        for (int y = lowY; y < highY; y++)
        {
            ReadOnlySpan<byte> a = from.AsSpan(((y + g) * width) + g), b = to.AsSpan(((y + stepY + g) * width) + g + stepX);
            for (int x = lowX; x < highX; x++) cuts += a[x] ^ b[x];
        }
        return (cuts, (long)Math.Max(0, highX - lowX) * Math.Max(0, highY - lowY));
    }

    /// <summary>Voxels whose partner lies inside the image.</summary>
    private static (int Low, int High) Range(int step, int n, bool periodic) => periodic ? (0, n) : (Math.Max(0, -step), n - Math.Max(0, step));

    private static IEnumerable<(int X, int Y, int Z, double Weight)> Directions()
    {
        for (int z = 0; z <= 1; z++)
            for (int y = -1; y <= 1; y++)
                for (int x = -1; x <= 1; x++)
                {
                    if (z == 0 && (y < 0 || (y == 0 && x <= 0))) continue;
                    yield return (x, y, z, (Math.Abs(x) + Math.Abs(y) + z) switch { 1 => Edge, 2 => FaceDiagonal, _ => SpaceDiagonal });
                }
    }
}
