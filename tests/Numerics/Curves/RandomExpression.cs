using System.Globalization;
using System.Numerics;

namespace Cell3D.Tests.Numerics.Curves;

/// <summary>A random expression, smooth for x in (0, 1), as text and as a function of a complex number.</summary>
internal sealed record RandomExpression(string Text, Func<Complex, Complex> Evaluate, Func<double, double> Magnitude)
{
    public static RandomExpression Create(Random random, int depth)
    {
        if (depth == 0 || random.Next(8) == 0) return random.Next(2) == 0 ? Variable() : Constant(random);
        RandomExpression a = Create(random, depth - 1);
        switch (random.Next(9))
        {
            case 0: return Combine(a, Create(random, depth - 1), "+", (u, v) => u + v);
            case 1: return Combine(a, Create(random, depth - 1), "-", (u, v) => u - v);
            case 2: return Combine(a, Create(random, depth - 1), "*", (u, v) => u * v);
            case 3:
                RandomExpression b = Create(random, depth - 1);
                return new($"({a.Text})/(2 + ({b.Text})**2)", x => a.Evaluate(x) / (2 + b.Evaluate(x) * b.Evaluate(x)), x => 1 + a.Magnitude(x) * Square(b.Magnitude(x)));
            case 4: return new($"exp(-({a.Text})**2)", x => Complex.Exp(-(a.Evaluate(x) * a.Evaluate(x))), x => 1 + Square(a.Magnitude(x)));
            case 5: return new($"tanh({a.Text})", x => Tanh(a.Evaluate(x)), x => 1 + a.Magnitude(x));
            case 6: return new($"1/cosh({a.Text})", x => Sech(a.Evaluate(x)), x => 1 + a.Magnitude(x));
            case 7: return new($"-({a.Text})**3", x => -(a.Evaluate(x) * a.Evaluate(x) * a.Evaluate(x)), x => 1 + Math.Pow(a.Magnitude(x), 3));
            default: return new($"(1.5 + ({a.Text})**2)**1.5", x => Power15(1.5 + a.Evaluate(x) * a.Evaluate(x)), x => 2 * Math.Pow(1.5 + Square(a.Magnitude(x)), 1.5));
        }
    }

    private static RandomExpression Variable() => new("x", x => x, Math.Abs);

    private static RandomExpression Constant(Random random)
    {
        double value = Math.Round(4 * random.NextDouble() - 2, 3);
        return new(value.ToString("R", CultureInfo.InvariantCulture), _ => value, _ => 1 + Math.Abs(value));
    }

    private static RandomExpression Combine(RandomExpression a, RandomExpression b, string sign, Func<Complex, Complex, Complex> value) =>
        new($"({a.Text}) {sign} ({b.Text})", x => value(a.Evaluate(x), b.Evaluate(x)), x => (1 + a.Magnitude(x)) * (1 + b.Magnitude(x)));

    private static double Square(double value) => value * value;

    /// <summary>To first order in the tiny imaginary part, which avoids overflow of complex hyperbolics.</summary>
    private static Complex Tanh(Complex z) => new(Math.Tanh(z.Real), z.Imaginary / Math.Pow(Math.Cosh(z.Real), 2));

    private static Complex Sech(Complex z) => new(1 / Math.Cosh(z.Real), -z.Imaginary * Math.Tanh(z.Real) / Math.Cosh(z.Real));

    private static Complex Power15(Complex z) => new(Math.Pow(z.Real, 1.5), 1.5 * Math.Sqrt(z.Real) * z.Imaginary);
}
