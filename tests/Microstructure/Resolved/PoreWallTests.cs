using Cell3D.Discretization;
using Cell3D.Microstructure.Resolved;
using Cell3D.Numerics;
using Cell3D.Physics.Interface;
using Cell3D.Physics.Transport;
using NUnit.Framework;

namespace Cell3D.Tests.Microstructure.Resolved;

/// <summary>The law of a face between electrolyte and active material.</summary>
public class PoreWallTests
{
    private readonly PoreWall _wall = Wall();

    [Test]
    public void DerivativesAreThoseOfDifferences([Values(-20.0, 0.0, 5.0)] double current)
    {
        double[] at = [900, 0.02, 3.9, 20_000, current], steps = [1e-2, 1e-5, 1e-5, 1, 1e-3];
        _wall.Evaluate(0, State(at), out Dual mismatch, out _);
        _wall.Evaluate(0, State(at), out Real number, out _);
        double[] partials = [mismatch.LeftPartials[0], mismatch.LeftPartials[1], mismatch.LeftPartials[2], mismatch.RightPartials[1], mismatch.RightPartials[0]];
        Assert.That(mismatch.Number, Is.EqualTo(number.Number));
        for (int k = 0; k < at.Length; k++)
        {
            double[] low = [.. at], high = [.. at];
            low[k] -= steps[k];
            high[k] += steps[k];
            _wall.Evaluate(0, State(low), out Real below, out _);
            _wall.Evaluate(0, State(high), out Real above, out _);
            double slope = (above.Number - below.Number) / (2 * steps[k]);
            Assert.That(partials[k], Is.EqualTo(slope).Within(1e-9 + (1e-6 * Math.Abs(slope))), $"input {k}");
        }
    }

    /// <summary>What the reaction dissipates is never negative.</summary>
    [Test]
    public void AReactionThatMeetsItsLawDissipates([Values(-10.0, 10.0)] double current)
    {
        double low = 0, high = 10;
        for (int i = 0; i < 60; i++)
        {
            double middle = 0.5 * (low + high);
            _wall.Evaluate(0, new(1000, 0, middle, 20_000, current), out Real mismatch, out _);
            (low, high) = mismatch.Number > 0 ? (low, middle) : (middle, high);
        }
        _wall.Evaluate(0, new(1000, 0, low, 20_000, current), out Real _, out ReactionYield<Real> yield);
        Assert.That(yield.Irreversible.Number, Is.GreaterThan(0));
    }

    private static PoreWallState State(double[] at) => new(at[0], at[1], at[2], at[3], at[4]);

    private static PoreWall Wall()
    {
        ResolvedElectrode electrode = ScaleStudyTests.Study(ResolvedStructure.Plates(4, 2, 2, 2)).Electrode;
        CellFields fields = new(1, [false], 298.15);
        fields.Salt[0] = 900;
        // Conductivity and diffusivity that stand: the properties of the cell do not follow the salt of the state.
        ElectrolyteProperties properties = new(electrode.Case.Cell.Electrolyte with { Conductivity = Curve.Constant(1), Diffusivity = Curve.Constant(3e-10) }, fields, [0]);
        properties.Evaluate(0, 1);
        FaceApproach approach = new([0], [1e-6], [1e-7], properties, CellProperty.PerRegion([1], [0]));
        return new(electrode.Material, approach, [1e-6], electrode.SolidDiffusivity, 298.15, 298.15, 1000);
    }
}
