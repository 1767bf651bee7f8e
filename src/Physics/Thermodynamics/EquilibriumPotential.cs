using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>U(x, T) [V] of a host and its entropic coefficient ∂U/∂T [V K⁻¹] with the partials of both (equation 3.2).</summary>
/// <remarks>Immutable and safe to share; evaluation allocates nothing.</remarks>
public abstract class EquilibriumPotential
{
    private EquilibriumPotential()
    {
    }

    /// <summary>U(x, T) = U(x) + (T − T_ref) dU/dT(x), or U(x, T) as it is given.</summary>
    /// <param name="potential">U(x) [V] at T_ref, or U(x, T).</param>
    /// <param name="entropic">dU/dT(x) [V K⁻¹] of U(x).</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <exception cref="ArgumentException">U(x, T) stands beside dU/dT(x).</exception>
    public static EquilibriumPotential Of(Function potential, Curve entropic, double referenceTemperature)
    {
        if (potential.Inputs == 1)
            return new Linear(DivergingEnds.Faster(potential), PiecewiseCurve.Of(entropic), referenceTemperature);
        return entropic.IsConstant && entropic.Value(0) == 0 ? new Given(potential) : throw new ArgumentException("U(x, T) has an entropic coefficient of its own", nameof(entropic));
    }

    /// <summary>U at one stoichiometry and temperature [K].</summary>
    public abstract double Value(double stoichiometry, double temperature);

    /// <summary>Fills U, ∂U/∂x, ∂U/∂T and the partials of the last at every point.</summary>
    /// <param name="inputs">x of m points, then T [K].</param>
    /// <param name="value">U of m points.</param>
    /// <param name="partials">∂U/∂x of m points, then ∂U/∂T.</param>
    /// <param name="entropicPartials">∂²U/∂T∂x of m points, then ∂²U/∂T².</param>
    public abstract void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials, Span<double> entropicPartials);

    /// <summary>U(x) + (T − T_ref) dU/dT(x).</summary>
    private sealed class Linear(Function potential, Curve entropic, double referenceTemperature) : EquilibriumPotential
    {
        public override double Value(double stoichiometry, double temperature) =>
            potential.Value(stoichiometry) + ((temperature - referenceTemperature) * entropic.Value(stoichiometry));

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials, Span<double> entropicPartials)
        {
            ReadOnlySpan<double> x = inputs[..value.Length], temperature = inputs[value.Length..];
            Span<double> byStoichiometry = partials[..value.Length], byTemperature = partials[value.Length..], mixed = entropicPartials[..value.Length];
            potential.Evaluate(x, value, byStoichiometry);
            entropic.Evaluate(x, byTemperature, mixed);
            entropicPartials[value.Length..].Clear();
            for (int i = 0; i < value.Length; i++)
            {
                double heating = temperature[i] - referenceTemperature;
                value[i] += heating * byTemperature[i];
                byStoichiometry[i] += heating * mixed[i];
            }
        }
    }

    /// <summary>U(x, T), whose ∂U/∂T is its own.</summary>
    private sealed class Given(Function potential) : EquilibriumPotential
    {
        private readonly Lazy<Function> _entropic = new(() => potential.Partial(1));

        public override double Value(double stoichiometry, double temperature) => potential.Value(stoichiometry, temperature);

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials, Span<double> entropicPartials)
        {
            potential.Evaluate(inputs, value, partials);
            _entropic.Value.Evaluate(inputs, partials[value.Length..], entropicPartials);
        }
    }
}
