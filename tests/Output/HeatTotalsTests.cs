using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>Heat by mechanism is integrated as its sum is.</summary>
public class HeatTotalsTests
{
    private static readonly SeriesColumn[] Two = [SeriesColumn.ReactionHeat, SeriesColumn.ReversibleHeat];

    /// <summary>Parts add up to the whole to round-off, whatever their signs, also over a jump and a run that was interrupted.</summary>
    [Test]
    public void PartsAddUpToTheHeatOfTheTerminals()
    {
        HeatTotals heat = new(Two), before = new(Two);
        TerminalTotals terminal = new();
        Random random = new(3);
        double time = 0;
        for (int step = 0; step < 200; step++)
        {
            time += step % 50 == 0 ? 0 : random.NextDouble();
            double[] rates = [random.NextDouble(), random.NextDouble() - 0.7];
            (step < 100 ? before : heat).Add(time, rates);
            terminal.Add(time, 3.7, -1, rates.Sum());
            if (step == 99)
                heat.State = before.State;
        }
        IReadOnlyDictionary<string, double> totals = heat.ToSummary();
        Assert.That(totals.Keys, Is.EqualTo(new[] { "Reaction heat", "Reversible heat", "Total" }));
        Assert.That(totals["Total"], Is.EqualTo(3600 * terminal.Heat).Within(1e-10));
        Assert.That(totals["Reversible heat"], Is.Negative);
    }

    /// <summary>Steps of any length meet a parabola from the third row on.</summary>
    [Test]
    public void AParabolaIsMet()
    {
        HeatTotals heat = new(Two);
        foreach (double time in new[] { 0, 1e-9, 0.5, 2, 2.3, 7 })
            heat.Add(time, [1 + (time * time), -time]);
        Assert.That(heat.ToSummary()["Reaction heat"], Is.EqualTo(7 + (343.0 / 3)).Within(1e-6));
        Assert.That(heat.ToSummary()["Reversible heat"], Is.EqualTo(-24.5).Within(1e-9));
    }
}
