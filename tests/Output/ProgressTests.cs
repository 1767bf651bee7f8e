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
        => Assert.That(ProgressLine.Format(Step), Is.EqualTo("   1234.50  3.71235     -12.5  298.15–301.34    12.25   2      3     18    1:23"));

    [Test]
    public void ColumnsStandUnderTheirTitles()
    {
        string line = ProgressLine.Format(Step);
        Assert.That(line, Has.Length.EqualTo(ProgressLine.Header.Length));
        foreach ((string title, string value) in (ReadOnlySpan<(string, string)>)[("t [s]", "1234.50"), ("V [V]", "3.71235"), ("I [A]", "-12.5"), ("ord", "2"), ("Newton", "3"), ("Krylov", "18"), ("left", "1:23")])
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
        Assert.That(ProgressLine.Format(extreme), Does.StartWith("1000000000000000.00 -1000000000.00000 -Infinity").And.EndWith("99999.0 d"));
    }

    [Test]
    public void AnOrdinaryLineFitsAScreenOf80()
    {
        StepReport longRun = Step with { Time = 9999999.99, Current = -0.367647, StepSize = 0.001234, KrylovIterations = 99999, NewtonIterations = 99, SecondsLeft = 12 * 3600 };
        Assert.That(ProgressLine.Format(longRun).Length, Is.LessThan(80).And.EqualTo(ProgressLine.Header.Length));
    }

    [TestCase(double.NaN, "–")]
    [TestCase(0, "0 s")]
    [TestCase(0.3, "< 1 s")]
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
        Assert.That(eta.Update(0, 50, 100), Is.NaN);
        for (int second = 1; second <= 50; second++)
        {
            Assert.That(eta.Update(second, 50 - second, 100 + second), Is.EqualTo(50 - second).Within(1e-9));
        }
    }

    [Test]
    public void NoiseIsSmoothedAndNeverLowersTheFraction()
    {
        EtaEstimator eta = new();
        Random random = new(3);
        double last = double.NaN, lastFraction = 0;
        eta.Update(0, 100, 0);
        for (int second = 1; second < 100; second++)
        {
            double left = eta.Update(second, (100 - second) * (0.8 + 0.4 * random.NextDouble()), second);
            if (second > 20)
                Assert.That(left, Is.EqualTo(100 - second).Within(0.25 * (100 - second) + 1).And.LessThan(last + 0.1 * last + 1));
            Assert.That(eta.Fraction, Is.GreaterThanOrEqualTo(lastFraction).And.LessThan(1));
            (last, lastFraction) = (left, eta.Fraction);
        }
    }

    [Test]
    public void ASlowDownIsAdmittedSoon()
    {
        EtaEstimator eta = new();
        for (int second = 0; second <= 50; second++)
            eta.Update(second, 100 - second, second);
        Assert.That(eta.SecondsLeft, Is.EqualTo(50).Within(1e-6));
        for (int step = 1; step <= 10; step++)
            eta.Update(50 + step, 50 - step, 50 + 10 * step);
        Assert.That(eta.SecondsLeft, Is.InRange(300, 450), "40 steps are left at ten seconds each");
    }

    [Test]
    public void NothingIsDoneBeforeTheEnd()
    {
        EtaEstimator eta = new();
        Assert.That(eta.Update(0, double.NaN, 0), Is.NaN, "unknown");
        Assert.That(eta.Update(0, 10, 5), Is.NaN, "no step yet");
        Assert.That(eta.Update(1, 9, 6), Is.Positive);
        Assert.That(eta.Update(1, 9, 6), Is.Positive, "the clock did not move");
        Assert.That(eta.Update(1000, 0.5, 7), Is.Positive, "as long as anything is left");
        Assert.That(eta.Fraction, Is.LessThan(1));
        Assert.That(eta.Update(1001, 0, 8), Is.Zero);
        Assert.That(eta.Fraction, Is.EqualTo(1));
    }
}
