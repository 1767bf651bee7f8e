using Cell3D.Physics.Thermodynamics.FreeEnergy;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

/// <summary>Alternating layers against their energy in both fillings, written out once more.</summary>
public class AlternatingLayersTests
{
    private const double Gas = 8.314462618, Room = 298.15, Heat = Gas * Room, Faraday = 96485.33212;

    /// <summary>Graphite: 3.4, 1.4 and 20 kT at room temperature (cases/graphite-staging).</summary>
    private const double Interaction = 8426.1, Pairs = 3469.6, Filling = 49566;
    private static readonly double[] Places = [0.003, 0.02, 0.06, 0.11, 0.25, 0.41, 0.49, 0.5, 0.52, 0.7, 0.94, 0.98, 0.997];

    private static AlternatingLayers Graphite() => new(new RedlichKister(-700, 2, [Interaction - (3 * Room)], [3]), Pairs, Filling);

    private static double Energy(double one, double other, double temperature = Room)
    {
        return 0.5 * (Own(one) + Own(other) + (Pairs * one * other) + (Filling * one * (1 - one) * other * (1 - other)));

        double Own(double x) => (Gas * temperature * ((x * Math.Log(x)) + ((1 - x) * Math.Log(1 - x)))) + ((-700 + (2 * temperature)) * x) + ((Interaction - (3 * Room) + (3 * temperature)) * x * (1 - x));
    }

    private static double Potential(double one, double other) =>
        (Heat * Math.Log(one / (1 - one))) - 700 + (2 * Room) + (Interaction * (1 - (2 * one))) + (Pairs * other) + (Filling * other * (1 - other) * (1 - (2 * one)));

    [Test]
    public void LithiumDividesBetweenLayersWhereTheEnergyIsLeast()
    {
        AlternatingLayers host = Graphite();
        foreach (double x in Places)
        {
            (double fuller, double emptier) = host.Layers(x, Room);
            double energy = host.At(x, Room).Energy, most = Math.Min(x, 1 - x);
            Assert.That(fuller + emptier, Is.EqualTo(2 * x).Within(1e-14));
            Assert.That(energy, Is.EqualTo(Energy(fuller, emptier)).Within(1e-9));
            Assert.That(Potential(fuller, emptier), Is.EqualTo(Potential(emptier, fuller)).Within(1e-6), $"both layers have the same μ at {x}");
            for (int i = 0; i < 2000; i++)
                Assert.That(Energy(x + (most * i / 2000), x - (most * i / 2000)), Is.GreaterThan(energy - 1e-8), $"at {x}");
        }
    }

    [Test]
    public void DerivativesAreThoseOfDifferences()
    {
        AlternatingLayers host = Graphite();
        foreach (double x in Places)
        {
            double step = 1e-4 * x * (1 - x);
            FreeEnergyPoint point = host.At(x, Room), right = host.At(x + step, Room), left = host.At(x - step, Room), warm = host.At(x, Room + 0.01), cold = host.At(x, Room - 0.01);
            Assert.That((right.Energy - left.Energy) / (2 * step), Is.EqualTo(point.Potential).Within(2e-3), $"at {x}");
            Assert.That((right.Potential - left.Potential) / (2 * step), Is.EqualTo(point.Stiffness).Within(1e-4 * (Heat + Math.Abs(point.Stiffness))), $"at {x}");
            Assert.That((warm.Energy - cold.Energy) / 0.02, Is.EqualTo(point.EnergyByTemperature).Within(1e-6), $"at {x}");
            Assert.That((warm.Potential - cold.Potential) / 0.02, Is.EqualTo(point.PotentialByTemperature).Within(1e-5), $"at {x}");
        }
    }

    /// <summary>Order sets in where the exchange of lithium between layers softens: 2/θ(1 − θ) = 4[A₀ + B/2 + C(θ(1 − θ) + (1 − 2θ)²/2)]/RT.</summary>
    [Test]
    public void OrderBeginsWhereExchangeSoftens()
    {
        AlternatingLayers host = Graphite();
        (double low, double high) = (1e-3, 0.25);
        for (int i = 0; i < 100; i++)
            if (0.5 * (low + high) is var x && (4 * x * (1 - x) * (Interaction + (0.5 * Pairs) + (Filling * ((x * (1 - x)) + (0.5 * (1 - (2 * x)) * (1 - (2 * x))))))) < 2 * Heat) low = x;
            else high = x;
        (double fuller, double emptier) = host.Layers(low * (1 - 1e-6), Room);
        Assert.That(fuller, Is.EqualTo(emptier));
        (fuller, emptier) = host.Layers(low * (1 + 1e-6), Room);
        Assert.That(fuller - emptier, Is.InRange(1e-6, 1e-2), "continuously");
    }

    /// <summary>Coexistence in both fillings: the same μ in all layers and the same f − μθ. Exchanging lithium and vacancies mirrors one plateau in the other: μ*₁ + μ*₂ = B at ε₀ = 0.</summary>
    [Test]
    public void StagesCoexistOnTwoPlateaus()
    {
        AlternatingLayers host = Graphite();
        HostEquilibrium rest = new(host, Room, 0.12);
        Assert.That(rest.Regions, Has.Count.EqualTo(2));
        foreach (TwoPhaseRegion region in rest.Regions)
        {
            double[] grand = [.. new[] { region.Lower, region.Upper }.Select(x =>
            {
                (double fuller, double emptier) = host.Layers(x, Room);
                Assert.That(Potential(fuller, emptier), Is.EqualTo(region.Potential).Within(1e-6));
                Assert.That(Potential(emptier, fuller), Is.EqualTo(region.Potential).Within(1e-6));
                return Energy(fuller, emptier) - (region.Potential * x);
            })];
            Assert.That(grand[1], Is.EqualTo(grand[0]).Within(1e-7));
        }
        (TwoPhaseRegion dilute, TwoPhaseRegion dense) = (rest.Regions[0], rest.Regions[1]);
        Assert.That(dilute.Potential + dense.Potential, Is.EqualTo(Pairs + (2 * (-700 + (2 * Room)))).Within(1e-7));
        Assert.That((dense.Lower, dense.Upper), Is.EqualTo((1 - dilute.Upper, 1 - dilute.Lower)).Using<(double, double), (double, double)>((a, b) => Math.Abs(a.Item1 - b.Item1) + Math.Abs(a.Item2 - b.Item2) < 1e-9));
        Assert.That(host.Layers(0.5, Room).Fuller, Is.GreaterThan(0.95), "stage 2");
        double Plateau(double temperature, int which) => new HostEquilibrium(host, temperature, 0) is var other ? other.Plateau(other.Regions[which]) : 0;
        foreach (int which in new[] { 0, 1 })
            Assert.That(-rest.Regions[which].PotentialByTemperature / Faraday, Is.EqualTo(Plateau(Room + 0.5, which) - Plateau(Room - 0.5, which)).Within(1e-9));
    }

    [Test]
    public void WithoutRepulsionLayersAreAlikeUntilTheyPart()
    {
        RedlichKister layer = new(-500, 1, [1.9 * Heat], []);
        AlternatingLayers host = new(layer, 0, 0);
        foreach (double x in Places)
        {
            FreeEnergyPoint own = layer.At(x, Room), both = host.At(x, Room);
            Assert.That(both.Energy, Is.EqualTo(own.Energy).Within(1e-10));
            Assert.That(both.Potential, Is.EqualTo(own.Potential).Within(1e-7));
            Assert.That(both.Stiffness, Is.EqualTo(own.Stiffness).Within(1e-6 * own.Stiffness));
        }
    }
}
