using Cell3D.Numerics;
using Cell3D.Numerics.Curves;
using Cell3D.Physics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

/// <summary>An Arrhenius factor and the same factor written into the expression give one result.</summary>
public class DiffusivityOfTemperatureTests
{
    private const double Reference = 298.15, Energy = 25000;

    [TestCase("4e-15")]
    [TestCase("4e-15*(0.3 + x)")]
    public void AnExpressionOfTemperatureIsItsArrheniusFactor(string atReference)
    {
        double factor = Energy / PhysicalConstants.Gas;
        Function expression = ExpressionFunction.Parse(FormattableString.Invariant($"({atReference})*exp({factor:R}*(1/{Reference} - 1/T))"), "x", "T");
        SpectralBasis basis = new(8);
        ParticleRun activated = Run(ParticleRun.Material(ExpressionCurve.Parse(atReference))), written = Run(ParticleRun.Material(expression) with { DiffusivityActivationEnergy = 0 });
        for (int step = 0; step < 5; step++)
        {
            SurfaceResponse one = activated.Step(20, 2.5, 310), other = written.Step(20, 2.5, 310);
            Assert.That(other.Stoichiometry, Is.EqualTo(one.Stoichiometry).Within(1e-13));
            Assert.That(other.ByTemperature, Is.EqualTo(one.ByTemperature).Within(1e-11 * Math.Abs(one.ByTemperature)));
        }

        ParticleRun Run(ActiveMaterial material) => new(ParticleDiffusion.Create(material, basis, Reference, ParticleGeometry.Uniform(new("x", [0]), material)), basis, _ => 0.4);
    }
}
