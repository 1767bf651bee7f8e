using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>A plain number: evaluates a law without its derivatives.</summary>
public readonly struct Real(double number) : IScalar<Real>
{
    private readonly double _number = number;

    public double Number => _number;

    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator +(Real a, Real b) => new(a._number + b._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator -(Real a, Real b) => new(a._number - b._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator *(Real a, Real b) => new(a._number * b._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator /(Real a, Real b) => new(a._number / b._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator -(Real a) => new(-a._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator +(Real a, double b) => new(a._number + b);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator -(Real a, double b) => new(a._number - b);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator *(double a, Real b) => new(a * b._number);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real operator *(Real a, double b) => new(a._number * b);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Constant(double value) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Left(double value, Vector256<double> partials) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Right(double value, Vector256<double> partials) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Pair(double value, Vector256<double> left, Vector256<double> right) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Chain(Real x, double value, double slope) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Chain(Real x, double value, Complex slope) => new(value);
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Exp(Real x) => new(Math.Exp(x._number));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Log(Real x) => new(Math.Log(x._number));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Sqrt(Real x) => new(Math.Sqrt(x._number));
    [MethodImpl(MethodImplOptions.AggressiveInlining)] public static Real Asinh(Real x) => new(ScalarMath.Asinh(x._number));
}
