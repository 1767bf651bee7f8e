using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

public class GaussLegendreTests
{
    [Test]
    public void ExactUpToDegreeTwoNMinusOneAndNotBeyond([Values(1, 2, 3, 5, 8, 13, 20, 40)] int n)
    {
        (double[] nodes, double[] weights) = GaussLegendre.Rule(n);
        double Integral(int degree) => nodes.Zip(weights, (x, w) => w * Math.Pow(x, degree)).Sum();
        for (int degree = 0; degree < 2 * n; degree++)
            Assert.That(Integral(degree), Is.EqualTo(1.0 / (degree + 1)).Within(1e-14), $"degree {degree}");
        if (n <= 5)
            Assert.That(Math.Abs(Integral(2 * n) - (1.0 / ((2 * n) + 1))), Is.GreaterThan(1e-9));
    }

    [Test]
    public void NodesAscendInsideAndLieSymmetrically([Values(1, 4, 7, 40)] int n)
    {
        (double[] nodes, double[] weights) = GaussLegendre.Rule(n);
        Assert.That(nodes, Is.Ordered.Ascending.And.All.InRange(0.0, 1.0));
        for (int i = 0; i < n; i++)
        {
            Assert.That(nodes[i] + nodes[n - 1 - i], Is.EqualTo(1).Within(1e-15));
            Assert.That(weights[i], Is.EqualTo(weights[n - 1 - i]).Within(1e-15).And.Positive);
        }
    }

    [Test]
    public void LegendrePolynomialsMatchTheirFormulas([Values(-1, -0.3, 0, 0.77, 1)] double z)
    {
        Assert.That(GaussLegendre.Legendre(2, z), Is.EqualTo(((1.5 * z * z) - 0.5, 3 * z)));
        (double value, double slope) = GaussLegendre.Legendre(4, z);
        Assert.That(value, Is.EqualTo(((35 * Math.Pow(z, 4)) - (30 * z * z) + 3) / 8).Within(1e-15));
        Assert.That(slope, Is.EqualTo(((140 * Math.Pow(z, 3)) - (60 * z)) / 8).Within(1e-14));
    }
}
