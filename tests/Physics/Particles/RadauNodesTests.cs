using Cell3D.Numerics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Particles;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Particles;

public class RadauNodesTests
{
    [Test]
    public void NodesTellTheCoefficients([Values(2, 5, 10, 20, 56)] int modes, [Values] ParticleShape shape)
    {
        SpectralBasis basis = new(modes, shape);
        RadauNodes nodes = basis.Radau;
        Assert.That(nodes.Radii, Is.Ordered.Ascending.And.All.InRange(0, 1));
        Assert.That(nodes.Radii[^1], Is.EqualTo(1));
        Assert.That(nodes.Weights.Sum(), Is.EqualTo(1).Within(1e-12), "the mean of 1");
        for (int k = 0; k < modes; k++)
            for (int l = 0; l < modes; l++)
                Assert.That(Enumerable.Range(0, modes).Sum(i => nodes.Moments[(k * modes) + i] * nodes.Values[(i * modes) + l]), Is.EqualTo(k == l ? 1 : 0).Within(1e-13));
    }

    /// <summary>Products of two functions of the basis, and no higher ones, are integrated exactly.</summary>
    [Test]
    public void TheRuleIsExactToTwiceTheDegree([Values] ParticleShape shape)
    {
        const int modes = 6;
        int power = shape switch { ParticleShape.Plate => 0, ParticleShape.Cylinder => 1, _ => 2 };
        RadauNodes nodes = new SpectralBasis(modes, shape).Radau;
        double Error(int degree) => Math.Abs(nodes.Radii.Zip(nodes.Weights, (rho, weight) => weight * Math.Pow(rho, degree)).Sum() - ((power + 1.0) / (degree + power + 1)));
        for (int degree = 0; degree <= 4 * (modes - 1); degree += 2)
            Assert.That(Error(degree), Is.LessThan(1e-13), $"{degree}");
        Assert.That(Error((4 * (modes - 1)) + 2), Is.GreaterThan(1e-9));
    }

    [Test]
    public void StiffnessIsThatOfTheEigenvalues()
    {
        SpectralBasis basis = new(8);
        RadauNodes nodes = basis.Radau;
        // Of ρ², whose Laplacian is 6: ∫ (∂ρ²)² 3ρ² dρ = 12/5.
        double energy = 0;
        for (int i = 0; i < 8; i++)
            for (int j = 0; j < 8; j++)
                energy += nodes.Weights[i] * Square(i) * nodes.Stiffness[LaneCholesky.Row(Math.Max(i, j)) + Math.Min(i, j)] * nodes.Weights[j] * Square(j);
        Assert.That(energy, Is.EqualTo(2.4).Within(1e-11));

        double Square(int i) => nodes.Radii[i] * nodes.Radii[i];
    }
}
