using Cell3D.Numerics;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>U(x, T) = U(x) + (T − T_ref) dU/dT(x) [V] (equation 3.2), as a function of x and T [K]; ∂U/∂T is the entropic coefficient.</summary>
public sealed class EquilibriumPotential : Function
{
    private const int Block = 256;
    private readonly Curve _potential, _entropic;
    private readonly double _referenceTemperature;

    private EquilibriumPotential(Curve potential, Curve entropic, double referenceTemperature) =>
        (_potential, _entropic, _referenceTemperature) = (potential, entropic, referenceTemperature);

    public override int Inputs => 2;

    /// <summary>The potential as a function of x and T.</summary>
    /// <param name="potential">U(x) [V] at T_ref.</param>
    /// <param name="entropic">dU/dT(x) [V K⁻¹].</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public static Function Of(Curve potential, Curve entropic, double referenceTemperature) =>
        entropic.IsConstant && entropic.Value(0.5) == 0 ? potential.Widened(2) : new EquilibriumPotential(potential, entropic, referenceTemperature);

    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        CheckLengths(inputs, value, partials);
        ReadOnlySpan<double> x = inputs[..value.Length], temperature = inputs[value.Length..];
        Span<double> byStoichiometry = partials[..value.Length], byTemperature = partials[value.Length..], entropicSlopes = stackalloc double[Block];
        _potential.Evaluate(x, value, byStoichiometry);
        for (int start = 0; start < value.Length; start += Block)
        {
            int count = Math.Min(Block, value.Length - start);
            Span<double> entropicSlope = entropicSlopes[..count];
            _entropic.Evaluate(x.Slice(start, count), byTemperature.Slice(start, count), entropicSlope);
            for (int i = 0; i < count; i++)
            {
                double heating = temperature[start + i] - _referenceTemperature;
                value[start + i] += heating * byTemperature[start + i];
                byStoichiometry[start + i] += heating * entropicSlope[i];
            }
        }
    }
}
