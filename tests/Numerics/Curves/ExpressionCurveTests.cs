using System.Globalization;
using System.Numerics;
using Cell3D.Numerics.Curves;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics.Curves;

public class ExpressionCurveTests
{
    private static readonly double[] Points = [0.05, 0.3, 0.5, 0.71, 0.99];

    [TestCase("2**3**2", 512)]
    [TestCase("-2**2", -4)]
    [TestCase("(-2)**2", 4)]
    [TestCase("2**-1", 0.5)]
    [TestCase("1 - 2 - 3", -4)]
    [TestCase("8 / 4 / 2", 1)]
    [TestCase("2 * -3", -6)]
    [TestCase("--3", 3)]
    [TestCase("+ 1.5e1", 15)]
    [TestCase(".5 + 1.", 1.5)]
    [TestCase("1e-3*1E3", 1)]
    [TestCase("pow(2, 10)", 1024)]
    [TestCase("log10(1000)", 3)]
    [TestCase("3.3e-14", 3.3e-14)]
    public void ConstantsFollowPython(string text, double expected)
    {
        ExpressionCurve curve = ExpressionCurve.Parse(text);
        (double value, double slope) = curve.ValueAndSlope(0.3);
        Assert.Multiple(() =>
        {
            Assert.That(value, Is.EqualTo(expected).Within(1e-15).Percent);
            Assert.That(slope, Is.Zero);
            Assert.That(curve.IsConstant);
        });
    }

    private static IEnumerable<TestCaseData> Functions()
    {
        yield return new TestCaseData("-x**2", (Func<double, double>)(x => -(x * x)));
        yield return new TestCaseData("exp(-3*x)", (Func<double, double>)(x => Math.Exp(-3 * x)));
        yield return new TestCaseData("tanh((x - 0.3)/0.02)", (Func<double, double>)(x => Math.Tanh((x - 0.3) / 0.02)));
        yield return new TestCaseData("1/cosh(x/0.1)**2", (Func<double, double>)(x => 1 / Math.Pow(Math.Cosh(x / 0.1), 2)));
        yield return new TestCaseData("sinh(x) + sin(x)*cos(x)", (Func<double, double>)(x => Math.Sinh(x) + Math.Sin(x) * Math.Cos(x)));
        yield return new TestCaseData("log(x) - ln(2*x) + log10(x)", (Func<double, double>)(x => Math.Log(x) - Math.Log(2 * x) + Math.Log10(x)));
        yield return new TestCaseData("arcsinh(5*x) + arctan(x) + tan(x)", (Func<double, double>)(x => Math.Asinh(5 * x) + Math.Atan(x) + Math.Tan(x)));
        yield return new TestCaseData("sqrt(x) + abs(x - 0.4)", (Func<double, double>)(x => Math.Sqrt(x) + Math.Abs(x - 0.4)));
        yield return new TestCaseData("x**1.5 - x**2.5 + x**-0.5", (Func<double, double>)(x => Math.Pow(x, 1.5) - Math.Pow(x, 2.5) + Math.Pow(x, -0.5)));
        yield return new TestCaseData("x**0.3 + pow(x, 1.7)", (Func<double, double>)(x => Math.Pow(x, 0.3) + Math.Pow(x, 1.7)));
        yield return new TestCaseData("2**x + x**x", (Func<double, double>)(x => Math.Pow(2, x) + Math.Pow(x, x)));
        yield return new TestCaseData("x**7 / (1 + x**3)", (Func<double, double>)(x => Math.Pow(x, 7) / (1 + Math.Pow(x, 3))));
        yield return new TestCaseData("0.1297 * (x / 1000) ** 3 - 2.51 * (x / 1000) ** 1.5 + 3.329 * (x / 1000)",
            (Func<double, double>)(x => 0.1297 * Math.Pow(x / 1000, 3) - 2.51 * Math.Pow(x / 1000, 1.5) + 3.329 * (x / 1000)));
    }

    [TestCaseSource(nameof(Functions))]
    public void ValuesEqualMathAndSlopesEqualDifferences(string text, Func<double, double> expected)
    {
        ExpressionCurve curve = ExpressionCurve.Parse(text);
        foreach (double x in Points)
        {
            (double value, double slope) = curve.ValueAndSlope(x);
            const double h = 1e-5;
            double difference = (expected(x - 2 * h) - 8 * expected(x - h) + 8 * expected(x + h) - expected(x + 2 * h)) / (12 * h);
            Assert.That(value, Is.EqualTo(expected(x)).Within(1e-13 * (1 + Math.Abs(expected(x)))), $"value at {x}");
            Assert.That(slope, Is.EqualTo(difference).Within(2e-8 * (1 + Math.Abs(difference))), $"slope at {x}");
        }
    }

