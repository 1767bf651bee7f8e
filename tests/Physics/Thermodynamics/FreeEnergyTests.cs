using Cell3D.Numerics.Curves;
using Cell3D.Physics.Thermodynamics.FreeEnergy;
using NUnit.Framework;

namespace Cell3D.Tests.Physics.Thermodynamics;

/// <summary>Free energies against closed forms and independent root solves.</summary>
public class FreeEnergyTests
{
    private const double Faraday = 96485.33212, Gas = 8.314462618, Room = 298.15;
    private static readonly double[] Places = [0.002, 0.01, 0.1, 0.31, 0.5, 0.77, 0.95, 0.995];

    private static double Ideal(double x, double temperature) => x is 0 or 1 ? 0 : Gas * temperature * ((x * Math.Log(x)) + ((1 - x) * Math.Log(1 - x)));

    private static FreeEnergyTable Table(double[] temperatures, double[] places, Func<double, double, double> value) =>
        new(temperatures, [.. temperatures.Select(_ => places)], [.. temperatures.Select(temperature => places.Select(place => value(place, temperature)).ToArray())]);

    private static double[] Range(double from, double to, int intervals) => [.. Enumerable.Range(0, intervals + 1).Select(i => from + ((to - from) * i / intervals))];

    private static double SoftPlus(double x) => x > 0 ? x + Math.Log(1 + Math.Exp(-x)) : x < -30 ? Math.Exp(x) : Math.Log(1 + Math.Exp(x));

    [Test]
    public void TheGrandPotentialOfAnIdealLatticeGivesItsPotentialToTwelveDigits()
    {
        const double site = -1200, slope = 2.5;
        double Omega(double mu, double temperature) => -Gas * temperature * SoftPlus((mu - site - (slope * temperature)) / (Gas * temperature));
        TabulatedGrandPotential? host = TabulatedGrandPotential.Of(Table([288.15, 298.15, 308.15], Range(-20000, 20000, 80), Omega), 0, out IReadOnlyList<string> problems);
        Assert.That(host, Is.Not.Null, string.Join('\n', problems));
        HostEquilibrium rest = new(host!, Room, 3.4);
        Assert.Multiple(() =>
        {
            Assert.That(rest.IsConvex);
            foreach (double x in Places)
            {
                double mu = site + (slope * Room) + (Gas * Room * Math.Log(x / (1 - x)));
                Assert.That(rest.AtRest(x).Potential, Is.EqualTo(3.4 - (mu / Faraday)).Within(1e-12), $"U at {x}");
                Assert.That(rest.AtRest(x).ByTemperature, Is.EqualTo(-(slope + (Gas * Math.Log(x / (1 - x)))) / Faraday).Within(1e-12), $"dU/dT at {x}");
                Assert.That(rest.Uniformly(x).Energy, Is.EqualTo(((site + (slope * Room)) * x) + Ideal(x, Room)).Within(1e-7), $"f at {x}");
                Assert.That(rest.ThermodynamicFactor(x), Is.EqualTo(1).Within(1e-8), $"factor at {x}");
            }
        });
    }

