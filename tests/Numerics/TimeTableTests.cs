using Cell3D.Numerics;
using NUnit.Framework;

namespace Cell3D.Tests.Numerics;

public class TimeTableTests
{
    private static readonly TimeTable Table = new([0, 60, 60.001, 400], [298.1, 310.3, 280.7, 280.7]);

    [TestCase(-10, 298.1)]
    [TestCase(0, 298.1)]
    [TestCase(30, 304.2)]
    [TestCase(60, 310.3)]
    [TestCase(60.001, 280.7)]
    [TestCase(200, 280.7)]
    [TestCase(1e9, 280.7)]
    public void IsLinearBetweenPointsAndConstantOutside(double time, double value) => Assert.That(Table.At(time), Is.EqualTo(value).Within(1e-12));

    [Test]
    public void PointsAreMetExactly()
    {
        for (int i = 0; i < Table.Times.Length; i++)
            Assert.That(Table.At(Table.Times[i]), Is.EqualTo(Table.Values[i]));
    }

    [Test]
    public void AConstantIsTheSameAtAllTimes() => Assert.Multiple(() =>
    {
        TimeTable constant = TimeTable.Constant(7.1);
        Assert.That(constant.IsConstant && !Table.IsConstant);
        Assert.That(new[] { -1, 0, 1e9 }.Select(constant.At), Is.All.EqualTo(7.1));
        Assert.That(new TimeTable([0, 5], [3, 3]).IsConstant);
    });

    [Test]
    public void TablesAreEqualByTheirPoints() => Assert.Multiple(() =>
    {
        Assert.That(new TimeTable([0, 5], [1, 2]), Is.EqualTo(new TimeTable([0, 5], [1, 2])));
        Assert.That(new TimeTable([0, 5], [1, 2]), Is.Not.EqualTo(new TimeTable([0, 6], [1, 2])));
        Assert.That(new TimeTable([0, 5], [1, 2]).Scaled(3), Is.EqualTo(new TimeTable([0, 5], [3, 6])));
        Assert.That((Table.Minimum, Table.Maximum), Is.EqualTo((280.7, 310.3)));
    });

    [Test]
    public void TimesMustRiseAndListsFit() => Assert.Multiple(() =>
    {
        Assert.That(() => new TimeTable([0, 5, 5], [1, 2, 3]), Throws.ArgumentException);
        Assert.That(() => new TimeTable([0, double.NaN], [1, 2]), Throws.ArgumentException);
        Assert.That(() => new TimeTable([0, 5], [1]), Throws.ArgumentException);
        Assert.That(() => new TimeTable([], []), Throws.ArgumentException);
    });
}
