using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Thermodynamics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

public class DivergingEndsTests
{
    private static readonly Curve Inner = ExpressionCurve.Parse("3.5 - 0.2*x");
    private static readonly Curve Curve = DivergingEnds.With(PotentialEnds.Diverging, Inner);

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
        double slope = Curve.ValueAndSlope(x).Slope;
        double difference = (Curve.Value(x + h) - Curve.Value(x - h)) / (2 * h);
        Assert.That(slope, Is.Negative);
        Assert.That(slope, Is.EqualTo(difference).Within(1e-6 * Math.Abs(difference)));
    }

    [Test]
    public void FarOutsideItStaysFinite([Values(-10, 11)] double x)
    {
        (double value, double slope) = Curve.ValueAndSlope(x);
        Assert.That(double.IsFinite(value) && double.IsFinite(slope));
    }
}
