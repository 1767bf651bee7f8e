using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class ThermallyActivatedTests
{
    private const double Reference = 298.15;

    [Test]
    public void PartialsAreTheDerivatives([Values("0.1*(x/1000)**3 - 2.5*(x/1000)**1.5 + 3.3*x/1000", "1.2")] string property, [Values(0, 17000)] double energy) =>
        FunctionContract.Check(ThermallyActivated.Of(ExpressionCurve.Parse(property), energy, Reference), (200, 2000), (263, 333));

    [Test]
    public void ValuesAreThoseOfCurveAndFactor()
    {
        Curve curve = ExpressionCurve.Parse("3e-10*exp(-0.6e-3*x)");
        Function property = ThermallyActivated.Of(curve, 20000, Reference);
        foreach (double salt in new[] { 300.0, 1000, 1700 })
            foreach (double temperature in new[] { 268.0, Reference, 320 })
            {
                double expected = curve.Value(salt) * new Arrhenius(20000, Reference).At(temperature).Factor;
                Assert.That(property.Value(salt, temperature), Is.EqualTo(expected).Within(1e-14 * expected));
            }
    }

    [Test]
    public void AFunctionOfTemperatureIsMultiplied()
    {
        Function property = ThermallyActivated.Of(ExpressionFunction.Parse("x*(T/300)**2", "x", "T"), 9000, Reference);
        FunctionContract.Check(property, (200, 2000), (263, 333));
        Assert.That(property.Value(700, 310), Is.EqualTo(700 * Math.Pow(310 / 300.0, 2) * new Arrhenius(9000, Reference).At(310).Factor).Within(1e-12));
    }

    [Test]
    public void WithoutActivationEnergyNothingIsAdded()
    {
        Function two = ExpressionFunction.Parse("x*T", "x", "T");
        Assert.That(ThermallyActivated.Of(two, 0, Reference), Is.SameAs(two));
        Assert.That(ThermallyActivated.Of(Curve.Constant(2), 0, Reference).IsConstant);
        Assert.That(ThermallyActivated.Of(Curve.Constant(2), 1, Reference).DependsOn(1));
    }

    /// <summary>The entropic coefficient of U(x, T) and its own partials.</summary>
    [Test]
    public void APartialIsAFunctionWithPartials()
    {
        ExpressionFunction potential = ExpressionFunction.Parse("4 - x + 1e-4*(T - 298.15)*cos(5*x) + 1e-6*(T - 298.15)**2", "x", "T");
        Function entropic = potential.Partial(1);
        FunctionContract.Check(entropic, (0.1, 0.9), (263, 333));
        Assert.That(entropic.Value(0.3, 310), Is.EqualTo((1e-4 * Math.Cos(1.5)) + (2e-6 * (310 - Reference))).Within(1e-17));
    }
}
