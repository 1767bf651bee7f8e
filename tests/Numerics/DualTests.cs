using System.Numerics;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

public class DualTests
{
    private const int Variables = 8, Operations = 15;

    /// <summary>Random expressions over all operations, of eight variables: the value is that of <see cref="Real"/>, the partials are those of complex steps.</summary>
    [Test]
    public void ValueIsThatOfRealAndPartialsAreExact()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            double[] x = Point(seed);
            double expected = Expression<Real>(new Random(seed), [.. x.Select(v => new Real(v))], 5).Number;
            Dual dual = Expression<Dual>(new Random(seed), [.. x.Select(Variable)], 5);
            Assert.That(dual.Number, Is.EqualTo(expected).Within(1e-14 * Math.Abs(expected)), $"seed {seed}");
            double[] derivatives = [.. Enumerable.Range(0, Variables).Select(i => Derivative(seed, x, i))];
            double scale = derivatives.Max(Math.Abs);
            for (int i = 0; i < Variables; i++)
                Assert.That(Partial(dual, i), Is.EqualTo(derivatives[i]).Within(1e-12 * scale), $"seed {seed}, variable {i}");
        }
    }

    [Test]
    public void EveryOperationHasItsDerivative([Range(0, Operations - 1)] int operation)
    {
        foreach (double x in new[] { -3.1, -0.4, 0.02, 0.9, 12 })
            foreach (double y in new[] { -1.7, 0.6, 5 })
            {
                Dual dual = Apply(operation, Variable(x, 0), Variable(y, 1));
                double byX = Apply(operation, ComplexStep.Variable(x), ComplexStep.Constant(y)).Derivative;
                double byY = Apply(operation, ComplexStep.Constant(x), ComplexStep.Variable(y)).Derivative;
                Assert.That(Partial(dual, 0), Is.EqualTo(byX).Within(1e-13 * (1 + Math.Abs(byX))));
                Assert.That(Partial(dual, 1), Is.EqualTo(byY).Within(1e-13 * (1 + Math.Abs(byY))));
            }
    }

    [Test]
    public void GroupsStayApart()
    {
        Dual left = Dual.Left(2, Vector256.Create(1.0, 2, 3, 4)), right = Dual.Right(3, Vector256.Create(5.0, 6, 7, 8));
        Dual product = left * right;
        Assert.That(product.LeftPartials, Is.EqualTo(Vector256.Create(3.0, 6, 9, 12)));
        Assert.That(product.RightPartials, Is.EqualTo(Vector256.Create(10.0, 12, 14, 16)));
        Dual constant = Dual.Constant(7);
        Assert.That((constant.Number, constant.LeftPartials, constant.RightPartials), Is.EqualTo((7.0, Vector256<double>.Zero, Vector256<double>.Zero)));
    }

    /// <summary>Where every variable follows another one with a complex slope, so do all partials.</summary>
    [Test]
    public void ComplexPartialsFollowComplexSlopes()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            double[] x = Point(seed);
            Complex[] slopes = [.. Point(-1 - seed).Select(angle => Complex.FromPolarCoordinates(1 + (0.2 * angle), angle))];
            Dual dual = Expression<Dual>(new Random(seed), [.. x.Select(Variable)], 5);
            ComplexDual complex = Expression<ComplexDual>(new Random(seed), [.. x.Select((v, i) => ComplexDual.Chain(ComplexVariable(v, i), v, slopes[i]))], 5);
            double scale = Enumerable.Range(0, Variables).Max(i => Math.Abs(Partial(dual, i)));
            Assert.That(complex.Number, Is.EqualTo(dual.Number));
            for (int i = 0; i < Variables; i++)
            {
                Complex partial = new(Partial(complex.RealPart, i), Partial(complex.ImaginaryPart, i));
                Assert.That(Complex.Abs(partial - (slopes[i] * Partial(dual, i))), Is.LessThanOrEqualTo(1e-13 * scale), $"seed {seed}, variable {i}");
            }
        }
    }

    /// <summary>Where every variable is a parameter, the derivative along their seeds is the sum of all partials.</summary>
    [Test]
    public void TangentsFollowTheSeeds()
    {
        for (int seed = 0; seed < 400; seed++)
        {
            double[] x = Point(seed), changes = Point(-1 - seed);
            Parameter[] parameters = [.. x.Select((v, i) => new Parameter($"x{i}", "1", v) { Seed = changes[i] })];
            Dual dual = Expression<Dual>(new Random(seed), [.. x.Select(Variable)], 5);
            Tangent tangent = Expression<Tangent>(new Random(seed), [.. parameters.Select(Tangent.Of)], 5);
            double expected = Enumerable.Range(0, Variables).Sum(i => changes[i] * Partial(dual, i));
            double scale = Enumerable.Range(0, Variables).Max(i => Math.Abs(Partial(dual, i)));
            Assert.That(tangent.Number, Is.EqualTo(dual.Number).Within(1e-14 * Math.Abs(dual.Number)));
            Assert.That(tangent.Derivative, Is.EqualTo(expected).Within(1e-12 * scale), $"seed {seed}");
            Tangent product = parameters[0] * tangent;
            Assert.That(product.Derivative, Is.EqualTo((changes[0] * tangent.Number) + (x[0] * tangent.Derivative)));
            Dual scaled = Product(parameters[0], dual);
            Assert.That((scaled.Number, scaled.LeftPartials), Is.EqualTo((x[0] * dual.Number, x[0] * dual.LeftPartials)), "unknowns do not change parameters");
        }
    }

    private static T Product<T>(Parameter parameter, T x) where T : unmanaged, IScalar<T> => parameter * x;

    private static ComplexDual ComplexVariable(double value, int i)
    {
        Dual variable = Variable(value, i);
        return new(variable, default);
    }

    private static double[] Point(int seed)
    {
        Random random = new(10_000 + seed);
        return [.. Enumerable.Range(0, Variables).Select(_ => (4 * random.NextDouble()) - 2)];
    }

    private static double Derivative(int seed, double[] x, int variable) => Expression<ComplexStep>(
        new Random(seed), [.. x.Select((v, i) => i == variable ? ComplexStep.Variable(v) : ComplexStep.Constant(v))], 5).Derivative;

    /// <summary>The same random stream gives the same expression for every scalar.</summary>
    private static T Expression<T>(Random random, T[] variables, int depth) where T : unmanaged, IScalar<T> => depth == 0
        ? variables[random.Next(variables.Length)]
        : Apply(random.Next(Operations), Expression(random, variables, depth - 1), Expression(random, variables, depth - 1));

    /// <summary>Every operation of the interface, arguments kept where it is defined and moderate.</summary>
    private static T Apply<T>(int operation, T a, T b) where T : unmanaged, IScalar<T> => operation switch
    {
        0 => a + b,
        1 => a - b,
        2 => 0.3 * (a * b),
        3 => a / ((b * b) + 0.5),
        4 => -a,
        5 => a + 0.7,
        6 => a - 1.3,
        7 => -0.6 * a,
        8 => a * 1.4,
        9 => T.Exp(-0.1 * (a * a)) * b,
        10 => T.Log((a * a) + 0.2),
        11 => T.Sqrt((a * a) + 0.1),
        12 => T.Asinh(3.0 * a),
        13 => T.Chain(a, Math.Tanh(a.Number), 1 - (Math.Tanh(a.Number) * Math.Tanh(a.Number))) - b,
        _ => T.Constant(2.5) - (a / T.Sqrt(T.Exp(0.2 * T.Asinh(b)))),
    };

    private static Dual Variable(double value, int i)
    {
        Vector256<double> unit = Vector256<double>.Zero.WithElement(i % 4, 1);
        return i < 4 ? Dual.Left(value, unit) : Dual.Right(value, unit);
    }

    private static double Partial(Dual dual, int i) => i < 4 ? dual.LeftPartials.GetElement(i) : dual.RightPartials.GetElement(i - 4);
}
