using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Tests.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class WeightedSumTests
{
    private static readonly ExpressionFunction OfBoth = ExpressionFunction.Parse("x**2*T + sin(x)*T**2", "x", "T");
    private static readonly ExpressionCurve OfOne = ExpressionCurve.Parse("exp(-x)");

    [Test]
    public void PartialsAreTheDerivatives()
    {
        FunctionContract.Check(new WeightedSum(0.5, OfBoth, -2, OfOne), (0.1, 2), (1, 3));
        FunctionContract.Check(new WeightedSum(0.5, OfOne, -2, OfBoth).Partial(1), (0.1, 2), (1, 3));
        FunctionContract.Check(new WeightedSum(0.5, OfOne, 0.5, ExpressionCurve.Parse("x**3")), (0.1, 2));
    }

    [Test]
    public void ValuesAreTheWeightedSum() => Assert.That(
        new WeightedSum(0.5, OfBoth, -2, OfOne).Value(0.7, 2), Is.EqualTo((0.5 * OfBoth.Value(0.7, 2)) - (2 * OfOne.Value(0.7))).Within(1e-15));

    [Test]
    public void ItDependsOnWhatEitherDoes()
    {
        WeightedSum sum = new(1, OfOne, 1, Curve.Constant(2));
        Assert.That((sum.Inputs, sum.DependsOn(0)), Is.EqualTo((1, true)));
        Assert.That(new WeightedSum(1, Curve.Constant(1), 1, Curve.Constant(2)).IsConstant);
        Assert.That(new WeightedSum(1, OfBoth, 1, OfOne).DependsOn(1));
    }

    [Test]
    public void UnknownSecondPartialsAreRefused()
    {
        Assert.That(() => OfOne.Partial(0), Throws.InstanceOf<NotSupportedException>());
        Assert.That(OfOne.Widened(2).Partial(1).IsConstant);
    }
}
