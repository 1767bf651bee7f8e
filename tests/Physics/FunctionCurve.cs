using Cell3D.Numerics;

namespace Cell3D.Tests.Physics;

/// <summary>A curve from a function and its derivative.</summary>
internal sealed class FunctionCurve(Func<double, double> value, Func<double, double> slope) : Curve
{
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> values, Span<double> slopes)
    {
        for (int i = 0; i < x.Length; i++)
            (values[i], slopes[i]) = (value(x[i]), slope(x[i]));
    }
}
