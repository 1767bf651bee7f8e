using Cell3D.Output;

using NUnit.Framework;

namespace Cell3D.Tests.Output;

public sealed class SeriesSamplerTests
{
    [Test]
    public void ReadsWhatTheInterpolantOfAllRowsReads([Values] Interpolation interpolation, [Values(2, 3, 4, 50)] int rows, [Values(0, 3)] int jumpEvery)
    {
        Random random = new(7 * rows);
        double[] time = new double[rows], value = new double[rows];
        for (int i = 0; i < rows; i++)
        {
            time[i] = i == 0 ? 1 : time[i - 1] + (jumpEvery > 0 && i > 1 && i < rows - 1 && i % jumpEvery == 0 ? 0 : 0.1 + random.NextDouble());
            value[i] = random.NextDouble();
        }

        double[] wanted = [.. Enumerable.Range(0, 400).Select(i => time[0] + ((time[^1] - time[0]) * i / 399)), .. time];
        Array.Sort(wanted);
        SeriesSampler sampler = new(wanted, interpolation);
        for (int i = 0; i < rows; i++) sampler.Add(time[i], value[i]);
        SeriesInterpolant whole = new(time, value, interpolation);
        Assert.That(sampler.Finish(), Is.EqualTo(wanted.Select(whole.At)).Within(1e-12));
        Assert.That(sampler.Range, Is.EqualTo((time[0], time[^1])));
    }

    [Test]
    public void OutsideTheRowsThereIsNoValue()
    {
        SeriesSampler sampler = new([0, 1, 1.5, 2, 3], Interpolation.Cubic);
        sampler.Add(1, 10);
        sampler.Add(2, 20);
        Assert.That(sampler.Finish(), Is.EqualTo([double.NaN, 10, 15, 20, double.NaN]));
    }
}
