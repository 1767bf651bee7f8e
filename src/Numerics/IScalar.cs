using System.Numerics;
using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>The arithmetic that a physical law may use: a plain number (<see cref="Real"/>), a number with its exact derivatives by unknowns, real ones
/// (<see cref="Dual"/>) or complex ones (<see cref="ComplexDual"/>), or a number with its derivative along a change of parameters (<see cref="Tangent"/>).</summary>
/// <remarks>A law is a generic method over <typeparamref name="T"/>; written once it yields residual and Jacobian.</remarks>
/// <typeparam name="T">The scalar itself; at most four fields, so that the JIT keeps it in registers.</typeparam>
public interface IScalar<T> where T : unmanaged, IScalar<T>
{
    /// <summary>The number without its derivatives.</summary>
    double Number { get; }

    static abstract T operator +(T a, T b);
    static abstract T operator -(T a, T b);
    static abstract T operator *(T a, T b);
    static abstract T operator /(T a, T b);
    static abstract T operator -(T a);
    static abstract T operator +(T a, double b);
    static abstract T operator -(T a, double b);
    static abstract T operator *(double a, T b);
    static abstract T operator *(T a, double b);

    static virtual T operator *(Parameter a, T b) => a.Value * b;
    static virtual T operator +(T a, Parameter b) => a + b.Value;

    /// <summary>Whether derivatives along a change of parameters are known; constant for the compiler.</summary>
    static virtual bool FollowsParameters => false;

    /// <summary>x, which contains a parameter as a factor already.</summary>
    static virtual T Containing(Parameter factor, T x) => x;

    /// <summary>x, which changes by some amount more along the change of parameters.</summary>
    static virtual T Changing(T x, double change) => x;

    /// <summary>A parameter, which no unknown changes.</summary>
    static virtual T Of(Parameter parameter) => T.Constant(parameter.Value);

    /// <summary>A number that depends on nothing.</summary>
    static abstract T Constant(double value);

    /// <summary>A number with given partials in the first group of four (the left cell, or the control volume itself).</summary>
    static abstract T Left(double value, Vector256<double> partials);

    /// <summary>A number with given partials in the second group of four (the right cell, or the local unknowns).</summary>
    static abstract T Right(double value, Vector256<double> partials);

    /// <summary>A number with given partials in both groups.</summary>
    static virtual T Pair(double value, Vector256<double> left, Vector256<double> right) => T.Left(value, left) + T.Right(0, right);

    /// <summary>f(x) for a function whose value and slope at x are known.</summary>
    static abstract T Chain(T x, double value, double slope);

    /// <summary>What follows x by way of time, with a slope that depends on α: complex where α is. Real partials take its real part.</summary>
    static virtual T Chain(T x, double value, Complex slope) => T.Chain(x, value, slope.Real);

    /// <summary>f(x, y) for a function whose value and partials at (x, y) are known.</summary>
    static virtual T Chain(T x, T y, double value, double byX, double byY) => T.Chain(x, value, byX) + T.Chain(y, 0, byY);

    static abstract T Exp(T x);
    static abstract T Log(T x);
    static abstract T Sqrt(T x);
    static abstract T Asinh(T x);
}
