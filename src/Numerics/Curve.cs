using System.Diagnostics.CodeAnalysis;

namespace Cell3D.Numerics;

/// <summary>A function y(x) of one variable with its exact derivative, evaluated over a batch.</summary>
/// <remarks>Immutable and safe to share. Evaluation allocates nothing, so it may run inside the time loop.</remarks>
public abstract class Curve : Function
{
    /// <inheritdoc/>
    public sealed override int Inputs => 1;

    /// <summary>Fills y and dy/dx for every x; the three spans have one length.</summary>
    [SuppressMessage("Naming", "CA1725", Justification = "one input and its partial have names of their own")]
    public abstract override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope);

    /// <summary>y at one point.</summary>
    public double Value(double x) => ValueAndSlope(x).Value;

    /// <summary>y and dy/dx at one point.</summary>
    public (double Value, double Slope) ValueAndSlope(double x)
    {
        Span<double> value = stackalloc double[1], slope = stackalloc double[1];
        Evaluate([x], value, slope);
        return (value[0], slope[0]);
    }

    /// <summary>The constant function y = <paramref name="value"/>.</summary>
    public static Curve Constant(double value) => new ConstantCurve(value);

    /// <summary>Constants are equal when their values are.</summary>
    private sealed class ConstantCurve(double constant) : Curve
    {
        private readonly double constant = constant;

        public override bool DependsOn(int input) => false;

        public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
        {
            value.Fill(constant);
            slope.Clear();
        }

        public override bool Equals(object? obj) => obj is ConstantCurve other && other.constant.Equals(constant);

        public override int GetHashCode() => constant.GetHashCode();

        public override string ToString() => constant.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
    }
}
