using Cell3D.Physics;
using NUnit.Framework;

namespace Cell3D.Tests.Physics;

public class ArrheniusTests
{
    [Test]
    public void FactorAndSlope([Values(0, 17000, 80000)] double energy, [Values(253.15, 298.15, 333)] double temperature)
    {
        Arrhenius arrhenius = new(energy, 298.15);
        (double factor, double slope) = arrhenius.At(temperature);
        Assert.That(factor, Is.EqualTo(Math.Exp(energy / PhysicalConstants.Gas * ((1 / 298.15) - (1 / temperature)))).Within(1e-14).Percent);
        double difference = (arrhenius.At(temperature + 0.01).Factor - arrhenius.At(temperature - 0.01).Factor) / 0.02;
        Assert.That(slope, Is.EqualTo(difference).Within(1e-6 * difference));
    }
}
