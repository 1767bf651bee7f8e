using System.Numerics.Tensors;
using Cell3D.Numerics;

namespace Cell3D.Physics;

/// <summary>exp(E/R (1/T_ref − 1/T)) (equation 3.6).</summary>
/// <param name="ActivationEnergy">E [J mol⁻¹].</param>
/// <param name="ReferenceTemperature">T_ref [K].</param>
public readonly record struct Arrhenius(double ActivationEnergy, double ReferenceTemperature)
{
    /// <summary>A multiple of every vector length.</summary>
    private const int Lanes = 8;

    /// <summary>The factor and its slope ∂/∂T [K⁻¹] at T [K].</summary>
    public (double Factor, double Slope) At(double temperature)
    {
        if (ActivationEnergy == 0)
            return (1, 0);
        double exponent = ActivationEnergy / PhysicalConstants.Gas;
        double factor = Math.Exp(exponent * ((1 / ReferenceTemperature) - (1 / temperature)));
        return (factor, factor * exponent / (temperature * temperature));
    }

    /// <summary>The factor as a function of T [K].</summary>
    public T At<T>(in T temperature) where T : unmanaged, IScalar<T>
    {
        (double factor, double slope) = At(temperature.Number);
        return T.Chain(temperature, factor, slope);
    }

    /// <summary>Factors and slopes [K⁻¹] at many temperatures [K]; a result does not depend on the place in the batch.</summary>
    /// <param name="temperature">T [K].</param>
    /// <param name="factor">As many factors.</param>
    /// <param name="slope">As many slopes.</param>
    public void Evaluate(ReadOnlySpan<double> temperature, Span<double> factor, Span<double> slope)
    {
        if (ActivationEnergy == 0)
        {
            factor.Fill(1);
            slope.Clear();
            return;
        }
        int whole = temperature.Length / Lanes * Lanes, rest = temperature.Length - whole;
        EvaluateLanes(temperature[..whole], factor[..whole], slope[..whole]);
        if (rest == 0)
            return;
        Span<double> last = stackalloc double[Lanes], lastFactor = stackalloc double[Lanes], lastSlope = stackalloc double[Lanes];
        last.Fill(ReferenceTemperature);
        temperature[whole..].CopyTo(last);
        EvaluateLanes(last, lastFactor, lastSlope);
        lastFactor[..rest].CopyTo(factor[whole..]);
        lastSlope[..rest].CopyTo(slope[whole..]);
    }

    /// <summary>A property at many x and one temperature with its partials: f(x) with this factor, or f(x, T) as it is.</summary>
    /// <param name="property">f(x), or f(x, T).</param>
    /// <param name="inputs">m numbers x, and room for as many temperatures.</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="value">Receives m values.</param>
    /// <param name="partials">Receives m partials by x, then those by T.</param>
    public void Evaluate(Function property, Span<double> inputs, double temperature, Span<double> value, Span<double> partials)
    {
        if (property.Inputs > 1)
        {
            inputs[value.Length..].Fill(temperature);
            property.Evaluate(inputs, value, partials);
            return;
        }
        Span<double> byFirst = partials[..value.Length], byTemperature = partials[value.Length..];
        property.Evaluate(inputs[..value.Length], value, byFirst);
        (double factor, double slope) = At(temperature);
        TensorPrimitives.Multiply(value, slope, byTemperature);
        TensorPrimitives.Multiply(byFirst, factor, byFirst);
        TensorPrimitives.Multiply(value, factor, value);
    }

    private void EvaluateLanes(ReadOnlySpan<double> temperature, Span<double> factor, Span<double> slope)
    {
        double exponent = ActivationEnergy / PhysicalConstants.Gas;
        TensorPrimitives.Subtract(temperature, ReferenceTemperature, factor);
        TensorPrimitives.Divide(factor, temperature, factor);
        TensorPrimitives.Multiply(factor, exponent / ReferenceTemperature, factor);
        TensorPrimitives.Exp(factor, factor);
        TensorPrimitives.Divide(factor, temperature, slope);
        TensorPrimitives.Divide(slope, temperature, slope);
        TensorPrimitives.Multiply(slope, exponent, slope);
    }
}
