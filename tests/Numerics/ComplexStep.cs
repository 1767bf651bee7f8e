using System.Numerics;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Tests.Numerics;

/// <summary>A complex number as a scalar: the imaginary part of f(x + ih) is h f′(x) to round-off for tiny h, without any rule of differentiation.</summary>
internal readonly struct ComplexStep(Complex value) : IScalar<ComplexStep>
{
    /// <summary>h: so small that h² vanishes beside every real part.</summary>
    public const double Size = 1e-30;

    private readonly Complex _value = value;

    public double Number => _value.Real;

    /// <summary>f′(x) when the seed is <see cref="Variable"/>.</summary>
    public double Derivative => _value.Imaginary / Size;

    /// <summary>x + ih.</summary>
    public static ComplexStep Variable(double value) => new(new Complex(value, Size));

    public static ComplexStep operator +(ComplexStep a, ComplexStep b) => new(a._value + b._value);
    public static ComplexStep operator -(ComplexStep a, ComplexStep b) => new(a._value - b._value);
    public static ComplexStep operator *(ComplexStep a, ComplexStep b) => new(a._value * b._value);
    public static ComplexStep operator /(ComplexStep a, ComplexStep b) => new(a._value / b._value);
    public static ComplexStep operator -(ComplexStep a) => new(-a._value);
    public static ComplexStep operator +(ComplexStep a, double b) => new(a._value + b);
    public static ComplexStep operator -(ComplexStep a, double b) => new(a._value - b);
    public static ComplexStep operator *(double a, ComplexStep b) => new(a * b._value);
    public static ComplexStep operator *(ComplexStep a, double b) => new(a._value * b);
    public static ComplexStep Constant(double value) => new(value);
    public static ComplexStep Left(double value, Vector256<double> partials) => throw new NotSupportedException();
    public static ComplexStep Right(double value, Vector256<double> partials) => throw new NotSupportedException();
    public static ComplexStep Pair(double value, Vector256<double> left, Vector256<double> right) => throw new NotSupportedException();
    public static ComplexStep Chain(ComplexStep x, double value, double slope) => new(new Complex(value, slope * x._value.Imaginary));
    public static ComplexStep Exp(ComplexStep x) => new(Complex.Exp(x._value));
    public static ComplexStep Log(ComplexStep x) => new(Complex.Log(x._value));
    public static ComplexStep Sqrt(ComplexStep x) => new(Complex.Sqrt(x._value));

    /// <summary>ln(z + √(z² + 1)), odd, so that nothing cancels for negative z.</summary>
    public static ComplexStep Asinh(ComplexStep x) => x.Number < 0
        ? -Asinh(-x)
        : new(Complex.Log(x._value + Complex.Sqrt((x._value * x._value) + 1)));
}
