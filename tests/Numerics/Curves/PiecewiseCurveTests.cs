using Cell3D.Numerics.Curves;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class PiecewiseCurveTests
{
    /// <summary>Potentials of Marquis 2019 (lithium cobalt oxide), of graphite with its stages, of a steep end, with poles at both ends, with a kink, one of large terms that cancel, and one that swings faster than the intervals.</summary>
    private static readonly string[] Costly =
    [
        "2.16216 + 0.07645*tanh(30.834 - 57.858412*x) + 2.1581*tanh(52.294 - 53.412228*x) - 0.14169*tanh(11.0923 - 21.0852666*x) + 0.2051*tanh(1.4684 - 5.829105*x) + 0.2531*tanh((0.56478 - x)/0.1316) - 0.02167*tanh((x - 0.525)/0.006)",
        "0.194 + 1.5*exp(-120*x) + 0.0351*tanh((x - 0.286)/0.083) - 0.0045*tanh((x - 0.849)/0.119) - 0.035*tanh((x - 0.9233)/0.05) - 0.0147*tanh((x - 0.5)/0.034) - 0.102*tanh((x - 0.194)/0.142)",
        "0.1 + exp(-900*x) + exp(-3*x) + tanh(x) + tanh(2*x)",
        "3.4 + 0.0257*log((1 - x)/x) + 0.1*exp(-x) + tanh(x) + exp(x)",
        "3.6 + 0.2*abs(x - 0.4011) + 0.1*exp(-x) + tanh(x) + exp(x)",
        "9.47057878e-01*exp(-1.59418743e+02*x) - 3.50928033e+04 + 1.64230269e-01*tanh(-4.55509094e+01*(x - 3.24116012e-02)) + 3.69968491e-02*tanh(-1.96718868e+01*(x - 1.68334476e-01)) + 1.91517003e+04*tanh(3.19648312*(x - 1.85139824)) + 5.42448511e+04*tanh(-3.19009848*(x - 2.01660395))",
        "tanh(4000*(x - 0.5)) + exp(-x) + tanh(x) + exp(-2*x)",
    ];

    [Test]
    public void ValuesAndSlopesAreThoseOfTheCurve([Range(0, 6)] int which)
    {
        ExpressionCurve given = ExpressionCurve.Parse(Costly[which]);
        var curve = PiecewiseCurve.Of(given);
        Assert.That(curve, Is.InstanceOf<PiecewiseCurve>());
        Random random = new(which);
        double[] x = [.. Enumerable.Range(0, 20_000).Select(_ => (1.02 * random.NextDouble()) - 0.01), 0, 1, 1e-9, 1 - 1e-9, 0.4011, double.NaN];
        (double[] value, double[] slope) = (new double[x.Length], new double[x.Length]);
        (double[] exact, double[] exactSlope) = (new double[x.Length], new double[x.Length]);
        curve.Evaluate(x, value, slope);
        given.Evaluate(x, exact, exactSlope);
        for (int i = 0; i < x.Length; i++)
        {
            if (!double.IsFinite(exact[i]))
            {
                Assert.That(value[i], Is.EqualTo(exact[i]));
                continue;
            }
            double size = Math.Max(1, Math.Abs(exact[i]));
            Assert.That(value[i], Is.EqualTo(exact[i]).Within(1e-10 * size), $"x = {x[i]}");
            Assert.That(slope[i], Is.EqualTo(exactSlope[i]).Within(1e-6 * Math.Max(size, Math.Abs(exactSlope[i]))), $"slope at x = {x[i]}");
        }
    }

    /// <summary>Of a smooth curve, polynomials keep all but round-off.</summary>
    [Test]
    public void SmoothCurvesLoseRoundOffAlone()
    {
        ExpressionCurve given = ExpressionCurve.Parse(Costly[1]);
        var curve = PiecewiseCurve.Of(given);
        double worst = 0;
        for (int i = 0; i < 10_000; i++)
            worst = Math.Max(worst, Math.Abs(curve.Value((i + 0.37) / 10_000) - given.Value((i + 0.37) / 10_000)));
        TestContext.Out.WriteLine($"{worst:e1} V");
        Assert.That(worst, Is.LessThan(1e-14));
    }

    /// <summary>The same bits in whatever order points come, one by one or together.</summary>
    [Test]
    public void AResultDependsOnItsPointAlone()
    {
        ExpressionCurve given = ExpressionCurve.Parse(Costly[1]);
        double[] x = [.. Enumerable.Range(0, 2000).Select(i => (i + 0.3) / 2000)], value = new double[x.Length], slope = new double[x.Length];
        PiecewiseCurve.Of(given).Evaluate(x, value, slope);
        var other = PiecewiseCurve.Of(given);
        for (int i = x.Length - 1; i >= 0; i--)
            Assert.That(other.ValueAndSlope(x[i]), Is.EqualTo((value[i], slope[i])));
    }

    [Test]
    public void ACheapCurveStays([Values("4.2 - x", "0.1 + exp(-3*x)")] string text)
    {
        ExpressionCurve given = ExpressionCurve.Parse(text);
        Assert.That(PiecewiseCurve.Of(given), Is.SameAs(given));
    }
}