    [TestCase(8000)]
    [TestCase(12000)]
    [TestCase(25000)]
    public void ARegularSolutionHasTheSpinodalAndBinodalOfItsClosedForms(double interaction)
    {
        HostEquilibrium rest = new(new RedlichKister(-1000, 0, [interaction], []), Room, 0);
        double heat = Gas * Room, spinodal = 0.5 * (1 - Math.Sqrt(1 - (2 * heat / interaction)));
        // By symmetry the tangent is level: ln(x/(1 − x)) + (Ω/RT)(1 − 2x) = 0, here by bisection.
        double low = 1e-9, high = spinodal;
        for (int i = 0; i < 200; i++)
        {
            double middle = 0.5 * (low + high);
            if (Math.Log(middle / (1 - middle)) + (interaction / heat * (1 - (2 * middle))) < 0) low = middle;
            else high = middle;
        }
        Assert.Multiple(() =>
        {
            Assert.That(rest.Spinodals, Has.Count.EqualTo(1));
            Assert.That(rest.Spinodals[0].Lower, Is.EqualTo(spinodal).Within(1e-12));
            Assert.That(rest.Spinodals[0].Upper, Is.EqualTo(1 - spinodal).Within(1e-12));
            Assert.That(rest.Regions, Has.Count.EqualTo(1));
            Assert.That(rest.Regions[0].IsClosed);
            Assert.That(rest.Regions[0].Lower, Is.EqualTo(low).Within(1e-10 * low));
            Assert.That(1 - rest.Regions[0].Upper, Is.EqualTo(low).Within(1e-12));
            Assert.That(rest.Plateau(rest.Regions[0]), Is.EqualTo(1000 / Faraday).Within(1e-12));
            Assert.That(rest.AtRest(0.3).Potential, Is.EqualTo(1000 / Faraday).Within(1e-12));
            Assert.That(rest.AtRest(0.5 * low).Potential, Is.EqualTo((1000 - (heat * Math.Log(0.5 * low / (1 - (0.5 * low)))) - (interaction * (1 - low))) / Faraday).Within(1e-12));
            Assert.That(rest.Regions[0].Barrier, Is.EqualTo((interaction / 4) - (heat * Math.Log(2)) - (Ideal(low, Room) + (interaction * low * (1 - low)))).Within(1e-2), "at x = 0.5");
        });
    }

    [Test]
    public void BelowItsCriticalPointARegularSolutionIsConvex()
    {
        Assert.That(new HostEquilibrium(new RedlichKister(0, 0, [1.999 * Gas * Room], []), Room, 0).IsConvex);
        Assert.That(new HostEquilibrium(new RedlichKister(0, 0, [2.001 * Gas * Room], []), Room, 0).IsConvex, Is.False);
    }

    /// <summary>Asymmetric terms: the tangent touches at both ends, and lies below f everywhere.</summary>
    [Test]
    public void ACommonTangentLiesBelowTheFreeEnergy()
    {
        RedlichKister host = new(-2000, 3, [9000, 2500, -1500], [2, -1, 0.5]);
        HostEquilibrium rest = new(host, Room, 0);
        TwoPhaseRegion region = rest.Regions.Single();
        FreeEnergyPoint poor = host.At(region.Lower, Room), rich = host.At(region.Upper, Room);
        Assert.That(poor.Potential, Is.EqualTo(region.Potential).Within(1e-7));
        Assert.That(rich.Potential, Is.EqualTo(region.Potential).Within(1e-7));
        foreach (double x in Range(0.001, 0.999, 998))
            Assert.That(host.At(x, Room).Energy - poor.Energy - (region.Potential * (x - region.Lower)), Is.GreaterThan(-1e-6));
        // dU/dT of the plateau follows from tangents at other temperatures.
        double Plateau(double temperature) => new HostEquilibrium(host, temperature, 0) is var other ? other.Plateau(other.Regions.Single()) : 0;
        Assert.That(rest.AtRest(0.5).ByTemperature, Is.EqualTo((Plateau(Room + 0.5) - Plateau(Room - 0.5)) / 1).Within(1e-9));
    }

    [Test]
    public void DerivativesOfRedlichKisterAreThoseOfDifferences()
    {
        RedlichKister host = new(-2000, 3, [9000, 2500, -1500, 700], [2, -1, 0.5]);
        const double h = 1e-4;
        foreach (double x in Places)
        {
            double step = h * x * (1 - x);
            FreeEnergyPoint point = host.At(x, Room), right = host.At(x + step, Room), left = host.At(x - step, Room), warm = host.At(x, Room + 1), cold = host.At(x, Room - 1);
            Assert.That((right.Energy - left.Energy) / (2 * step), Is.EqualTo(point.Potential).Within(1e-3));
            Assert.That((right.Potential - left.Potential) / (2 * step), Is.EqualTo(point.Stiffness).Within(1e-5).Percent);
            Assert.That((warm.Energy - cold.Energy) / 2, Is.EqualTo(point.EnergyByTemperature).Within(1e-8));
            Assert.That((warm.Potential - cold.Potential) / 2, Is.EqualTo(point.PotentialByTemperature).Within(1e-8));
        }
    }

