using System.Runtime.Intrinsics;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class IntercalationLawTests
{
    private static readonly double[] Inputs = [0.9, 0.45, 0.41, 312, 1.7, 0.4, 0.38, -2e-4, 6e-6];
    private static readonly double[] Steps = [1e-5, 1e-5, 1e-5, 1e-3, 1e-4, 1e-6, 1e-5, 1e-8, 1e-10];

    private static readonly ActiveMaterial[] Materials =
    [
        Material(0.5, 0.5, 0), Material(0.5, 0.5, 0.02), Material(0.3, 0.7, 0.02), Material(0.8, 0.2, 0),
    ];

    [Test]
    public void NothingHappensAtEquilibrium([ValueSource(nameof(Materials))] ActiveMaterial material)
    {
        double[] inputs = [.. Inputs];
        (inputs[1], inputs[2], inputs[4]) = (inputs[6], inputs[6], 0);
        Assert.That(Evaluate(inputs, material), Is.All.EqualTo(0).Within(1e-16));
    }

    [Test]
    public void CurrentTimesPotentialSplitsIntoHeatAndChemicalPower([ValueSource(nameof(Materials))] ActiveMaterial material)
    {
        double[] rates = Evaluate(Inputs, material);
        double current = Inputs[4];
        Assert.That(rates[1] + rates[3], Is.EqualTo(current * Inputs[1]).Within(1e-15));
        Assert.That(rates[2], Is.EqualTo(current * Inputs[3] * Inputs[7]).Within(1e-15));
        Assert.That(rates[3], Is.EqualTo(current * Inputs[6]).Within(1e-15));
    }

    [Test]
    public void AtTheSolutionTheHeatIsFilmAndTransferLoss([ValueSource(nameof(Materials))] ActiveMaterial material, [Values(-8, -0.2, 1.7)] double current)
    {
        const double film = 0.02;
        double[] inputs = [.. Inputs];
        inputs[4] = current;
        inputs[2] -= Evaluate(inputs, material)[0];
        inputs[1] = inputs[2] + (film * current);
        double[] rates = Evaluate(inputs, material);
        Assert.That(rates[0], Is.Zero.Within(1e-15));
        Assert.That(rates[1], Is.GreaterThan(current * current * film));
    }

    [Test]
    public void PartialsAreTheDerivatives([ValueSource(nameof(Materials))] ActiveMaterial material)
    {
        for (int input = 0; input < Inputs.Length; input++)
        {
            int own = input;
            Dual[] duals = Outputs(i => Dual.Left(Inputs[i], Vector256<double>.Zero.WithElement(0, i == own ? 1 : 0)), material);
            Assert.That(duals.Select(d => d.Number), Is.EqualTo(Evaluate(Inputs, material)));
            double[] after = [.. Inputs], before = [.. Inputs];
            after[input] += Steps[input];
            before[input] -= Steps[input];
            double[] high = Evaluate(after, material), low = Evaluate(before, material);
            for (int output = 0; output < duals.Length; output++)
            {
                double difference = (high[output] - low[output]) / (2 * Steps[input]);
                Assert.That(duals[output].LeftPartials.GetElement(0), Is.EqualTo(difference).Within((1e-6 * Math.Abs(difference)) + (1e-14 / Steps[input])), $"output {output} by input {input}");
            }
        }
    }

    private static double[] Evaluate(double[] inputs, ActiveMaterial material) => [.. Outputs(i => new Real(inputs[i]), material).Select(r => r.Number)];

    /// <summary>Mismatch, irreversible heat, reversible heat, chemical power.</summary>
    private static T[] Outputs<T>(Func<int, T> input, ActiveMaterial material) where T : unmanaged, IScalar<T>
    {
        IntercalationState<T> state = new()
        {
            Salt = input(0),
            Potential = input(1),
            Drive = input(2),
            Temperature = input(3),
            Current = input(4),
            Stoichiometry = input(5),
            EquilibriumPotential = input(6),
            EntropicCoefficient = input(7),
            RateConstant = input(8),
        };
        IntercalationLaw.Evaluate<T, ButlerVolmer>(state, material, out T mismatch, out ReactionYield<T> yield);
        return [mismatch, yield.Irreversible, yield.Reversible, yield.Chemical];
    }

    private static ActiveMaterial Material(double anodic, double cathodic, double film) => Particles.ParticleRun.Material(Curve.Constant(1e-14)) with
    {
        AnodicTransferCoefficient = anodic,
        CathodicTransferCoefficient = cathodic,
        FilmResistance = film,
    };
}
