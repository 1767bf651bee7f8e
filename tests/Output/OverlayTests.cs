using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class OverlayTests
{
    private static TimeSeries Series(string name, double[] time, Func<double, double> voltage)
        => new(name, [SeriesColumn.Time, SeriesColumn.Voltage], [time, [.. time.Select(voltage)]]);

    private static double[] Times(double from, double to, int count)
        => [.. Enumerable.Range(0, count).Select(i => from + (to - from) * i / (count - 1))];

    [Test]
    public void AConstantShiftIsItsOwnMeanRmsAndLargest()
    {
        Overlay overlay = Overlay.Compare(
            Series("run", [0, 10, 25, 100], t => 4 - t / 100),
            Series("measured", [-5, 5, 6, 50, 90, 200], t => 3.99 - t / 100));
        Assert.Multiple(() =>
        {
            Assert.That(overlay.Voltage.Times, Is.EqualTo([5.0, 6.0, 50.0, 90.0]));
            Assert.That(overlay.Voltage.Rms, Is.EqualTo(0.01).Within(1e-15));
            Assert.That(overlay.Voltage.Mean, Is.EqualTo(0.01).Within(1e-15));
            Assert.That(overlay.Voltage.Largest, Is.EqualTo(0.01).Within(1e-15));
            Assert.That(overlay.EndTimeDifference, Is.EqualTo(-100));
        });
    }

    [Test]
    public void AveragesAreOverTimeNotOverPoints()
    {
        double[] crowded = [.. Times(0, 1, 100), 2, 100];
        Overlay overlay = Overlay.Compare(Series("run", [0, 2, 2, 100], t => t <= 1 ? 1 : 0), Series("measured", crowded, _ => 0), Interpolation.Linear);
        Assert.That(overlay.Voltage.Mean, Is.LessThan(0.03), "1 % of the time carries 99 % of the points");
    }

    [Test]
    public void TheLargestDifferenceKeepsSignAndTime()
    {
        Overlay overlay = Overlay.Compare(Series("run", [0, 1, 2, 3], t => t == 2 ? -5 : 0), Series("measured", [0, 1, 2, 3], _ => 0));
        Assert.That((overlay.Voltage.Largest, overlay.Voltage.TimeOfLargest), Is.EqualTo((-5.0, 2.0)));
    }

    [Test]
    public void TheCubicIsOfThirdOrderAndBetterThanTheStraightLine()
    {
        double Error(int rows, Interpolation interpolation) => Math.Abs(
            Overlay.Compare(Series("run", Times(0, 3, rows), Math.Sin), Series("measured", Times(0, 3, 1001), Math.Sin), interpolation).Voltage.Largest);
        double order = Math.Log2(Error(21, Interpolation.Cubic) / Error(41, Interpolation.Cubic));
        Assert.That(order, Is.InRange(2.8, 4.2));
        Assert.That(Error(41, Interpolation.Cubic), Is.LessThan(0.1 * Error(41, Interpolation.Linear)));
        Assert.That(Math.Log2(Error(21, Interpolation.Linear) / Error(41, Interpolation.Linear)), Is.EqualTo(2).Within(0.1));
    }

    [Test]
    public void AParabolaIsReadExactlyOnAnyGrid()
    {
        double[] time = [0, 0.1, 0.5, 2, 2.5, 4];
        SeriesInterpolant cubic = new(time, [.. time.Select(t => 3 - t + 2 * t * t)], Interpolation.Cubic);
        foreach (double t in Times(0, 4, 37))
        {
            Assert.That(cubic.At(t), Is.EqualTo(3 - t + 2 * t * t).Within(1e-13));
        }
    }

    [TestCase(Interpolation.Linear)]
    [TestCase(Interpolation.Cubic)]
    public void NothingIsSmoothedAcrossAJump(Interpolation interpolation)
    {
        SeriesInterpolant series = new([0, 1, 2, 2, 3, 4], [1, 1, 1, 0, 0, 0], interpolation);
        Assert.Multiple(() =>
        {
            Assert.That(series.At(1.9), Is.EqualTo(1));
            Assert.That(series.At(2), Is.EqualTo(1), "before the jump");
            Assert.That(series.At(2.1), Is.Zero);
            Assert.That(series.At(-1), Is.EqualTo(1));
            Assert.That(series.At(9), Is.Zero);
        });
    }

    [Test]
    public void CurvesApartAreRefused()
    {
        TimeSeriesException? e = Assert.Throws<TimeSeriesException>(() => Overlay.Compare(Series("run", [0, 10], t => t), Series("curve.csv", [20, 30], t => t)));
        Assert.That(e!.Message, Is.EqualTo("curve.csv: has 0 points in common with the run: the run covers 0 … 10 s, the curve 20 … 30 s"));
    }

    [Test]
    public void TableAndCsvHoldTheNumbers()
    {
        using TemporaryFolder folder = new();
        Overlay overlay = Overlay.Compare(Series("run", [0, 50, 100], t => 3.7012 + (t == 50 ? 1e-6 : 0)), Series("curve.csv", Times(0, 100, 101), _ => 3.7));
        overlay.WriteCsv(folder.File("overlay.csv"));
        string[] table = overlay.ToTable(5).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Multiple(() =>
        {
            Assert.That(table, Has.Length.EqualTo(8));
            Assert.That(table[1], Is.EqualTo("  rms 1.201 mV   mean +1.201 mV   largest +1.201 mV at 50.0 s"));
            Assert.That(table[^1], Is.EqualTo("      100.0       3.70000       3.70120           +1.200"));
            Assert.That(File.ReadAllLines(folder.File("overlay.csv")), Has.Length.EqualTo(102));
            Assert.That(overlay.ToSummary().Rms, Is.EqualTo(0.0012).Within(1e-6));
        });
    }

    [Test]
    public void OfAVeryLongMeasurementTheFileKeepsExtremes()
    {
        const int rows = 200_000;
        Overlay overlay = Overlay.Compare(Series("run", [0, 1, 2, 3], _ => 0), Series("measured", Times(0, 3, rows), t => Math.Abs(t - 2) < 1e-5 ? 0.3 : Math.Sin(t)));
        Assert.That(overlay.Voltage.Times, Has.Length.EqualTo(rows));
        Assert.That(overlay.Points.Count, Is.InRange(1000, 25_000));
        Assert.That(overlay.Points.Time, Does.Contain(overlay.Voltage.TimeOfLargest).And.Contain(0.0).And.Contain(3.0).And.Some.EqualTo(2).Within(1e-5), "extremes, ends and a spike");
    }

    /// <summary>Temperatures are compared in kelvin wherever the curve holds one, also beside gaps; all of it shifted in time.</summary>
    [TestCase("Temperature / degC", 0.0)]
    [TestCase("Surface temperature [K]", 273.15)]
    public void TemperaturesAreCompared(string header, double shift)
    {
        TimeSeries run = new("run", [SeriesColumn.Time, SeriesColumn.Voltage, SeriesColumn.MeanTemperature], [[10, 20, 30, 40], [4, 3.9, 3.8, 3.7], [300, 301, 302, 303]]);
        string Cell(double celsius) => (celsius + shift).ToString(System.Globalization.CultureInfo.InvariantCulture);
        TimeSeries measured = TimeSeriesReader.Parse($"Time [s],Voltage [V],{header}\n0,4,{Cell(26.35)}\n5,3.95,\n10,3.9,{Cell(27.35)}\n20,3.8,{Cell(28.35)}\n", "curve.csv").Shifted(10);
        Overlay overlay = Overlay.Compare(run, measured, Interpolation.Linear);
        Assert.That(overlay.Voltage.Times, Is.EqualTo(new double[] { 10, 15, 20, 30 }));
        Assert.That(overlay.Voltage.Rms, Is.Zero.Within(1e-12));
        Assert.That(overlay.Temperature!.Times, Is.EqualTo(new double[] { 10, 20, 30 }));
        Assert.That(overlay.Temperature.Difference, Is.EqualTo(new[] { 0.5, 0.5, 0.5 }).Within(1e-9));
        Assert.That(overlay.ToSummary().TemperatureRms, Is.EqualTo(0.5).Within(1e-9));
        Assert.That(overlay.Points.Column(new("Temperature difference", "K")), Is.EqualTo(new[] { 0.5, double.NaN, 0.5, 0.5 }).Within(1e-9));
        Assert.That(Overlay.Compare(run, Series("curve.csv", [10, 20], _ => 4), Interpolation.Linear).Temperature, Is.Null);
    }
}