    [Test]
    public void ATableOfARegularSolutionReproducesItAndItsEntropy()
    {
        RedlichKister closed = new(-2000, 3, [9000], [2]);
        TabulatedFreeEnergy table = new(Table([288.15, 298.15, 308.15], Range(0, 1, 50), (x, temperature) => x is 0 or 1 ? closed.SiteEnergy(temperature) * x : closed.At(x, temperature).Energy));
        HostEquilibrium exact = new(closed, Room, 0), rest = new(table, Room, 0);
        Assert.That(rest.Regions.Single().Lower, Is.EqualTo(exact.Regions.Single().Lower).Within(1e-9));
        Assert.That(rest.Spinodals.Single().Upper, Is.EqualTo(exact.Spinodals.Single().Upper).Within(1e-8));
        foreach (double x in Places)
        {
            Assert.That(rest.UniformPotential(x), Is.EqualTo(exact.UniformPotential(x)).Within(1e-11));
            Assert.That(rest.AtRest(x).ByTemperature, Is.EqualTo(exact.AtRest(x).ByTemperature).Within(1e-11));
            // Entropy against the difference of potentials at two temperatures of the table.
            double difference = new HostEquilibrium(table, 308.15, 0).UniformPotential(x) - new HostEquilibrium(table, 288.15, 0).UniformPotential(x);
            Assert.That(-table.At(x, Room).PotentialByTemperature / Faraday, Is.EqualTo(difference / 20).Within(1e-11));
        }
    }

    /// <summary>μ is the slope of a cubic spline, so halving the spacing divides its error by about eight.</summary>
    [Test]
    public void ATableConvergesWithThirdOrder()
    {
        double Value(double x, double temperature) => Ideal(x, temperature) + (2000 * Math.Sin(9 * x));
        double Error(int intervals) => new TabulatedFreeEnergy(Table([Room], Range(0, 1, intervals), Value)) is var host
            ? Range(0.2, 0.8, 997).Max(x => Math.Abs(host.At(x, Room).Potential - (Gas * Room * Math.Log(x / (1 - x))) - (18000 * Math.Cos(9 * x)))) : 0;
        Assert.That(Math.Log2(Error(100) / Error(200)), Is.EqualTo(3).Within(0.2));
    }

    [Test]
    public void NoiseIsSmoothedAndItsEffectIsTold()
    {
        const double noise = 5, interaction = 8000;
        Random random = new(20);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        FreeEnergyTable table = Table([Room], Range(0, 1, 200), (x, temperature) => Ideal(x, temperature) + (interaction * x * (1 - x)) + (noise * Normal()));
        TabulatedFreeEnergy rough = new(table), smooth = new(table, noise);
        double exact = new HostEquilibrium(new RedlichKister(0, 0, [interaction], []), Room, 0).Regions.Single().Lower;
        HostEquilibrium rest = new(smooth, Room, 0);
        double Worst(HostFreeEnergy host) => Range(0.05, 0.95, 90).Max(x => Math.Abs(host.At(x, Room).Potential - (Gas * Room * Math.Log(x / (1 - x))) - (interaction * (1 - (2 * x))))) / Faraday;
        Assert.Multiple(() =>
        {
            Assert.That(rough.Smoothing.LargestPotential, Is.Zero);
            Assert.That(new HostEquilibrium(rough, Room, 0).Spinodals, Has.Count.GreaterThan(10), "noise alone makes stretches of instability");
            Assert.That(rest.Spinodals, Has.Count.EqualTo(1));
            Assert.That(smooth.Smoothing.Residual, Is.EqualTo(noise).Within(20).Percent);
            Assert.That(Worst(smooth), Is.LessThan(1e-3).And.LessThan(0.05 * Worst(rough)), "V");
            Assert.That(smooth.Smoothing.LargestPotential, Is.GreaterThan(0.3 * Worst(rough)));
            Assert.That(rest.Regions.Single().Lower, Is.EqualTo(exact).Within(0.02));
        });
    }

