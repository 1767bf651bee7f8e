using Cell3D.Output;
using NUnit.Framework;

namespace Cell3D.Tests.Output;

/// <summary>Errors of a voltage by source.</summary>
public class SourceBandsTests
{
    private static readonly double[] Times = [0, 10, 20, 30];

    [Test]
    public void ABandReachesToTheFarthestRunAndBandsAddBySquares()
    {
        SourceBands bands = SourceBands.Of(Series(4, 3.9, 3.8, 3.7),
        [
            ("image", [Series(4.003, 3.903, 3.803, 3.703), Series(3.999, 3.899, 3.799, 3.699)]),
            ("table", [Series(3.996, 3.896, 3.796, 3.696)]),
        ]);
        Assert.That(bands.Time, Is.EqualTo(Times));
        Assert.That(bands.Sources[0].HalfWidth, Is.All.EqualTo(3e-3).Within(1e-12));
        Assert.That(bands.Sources[1].HalfWidth, Is.All.EqualTo(4e-3).Within(1e-12));
        Assert.That(bands.Sum.HalfWidth, Is.All.EqualTo(5e-3).Within(1e-12));
        Assert.That(bands.Sum.Rms(bands.Time), Is.EqualTo(5e-3).Within(1e-12));
    }

    [Test]
    public void ACurveWithItsErrorInAColumnGivesThat()
    {
        TimeSeries verified = new("verification.csv", [SeriesColumn.Time, SeriesColumn.Voltage, new("Error of voltage", "V")], [[0, 20, 30], [9, 9, 9], [0.001, 0.003, double.NaN]]);
        SourceBands bands = SourceBands.Of(Series(4, 3.9, 3.8, 3.7), [("mesh", [verified])]);
        Assert.That(bands.Sources[0].HalfWidth, Is.EqualTo(new[] { 0.001, 0.002, 0.003, 0.003 }).Within(1e-12));
    }

    [Test]
    public void TimesEndWithTheShortestRun()
    {
        TimeSeries brief = new("brief", [SeriesColumn.Time, SeriesColumn.Voltage], [[0, 10, 25], [4, 3.9, 3.75]]);
        Assert.That(SourceBands.Of(Series(4, 3.9, 3.8, 3.7), [("a", [brief])]).Time, Is.EqualTo(new[] { 0.0, 10, 20 }));
    }

    [Test]
    public void RunsWithoutCommonTimesAreRefused()
    {
        TimeSeries later = new("later", [SeriesColumn.Time, SeriesColumn.Voltage], [[100, 110], [4, 3.9]]);
        Assert.That(() => SourceBands.Of(Series(4, 3.9, 3.8, 3.7), [("a", [later])]), Throws.TypeOf<TimeSeriesException>());
    }

    private static TimeSeries Series(params double[] voltages) => new("run", [SeriesColumn.Time, SeriesColumn.Voltage], [Times, voltages]);
}
