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

    [Test]
    public void ABatchGivesTheSameWhateverThePlace([Values(0, 17000, -8000, 80000)] double energy, [Values(1, 2, 7, 8, 9, 300)] int count)
    {
        Arrhenius arrhenius = new(energy, 298.15);
        double[] temperature = [.. Enumerable.Range(0, count).Select(i => 273 + (0.25 * i))], factor = new double[count], slope = new double[count];
        arrhenius.Evaluate(temperature, factor, slope);
        for (int i = 0; i < count; i++)
        {
            (double oneFactor, double oneSlope) = arrhenius.At(temperature[i]);
            double[] alone = new double[1], aloneSlope = new double[1];
            arrhenius.Evaluate([temperature[i]], alone, aloneSlope);
            Assert.That(factor[i], Is.EqualTo(oneFactor).Within(1e-14 * oneFactor));
            Assert.That(slope[i], Is.EqualTo(oneSlope).Within(1e-14 * Math.Abs(oneSlope)));
            Assert.That((alone[0], aloneSlope[0]), Is.EqualTo((factor[i], slope[i])));
        }
    }
}
