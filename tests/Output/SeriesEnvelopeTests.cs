using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class SeriesEnvelopeTests
{
    private static readonly SeriesColumn[] Columns = [SeriesColumn.Time, SeriesColumn.Voltage, SeriesColumn.Current];

    /// <summary>Steps of very different length, single spikes, jumps at a repeated time and missing values.</summary>
    private static (double Time, double Voltage, double Current)[] Rows(int count)
    {
        Random random = new(14);
        (double Time, double Voltage, double Current)[] rows = new (double, double, double)[count];
        double time = 0;
        for (int i = 0; i < count; i++)
        {
            time += random.Next(40) == 0 ? 0 : Math.Pow(10, (4 * random.NextDouble()) - 3);
            double spike = random.Next(5000) == 0 ? random.NextDouble() - 0.5 : 0;
            rows[i] = (time, 3.7 + (0.3 * Math.Sin(1e-4 * time)) + spike, random.Next(30000) == 0 ? double.NaN : Math.Sign(Math.Sin(1e-5 * time)));
        }

        return rows;
    }

    private static SeriesEnvelope Filled((double Time, double Voltage, double Current)[] rows)
    {
        SeriesEnvelope envelope = new(Columns);
        foreach ((double time, double voltage, double current) in rows) envelope.Add(time, [voltage, current]);
        return envelope;
    }

    [Test]
    public void AMillionRowsFitIntoBoundedMemory()
    {
        // What is made once per process, such as the comparer of a sort, is not the series'.
        Filled(Rows(50_000));
        SeriesEnvelope envelope = new(Columns);
        double[] values = [3.7, -1];
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000_000; i++)
        {
            values[0] = 3.7 + (1e-7 * i);
            envelope.Add(i, values);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.Multiple(() =>
        {
            Assert.That(allocated, Is.Zero);
            Assert.That(envelope.Count, Is.InRange(512, envelope.Capacity));
            Assert.That(envelope.Capacity, Is.LessThan(20_000), "some rows per pixel of a picture");
        });
    }

    [Test]
    public void EveryStretchOfTimeKeepsItsEndsAndExtremes()
    {
        (double Time, double Voltage, double Current)[] rows = Rows(300_000);
        SeriesEnvelope envelope = Filled(rows);
        TimeSeries kept = envelope.ToSeries("run");
        double Number(double time) => Math.Floor((time - rows[0].Time) / envelope.Stretch);
        double[][] ofAll = Groups(rows.Select(row => (Number(row.Time), row.Voltage))), ofKept = Groups(kept.Time.Zip(kept.Voltage, (t, v) => (Number(t), v)));
        Assert.That(ofAll, Has.Length.GreaterThan(500));
        Assert.That(ofKept.Select(v => (v[0], v[^1], v.Min(), v.Max())), Is.EqualTo(ofAll.Select(v => (v[0], v[^1], v.Min(), v.Max()))));
    }

    [Test]
    public void RowsAreNeverAlteredAndGapsRemain()
    {
        (double Time, double Voltage, double Current)[] rows = Rows(300_000);
        TimeSeries kept = Filled(rows).ToSeries("run");
        double[] current = kept.Column(SeriesColumn.Current);
        Assert.Multiple(() =>
        {
            Assert.That(kept.Time.Zip(kept.Voltage).Except(rows.Select(row => (row.Time, row.Voltage))), Is.Empty);
            Assert.That((kept.Time[0], kept.Time[^1]), Is.EqualTo((rows[0].Time, rows[^1].Time)));
            Assert.That(current, Has.Some.NaN);
        });
    }

    [Test]
    public void AShortSeriesIsComplete()
    {
        (double Time, double Voltage, double Current)[] rows = Rows(10_000);
        TimeSeries kept = Filled(rows).ToSeries("run");
        Assert.That(kept.Time.Zip(kept.Voltage), Is.EqualTo(rows.Select(row => (row.Time, row.Voltage))));
    }

    [Test]
    public void RowsOfOneMomentAreThinnedToo()
    {
        SeriesEnvelope envelope = new(Columns);
        for (int i = 0; i < 100_000; i++) envelope.Add(5, [i, -i]);
        TimeSeries kept = envelope.ToSeries("run");
        Assert.That((kept.Voltage.Min(), kept.Voltage.Max(), kept.Count <= envelope.Capacity), Is.EqualTo((0.0, 99_999.0, true)));
    }

    private static double[][] Groups(IEnumerable<(double Number, double Value)> rows) =>
        [.. rows.GroupBy(row => row.Number).Select(group => group.Select(row => row.Value).ToArray())];
}
