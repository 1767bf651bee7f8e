using System.Runtime.Intrinsics;

namespace Cell3D.Numerics;

/// <summary>A number and its derivative along a change of parameters (<see cref="Parameter.Seed"/>); unknowns stand.</summary>
public readonly struct Tangent(double number, double derivative) : IScalar<Tangent>
{
    private readonly double _number = number, _derivative = derivative;

    public double Number => _number;

    /// <summary>Σ ∂/∂θ δθ.</summary>
    public double Derivative => _derivative;

    public static Tangent operator +(Tangent a, Tangent b) => new(a._number + b._number, a._derivative + b._derivative);
    public static Tangent operator -(Tangent a, Tangent b) => new(a._number - b._number, a._derivative - b._derivative);
    public static Tangent operator *(Tangent a, Tangent b) => new(a._number * b._number, (a._derivative * b._number) + (b._derivative * a._number));

    public static Tangent operator /(Tangent a, Tangent b)
    {
        double quotient = a._number / b._number;
        return new(quotient, (a._derivative - (b._derivative * quotient)) / b._number);
    }

    public static Tangent operator -(Tangent a) => new(-a._number, -a._derivative);
    public static Tangent operator +(Tangent a, double b) => new(a._number + b, a._derivative);
    public static Tangent operator -(Tangent a, double b) => new(a._number - b, a._derivative);
    public static Tangent operator *(double a, Tangent b) => new(a * b._number, a * b._derivative);
    public static Tangent operator *(Tangent a, double b) => b * a;
    public static Tangent operator *(Parameter a, Tangent b) => Of(a) * b;
    public static Tangent operator +(Tangent a, Parameter b) => a + Of(b);
    public static bool FollowsParameters => true;
    public static Tangent Containing(Parameter factor, Tangent x) => Changing(x, x._number * factor.RelativeChange);
    public static Tangent Changing(Tangent x, double change) => new(x._number, x._derivative + change);
    public static Tangent Of(Parameter parameter) => new(parameter.Value, parameter.Seed);
    public static Tangent Constant(double value) => new(value, 0);
    public static Tangent Left(double value, Vector256<double> partials) => Constant(value);
    public static Tangent Right(double value, Vector256<double> partials) => Constant(value);
    public static Tangent Chain(Tangent x, double value, double slope) => new(value, slope * x._derivative);

    public static Tangent Exp(Tangent x)
    {
        double e = Math.Exp(x._number);
        return Chain(x, e, e);
    }

    public static Tangent Log(Tangent x) => Chain(x, Math.Log(x._number), 1 / x._number);

    public static Tangent Sqrt(Tangent x)
    {
        double root = Math.Sqrt(x._number);
        return Chain(x, root, 0.5 / root);
    }

    public static Tangent Asinh(Tangent x) => Chain(x, ScalarMath.Asinh(x._number), 1 / Math.Sqrt((x._number * x._number) + 1));
}
