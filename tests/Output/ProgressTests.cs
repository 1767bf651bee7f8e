using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class ProgressTests
{
    private static readonly StepReport Step = new()
    {
        Time = 1234.5,
        Voltage = 3.712345,
        Current = -12.5,
        MinimumTemperature = 298.15,
        MaximumTemperature = 301.34,
        StepSize = 12.25,
        Order = 2,
        NewtonIterations = 3,
        KrylovIterations = 18,
        SecondsLeft = 83,
    };

    [Test]
    public void OneLineHoldsTheStep()
        => Assert.That(ProgressLine.Format(Step), Is.EqualTo("    1234.50    3.71235      -12.5   298.15–301.34       12.25      2       3      18   1:23"));

    [Test]
    public void ColumnsStandUnderTheirTitles()
    {
        string line = ProgressLine.Format(Step);
        Assert.That(line, Has.Length.EqualTo(ProgressLine.Header.Length));
        foreach ((string title, string value) in (ReadOnlySpan<(string, string)>)[("t [s]", "1234.50"), ("V [V]", "3.71235"), ("I [A]", "-12.5"), ("order", "2"), ("Newton", "3"), ("Krylov", "18"), ("left", "1:23")])
        {
            int end = ProgressLine.Header.IndexOf(title, StringComparison.Ordinal) + title.Length;
            Assert.That(line[..end], Does.EndWith(value), title);
        }
    }

    [Test]
    public void FormattingIntoASpanAllocatesNothing()
    {
        char[] line = new char[ProgressLine.MaximumLength];
        ProgressLine.Format(Step, line);
        long before = GC.GetAllocatedBytesForCurrentThread();
        int length = ProgressLine.Format(Step, line);
        Assert.That((GC.GetAllocatedBytesForCurrentThread() - before, new string(line, 0, length)), Is.EqualTo((0L, ProgressLine.Format(Step))));
    }

    [Test]
    public void NumbersOfAnySizeFit()
    {
        StepReport extreme = Step with { Time = 1e15, Voltage = -1e9, Current = double.NegativeInfinity, SecondsLeft = 1e300, MinimumTemperature = double.NaN };
        Assert.That(ProgressLine.Format(extreme), Does.StartWith("1000000000000000.00 -1000000000.00000  -Infinity").And.EndWith("99999.0 d"));
    }

    [TestCase(double.NaN, "–")]
    [TestCase(0, "0 s")]
    [TestCase(59.4, "59 s")]
    [TestCase(59.6, "1:00")]
    [TestCase(3599, "59:59")]
    [TestCase(3600, "1:00 h")]
    [TestCase(2 * 3600 + 5 * 60 + 29, "2:05 h")]
    [TestCase(86399, "1.0 d")]
    [TestCase(3.26 * 86400, "3.3 d")]
    public void DurationsAreShort(double seconds, string expected)
        => Assert.That(ProgressLine.Duration(seconds), Is.EqualTo(expected));

    [Test]
    public void AConstantRateCountsDownExactly()
    {
        EtaEstimator eta = new();
        Assert.That(eta.Update(0, 100), Is.NaN);
        for (int second = 1; second <= 50; second++)
        {
            Assert.That(eta.Update(second / 50.0, 100 + second), Is.EqualTo(50 - second).Within(1e-9));
        }
    }

    [Test]
    public void NoiseNeitherRaisesTheEstimateNorLowersTheFraction()
    {
        EtaEstimator eta = new();
        Random random = new(3);
        double last = double.PositiveInfinity, lastFraction = 0;
        eta.Update(0, 0);
        for (int second = 1; second < 100; second++)
        {
            double left = eta.Update((second + random.NextDouble() - 0.5) / 100, second);
            if (second > 20)
                Assert.That(left, Is.LessThanOrEqualTo(last));
            Assert.That(eta.Fraction, Is.GreaterThanOrEqualTo(lastFraction));
            (last, lastFraction) = (left, eta.Fraction);
            if (second == 50)
                Assert.That(left, Is.EqualTo(50).Within(10));
        }
    }

    [Test]
    public void ARealSlowDownIsAdmitted()
    {
        EtaEstimator eta = new();
        for (int second = 0; second <= 50; second++)
        {
            eta.Update(second / 100.0, second);
        }

        Assert.That(eta.SecondsLeft, Is.EqualTo(50).Within(1e-6));
        for (int second = 51; second <= 150; second++)
        {
            eta.Update(0.5 + (second - 50) / 1000.0, second);
        }

        Assert.That(eta.SecondsLeft, Is.InRange(300, 450), "0.4 is left at 0.001 per second");
    }

    [Test]
    public void AStandstillAndTheEndAreRight()
    {
        EtaEstimator eta = new();
        eta.Update(0.25, 0);
        Assert.That(eta.Update(0.25, 5), Is.NaN, "nothing moved yet");
        Assert.That(eta.Update(double.NaN, 6), Is.NaN);
        Assert.That(eta.Update(0.5, 10), Is.Positive);
        Assert.That(eta.Update(0.1, 10), Is.Positive, "the clock did not move");
        Assert.That(eta.Update(1.5, 20), Is.Zero);
        Assert.That(eta.Fraction, Is.EqualTo(1));
    }

    [TestCase(900, 3600, -2.5, 5, 0.5)]
    [TestCase(900, 1000, -2.5, 5, 0.9)]
    [TestCase(900, double.PositiveInfinity, -1, double.PositiveInfinity, 0)]
    [TestCase(900, double.PositiveInfinity, -6, 5, 1)]
    public void TheFractionFollowsWhicheverEndsFirst(double time, double end, double charge, double expected, double fraction)
        => Assert.That(EtaEstimator.FractionOf(time, end, charge, expected), Is.EqualTo(fraction).Within(1e-12));
}
