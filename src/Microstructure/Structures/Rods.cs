using Cell3D.Microstructure.Voxels;
using Cell3D.Numerics;

namespace Cell3D.Microstructure.Structures;

/// <summary>A sphere, or a fibre with round ends: all within a radius of a line; lengths in voxels.</summary>
/// <param name="Centre">Middle of the line.</param>
/// <param name="Half">Half of the line; zero for a sphere.</param>
internal readonly record struct Rod(double[] Centre, double[] Half);

/// <summary>Rods at random, and their voxels in a box that repeats itself.</summary>
internal static class Rods
{
    /// <summary>A Boolean model: as many as leave the porosity on average, ε = exp(−n v/V).</summary>
    public static IReadOnlyList<Rod> AtRandom(StructureSpec spec, double length)
    {
        SeededNumbers random = new(spec.Seed);
        double[] box = [spec.Shape.X, spec.Shape.Y, spec.Shape.Z];
        double volume = (4.0 / 3 * Math.PI * Math.Pow(spec.Radius, 3)) + (Math.PI * spec.Radius * spec.Radius * length);
        long count = (long)Math.Round(-Math.Log(spec.Porosity) * spec.Shape.Count / volume);
        List<Rod> rods = [];
        for (long i = 0; i < count; i++)
        {
            double[] centre = random.Point(box);
            (double cosine, double angle) = ((2 * random.Next()) - 1, 2 * Math.PI * random.Next());
            double sine = Math.Sqrt(1 - (cosine * cosine));
            rods.Add(new(centre, [length / 2 * sine * Math.Cos(angle), length / 2 * sine * Math.Sin(angle), length / 2 * cosine]));
        }
        return rods;
    }

    /// <summary>Marks the voxels inside the rods, and those of their shells.</summary>
    public static void Draw(StructureSpec spec, IReadOnlyList<Rod> rods, Slab slab, byte[] phases)
    {
        if (spec.Shell > 0)
            foreach (Rod rod in rods) Draw(rod, spec.Radius + spec.Shell, StructureSpec.OfShell, spec.Shape, slab, phases);
        foreach (Rod rod in rods) Draw(rod, spec.Radius, StructureSpec.Inside, spec.Shape, slab, phases);
    }

    private static void Draw(Rod rod, double radius, byte phase, VoxelShape shape, Slab slab, byte[] phases)
    {
        (int X, int Y, int Z) from = (Low(0), Low(1), Low(2)), to = (High(0), High(1), High(2));
        double square = (rod.Half[0] * rod.Half[0]) + (rod.Half[1] * rod.Half[1]) + (rod.Half[2] * rod.Half[2]);
        for (int z = from.Z; z <= to.Z; z++)
        {
            int plane = Wrapped(z, shape.Z) - slab.First;
            if (plane < 0 || plane >= slab.Count) continue;
            for (int y = from.Y; y <= to.Y; y++)
            {
                int row = ((plane * shape.Y) + Wrapped(y, shape.Y)) * shape.X;
                for (int x = from.X; x <= to.X; x++)
                {
                    (double a, double b, double c) = (x + 0.5 - rod.Centre[0], y + 0.5 - rod.Centre[1], z + 0.5 - rod.Centre[2]);
                    double t = square > 0 ? Math.Clamp(((a * rod.Half[0]) + (b * rod.Half[1]) + (c * rod.Half[2])) / square, -1, 1) : 0;
                    (a, b, c) = (a - (t * rod.Half[0]), b - (t * rod.Half[1]), c - (t * rod.Half[2]));
                    if ((a * a) + (b * b) + (c * c) < radius * radius) phases[row + Wrapped(x, shape.X)] = phase;
                }
            }
        }

        int Low(int d) => (int)Math.Floor(rod.Centre[d] - Math.Abs(rod.Half[d]) - radius);
        int High(int d) => (int)Math.Ceiling(rod.Centre[d] + Math.Abs(rod.Half[d]) + radius);
    }

    private static int Wrapped(int i, int n) => ((i % n) + n) % n;
}
