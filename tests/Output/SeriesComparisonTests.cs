using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>Differences of curves that are known by formula.</summary>
public class SeriesComparisonTests
{
    [Test]
    public void RunsOfDifferentLengthAndClockAreComparedOverWhatTheyHaveInCommon()
    {
        // V = 4 − t/1000; the second lies 2 mV and t·1e-6 V higher, begins at 50 s on its own clock and ends later.
        TimeSeries first = Series("first", 0, 100, 7, t => 4 - (t / 1000), _ => 300 + 0.01, -2);
        TimeSeries second = Series("second", 50, 160, 5, t => 4 - (t / 1000) + 2e-3 + (t * 1e-6), t => 300.01 - (1e-3 * t), -2);
        SeriesComparison comparison = SeriesComparison.Of(first, second);
        QuantityDifference voltage = comparison.Quantities[0], temperature = comparison.Quantities[1];
        Assert.Multiple(() =>
        {
            Assert.That(comparison.Common, Is.EqualTo(100).Within(1e-12));
            Assert.That(voltage.Times[^1], Is.EqualTo(100).Within(1e-12));
            Assert.That(voltage.Largest, Is.EqualTo(2.1e-3).Within(1e-12));
            Assert.That(voltage.TimeOfLargest, Is.EqualTo(100).Within(1e-12));
            // Root of the mean of (2 + 0.001 t)² over 0 … 100 in mV².
            Assert.That(voltage.Rms, Is.EqualTo(1e-3 * Math.Sqrt((Math.Pow(2.1, 3) - 8) / 0.3)).Within(1e-7));
            Assert.That(temperature.Column, Is.EqualTo(SeriesColumn.MaximumTemperature));
            Assert.That(temperature.Largest, Is.EqualTo(-0.1).Within(1e-9));
            Assert.That(comparison.FirstTotals.EndTime, Is.EqualTo(100));
            Assert.That(comparison.SecondTotals.EndTime, Is.EqualTo(160));
            Assert.That(comparison.SecondTotals.Discharged - comparison.FirstTotals.Discharged, Is.EqualTo(2 * 60 / 3600.0).Within(1e-12));
            Assert.That(comparison.FirstTotals.DischargedEnergy, Is.EqualTo(2 * 395 / 3600.0).Within(1e-12));
            Assert.That(comparison.FirstTotals.Charged, Is.Zero);
        });
    }

    [Test]
    public void WithoutACurrentThereIsNoCapacity()
    {
        TimeSeries curve = new("curve", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 10, 20], [4, 3.9, double.NaN]]);
        SeriesComparison comparison = SeriesComparison.Of(curve, curve);
        Assert.That(comparison.Quantities.Single().Largest, Is.Zero);
        Assert.That(comparison.FirstTotals.Discharged, Is.NaN);
    }

    [Test]
    public void ARunWithoutVoltagesIsRefused()
    {
        TimeSeries curve = new("curve", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 10], [4, 3.9]]), empty = new("empty", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 10], [double.NaN, 3.9]]);
        TimeSeriesException refused = Assert.Throws<TimeSeriesException>(() => SeriesComparison.Of(curve, empty))!;
        Assert.That(refused.File, Is.EqualTo("empty"));
        Assert.That(refused.ExitCode, Is.EqualTo(65));
    }

    private static TimeSeries Series(string name, double start, double length, int rows, Func<double, double> voltage, Func<double, double> temperature, double current)
    {
        double[] times = [.. Enumerable.Range(0, rows).Select(i => length * i / (rows - 1))];
        return new(name, [SeriesColumn.Time, SeriesColumn.Voltage, SeriesColumn.Current, SeriesColumn.MaximumTemperature],
            [[.. times.Select(t => start + t)], [.. times.Select(voltage)], [.. times.Select(_ => current)], [.. times.Select(temperature)]]);
    }
}
