using Cell3D.Output;

using NUnit.Framework;

using SkiaSharp;

namespace Cell3D.Tests.Output;

public sealed class PlotsTests
{
    private static readonly double[] Time = [.. Enumerable.Range(0, 101).Select(i => 36.0 * i)];

    private static TimeSeries Run(params (SeriesColumn Column, Func<double, double> Value)[] extras)
    {
        (SeriesColumn Column, Func<double, double> Value)[] all =
        [
            (SeriesColumn.Time, t => t),
            (SeriesColumn.Voltage, t => 4.1 - t / 4000),
            (SeriesColumn.Current, t => t == 0 ? 0 : -12.5),
            .. extras,
        ];
        return new TimeSeries("run", [.. all.Select(c => c.Column)], [.. all.Select(c => Time.Select(c.Value).ToArray())]);
    }

    [Test]
    public void VoltageAndCurrentAreDrawnInTheirColours()
    {
        using TemporaryFolder folder = new();
        Plots.WriteVoltage(Run(), folder.File("voltage.png"));
        Assert.That(CountPixels(folder.File("voltage.png"), "#0072B2"), Is.GreaterThan(2000), "voltage");
        Assert.That(CountPixels(folder.File("voltage.png"), "#D55E00"), Is.GreaterThan(2000), "current");
    }

    [Test]
    public void LabelsAreWrittenWithoutAnyInstalledFont()
    {
        using TemporaryFolder folder = new();
        Plots.WriteVoltage(Run(), folder.File("voltage.png"));
        using SKBitmap picture = SKBitmap.Decode(folder.File("voltage.png"));
        int dark = 0;
        for (int y = 0; y < 700; y++)
        {
            for (int x = 20; x < 60; x++)
            {
                dark += picture.GetPixel(x, y).Red < 100 ? 1 : 0;
            }
        }

        Assert.That(dark, Is.InRange(300, 6000), "'Voltage [V]' stands upright at the left edge");
        Assert.That(ScottPlot.Fonts.GetTypeface(ScottPlot.Fonts.Default, false, false).FamilyName, Is.EqualTo("DejaVu Sans"), "carried in the assembly");
    }

    [Test]
    public void TemperaturesAreDrawnWhereThereAreAny()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("temperature.png");
        Assert.That(Plots.WriteTemperature(Run(), path), Is.False);
        Assert.That(File.Exists(path), Is.False);
        TimeSeries warm = Run((SeriesColumn.MinimumTemperature, t => 298 + t / 2000), (SeriesColumn.MeanTemperature, t => 298 + t / 1500), (SeriesColumn.MaximumTemperature, t => 298 + t / 1000));
        Assert.That(Plots.WriteTemperature(warm, path), Is.True);
        Assert.That(CountPixels(path, "#D55E00"), Is.GreaterThan(2000));
    }

    [Test]
    public void HeatIsSplitByMechanismWithItsSum()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("heat.png");
        Assert.That(Plots.WriteHeat(Run((new SeriesColumn("Mean heat flux", "W"), t => t)), path), Is.False, "not a part of the heat");
        Assert.That(Plots.WriteHeat(Run((SeriesColumn.IonicHeat, _ => 1), (SeriesColumn.ReactionHeat, t => t / 3600)), path), Is.True);
        Assert.That(CountPixels(path, "#0072B2"), Is.GreaterThan(2000), "ionic");
        Assert.That(CountPixels(path, "#D55E00"), Is.GreaterThan(2000), "reaction");
    }

    /// <summary>Without a current there is nothing to show; the open-circuit voltage is no loss.</summary>
    [Test]
    public void LossesAreShownWhereTheyAreDefined()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("losses.png");
        Assert.That(Plots.WriteLosses(Run((new SeriesColumn("Reaction", "V"), _ => double.NaN)), path), Is.False);
        Assert.That(Plots.WriteLosses(Run((new SeriesColumn("Reaction", "V"), t => t < 1800 ? -0.03 : double.NaN), (new SeriesColumn("Particles", "V"), t => t < 1800 ? -t / 1e5 : double.NaN)), path), Is.True);
        Assert.That(CountPixels(path, "#0072B2"), Is.InRange(1000, 3000), "reaction, half of the width");
        Assert.That(CountPixels(path, "#D55E00"), Is.GreaterThan(1000), "particles");
    }

    [TestCase(40)]
    [TestCase(2000)]
    public void TheOverlayShowsBothCurvesAndTheirDifference(int points)
    {
        using TemporaryFolder folder = new();
        double[] time = [.. Enumerable.Range(0, points).Select(i => 3600.0 * i / points)];
        TimeSeries measured = new("curve.csv", [SeriesColumn.Time, SeriesColumn.Voltage], [time, [.. time.Select(t => 4.05 - t / 4100)]]);
        Plots.WriteOverlay(Overlay.Compare(Run(), measured), folder.File("overlay.png"));
        Assert.That(CountPixels(folder.File("overlay.png"), "#0072B2"), Is.GreaterThan(1000), "computed");
        Assert.That(CountPixels(folder.File("overlay.png"), "#D55E00"), Is.GreaterThan(2000), "difference");
    }

    [Test]
    public void GapsAndConstantsDoNotBreakThePicture()
    {
        using TemporaryFolder folder = new();
        TimeSeries run = Run((SeriesColumn.MeanTemperature, t => t is > 1000 and < 2000 ? double.NaN : 298.15 + (t > 2000 ? 1e-4 : 0)));
        Assert.That(Plots.WriteTemperature(run, folder.File("temperature.png")), Is.True);
        Assert.That(Plots.WriteTemperature(Run((SeriesColumn.MeanTemperature, t => t < 9 ? double.NaN : 298.15)), folder.File("isothermal.png")), Is.False, "nothing to be seen");
        using SKBitmap picture = SKBitmap.Decode(folder.File("temperature.png"));
        Assert.That((picture.Width, picture.Height), Is.EqualTo((1600, 1000)));
    }

    [Test]
    public void AMillionRowsAreDrawnFromSomeThousandsWithTheirExtremes()
    {
        double[] time = [.. Enumerable.Range(0, 1_000_000).Select(i => (double)i)];
        double[] value = [.. time.Select(t => t is 123_456 ? 9 : t is 654_321 ? double.NaN : Math.Sin(1e-5 * t))];
        (double[] t, double[] y) = PlotPage.Drawn(time, value);
        Assert.Multiple(() =>
        {
            Assert.That(t, Has.Length.InRange(1600, 4 * 1600 + 4).And.Length.EqualTo(y.Length));
            Assert.That(y[Array.IndexOf(t, 123_456)], Is.EqualTo(9), "a spike of a single row");
            Assert.That(y[Array.IndexOf(t, 654_321)], Is.NaN, "a gap");
            Assert.That((t[0], t[^1]), Is.EqualTo((0.0, 999_999.0)));
        });
    }

    private static int CountPixels(string path, string colour)
    {
        SKColor wanted = SKColor.Parse(colour);
        using SKBitmap picture = SKBitmap.Decode(path);
        return picture.Pixels.Count(pixel => pixel == wanted);
    }
}
