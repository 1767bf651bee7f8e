using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

/// <summary>U(x, T) and its entropic coefficient, given as two curves or as one function.</summary>
public class EquilibriumPotentialTests
{
    private const double Reference = 298.15;
    private const string Isothermal = "3.9 - 0.8*x + 0.1*tanh(9*(x - 0.5))", Slope = "1e-4*cos(5*x)";

    private static readonly Dictionary<string, EquilibriumPotential> Potentials = new()
    {
        ["two curves"] = EquilibriumPotential.Of(ExpressionCurve.Parse(Isothermal), ExpressionCurve.Parse(Slope), Reference),
        ["one function"] = EquilibriumPotential.Of(OfBoth("3.9 - x*(T/300)**1.5 + 8.6e-5*T*log((1 - x)/x)"), Curve.Constant(0), Reference),
        ["diverging"] = EquilibriumPotential.Of(DivergingEnds.With(PotentialEnds.Diverging, OfBoth("3.9 - x*(T/300)**1.5")), Curve.Constant(0), Reference),
        ["table"] = EquilibriumPotential.Of(new TableFunction([0, 1], [250, 300, 350], [4, 3, 4.1, 2.9, 4, 2.9]), Curve.Constant(0), Reference),
        ["branches"] = EquilibriumPotential.Of(new PotentialHysteresis(OfBoth("4 - x*T/300"), ExpressionCurve.Parse("3.8 - x**2")).Mean, Curve.Constant(0), Reference),
    };

    [Test]
    public void PartialsAreTheDerivatives([ValueSource(nameof(Names))] string name)
    {
        FunctionContract.Check(new Part(Potentials[name], entropic: false), (0.1, 0.9), (263, 333));
        FunctionContract.Check(new Part(Potentials[name], entropic: true), (0.1, 0.9), (263, 333));
    }

    [Test]
    public void AValueIsThatOfABatch([ValueSource(nameof(Names))] string name) =>
        Assert.That(Potentials[name].Value(0.3, 271), Is.EqualTo(new Part(Potentials[name], entropic: false).Value(0.3, 271)));

    [Test]
    public void TheEntropicCoefficientIsTheSlopeOverTemperature([ValueSource(nameof(Names))] string name)
    {
        double slope = (Potentials[name].Value(0.4, 321) - Potentials[name].Value(0.4, 319)) / 2;
        Assert.That(new Part(Potentials[name], entropic: true).Value(0.4, 320), Is.EqualTo(slope).Within(1e-8));
    }

    [Test]
    public void OneExpressionIsAsGoodAsTwoCurves()
    {
        EquilibriumPotential one = EquilibriumPotential.Of(OfBoth($"{Isothermal} + (T - {FormattableString.Invariant($"{Reference}")})*{Slope}"), Curve.Constant(0), Reference);
        double[] inputs = [0.1, 0.4, 0.9, 270, 310, 333];
        foreach ((double[] found, double[] expected) in Outputs(one, inputs).Zip(Outputs(Potentials["two curves"], inputs)))
            Assert.That(found, Is.EqualTo(expected).Within(1e-15));
    }

    [Test]
    public void APotentialOfTemperatureHasNoSecondCoefficient() =>
        Assert.That(() => EquilibriumPotential.Of(OfBoth("4 - 1e-4*T"), Curve.Constant(1e-4), Reference), Throws.ArgumentException);

    private static IEnumerable<string> Names() => Potentials.Keys;

    private static ExpressionFunction OfBoth(string text) => ExpressionFunction.Parse(text, "x", "T");

    private static double[][] Outputs(EquilibriumPotential potential, double[] inputs)
    {
        double[] value = new double[inputs.Length / 2], partials = new double[inputs.Length], entropicPartials = new double[inputs.Length];
        potential.Evaluate(inputs, value, partials, entropicPartials);
        return [value, partials, entropicPartials];
    }

    /// <summary>U, or dU/dT, as a function.</summary>
    private sealed class Part(EquilibriumPotential potential, bool entropic) : Function
    {
        public override int Inputs => 2;

        public override void Evaluate(ReadOnlySpan<double> inputs, Span<double> value, Span<double> partials)
        {
            Span<double> potentials = stackalloc double[value.Length], first = stackalloc double[partials.Length], second = stackalloc double[partials.Length];
            potential.Evaluate(inputs, potentials, first, second);
            (entropic ? first[value.Length..] : potentials).CopyTo(value);
            (entropic ? second : first).CopyTo(partials);
        }
    }
}
