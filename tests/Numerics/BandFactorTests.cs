using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

/// <summary>Banded elimination against the dense one.</summary>
public class BandFactorTests
{
    [Test]
    public void SolvesAsTheDenseMatrix([Values(1, 2, 5)] int lower, [Values(0, 2, 5)] int upper, [Values(1, 3, 40)] int n)
    {
        int width = BandFactor.Width(lower, upper);
        double[] rows = new double[n * width], dense = new double[n * n], right = new double[n];
        for (int i = 0; i < n; i++)
        {
            right[i] = Math.Cos(3 * i);
            // A small diagonal: without pivoting digits would be lost.
            for (int k = Math.Max(0, i - lower); k <= Math.Min(n - 1, i + upper); k++)
                dense[(i * n) + k] = rows[(i * width) + k - i + lower] = i == k ? 1e-9 * (1 + i) : Math.Sin(1 + (7 * i) + (3 * k));
        }
        double[] expected = [.. right];
        int[] pivots = new int[n];
        bool regular = DenseFactor.Factor(dense, pivots);
        DenseFactor.Solve(dense, pivots, expected);
        Assert.That(BandFactor.Factor(rows, lower, upper, pivots), Is.EqualTo(regular));
        BandFactor.Solve(rows, lower, upper, pivots, right);
        Assert.That(right, Is.EqualTo(expected).Within(1e-9 * expected.Max(Math.Abs)));
    }

    [Test]
    public void SaysThatAMatrixIsSingular() => Assert.That(BandFactor.Factor([0, 1, 2, 0, 0.5, 1, 0, 0], 1, 1, stackalloc int[2]), Is.False);
}
