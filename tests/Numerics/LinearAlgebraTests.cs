using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

/// <summary>The small dense solvers.</summary>
public class LinearAlgebraTests
{
    [Test]
    public void EigenvaluesOfTheSecondDifference([Values(1, 2, 5, 12, 40)] int n)
    {
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
        {
            a[i, i] = 2;
            if (i > 0)
                a[i, i - 1] = a[i - 1, i] = -1;
        }
        (double[] values, _) = SymmetricEigen.Decompose(a);
        for (int k = 0; k < n; k++)
            Assert.That(values[k], Is.EqualTo(2 - (2 * Math.Cos((k + 1) * Math.PI / (n + 1)))).Within(4e-14));
    }

    [Test]
    public void EigenvectorsAreOrthonormalAndDiagonalise([Values(1, 2, 3)] int seed)
    {
        const int n = 9;
        double[,] a = RandomSymmetric(n, seed);
        (double[] values, double[,] vectors) = SymmetricEigen.Decompose((double[,])a.Clone());
        Assert.That(values, Is.Ordered.Ascending);
        for (int k = 0; k < n; k++)
            for (int l = 0; l < n; l++)
            {
                double product = 0, image = 0;
                for (int i = 0; i < n; i++)
                {
                    product += vectors[i, k] * vectors[i, l];
                    image += a[l, i] * vectors[i, k];
                }
                Assert.That(product, Is.EqualTo(k == l ? 1 : 0).Within(1e-14));
                Assert.That(image, Is.EqualTo(values[k] * vectors[l, k]).Within(1e-13));
            }
    }

    [Test]
    public void DenseSystemsAreSolved([Values(1, 2, 5, 12, 30)] int n)
    {
        Random random = new(n);
        double[] a = [.. Enumerable.Range(0, n * n).Select(_ => random.NextDouble() - 0.5)];
        double[] x = [.. Enumerable.Range(0, n).Select(i => i - 1.5)], b = Multiply(a, x), factors = [.. a];
        int[] pivots = new int[n];
        Assert.That(DenseFactor.Factor(factors, pivots), Is.True);
        DenseFactor.Solve(factors, pivots, b);
        Assert.That(b, Is.EqualTo(x).Within(1e-11));
        double[] transposed = [.. Enumerable.Range(0, n * n).Select(i => a[((i % n) * n) + (i / n)])], c = Multiply(transposed, x);
        DenseFactor.SolveTransposed(factors, pivots, c);
        Assert.That(c, Is.EqualTo(x).Within(1e-11));
    }

    [Test]
    public void AZeroOnTheDiagonalIsPivotedAway()
    {
        double[] a = [0, 2, 1, 1, 0, 3, 2, 1, 0], b = Multiply(a, [1, 2, 3]);
        int[] pivots = new int[3];
        Assert.That(DenseFactor.Factor(a, pivots), Is.True);
        DenseFactor.Solve(a, pivots, b);
        Assert.That(b, Is.EqualTo(new[] { 1.0, 2, 3 }).Within(1e-15));
    }

    [Test]
    public void ASingularMatrixAndNotANumberAreRefused()
    {
        int[] pivots = new int[2];
        Assert.That(DenseFactor.Factor([1, 2, 2, 4], pivots), Is.False);
        Assert.That(DenseFactor.Factor([double.NaN, 1, double.NaN, 1], pivots), Is.False);
    }

    private static double[,] RandomSymmetric(int n, int seed)
    {
        Random random = new(seed);
        double[,] a = new double[n, n];
        for (int i = 0; i < n; i++)
            for (int k = 0; k <= i; k++)
                a[i, k] = a[k, i] = random.NextDouble() - 0.5;
        return a;
    }

    private static double[] Multiply(double[] a, double[] x) =>
        [.. Enumerable.Range(0, x.Length).Select(row => x.Select((v, column) => a[(row * x.Length) + column] * v).Sum())];
}
