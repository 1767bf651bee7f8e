using Cell3D.Mesh;
using NUnit.Framework;

namespace Cell3D.Tests.Mesh;

public class WoundLineTests
{
    [TestCase(0)]
    [TestCase(0.03)]
    public void TurnsInvertLengths(double core)
    {
        WoundLine line = new(2e-3, 3.7e-4, core);
        for (double turns = 0; turns < 24; turns += 0.173)
            Assert.That(line.Turns(line.Along(turns)), Is.EqualTo(turns).Within(1e-12 * (1 + turns)));
    }

    [TestCase(0)]
    [TestCase(0.03)]
    public void LengthsAreThoseBetweenPoints(double core)
    {
        WoundLine line = new(2e-3, 1e-7, core);
        double length = line.Along(3), sum = 0;
        const int steps = 20_000;
        for (int i = 0; i < steps; i++)
        {
            (Frame a, Frame b) = (line.At(length * i / steps), line.At(length * (i + 1) / steps));
            sum += double.Hypot(b.X - a.X, b.Y - a.Y);
        }
        Assert.That(sum / length, Is.EqualTo(1).Within(1e-6));
    }

    [Test]
    public void ATurnFurtherOutIsAPitchAway()
    {
        WoundLine line = new(2e-3, 3.7e-4, 0.02);
        foreach (double turns in new[] { 0, 0.1, 0.25, 0.33, 0.5, 0.6, 0.77 })
        {
            (Frame inner, Frame outer) = (line.At(line.Along(turns)), line.At(line.Along(turns + 1)));
            (double x, double y) = inner.At(3.7e-4);
            Assert.That((outer.X - x, outer.Y - y), Is.EqualTo((0.0, 0.0)).Using<(double, double)>((a, b) => double.Hypot(a.Item1 - b.Item1, a.Item2 - b.Item2) < 1e-15));
            Assert.That(outer.Angle - inner.Angle, Is.EqualTo(2 * Math.PI).Within(1e-12));
        }
    }

    [Test]
    public void WithoutPitchTheLineIsClosed()
    {
        WoundLine line = new(5e-3, 0, 0.04);
        (Frame start, Frame end) = (line.At(0), line.At(line.Along(1)));
        Assert.That(double.Hypot(start.X - end.X, start.Y - end.Y), Is.LessThan(1e-16));
        Assert.That(line.Along(1), Is.EqualTo((2 * Math.PI * 5e-3) + 0.08).Within(1e-15));
    }
}
