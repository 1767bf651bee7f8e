using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class ExpressionFunctionTests
{
    private static readonly string[] StateVariables = ["x", "T"];

    private static IEnumerable<TestCaseData> Functions()
    {
        yield return new("1e-3*x*exp(-1500/T)", (Func<double, double, double>)((x, t) => 1e-3 * x * Math.Exp(-1500 / t)));
        yield return new("x**1.5*(T/298.15)**2 - T", (Func<double, double, double>)((x, t) => (Math.Pow(x, 1.5) * Math.Pow(t / 298.15, 2)) - t));
        yield return new("tanh((x - T)/400) + sqrt(x*T)", (Func<double, double, double>)((x, t) => Math.Tanh((x - t) / 400) + Math.Sqrt(x * t)));
        yield return new("x**(T/300)/(x + T)", (Func<double, double, double>)((x, t) => Math.Pow(x, t / 300) / (x + t)));
        yield return new("10**(-4.43 - 54/(T - 229 - 5e-3*x) - 2.2e-4*x)",
            (Func<double, double, double>)((x, t) => Math.Pow(10, -4.43 - (54 / (t - 229 - (5e-3 * x))) - (2.2e-4 * x))));
    }

    [TestCaseSource(nameof(Functions))]
    public void ValuesEqualMathAndPartialsEqualDifferences(string text, Func<double, double, double> expected)
    {
        ExpressionFunction function = ExpressionFunction.Parse(text, StateVariables);
        double[] inputs = [200, 900, 1600, 280, 300, 325], value = new double[3], partials = new double[6];
        function.Evaluate(inputs, value, partials);
        for (int i = 0; i < 3; i++)
        {
            (double x, double t) = (inputs[i], inputs[3 + i]);
            const double h = 0.1;
            Assert.That(value[i], Is.EqualTo(expected(x, t)).Within(1e-13 * Math.Abs(expected(x, t))));
            Assert.That(partials[i], Is.EqualTo(Slope(s => expected(x + s, t), h)).Within(1e-8).Percent);
            Assert.That(partials[3 + i], Is.EqualTo(Slope(s => expected(x, t + s), h)).Within(1e-8).Percent);
        }
    }

    /// <summary>An expression of one variable is the same curve whatever other variables are known.</summary>
    [Test]
    public void OneVariableGivesTheNumbersOfTheCurve([Range(1, 100)] int seed)
    {
        RandomExpression random = RandomExpression.Create(new Random(seed), 5);
        ExpressionCurve curve = ExpressionCurve.Parse(random.Text);
        ExpressionFunction function = ExpressionFunction.Parse(random.Text, "depth", "x", "T");
        const int points = 600;
        double[] x = [.. Enumerable.Range(0, points).Select(i => (0.5 + i) / points)], inputs = [.. new double[points], .. x, .. new double[points]];
        (double[] value, double[] slope) = (new double[points], new double[points]);
        (double[] functionValue, double[] partials) = (new double[points], new double[3 * points]);
        curve.Evaluate(x, value, slope);
        function.Evaluate(inputs, functionValue, partials);
        Assert.Multiple(() =>
        {
            Assert.That(functionValue, Is.EqualTo(value));
            Assert.That(partials[points..(2 * points)], Is.EqualTo(slope));
            Assert.That(partials[..points], Is.All.Zero);
            Assert.That(function.DependsOn(1), Is.EqualTo(!curve.IsConstant));
            Assert.That(function.DependsOn(0) || function.DependsOn(2), Is.False);
            Assert.That(function.IsConstant, Is.EqualTo(curve.IsConstant));
        });
    }

    [TestCase("sinh(x)*T/x", 0, 300, 300, 0, 1)]
    [TestCase("sqrt(x)*x*T", 0, 300, 0, 0, 0)]
    [TestCase("x*(T - 300)**1.5", 2, 300, 0, 0, 0)]
    public void ARemovableSingularityTakesItsLimit(string text, double x, double t, double value, double byX, double byT)
    {
        double[] values = new double[1], partials = new double[2];
        ExpressionFunction.Parse(text, StateVariables).Evaluate([x, t], values, partials);
        Assert.That(values[0], Is.EqualTo(value).Within(1e-6));
        Assert.That(partials[0], Is.EqualTo(byX).Within(2e-3));
        Assert.That(partials[1], Is.EqualTo(byT).Within(2e-3));
    }

    [TestCase("2*y", 3, "unknown name 'y' (known: x, T, exp")]
    [TestCase("T +", 4, "the expression ends where a number, x, T, a function or '(' is expected")]
    [TestCase("Tx", 1, "unknown name 'Tx'")]
    public void ErrorsNameTheVariablesThatAreKnown(string text, int column, string problem)
    {
        ExpressionException error = Assert.Throws<ExpressionException>(() => ExpressionFunction.Parse(text, StateVariables))!;
        Assert.That(error.Column, Is.EqualTo(column));
        Assert.That(error.Message, Does.StartWith(problem));
    }

    [Test]
    public void EvaluationAllocatesNothing()
    {
        ExpressionFunction function = ExpressionFunction.Parse("exp(-x)*T + depth", "x", "T", "depth");
        double[] inputs = [.. Enumerable.Range(1, 3000).Select(i => 1e-3 * i)], value = new double[1000], partials = new double[3000];
        function.Evaluate(inputs, value, partials);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) function.Evaluate(inputs, value, partials);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void SpansThatDoNotBelongTogetherAreRefused()
    {
        ExpressionFunction function = ExpressionFunction.Parse("x*T", StateVariables);
        Assert.Throws<ArgumentException>(() => function.Evaluate(new double[3], new double[2], new double[4]));
        Assert.Throws<ArgumentException>(() => function.Evaluate(new double[4], new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => Curve.Constant(1).Widened(2).Evaluate(new double[2], new double[2], new double[2]));
    }

    [Test]
    public void AWidenedCurveDoesNotDependOnFurtherInputs()
    {
        Function wide = ExpressionCurve.Parse("x**2").Widened(2);
        double[] value = new double[2], partials = [9, 9, 9, 9];
        wide.Evaluate([2, 3, 300, 310], value, partials);
        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo(new double[] { 4, 9 }));
            Assert.That(partials, Is.EqualTo(new double[] { 4, 6, 0, 0 }));
            Assert.That(wide.DependsOn(0) && !wide.DependsOn(1));
            Assert.That(wide.ToString(), Is.EqualTo("x**2"));
        });
    }

    private static double Slope(Func<double, double> f, double h) => (f(-2 * h) - (8 * f(-h)) + (8 * f(h)) - f(2 * h)) / (12 * h);
}
