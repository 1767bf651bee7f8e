using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class TimeSeriesWriterTests
{
    private static readonly SeriesColumn[] Extras = [SeriesColumn.MeanTemperature, new("Step Count", "1")];

    [Test]
    public void HeaderAndLinesFollowTheBatteryDataFormat()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        using (TimeSeriesWriter writer = new(path, Extras))
        {
            writer.Append(0, 4.2, 0, [298.15, 1]);
            writer.Append(1.5, 3.75, -12.5, [298.25, double.NaN]);
        }

        Assert.That(File.ReadAllText(path), Is.EqualTo("Test Time / s,Voltage / V,Current / A,Mean temperature / K,Step Count / 1\n0,4.2,0,298.15,1\n1.5,3.75,-12.5,298.25,NaN\n"));
    }

    [Test]
    public void EveryNumberReadsBackToTheSameBits()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        Random random = new(7);
        double[][] rows = [.. Enumerable.Range(0, 5000).Select(i => new[] { i / 3.0, random.NextDouble() * Math.Pow(10, random.Next(-300, 300)), -random.NextDouble(), double.Epsilon * i, Math.BitDecrement(298.15) })];
        using (TimeSeriesWriter writer = new(path, Extras))
        {
            foreach (double[] row in rows)
            {
                writer.Append(row[0], row[1], row[2], row.AsSpan(3));
            }

            Assert.That(writer.Rows, Is.EqualTo(rows.Length));
        }

        TimeSeries series = TimeSeriesReader.Read(path);
        double[][] columns = [series.Time, series.Voltage, series.Column(SeriesColumn.Current), series.Column(Extras[0]), series.Column(Extras[1])];
        for (int column = 0; column < columns.Length; column++)
        {
            Assert.That(columns[column], Is.EqualTo(rows.Select(row => row[column])).AsCollection);
        }
    }

    [Test]
    public void AppendingAllocatesNothing()
    {
        using TemporaryFolder folder = new();
        using TimeSeriesWriter writer = new(folder.File("timeseries.csv"), Extras, TimeSpan.Zero);
        double[] extras = [298.15, 1];
        writer.Append(0, 4.2, -1, extras);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 1000; i++)
        {
            writer.Append(i / 7.0, 4.2 - i / 3e4, -1.0 / i, extras);
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void LinesAreWholeInTheFileAtAnyMoment()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        using TimeSeriesWriter writer = new(path, [], TimeSpan.FromDays(1));
        for (int i = 0; i < 20000; i++)
        {
            writer.Append(i, 1.0 / 3, 1.0 / 7, []);
            if (i % 1000 == 0)
                Assert.That(File.ReadAllText(path), Does.EndWith("\n"));
        }

        Assert.That(new FileInfo(path).Length, Is.GreaterThan(100_000), "a full buffer is handed over without waiting");
    }

    [Test]
    public void ALineWaitsNoLongerThanAsked()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        using TimeSeriesWriter writer = new(path, [], TimeSpan.Zero);
        writer.Append(1, 2, 3, []);
        Assert.That(File.ReadAllText(path), Does.EndWith("\n1,2,3\n"));
    }

    [Test]
    public void RefusesWrongColumns()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("timeseries.csv");
        Assert.Multiple(() =>
        {
            Assert.That(() => new TimeSeriesWriter(path, [new("a,b", "V")]), Throws.ArgumentException.With.Message.Contains("'a,b / V'"));
            Assert.That(() => new TimeSeriesWriter(path, [new("Voltage", "V")]), Throws.ArgumentException.With.Message.Contains("twice"));
        });
        using TimeSeriesWriter writer = new(path, Extras);
        Assert.That(() => writer.Append(0, 1, 2, [3.0]), Throws.ArgumentException.With.Message.Contains("1 values for 2"));
    }

    [Test]
    public void AnUnwritablePlaceIsNamed()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("file"), "");
        OutputException? e = Assert.Throws<OutputException>(() => _ = new TimeSeriesWriter(folder.File("file/timeseries.csv"), []));
        Assert.That((e!.ExitCode, e.Path), Is.EqualTo((73, folder.File("file/timeseries.csv"))));
    }
}
