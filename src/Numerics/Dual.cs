using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>A number and its eight partial derivatives, in two groups of four, each group one register.</summary>
/// <remarks>On a face the groups belong to the left and the right cell; in a control volume to its fields and its local unknowns.
/// Three fields on purpose: the JIT keeps structs of up to four fields in registers.</remarks>
public readonly struct Dual(double number, Vector256<double> left, Vector256<double> right) : IScalar<Dual>
{
    private readonly double _number = number;
    private readonly Vector256<double> _left = left, _right = right;

    public double Number => _number;

    /// <summary>∂/∂ of the first four unknowns.</summary>
    public Vector256<double> LeftPartials => _left;

    /// <summary>∂/∂ of the last four unknowns.</summary>
    public Vector256<double> RightPartials => _right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator +(Dual a, Dual b) => new(a._number + b._number, a._left + b._left, a._right + b._right);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator -(Dual a, Dual b) => new(a._number - b._number, a._left - b._left, a._right - b._right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator *(Dual a, Dual b)
    {
        // One register each for both groups: the JIT would fill one for every product.
        Vector256<double> byA = Vector256.Create(b._number), byB = Vector256.Create(a._number);
        return new(a._number * b._number, Sum(a._left, byA, b._left, byB), Sum(a._right, byA, b._right, byB));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual operator /(Dual a, Dual b)
    {
        double quotient = a._number / b._number, inverse = 1 / b._number;
        return new(quotient, (a._left - (b._left * quotient)) * inverse, (a._right - (b._right * quotient)) * inverse);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator -(Dual a) => new(-a._number, -a._left, -a._right);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator +(Dual a, double b) => new(a._number + b, a._left, a._right);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator -(Dual a, double b) => new(a._number - b, a._left, a._right);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator *(double a, Dual b) => Chain(b, a * b._number, a);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual operator *(Dual a, double b) => Chain(a, a._number * b, b);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Constant(double value) => new(value, default, default);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Left(double value, Vector256<double> partials) => new(value, partials, default);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Right(double value, Vector256<double> partials) => new(value, default, partials);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Pair(double value, Vector256<double> left, Vector256<double> right) => new(value, left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual Chain(Dual x, double value, double slope)
    {
        Vector256<double> byX = Vector256.Create(slope);
        return new(value, x._left * byX, x._right * byX);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Chain(Dual x, double value, Complex slope) => Chain(x, value, slope.Real);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual Chain(Dual x, Dual y, double value, double byX, double byY)
    {
        Vector256<double> xs = Vector256.Create(byX), ys = Vector256.Create(byY);
        return new(value, Sum(x._left, xs, y._left, ys), Sum(x._right, xs, y._right, ys));
    }

    /// <summary>a x + b y, contracted where the machine can.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Sum(Vector256<double> a, Vector256<double> x, Vector256<double> b, Vector256<double> y) => Vector256.MultiplyAddEstimate(a, x, b * y);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual Exp(Dual x)
    {
        double e = Math.Exp(x._number);
        return Chain(x, e, e);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Log(Dual x) => Chain(x, Math.Log(x._number), 1 / x._number);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Dual Sqrt(Dual x)
    {
        double root = Math.Sqrt(x._number);
        return Chain(x, root, 0.5 / root);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Dual Asinh(Dual x) => Chain(x, ScalarMath.Asinh(x._number), 1 / Math.Sqrt((x._number * x._number) + 1));
}
