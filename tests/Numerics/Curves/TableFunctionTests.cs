using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Tests.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class TableFunctionTests
{
    private static readonly double[] X = [0, 0.1, 0.35, 0.6, 1], T = [260, 275, 300, 330];

    private static double Truth(double x, double t) => 4 - x + (1e-4 * x * (t - 290)) + (2e-6 * (t - 280) * (t - 280));

    private static TableFunction Table(Func<double, double, double> y, params double[] temperatures) => new(X, temperatures, [.. temperatures.SelectMany(t => X.Select(x => y(x, t)))]);

    /// <summary>Inside segments, as differences know nothing of kinks in x.</summary>
    [TestCase(0.11, 0.34, 261, 274)]
    [TestCase(0.61, 0.99, 276, 299)]
    [TestCase(0.01, 0.09, 301, 329)]
    [TestCase(0.61, 1.4, 331, 340)]
    [TestCase(-0.3, 0.09, 250, 259)]
    public void PartialsAreTheDerivatives(double fromX, double toX, double fromT, double toT)
    {
        TableFunction table = Table((x, t) => Math.Sin(3 * x) * Math.Exp(t / 100), T);
        FunctionContract.Check(table, (fromX, toX), (fromT, toT));
        FunctionContract.Check(table.Partial(1), (fromX, toX), (fromT, toT));
    }

    /// <summary>What is linear in x and quadratic in T is met everywhere between the points, with its slope over T.</summary>
    [Test]
    public void ParabolasOfTemperatureAreExact([Values(0, 0.07, 0.35, 0.8, 1)] double x, [Values(260, 266.6, 275, 311, 330)] double t)
    {
        TableFunction table = Table(Truth, T);
        Assert.That(table.Value(x, t), Is.EqualTo(Truth(x, t)).Within(1e-13));
        Assert.That(table.Partial(1).Value(x, t), Is.EqualTo((1e-4 * x) + (4e-6 * (t - 280))).Within(1e-15));
    }

    [Test]
    public void ValueAndSlopeOverTemperatureAreContinuous([Values(260, 275, 300, 330)] double t)
    {
        TableFunction table = Table((x, at) => Math.Sin(3 * x) * Math.Exp(at / 100), T);
        Function slope = table.Partial(1);
        Assert.That(table.Value(0.2, t + 1e-9), Is.EqualTo(table.Value(0.2, t - 1e-9)).Within(1e-9));
        Assert.That(slope.Value(0.2, t + 1e-9), Is.EqualTo(slope.Value(0.2, t - 1e-9)).Within(1e-9));
    }

    [Test]
    public void TwoTemperaturesAreJoinedByALine() =>
        Assert.That(Table((x, t) => x * t, 280, 300).Value(0.35, 317), Is.EqualTo(0.35 * 317).Within(1e-12));

    [Test]
    public void ItDependsOnWhatItsValuesDo()
    {
        Assert.That((Table((x, _) => x, T).DependsOn(0), Table((x, _) => x, T).DependsOn(1)), Is.EqualTo((true, false)));
        Assert.That((Table((_, t) => t, T).DependsOn(0), Table((_, t) => t, T).DependsOn(1)), Is.EqualTo((false, true)));
    }

    [Test]
    public void IncompleteTablesAreRefused()
    {
        Assert.That(() => new TableFunction([0, 1], [300], [1, 2]), Throws.ArgumentException);
        Assert.That(() => new TableFunction([0, 0], [300, 310], [1, 2, 3, 4]), Throws.ArgumentException);
        Assert.That(() => new TableFunction([0, 1], [300, 310], [1, 2, 3]), Throws.ArgumentException);
    }
}
