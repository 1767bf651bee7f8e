using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

public class SeededNumbersTests
{
    /// <summary>First outputs of the reference implementation (prng.di.unimi.it/splitmix64.c) for the state 1234567, their upper 53 bits.</summary>
    [Test]
    public void TheSequenceIsThatOfSplitMix64()
    {
        SeededNumbers numbers = new(1234567);
        foreach (ulong expected in new[] { 6457827717110365317UL, 3203168211198807973UL, 9817491932198370423UL })
            Assert.That(numbers.Next(), Is.EqualTo((expected >> 11) * Math.Pow(2, -53)));
    }

    /// <summary>Moments over a block of places, and between neighbours along every axis.</summary>
    [Test]
    public void NumbersOfPlacesAreNormalAndIndependent()
    {
        const int n = 40;
        double[,,] drawn = new double[n, n, n];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < n; j++)
                for (int k = 0; k < n; k++)
                    drawn[i, j, k] = SeededNumbers.At(5, i, j, k).NextNormal();
        double[] all = [.. drawn.Cast<double>()];
        double error = 1 / Math.Sqrt(all.Length);
        Assert.That(all.Average(), Is.EqualTo(0).Within(4 * error));
        Assert.That(all.Average(x => x * x), Is.EqualTo(1).Within(6 * error));
        Assert.That(all.Average(x => x * x * x * x), Is.EqualTo(3).Within(40 * error));
        Assert.That(all.Count(x => x > 1.959964) / (double)all.Length, Is.EqualTo(0.025).Within(0.16 * 4 * error));
        foreach ((int i, int j, int k) in new[] { (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 1) })
            Assert.That(Enumerable.Range(0, (n - 1) * (n - 1) * (n - 1)).Average(p => (p / ((n - 1) * (n - 1)), p / (n - 1) % (n - 1), p % (n - 1)) is var (x, y, z) ? drawn[x, y, z] * drawn[x + i, y + j, z + k] : 0),
                Is.EqualTo(0).Within(5 * error), $"{i} {j} {k}");
        Assert.That(SeededNumbers.At(5, 1, 2).Next(), Is.Not.EqualTo(SeededNumbers.At(5, 2, 1).Next()));
        Assert.That(SeededNumbers.At(5, 1, 2).Next(), Is.Not.EqualTo(SeededNumbers.At(6, 1, 2).Next()));
    }
}