    [Test]
    public void ANoisyGrandPotentialIsSmoothed()
    {
        Random random = new(3);
        double Omega(double mu, double temperature) => (-Gas * temperature * SoftPlus(mu / (Gas * temperature))) + (2 * ((2 * random.NextDouble()) - 1) * Math.Sqrt(3));
        FreeEnergyTable table = Table([Room], Range(-9000, 9000, 90), Omega);
        Assert.That(TabulatedGrandPotential.Of(table, 0, out IReadOnlyList<string> problems), Is.Null);
        Assert.That(problems, Has.Some.Contain("not concave").Or.Some.Contain("below 0"));
        TabulatedGrandPotential? host = TabulatedGrandPotential.Of(table, 2, out problems);
        Assert.That(host, Is.Not.Null, string.Join('\n', problems));
        Assert.That(host!.Smoothing!.LargestPotential, Is.GreaterThan(1e-4));
        foreach (double x in new[] { 0.2, 0.5, 0.8 })
            Assert.That(host.At(x, Room).Potential / Faraday, Is.EqualTo(Gas * Room * Math.Log(x / (1 - x)) / Faraday).Within(1e-3));
    }

    /// <summary>Ω of a host that parts into phases, as runs at given μ leave it: θ jumps between two branches, and U has the plateau of the common tangent.</summary>
    [Test]
    public void AJumpOfTheSlopeIsACommonTangent([Values(0, 500)] double shift, [Values(120, 480)] int intervals)
    {
        // Phases are the slopes of Ω at the ends of branches: the least exact of what is found.
        double ofPhases = intervals > 200 ? 6e-4 : 2.5e-3;
        RedlichKister closed = new(-1000, 2, [9000, 1500], [-4]);
        double[] temperatures = [288.15, 298.15, 308.15], places = Range(-14000 + shift, 14000 + shift, intervals);
        SpinodalInterval[] spinodals = [.. temperatures.Select(temperature => new HostEquilibrium(closed, temperature, 0).Spinodals.Single())];
        TabulatedGrandPotential? host = TabulatedGrandPotential.Of(Table(temperatures, places, Grand), 0, out IReadOnlyList<string> problems);
        Assert.That(host, Is.Not.Null, string.Join('\n', problems));
        HostEquilibrium exact = new(closed, Room, 3.4), rest = new(host!, Room, 3.4);
        (TwoPhaseRegion expected, TwoPhaseRegion found) = (exact.Regions.Single(), rest.Regions.Single());
        TestContext.Out.WriteLine($"{found.Lower - expected.Lower:e1}, {found.Upper - expected.Upper:e1}, {rest.Plateau(found) - exact.Plateau(expected):e1} V, {(found.PotentialByTemperature - expected.PotentialByTemperature) / Faraday:e1} V/K");
        Assert.Multiple(() =>
        {
            Assert.That(rest.IsConvex, Is.False);
            Assert.That(found.Lower, Is.EqualTo(expected.Lower).Within(ofPhases));
            Assert.That(found.Upper, Is.EqualTo(expected.Upper).Within(ofPhases));
            Assert.That(rest.Plateau(found), Is.EqualTo(exact.Plateau(expected)).Within(1e-5));
            Assert.That(found.PotentialByTemperature / Faraday, Is.EqualTo(expected.PotentialByTemperature / Faraday).Within(2e-6));
            foreach (double x in new[] { 0.02, 0.05, 0.3, 0.5, 0.7, 0.93, 0.98 })
            {
                Assert.That(rest.AtRest(x).Potential, Is.EqualTo(exact.AtRest(x).Potential).Within(2e-5), $"U at {x}");
                Assert.That(rest.AtRest(x).ByTemperature, Is.EqualTo(exact.AtRest(x).ByTemperature).Within(5e-6), $"dU/dT at {x}");
            }
            double inside = 0.4 * (expected.Lower + expected.Upper);
            Assert.That(rest.Uniformly(inside).Energy, Is.EqualTo(exact.Uniformly(expected.Lower).Energy + (expected.Potential * (inside - expected.Lower))).Within(2), "f on the tangent");
            Assert.That(rest.ThermodynamicFactor(inside), Is.Zero);
        });

        // f* of the stable phases.
        double Grand(double mu, double temperature)
        {
            double Least(double low, double high)
            {
                for (int i = 0; i < 200; i++)
                {
                    double middle = 0.5 * (low + high);
                    (low, high) = closed.At(middle, temperature).Potential < mu ? (middle, high) : (low, middle);
                }
                double x = 0.5 * (low + high);
                return closed.At(x, temperature).Energy - (mu * x);
            }

            SpinodalInterval unstable = spinodals[Array.IndexOf(temperatures, temperature)];
            double poor = closed.At(unstable.Lower, temperature).Potential > mu ? Least(1e-14, unstable.Lower) : double.PositiveInfinity, rich = closed.At(unstable.Upper, temperature).Potential < mu ? Least(unstable.Upper, 1 - 1e-14) : double.PositiveInfinity;
            return Math.Min(poor, rich);
        }
    }

