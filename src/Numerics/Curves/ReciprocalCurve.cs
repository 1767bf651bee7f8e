namespace Cell3D.Numerics.Curves;

/// <summary>1/y(x).</summary>
public sealed class ReciprocalCurve(Curve curve) : Curve
{
    /// <inheritdoc/>
    public override bool DependsOn(int input) => curve.DependsOn(input);

    /// <inheritdoc/>
    public override void Evaluate(ReadOnlySpan<double> x, Span<double> value, Span<double> slope)
    {
        curve.Evaluate(x, value, slope);
        for (int i = 0; i < value.Length; i++)
        {
            value[i] = 1 / value[i];
            slope[i] *= -(value[i] * value[i]);
        }
    }
}
