using Cell3D.Numerics;
using Cell3D.Numerics.Curves;

namespace Cell3D.Physics.Thermodynamics;

/// <summary>U + B(x) − B(1 − x) of U(x) or U(x, T), B(x) = B₀ ln(1 + exp(−β (x − x₀))), equation (3.2a): an open-circuit potential that rises steeply where a host is empty and falls where it is full.</summary>
/// <remarks>Fits of measured potentials say nothing about the very ends, and some turn the wrong way there. B is 1 V at x = 0, 1 mV at x = 0.001 and below
/// 1e-13 V from x = 0.0046 on, so the fit itself stands everywhere but in the outermost half percent. These are the values that PyBaMM
/// (since 2025) adds to every potential, recovered from its documented properties: B(0) = 1 V, B(0.001) = 1 mV, B(x₀) = 142.1 V.</remarks>
public sealed class DivergingEnds : Function
{
    private static readonly double Amplitude = 142.1 / Math.Log(2);
    private static readonly double AtEmpty = Math.Exp(1 / Amplitude) - 1;
    private static readonly double Rate = Math.Log(AtEmpty / (Math.Exp(1e-3 / Amplitude) - 1)) / 1e-3;

    private DivergingEnds(Function given) => Given = given;

    /// <summary>The potential without its ends, as the file gives it.</summary>
    public Function Given { get; }

    public override int Inputs => Given.Inputs;

    public override bool DependsOn(int input) => input == 0 || Given.DependsOn(input);

    public override Function Partial(int input) => input == 0 ? base.Partial(input) : Given.Partial(input);

    public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
    {
        Given.Evaluate(inputs, value, partials);
        ReadOnlySpan<double> x = inputs[..value.Length];
        Span<double> slope = partials[..value.Length];
        for (int i = 0; i < x.Length; i++)
        {
            (double empty, double emptySlope) = Barrier(x[i]);
            (double full, double fullSlope) = Barrier(1 - x[i]);
            value[i] += empty - full;
            slope[i] += emptySlope + fullSlope;
        }
    }

    /// <summary>A potential with the ends that are asked for, whatever ends it has: they are never added twice.</summary>
    public static Function With(PotentialEnds ends, Function potential) =>
        ends == PotentialEnds.Diverging ? potential as DivergingEnds ?? new DivergingEnds(potential) : Without(potential);

    /// <summary>A potential as the file gives it.</summary>
    public static Function Without(Function potential) => (potential as DivergingEnds)?.Given ?? potential;

    /// <summary>The same potential, what is given by a costly expression as polynomials.</summary>
    internal static Function Faster(Function potential) => potential switch
    {
        DivergingEnds ends => new DivergingEnds(Faster(ends.Given)),
        Curve curve => PiecewiseCurve.Of(curve),
        _ => potential,
    };

    public override string ToString() => Given.ToString() ?? "";

    private static (double Value, double Slope) Barrier(double x)
    {
        if (x > 0.01)
            return (0, 0);
        double grown = AtEmpty * Math.Exp(-Rate * x);
        return double.IsInfinity(grown)
            ? (Amplitude * (Math.Log(AtEmpty) - (Rate * x)), -Amplitude * Rate)
            : (Amplitude * Math.Log(1 + grown), -Amplitude * Rate * grown / (1 + grown));
    }
}
