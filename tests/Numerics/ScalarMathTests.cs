using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

/// <summary>Functions of one number against those of the library.</summary>
public class ScalarMathTests
{
    [Test]
    public void TheInverseHyperbolicSineIsThatOfTheLibrary()
    {
        for (double exponent = -20; exponent <= 120; exponent += 0.01)
            foreach (double sign in new[] { -1.0, 1 })
            {
                double x = sign * Math.Pow(10, exponent), exact = Math.Asinh(x);
                Assert.That(ScalarMath.Asinh(x), Is.EqualTo(exact).Within(2e-15 * Math.Abs(exact)), $"{x}");
            }
    }

    [TestCase(0.0)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(double.NegativeInfinity)]
    [TestCase(double.NaN)]
    public void WhatIsNoOrdinaryNumberIsTakenAsTheLibraryDoes(double x) => Assert.That(ScalarMath.Asinh(x), Is.EqualTo(Math.Asinh(x)));
}
