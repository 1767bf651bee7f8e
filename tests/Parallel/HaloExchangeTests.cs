using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

[Category("Mpi")]
public class HaloExchangeTests
{
    private const int Owned = 3;

    private static Communicator World => Communicator.World;

    /// <summary>Each rank owns entries 0 … 2 and has ghosts 3 (left neighbour's last) and 4 (right neighbour's first).</summary>
    private static HaloNeighbour[] Ring(Communicator communicator)
    {
        int left = (communicator.Rank + communicator.Size - 1) % communicator.Size;
        int right = (communicator.Rank + 1) % communicator.Size;
        if (communicator.Size == 1) return [];
        if (communicator.Size == 2) return [new HaloNeighbour(left, [0, Owned - 1], communicator.Rank == 0 ? [4, 3] : [4, 3])];
        return [new HaloNeighbour(left, [0], [3]), new HaloNeighbour(right, [Owned - 1], [4])];
    }

    private static double[] OwnedValues(int rank, int stride)
    {
        double[] values = new double[(Owned + 2) * stride];
        for (int i = 0; i < Owned * stride; i++) values[i] = 1000 * rank + i;
        values.AsSpan(Owned * stride).Fill(-1);
        return values;
    }

    [TestCase(1)]
    [TestCase(4)]
    public void RingBringsNeighboursValues(int stride)
    {
        using HaloExchange halo = new(World, Ring(World));
        double[] values = OwnedValues(World.Rank, stride);
        for (int repeat = 0; repeat < 3; repeat++)
        {
            values.AsSpan(Owned * stride).Fill(-1);
            halo.Begin(values, stride);
            halo.End(values);
            CheckGhosts(values, stride);
        }
    }

    private static void CheckGhosts(double[] values, int stride)
    {
        int left = (World.Rank + World.Size - 1) % World.Size;
        int right = (World.Rank + 1) % World.Size;
        for (int k = 0; k < stride; k++)
        {
            double fromLeft = World.Size == 1 ? -1 : 1000 * left + (Owned - 1) * stride + k;
            double fromRight = World.Size == 1 ? -1 : 1000 * right + k;
            Assert.That(values[Owned * stride + k], Is.EqualTo(fromLeft), $"left ghost, value {k}");
            Assert.That(values[(Owned + 1) * stride + k], Is.EqualTo(fromRight), $"right ghost, value {k}");
        }
    }

    [Test]
    public void RankWithoutNeighboursTakesPart()
    {
        int last = World.Size - 1;
        bool alone = World.Rank == last || World.Size == 2;
        using Communicator part = World.Split(alone ? 1 : 0, 0);
        HaloNeighbour[] neighbours = alone ? [] : Ring(part);
        using HaloExchange halo = new(World, neighbours);
        double[] values = OwnedValues(World.Rank, 2);
        double[] before = [.. values];
        halo.Exchange(values, 2);
        if (neighbours.Length == 0) Assert.That(values, Is.EqualTo(before));
        else Assert.That(values[(Owned * 2)..], Has.None.EqualTo(-1.0));
    }

    [Test]
    public void GlobalNumbersAreMovedBitForBit()
    {
        using HaloExchange halo = new(World, Ring(World));
        long[] numbers = [long.MinValue + World.Rank, 0, long.MaxValue - World.Rank, -1, -1];
        halo.Exchange(numbers);
        if (World.Size == 1) return;
        Assert.That(numbers[3], Is.EqualTo(long.MaxValue - (World.Rank + World.Size - 1) % World.Size));
        Assert.That(numbers[4], Is.EqualTo(long.MinValue + (World.Rank + 1) % World.Size));
    }

    [Test]
    public void AllocatesNothingOnceWarm()
    {
        using HaloExchange halo = new(World, Ring(World));
        double[] values = OwnedValues(World.Rank, 3);
        halo.Exchange(values, 3);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++) halo.Exchange(values, 3);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void MisuseIsRefused()
    {
        using HaloExchange halo = new(World, [new HaloNeighbour(World.Rank, [0], [1])]);
        Assert.Throws<InvalidOperationException>(() => halo.End(new double[2]));
        Assert.Throws<ArgumentException>(() => halo.Begin(new double[1]));
        Assert.Throws<ArgumentException>(() => new HaloExchange(World, [new HaloNeighbour(World.Size, [], [])]));
    }
}
