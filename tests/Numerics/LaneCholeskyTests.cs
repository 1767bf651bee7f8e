using System.Runtime.Intrinsics;
using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

/// <summary>Four matrices at once against one after the other by LU.</summary>
public class LaneCholeskyTests
{
    private const int Sides = 2;

    [Test]
    public void SolutionsAreThoseOfEachMatrix([Values(1, 2, 3, 5, 8, 10, 21)] int n)
    {
        Random random = new(n);
        double[][] matrices = [.. Enumerable.Range(0, LaneCholesky.Lanes).Select(_ => Definite(random, n))];
        double[][] sides = [.. Enumerable.Range(0, LaneCholesky.Lanes * Sides).Select(_ => Enumerable.Range(0, n).Select(_ => random.NextDouble() - 0.5).ToArray())];
        Vector256<double>[] packed = Packed(matrices, sides, n), solutions = new Vector256<double>[Sides * n];
        LaneCholesky.Factor(packed, n, n + Sides);
        for (int side = 0; side < Sides; side++)
            packed.AsSpan(LaneCholesky.Row(n + side), n).CopyTo(solutions.AsSpan(side * n));
        LaneCholesky.SolveUpper(packed, n, solutions);
        int[] pivots = new int[n];
        for (int lane = 0; lane < LaneCholesky.Lanes; lane++)
        {
            DenseFactor.Factor(matrices[lane], pivots);
            for (int side = 0; side < Sides; side++)
            {
                double[] expected = sides[(lane * Sides) + side];
                DenseFactor.Solve(matrices[lane], pivots, expected);
                Assert.That(Enumerable.Range(0, n).Select(i => solutions[(side * n) + i][lane]), Is.EqualTo(expected).Within(1e-12));
            }
        }
    }

    [Test]
    public void OneThatIsNotDefiniteLeavesTheOthersAlone()
    {
        const int n = 6;
        Random random = new(1);
        double[][] matrices = [.. Enumerable.Range(0, LaneCholesky.Lanes).Select(_ => Definite(random, n))];
        Vector256<double>[] whole = Packed(matrices, [], n);
        matrices[2][(3 * n) + 3] = -1;
        Vector256<double>[] packed = Packed(matrices, [], n);
        LaneCholesky.Factor(whole, n, n);
        LaneCholesky.Factor(packed, n, n);
        Assert.That(packed[^1][2], Is.NaN);
        foreach (int lane in new[] { 0, 1, 3 })
            Assert.That(packed.Select(entry => entry[lane]), Is.EqualTo(whole.Select(entry => entry[lane])));
    }

    private static Vector256<double>[] Packed(double[][] matrices, double[][] sides, int n)
    {
        int own = sides.Length / LaneCholesky.Lanes;
        Vector256<double>[] packed = new Vector256<double>[LaneCholesky.Row(n + own)];
        for (int i = 0; i < n + own; i++)
            for (int j = 0; j < Math.Min(i + 1, n); j++)
                for (int lane = 0; lane < LaneCholesky.Lanes; lane++)
                    packed[LaneCholesky.Row(i) + j] = packed[LaneCholesky.Row(i) + j].WithElement(lane, i < n ? matrices[lane][(i * n) + j] : sides[(lane * own) + i - n][j]);
        return packed;
    }

    private static double[] Definite(Random random, int n)
    {
        double[] root = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)], matrix = new double[n * n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                matrix[(i * n) + j] = (i == j ? 0.5 : 0) + Enumerable.Range(0, n).Sum(k => root[(i * n) + k] * root[(j * n) + k]);
        return matrix;
    }
}
