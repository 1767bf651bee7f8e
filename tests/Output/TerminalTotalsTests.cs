using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>Charges of steps whose current does not change sign have one sign, however steeply it fell before.</summary>
public class TerminalTotalsTests
{
    [Test]
    public void APulseLeavesNoChargeOfTheOtherSign()
    {
        TerminalTotals totals = new();
        foreach ((double time, double current) in new[] { (0.0, -5.0), (10, -5), (11, 0), (21, -0.005), (31, 0), (41, -0.005) })
            totals.Add(time, 3.7, current, 0);
        Assert.That(totals.ChargedCapacity, Is.Zero);
        Assert.That(totals.ChargedEnergy, Is.Zero);
        Assert.That(totals.DischargedCapacity * 3600, Is.EqualTo(50 + 2.5 + (3 * 0.025)).Within(0.5));
    }

    /// <summary>A current that follows a parabola is integrated exactly from the second step on.</summary>
    [TestCase(1)]
    [TestCase(-1)]
    public void AParabolaIsIntegratedExactly(int sign)
    {
        TerminalTotals totals = new();
        static double At(double time) => 1 + (0.3 * time) - (0.02 * time * time);
        foreach (double time in new[] { 0.0, 1e-3, 1, 2.5, 4, 7 })
            totals.Add(time, 1, sign * At(time), 0);
        double charge = 7 + (0.15 * 49) - (0.02 / 3 * 343);
        Assert.That((sign > 0 ? totals.ChargedCapacity : totals.DischargedCapacity) * 3600, Is.EqualTo(charge).Within(1e-8));
    }
}
