using System.Numerics;
using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>A real number and its eight complex partial derivatives: equations linearised for small changes ∝ exp(αt) with a complex α.</summary>
/// <param name="real">The number with the real parts of its partials.</param>
/// <param name="imaginary">The imaginary parts; a number of 0.</param>
public readonly struct ComplexDual(Dual real, Dual imaginary) : IScalar<ComplexDual>
{
    private readonly Dual _real = real, _imaginary = imaginary;

    public double Number => _real.Number;

    /// <summary>The number with the real parts of its partials.</summary>
    public Dual RealPart => _real;

    /// <summary>The imaginary parts of the partials; its number is 0.</summary>
    public Dual ImaginaryPart => _imaginary;

    public static ComplexDual operator +(ComplexDual a, ComplexDual b) => new(a._real + b._real, a._imaginary + b._imaginary);
    public static ComplexDual operator -(ComplexDual a, ComplexDual b) => new(a._real - b._real, a._imaginary - b._imaginary);
    public static ComplexDual operator *(ComplexDual a, ComplexDual b) => new(a._real * b._real, (a._imaginary * b.Number) + (b._imaginary * a.Number));

    public static ComplexDual operator /(ComplexDual a, ComplexDual b)
    {
        Dual quotient = a._real / b._real;
        return new(quotient, (a._imaginary - (quotient.Number * b._imaginary)) * (1 / b.Number));
    }

    public static ComplexDual operator -(ComplexDual a) => new(-a._real, -a._imaginary);
    public static ComplexDual operator +(ComplexDual a, double b) => new(a._real + b, a._imaginary);
    public static ComplexDual operator -(ComplexDual a, double b) => new(a._real - b, a._imaginary);
    public static ComplexDual operator *(double a, ComplexDual b) => new(a * b._real, a * b._imaginary);
    public static ComplexDual operator *(ComplexDual a, double b) => b * a;
    public static ComplexDual Constant(double value) => new(Dual.Constant(value), default);
    public static ComplexDual Left(double value, Vector256<double> partials) => new(Dual.Left(value, partials), default);
    public static ComplexDual Right(double value, Vector256<double> partials) => new(Dual.Right(value, partials), default);
    public static ComplexDual Chain(ComplexDual x, double value, double slope) => new(Dual.Chain(x._real, value, slope), slope * x._imaginary);

    public static ComplexDual Chain(ComplexDual x, double value, Complex slope) => new(
        Dual.Chain(x._real, value, slope.Real) - (slope.Imaginary * x._imaginary),
        Dual.Chain(x._real, 0, slope.Imaginary) + (slope.Real * x._imaginary));

    public static ComplexDual Exp(ComplexDual x)
    {
        double e = Math.Exp(x.Number);
        return Chain(x, e, e);
    }

    public static ComplexDual Log(ComplexDual x) => Chain(x, Math.Log(x.Number), 1 / x.Number);

    public static ComplexDual Sqrt(ComplexDual x)
    {
        double root = Math.Sqrt(x.Number);
        return Chain(x, root, 0.5 / root);
    }

    public static ComplexDual Asinh(ComplexDual x) => Chain(x, ScalarMath.Asinh(x.Number), 1 / Math.Sqrt((x.Number * x.Number) + 1));
}
