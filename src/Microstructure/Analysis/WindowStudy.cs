using System.Runtime.InteropServices;
using Cell3D.Microstructure.Solver;
using Cell3D.Microstructure.Voxels;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Analysis;

/// <summary>Windows of one size within an image: mean and scatter of porosity and effective conductivity.</summary>
/// <param name="Divisions">Windows along each edge.</param>
/// <param name="Shape">Voxels of a window.</param>
/// <param name="Porosity">Share of conducting phases in each window.</param>
/// <param name="Effective">Effective conductivity of each, mean over the directions asked for.</param>
public sealed record WindowSize(int Divisions, VoxelShape Shape, double[] Porosity, double[] Effective)
{
    /// <summary>Mean effective conductivity.</summary>
    public double Mean => Effective.Average();

    /// <summary>Standard deviation of the effective conductivity between windows.</summary>
    public double Scatter => Deviation(Effective);

    /// <summary>Standard deviation of the porosity between windows.</summary>
    public double PorosityScatter => Deviation(Porosity);

    private static double Deviation(double[] values)
    {
        double mean = values.Average();
        return values.Length < 2 ? double.NaN : Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}

/// <summary>Is the image large enough to represent its material? Its windows tell by how their properties scatter.</summary>
public static class WindowStudy
{
    /// <summary>Voxels along the shortest edge of a window.</summary>
    public const int Least = 12;

    /// <summary>*Collective.* Windows of a half and a quarter of the edges, as far as they are not too small; each is solved by one rank.</summary>
    /// <param name="communicator">Ranks in the order of their slabs.</param>
    /// <param name="image">This rank's slab.</param>
    /// <param name="conductivities">Of each phase.</param>
    /// <param name="directions">Directions that the mean is taken over.</param>
    /// <param name="progress">Told after each window of the number of voxels solved.</param>
    public static IReadOnlyList<WindowSize> Of(Communicator communicator, VoxelImage image, IReadOnlyList<double> conductivities, IReadOnlyList<int> directions, Action<double> progress)
    {
        List<WindowSize> sizes = [];
        foreach (int divisions in new[] { 2, 4 })
        {
            VoxelShape shape = new(image.Shape.X / divisions, image.Shape.Y / divisions, image.Shape.Z / divisions);
            if (Math.Min(shape.X, Math.Min(shape.Y, shape.Z)) < Least) break;
            int windows = divisions * divisions * divisions;
            double[] values = new double[2 * windows];
            for (int w = 0; w < windows; w++)
            {
                byte[]? cut = Cut(communicator, image, shape, (w % divisions * shape.X, w / divisions % divisions * shape.Y, w / divisions / divisions * shape.Z), w % communicator.Size);
                if (cut is null) continue;
                VoxelImage window = new(shape, new(0, shape.Z), cut);
                values[w] = (double)cut.LongCount(phase => conductivities[phase] > 0) / shape.Count;
                foreach (int direction in directions)
                    values[windows + w] += EffectiveTransport.Along(Communicator.Self, window, conductivities, BoundaryKind.Ends, direction, new(Tolerance: 1e-4)).Effective / directions.Count;
                progress((double)shape.Count * directions.Count);
            }
            communicator.Allreduce(values, Operation.Sum);
            sizes.Add(new(divisions, shape, values[..windows], values[windows..]));
        }
        return sizes;
    }

    /// <summary>The voxels of a window, on the rank that takes it; null on others.</summary>
    private static byte[]? Cut(Communicator communicator, VoxelImage image, VoxelShape shape, (int X, int Y, int Z) from, int taker)
    {
        int low = Math.Max(from.Z, image.Slab.First), high = Math.Min(from.Z + shape.Z, image.Slab.End), plane = shape.X * shape.Y;
        byte[] own = new byte[(Math.Max(0, high - low) * plane + 7) / 8 * 8];
        for (int z = low; z < high; z++)
            for (int y = 0; y < shape.Y; y++)
                image.Row(from.Y + y, z - image.Slab.First).Slice(from.X, shape.X).CopyTo(own.AsSpan((((z - low) * shape.Y) + y) * shape.X));
        long[] counts = communicator.Allgather(Math.Max(0, high - low) * (long)plane);
        long[] all = communicator.Allgatherv(MemoryMarshal.Cast<byte, long>(own));
        if (communicator.Rank != taker) return null;
        byte[] window = new byte[shape.Count];
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes<long>(all);
        int next = 0;
        foreach (long count in counts)
        {
            bytes[..(int)count].CopyTo(window.AsSpan(next));
            next += (int)count;
            bytes = bytes[(int)((count + 7) / 8 * 8)..];
        }
        return window;
    }
}
