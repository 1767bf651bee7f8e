using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using Cell3D.Numerics;

namespace Cell3D.Physics;

/// <summary>p(x, T) = f exp(E/R (1/T_ref − 1/T)): a property f(x) with its Arrhenius factor (equation 3.6), as a function of x and T [K].</summary>
public sealed class ThermallyActivated : Function
{
    private const int Block = 256;
    private readonly Function _property;
    private readonly Arrhenius _arrhenius;

    private ThermallyActivated(Function property, Arrhenius arrhenius) => (_property, _arrhenius) = (property, arrhenius);

    public override int Inputs => 2;

    /// <summary>The property as a function of x and T; without activation energy nothing is computed for it.</summary>
    /// <param name="property">f(x), or f(x, T).</param>
    /// <param name="activationEnergy">E [J mol⁻¹].</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    public static Function Of(Function property, double activationEnergy, double referenceTemperature) =>
        activationEnergy == 0 ? property.Widened(2) : new ThermallyActivated(property.Widened(2), new(activationEnergy, referenceTemperature));

    public override bool DependsOn(int input) => input == 1 || _property.DependsOn(input);

    [SkipLocalsInit]
    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        _property.Evaluate(inputs, value, partials);
        Span<double> factors = stackalloc double[Block], slopes = stackalloc double[Block];
        ReadOnlySpan<double> temperature = inputs[value.Length..];
        Span<double> byFirst = partials[..value.Length], byTemperature = partials[value.Length..];
        for (int start = 0; start < value.Length; start += Block)
        {
            int count = Math.Min(Block, value.Length - start);
            Span<double> factor = factors[..count], slope = slopes[..count], y = value.Slice(start, count);
            Span<double> first = byFirst.Slice(start, count), second = byTemperature.Slice(start, count);
            _arrhenius.Evaluate(temperature.Slice(start, count), factor, slope);
            TensorPrimitives.Multiply(slope, y, slope);
            TensorPrimitives.MultiplyAdd(second, factor, slope, second);
            TensorPrimitives.Multiply(first, factor, first);
            TensorPrimitives.Multiply(y, factor, y);
        }
    }
}
