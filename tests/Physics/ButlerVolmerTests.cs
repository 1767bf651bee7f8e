using System.Runtime.Intrinsics;
using Cell3D.Numerics;
using Cell3D.Physics;
using Cell3D.Physics.Kinetics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class ButlerVolmerTests
{
    private const double Temperature = 310;
    private static readonly (double Anodic, double Cathodic)[] Coefficients =
        [(0.5, 0.5), (0.3, 0.7), (0.7, 0.3), (0.6, 0.6), (0.1, 0.9), (0.9, 0.1), (0.01, 1), (1, 0.01), (0.2, 0.2)];

    [Test]
    public void TheInverseSatisfiesTheLawOverTwentyFourDecades([ValueSource(nameof(Coefficients))] (double Anodic, double Cathodic) alpha)
    {
        for (int decade = -12; decade <= 12; decade++)
            foreach (double ratio in new[] { 3.7 * Math.Pow(10, decade), -3.7 * Math.Pow(10, decade) })
            {
                double z = ButlerVolmer.Inverse(ratio, alpha.Anodic, alpha.Cathodic);
                Assert.That(Ratio(z, alpha), Is.EqualTo(ratio).Within(2e-13 * Math.Abs(ratio)), $"j/j0 = {ratio:e1}");
            }
    }

    [Test]
    public void EqualCoefficientsHaveTheClosedForm([Values(-1e9, -2, -1e-7, 0, 0.3, 40)] double ratio)
    {
        foreach (double alpha in new[] { 0.2, 0.5, 0.6 })
            Assert.That(ButlerVolmer.Inverse(ratio, alpha, alpha), Is.EqualTo(Math.Asinh(0.5 * ratio) / alpha).Within(4).Ulps);
    }

    [Test]
    public void OverpotentialHasTheSignOfTheCurrent([ValueSource(nameof(Coefficients))] (double Anodic, double Cathodic) alpha)
    {
        foreach (double current in new[] { -3e4, -1, -1e-9, 1e-9, 1, 3e4 })
            Assert.That(current * Eta(current, 0.5, Temperature, alpha), Is.Positive);
        Assert.That(Eta(0, 0.5, Temperature, alpha), Is.Zero);
    }

    [Test]
    public void PartialsOfTheOverpotential([ValueSource(nameof(Coefficients))] (double Anodic, double Cathodic) alpha)
    {
        foreach (double current in new[] { -80, -0.4, 1e-3, 2, 500 })
        {
            Dual dual = ButlerVolmer.Overpotential(Variable(current, 0), Variable(0.5, 1), Variable(Temperature, 2), alpha.Anodic, alpha.Cathodic);
            Assert.That(dual.Number, Is.EqualTo(Eta(current, 0.5, Temperature, alpha)));
            double h = 1e-5 * Math.Abs(current);
            AssertSlope(dual, 0, (Eta(current + h, 0.5, Temperature, alpha) - Eta(current - h, 0.5, Temperature, alpha)) / (2 * h));
            AssertSlope(dual, 1, (Eta(current, 0.500005, Temperature, alpha) - Eta(current, 0.499995, Temperature, alpha)) / 1e-5);
            AssertSlope(dual, 2, (Eta(current, 0.5, Temperature + 0.01, alpha) - Eta(current, 0.5, Temperature - 0.01, alpha)) / 0.02);
        }
    }

    [Test]
    public void ExchangeCurrentIsItsFormula([ValueSource(nameof(Coefficients))] (double Anodic, double Cathodic) alpha)
    {
        (double salt, double x, double rate) = (1.3, 0.24, 7e-6);
        double expected = PhysicalConstants.Faraday * rate * Math.Pow(salt * (1 - x), alpha.Anodic) * Math.Pow(x, alpha.Cathodic);
        Dual dual = ButlerVolmer.ExchangeCurrent(Variable(salt, 0), Variable(x, 1), Variable(rate, 2), alpha.Anodic, alpha.Cathodic);
        Assert.That(dual.Number, Is.EqualTo(expected).Within(1e-14 * expected));
        AssertSlope(dual, 0, alpha.Anodic * expected / salt);
        AssertSlope(dual, 1, expected * ((alpha.Cathodic / x) - (alpha.Anodic / (1 - x))));
        AssertSlope(dual, 2, expected / rate);
    }

    [Test]
    public void RegularisedExchangeCurrentIsItsFormula([ValueSource(nameof(Coefficients))] (double Anodic, double Cathodic) alpha, [Values(0.002, 0.4, 0.998)] double x)
    {
        const double salt = 1.3, rate = 7e-6, delta = 1e-3, step = 1e-7;
        double J0(double at) => PhysicalConstants.Faraday * rate * Power(salt, alpha.Anodic) * Power(1 - at, alpha.Anodic) * Power(at, alpha.Cathodic);
        static double Power(double y, double a) => y * Math.Pow((y * y) + (delta * delta), 0.5 * (a - 1));
        Dual dual = ButlerVolmer.ExchangeCurrent(Variable(salt, 0), Variable(x, 1), Variable(rate, 2), alpha.Anodic, alpha.Cathodic, delta);
        Assert.That(dual.Number, Is.EqualTo(J0(x)).Within(1e-13 * J0(x)));
        AssertSlope(dual, 1, (J0(x + step) - J0(x - step)) / (2 * step));
    }

    [Test]
    public void ExchangeCurrentStaysPositiveOutsideTheWindow([Values(-0.1, 0, 1, 1.1)] double x)
    {
        Real value = ButlerVolmer.ExchangeCurrent(new Real(1), new Real(x), new Real(1e-5), 0.5, 0.5);
        Assert.That(value.Number, Is.Positive.And.LessThan(1e-4));
    }

    /// <summary>exp(α_a z) − exp(−α_c z) without cancellation for small z.</summary>
    private static double Ratio(double z, (double Anodic, double Cathodic) alpha) => Math.Abs(z) < 1
        ? 2 * Math.Exp(0.5 * (alpha.Anodic - alpha.Cathodic) * z) * Math.Sinh(0.5 * (alpha.Anodic + alpha.Cathodic) * z)
        : Math.Exp(alpha.Anodic * z) - Math.Exp(-alpha.Cathodic * z);

    private static double Eta(double current, double exchangeCurrent, double temperature, (double Anodic, double Cathodic) alpha) =>
        ButlerVolmer.Overpotential(new Real(current), new Real(exchangeCurrent), new Real(temperature), alpha.Anodic, alpha.Cathodic).Number;

    private static Dual Variable(double value, int i) => Dual.Left(value, Vector256<double>.Zero.WithElement(i, 1));

    private static void AssertSlope(Dual dual, int i, double expected) =>
        Assert.That(dual.LeftPartials.GetElement(i), Is.EqualTo(expected).Within(1e-7 * Math.Abs(expected)));
}
