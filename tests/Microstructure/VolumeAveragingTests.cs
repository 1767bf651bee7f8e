using Cell3D.Microstructure.Structures;
using Cell3D.Microstructure.Voxels;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure;

/// <summary>The averaging theorem ⟨∇·q⟩ = ∇·⟨q⟩ + (1/V)∫ q·n dA of docs/homogenisation.md on a resolved field that crosses its interface.</summary>
public class VolumeAveragingTests
{
    private const int N = 40, Window = 12;

    [Test]
    public void TheDivergenceOfTheMeanAndTheInterfaceGiveTheMeanDivergence()
    {
        VoxelImage image = StructureGenerator.Make(new() { Kind = StructureKind.OverlappingSpheres, Shape = new(N, N, N), Radius = 5, Porosity = 0.5, Seed = 4 }, new(0, N));
        double largest = 0;
        foreach ((int x, int y, int z) in new[] { (8, 9, 10), (13, 6, 20), (20, 20, 4) })
        {
            (double divergence, double interfacial) = Inside(image, x, y, z);
            // ⟨q⟩ of windows moved by half a voxel either way, whose difference is exact: what the outer faces of the window pass in the pores.
            double ofMean = Enumerable.Range(0, 3).Sum(d => Mean(image, (x, y, z), d, Window) - Mean(image, (x, y, z), d, 0));
            Assert.That(divergence, Is.EqualTo(ofMean + interfacial).Within(1e-13));
            largest = Math.Max(largest, Math.Abs(interfacial));
        }
        Assert.That(largest, Is.GreaterThan(1e-2), "the interfacial term counts");
    }

    /// <summary>⟨∇·q⟩ over the pores of a window by the central value of the derivative, and the interfacial term, both per volume.</summary>
    private static (double Divergence, double Interfacial) Inside(VoxelImage image, int x0, int y0, int z0)
    {
        double divergence = 0, interfacial = 0;
        for (int z = z0; z < z0 + Window; z++)
            for (int y = y0; y < y0 + Window; y++)
                for (int x = x0; x < x0 + Window; x++)
                {
                    if (!IsPore(image, x, y, z)) continue;
                    // Quadratic in each coordinate: its divergence in the middle is the mean over a voxel.
                    divergence += Divergence(x + 0.5, y + 0.5, z + 0.5);
                    for (int d = 0; d < 3; d++)
                        foreach (int side in new[] { -1, 1 })
                        {
                            (int i, int j, int k) = (x + (d == 0 ? side : 0), y + (d == 1 ? side : 0), z + (d == 2 ? side : 0));
                            bool outside = i < x0 || j < y0 || k < z0 || i >= x0 + Window || j >= y0 + Window || k >= z0 + Window;
                            if (!outside && !IsPore(image, i, j, k)) interfacial += side * Flux(d, (d == 0 ? x : d == 1 ? y : z) + (side > 0 ? 1 : 0));
                        }
                }
        return (divergence / Math.Pow(Window, 3), interfacial / Math.Pow(Window, 3));
    }

    /// <summary>What passes an outer plane of the window through its pores, per volume; faces on the far side of which the window's own voxel is solid do not count.</summary>
    private static double Mean(VoxelImage image, (int X, int Y, int Z) from, int direction, int offset)
    {
        double sum = 0;
        for (int a = 0; a < Window; a++)
            for (int b = 0; b < Window; b++)
            {
                int inside = offset == 0 ? 0 : Window - 1;
                (int x, int y, int z) = direction switch
                {
                    0 => (from.X + inside, from.Y + a, from.Z + b),
                    1 => (from.X + a, from.Y + inside, from.Z + b),
                    _ => (from.X + a, from.Y + b, from.Z + inside),
                };
                if (IsPore(image, x, y, z)) sum += Flux(direction, (direction == 0 ? from.X : direction == 1 ? from.Y : from.Z) + offset);
            }
        return sum / Math.Pow(Window, 3);
    }

    private static bool IsPore(VoxelImage image, int x, int y, int z) => image.Row(y, z)[x] == StructureSpec.Outside;

    private static double Flux(int direction, double s) => ((direction + 1) * 1e-2 * s * s) - (0.1 * s);

    private static double Divergence(double x, double y, double z) => (0.02 * x) + (0.04 * y) + (0.06 * z) - 0.3;
}
