using Cell3D.Numerics.Curves;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class TableCurveTests
{
    private static readonly double[] X = [0, 0.1, 0.4, 1];
    private static readonly double[] Y = [1, 2, 0, 3];

    [TestCase(0.05, 1.5, 10)]
    [TestCase(0.1, 2, -20.0 / 3)]
    [TestCase(0.25, 1, -20.0 / 3)]
    [TestCase(1, 3, 5)]
    [TestCase(-0.1, 0, 10)]
    [TestCase(1.2, 4, 5)]
    public void IsLinearBetweenPointsAndBeyond(double x, double value, double slope)
    {
        TableCurve rising = new(X, Y), falling = new([.. X.Reverse()], [.. Y.Reverse()]);
        foreach (TableCurve curve in new[] { rising, falling })
        {
            (double found, double foundSlope) = curve.ValueAndSlope(x);
            Assert.That(found, Is.EqualTo(value).Within(1e-14));
            Assert.That(foundSlope, Is.EqualTo(slope).Within(1e-12));
        }
    }

    [Test]
    public void EqualSpacingFindsTheSameSegments()
    {
        Random random = new(1);
        double[] x = [.. Enumerable.Range(0, 51).Select(i => 0.02 * i)], y = [.. x.Select(_ => random.NextDouble())];
        double[] uneven = [.. x.Select((at, i) => i == 50 ? at + 1e-4 : at)];
        TableCurve equal = new(x, y), general = new(uneven, y);
        for (int i = 0; i < 1000; i++)
        {
            double at = 1.1 * random.NextDouble() - 0.05;
            int segment = Math.Clamp((int)Math.Floor(at / 0.02 + 1e-12), 0, 49);
            double expected = y[segment] + (y[segment + 1] - y[segment]) * (at - x[segment]) / 0.02;
            Assert.That(equal.Value(at), Is.EqualTo(expected).Within(1e-11), $"at {at}");
            if (at < 0.98) Assert.That(general.Value(at), Is.EqualTo(expected).Within(1e-11), $"uneven, at {at}");
        }
    }

    [Test]
    public void ConstantTablesAreRecognised() => Assert.Multiple(() =>
    {
        Assert.That(new TableCurve([0, 1, 3], [2, 2, 2]).IsConstant);
        Assert.That(new TableCurve([0, 1, 3], [2, 2, 2.1]).IsConstant, Is.False);
    });

    [TestCase(new[] { 0.0, 0.5, 0.5, 1 }, new[] { 1.0, 2, 3, 4 }, 2, "x[1] and x[2] are the same, 0.5")]
    [TestCase(new[] { 0.0, 0.5, 0.4, 1 }, new[] { 1.0, 2, 3, 4 }, 2, "x[2] = 0.4 turns back after x[1] = 0.5")]
    [TestCase(new[] { 1.0, 0.5, 0.6 }, new[] { 1.0, 2, 3 }, 2, "x[2] = 0.6 turns back after x[1] = 0.5")]
    [TestCase(new[] { 0.0, double.NaN, 1 }, new[] { 1.0, 2, 3 }, 1, "x[1] is not a finite number")]
    [TestCase(new[] { 0.0, 0.5, 1 }, new[] { 1.0, 2, double.PositiveInfinity }, 2, "y[2] is not a finite number")]
    [TestCase(new[] { 0.0, 1 }, new[] { 1.0, 2, 3 }, 2, "x has 2 values, y has 3")]
    [TestCase(new[] { 0.0 }, new[] { 1.0 }, 0, "at least 2 points")]
    public void ProblemsNameTheIndex(double[] x, double[] y, int index, string text)
    {
        TableProblem problem = TableCurve.Check(x, y)[0];
        Assert.Multiple(() =>
        {
            Assert.That(problem.Index, Is.EqualTo(index));
            Assert.That(problem.Text, Does.Contain(text));
            Assert.That(() => new TableCurve(x, y), Throws.ArgumentException.With.Message.EqualTo(problem.Text));
        });
    }
}