    [Test]
    public void AConvexGrandPotentialIsRefused()
    {
        FreeEnergyTable table = Table([Room], Range(-5000, 5000, 20), (mu, _) => -1e4 + (1e-4 * mu * mu) - mu);
        Assert.That(TabulatedGrandPotential.Of(table, 0, out IReadOnlyList<string> problems), Is.Null);
        Assert.That(problems.Single(), Does.Contain("not concave at μ = "));
    }

    [Test]
    public void ASplineReproducesQuarticsAndGoesThroughItsPoints()
    {
        double[] x = [-1, -0.7, -0.1, 0.2, 0.5, 1.1, 1.3, 2, 2.2];
        double Quartic(double t) => 1 + t - (2 * t * t) + (0.3 * Math.Pow(t, 3)) + (0.1 * Math.Pow(t, 4));
        SmoothingSpline exact = new(x, x.Select(Quartic).ToArray()), through = new(x, x.Select(t => Math.Sin(3 * t)).ToArray());
        Assert.That(exact.At(0.8).Value, Is.EqualTo(Quartic(0.8)).Within(1e-12));
        Assert.That(exact.At(0.8).Slope, Is.EqualTo(1 - 3.2 + (0.9 * 0.64) + (0.4 * Math.Pow(0.8, 3))).Within(1e-11));
        Assert.That(exact.At(0.8).Curvature, Is.EqualTo(-4 + (1.8 * 0.8) + (1.2 * 0.64)).Within(1e-10));
        foreach (double t in x) Assert.That(through.At(t).Value, Is.EqualTo(Math.Sin(3 * t)).Within(1e-12));
        foreach (double t in x[1..^1])
        {
            (double value, double slope, double curvature) = through.At(t - 1e-9);
            (double after, double slopeAfter, double curvatureAfter) = through.At(t + 1e-9);
            Assert.That((after - value, slopeAfter - slope, curvatureAfter - curvature), Is.EqualTo((0.0, 0.0, 0.0)).Using<(double, double, double)>((a, b) =>
                Math.Abs(a.Item1 - b.Item1) < 1e-7 && Math.Abs(a.Item2 - b.Item2) < 1e-6 && Math.Abs(a.Item3 - b.Item3) < 1e-5));
        }
    }
}