    [Test]
    public void RandomExpressionsAgreeWithComplexStep([Range(1, 400)] int seed)
    {
        RandomExpression random = RandomExpression.Create(new Random(seed), 5);
        ExpressionCurve curve = ExpressionCurve.Parse(random.Text);
        foreach (double x in Points)
        {
            const double h = 1e-30;
            Complex expected = random.Evaluate(new Complex(x, h));
            (double value, double slope) = curve.ValueAndSlope(x);
            double expectedSlope = expected.Imaginary / h, scale = random.Magnitude(x);
            Assert.That(value, Is.EqualTo(expected.Real).Within(1e-12 * scale), $"{random.Text} at {x}");
            Assert.That(slope, Is.EqualTo(expectedSlope).Within(1e-10 * scale * scale), $"slope of {random.Text} at {x}");
        }
    }

    [TestCase("x**1.5", 0, 0)]
    [TestCase("x*sqrt(x)", 0, 0)]
    [TestCase("sqrt(x)*x**2", 0, 0)]
    [TestCase("(x**2)**0.75", 0, 0)]
    [TestCase("x**1.3", 0, 0)]
    [TestCase("sinh(x)/x", 0, 0)]
    [TestCase("1/cosh(1000*x)**2", 1, 0)]
    [TestCase("(x - 0.5)**1.5", 0.5, 0)]
    [TestCase("(exp(x) - 1)/x", 0, 0.5)]
    public void SlopeTakesItsFiniteLimit(string text, double at, double expected) =>
        Assert.That(ExpressionCurve.Parse(text).ValueAndSlope(at).Slope, Is.EqualTo(expected).Within(2e-3));

    [Test]
    public void OutsideItsDomainAnExpressionIsNotANumber()
    {
        (double value, double slope) = ExpressionCurve.Parse("sqrt(x - 1)").ValueAndSlope(0);
        Assert.Multiple(() =>
        {
            Assert.That(value, Is.NaN);
            Assert.That(slope, Is.NaN);
        });
    }

    [Test]
    public void ResultsDoNotDependOnThePlaceInTheBatch()
    {
        ExpressionCurve curve = ExpressionCurve.Parse("1.9151e4*tanh(3.196*(x - 1.851)) + exp(-159*x)*x**1.5 + cosh(x)/log(2 + x)");
        double[] x = [.. Enumerable.Range(0, 1003).Select(i => 1e-3 * i)], value = new double[1003], slope = new double[1003];
        curve.Evaluate(x, value, slope);
        for (int i = 0; i < x.Length; i++)
            Assert.That(curve.ValueAndSlope(x[i]), Is.EqualTo((value[i], slope[i])), $"at {x[i]}");
    }

    [Test]
    public void EvaluationAllocatesNothing()
    {
        ExpressionCurve curve = ExpressionCurve.Parse("exp(-x) + tanh(3*x)*x**1.5");
        double[] x = [.. Enumerable.Range(1, 1000).Select(i => 1e-3 * i)], value = new double[1000], slope = new double[1000];
        curve.Evaluate(x, value, slope);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 10; i++) curve.Evaluate(x, value, slope);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [TestCase("x + ", 5, "ends")]
    [TestCase("2 * y", 5, "unknown name 'y'")]
    [TestCase("exp x", 5, "'(' expected")]
    [TestCase("(x + 1", 7, "')' expected")]
    [TestCase("x ^ 2", 3, "**")]
    [TestCase("1..2", 1, "not a number")]
    [TestCase("1 / 0", 3, "not a finite number")]
    [TestCase("x $ 2", 3, "unexpected '$'")]
    [TestCase("", 1, "ends")]
    [TestCase("1e400", 1, "not a finite number")]
    [TestCase("sqrt(-1)", 1, "not a finite number")]
    [TestCase("(-2)**x", 5, "not positive")]
    [TestCase("2 x", 3, "unexpected 'x'")]
    [TestCase("erf(x)", 1, "unknown name 'erf'")]
    [TestCase("pow(x)", 6, "','")]
    public void ErrorsNameTheColumn(string text, int column, string problem)
    {
        ExpressionException error = Assert.Throws<ExpressionException>(() => ExpressionCurve.Parse(text))!;
        Assert.Multiple(() =>
        {
            Assert.That(error.Column, Is.EqualTo(column));
            Assert.That(error.Message, Does.Contain(problem).And.EndWith(string.Create(CultureInfo.InvariantCulture, $"at column {column}")));
        });
    }

    [Test]
    public void DeepAndLongExpressionsAreRefusedInsteadOfOverflowingTheStack()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => ExpressionCurve.Parse(new string('(', 100000)), Throws.TypeOf<ExpressionException>());
            Assert.That(() => ExpressionCurve.Parse(new string('-', 100000) + "x"), Throws.TypeOf<ExpressionException>());
            Assert.That(() => ExpressionCurve.Parse("x" + string.Concat(Enumerable.Range(0, 50000).Select(i => $"+{i}*x"))), Throws.TypeOf<ExpressionException>());
        });
    }

    [Test]
    public void FunctionsOutsideBpxAreListed()
    {
        Assert.Multiple(() =>
        {
            Assert.That(ExpressionCurve.Parse("sinh(x)*log(x) + exp(x)").NotPortable, Is.EqualTo(new[] { "log", "sinh" }));
            Assert.That(ExpressionCurve.Parse("exp(x)*tanh(x)*cosh(x)**2").NotPortable, Is.Empty);
        });
    }
}
