using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Thermodynamics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

public class DivergingEndsTests
{
    private static readonly Curve Inner = ExpressionCurve.Parse("3.5 - 0.2*x");
    private static readonly Function Curve = DivergingEnds.With(PotentialEnds.Diverging, Inner);

    [TestCase(0, 1)]
    [TestCase(0.001, 1e-3)]
    public void TheBarrierHasItsStatedHeight(double x, double height)
    {
        Assert.That(Curve.Value(x) - Inner.Value(x), Is.EqualTo(height).Within(1e-12));
        Assert.That(Curve.Value(1 - x) - Inner.Value(1 - x), Is.EqualTo(-height).Within(1e-12));
    }

    [Test]
    public void EndsAreAddedOnce() => Assert.That(DivergingEnds.With(PotentialEnds.Diverging, Curve), Is.SameAs(Curve));

    [Test]
    public void AsGivenIsTheFitAlone([Values(false, true)] bool hadEnds) =>
        Assert.That(DivergingEnds.With(PotentialEnds.AsGiven, hadEnds ? Curve : Inner), Is.SameAs(Inner));

    [Test]
    public void TheFitStandsInside()
    {
        for (double x = 0.0046; x <= 0.9954; x += 0.001)
            Assert.That(Curve.Value(x), Is.EqualTo(Inner.Value(x)).Within(1e-13));
    }

    [TestCase(-0.5)]
    [TestCase(-0.01)]
    [TestCase(1e-9)]
    [TestCase(0.0004)]
    [TestCase(0.003)]
    [TestCase(0.5)]
    [TestCase(0.9985)]
    [TestCase(1.2)]
    public void TheSlopeIsThatOfTheValue(double x)
    {
        const double h = 1e-7;
        double slope = ValueAndSlope(x).Slope;
        double difference = (Curve.Value(x + h) - Curve.Value(x - h)) / (2 * h);
        Assert.That(slope, Is.Negative);
        Assert.That(slope, Is.EqualTo(difference).Within(1e-6 * Math.Abs(difference)));
    }

    [Test]
    public void FarOutsideItStaysFinite([Values(-10, 11)] double x)
    {
        (double value, double slope) = ValueAndSlope(x);
        Assert.That(double.IsFinite(value) && double.IsFinite(slope));
    }

    /// <summary>Ends do not depend on temperature, so ∂U/∂T is that of the fit.</summary>
    [Test]
    public void APotentialOfTemperatureGetsTheSameEnds()
    {
        ExpressionFunction inner = ExpressionFunction.Parse("3.5 - 0.2*x + 1e-6*x*(T - 300)**2", "x", "T");
        Function whole = DivergingEnds.With(PotentialEnds.Diverging, inner);
        FunctionContract.Check(whole, (0.005, 0.995), (263, 333));
        FunctionContract.Check(whole, (0.0002, 0.0006), (263, 333));
        FunctionContract.Check(whole.Partial(1), (0.0005, 0.9995), (263, 333));
        Assert.That(whole.Value(0.0005, 310) - inner.Value(0.0005, 310), Is.EqualTo(Curve.Value(0.0005) - Inner.Value(0.0005)).Within(1e-14));
        Assert.That(whole.Partial(1).Value(0, 310), Is.EqualTo(inner.Partial(1).Value(0, 310)));
        Assert.That(DivergingEnds.Without(whole), Is.SameAs(inner));
    }

    private static (double Value, double Slope) ValueAndSlope(double x)
    {
        double[] value = new double[1], slope = new double[1];
        Curve.Evaluate([x], value, slope);
        return (value[0], slope[0]);
    }
}
