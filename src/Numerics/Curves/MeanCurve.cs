using System.Numerics.Tensors;

namespace Cell3D.Numerics.Curves;

/// <summary>(a + b)/2 of two functions of one variable.</summary>
public sealed class MeanCurve(Curve first, Curve second) : Curve
{
    private const int Block = 128;

    /// <inheritdoc/>
    public override bool DependsOn(int input) => first.DependsOn(input) || second.DependsOn(input);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        Span<double> otherValue = stackalloc double[Block], otherSlope = stackalloc double[Block];
        first.Evaluate(x, value, slope);
        for (int start = 0; start < x.Length; start += Block)
        {
            Range range = start..Math.Min(start + Block, x.Length);
            int count = range.End.Value - start;
            second.Evaluate(x[range], otherValue[..count], otherSlope[..count]);
            Average(value[range], otherValue[..count]);
            Average(slope[range], otherSlope[..count]);
        }
    }

    private static void Average(Span<double> sum, ReadOnlySpan<double> other) => TensorPrimitives.AddMultiply(sum, other, 0.5, sum);
}
