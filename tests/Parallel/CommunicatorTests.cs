using Cell3D.Parallel.Mpi;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

[Category("Mpi")]
public class CommunicatorTests
{
    private static Communicator World => Communicator.World;

    [Test]
    public void ReductionsOverAllRanks()
    {
        int size = World.Size;
        Assert.Multiple(() =>
        {
            Assert.That(World.Allreduce(1.5 * (World.Rank + 1), Operation.Sum), Is.EqualTo(0.75 * size * (size + 1)).Within(1e-14));
            Assert.That(World.Allreduce(World.Rank - 3.0, Operation.Min), Is.EqualTo(-3.0));
            Assert.That(World.Allreduce((long)World.Rank << 40, Operation.Max), Is.EqualTo((long)(size - 1) << 40));
            Assert.That(World.Allreduce(2, Operation.Sum), Is.EqualTo(2 * size));
            Assert.That(World.Any(World.Rank == size - 1), Is.True);
            Assert.That(World.Any(false), Is.False);
        });
    }

    [Test]
    public void ArraysReduceInPlace()
    {
        double[] values = [World.Rank, 1.0, -World.Rank];
        World.Allreduce(values.AsSpan(), Operation.Max);
        Assert.That(values, Is.EqualTo(new[] { World.Size - 1.0, 1.0, 0.0 }));
    }

    [Test]
    public void ExtremesKnowTheirRank()
    {
        ValueLocation hottest = World.MaxLocation(300.0 + World.Rank);
        ValueLocation coldest = World.MinLocation(300.0 + World.Rank);
        Assert.That(hottest, Is.EqualTo(new ValueLocation(299.0 + World.Size, World.Size - 1)));
        Assert.That(coldest, Is.EqualTo(new ValueLocation(300.0, 0)));
    }

    [Test]
    public void GlobalNumberingFromLocalCounts()
    {
        long owned = 10 + World.Rank;
        long[] counts = World.Allgather(owned);
        Assert.That(counts, Is.EqualTo(Enumerable.Range(0, World.Size).Select(r => 10L + r)));
        Assert.That(World.Exscan(owned), Is.EqualTo(counts.Take(World.Rank).Sum()));
    }

    [Test]
    public void GathersPartsOfUnequalLength()
    {
        double[] part = [.. Enumerable.Repeat((double)World.Rank, World.Rank)];
        double[] expected = [.. Enumerable.Range(0, World.Size).SelectMany(r => Enumerable.Repeat((double)r, r))];
        Assert.That(World.Allgatherv(part), Is.EqualTo(expected));
        double[] all = new double[expected.Length];
        World.Allgatherv(part, [.. Enumerable.Range(0, World.Size).Select(rank => (long)rank)], all);
        Assert.That(all, Is.EqualTo(expected));
        Assert.That(() => World.Allgatherv(part, [.. Enumerable.Range(0, World.Size).Select(rank => (long)rank)], new double[expected.Length + 1]), Throws.ArgumentException);
    }

    [Test]
    public void TextsReachTheRootAndAllRanks()
    {
        string[] gathered = World.Gather($"Röhre {World.Rank}");
        string told = World.Broadcast(World.IsRoot ? "σ = 1e7 S/m" : null);
        string[] expected = World.IsRoot ? [.. Enumerable.Range(0, World.Size).Select(r => $"Röhre {r}")] : [];
        Assert.That(gathered, Is.EqualTo(expected));
        Assert.That(told, Is.EqualTo("σ = 1e7 S/m"));
    }

    [Test]
    public void SplitsIntoEvenAndOddRanks()
    {
        using Communicator part = World.Split(World.Rank % 2, -World.Rank);
        int members = (World.Size + 1 - World.Rank % 2) / 2;
        Assert.That(part.Size, Is.EqualTo(members));
        Assert.That(part.Rank, Is.EqualTo(members - 1 - World.Rank / 2), "the key reverses the order");
        Assert.That(part.Allreduce(World.Rank % 2, Operation.Sum), Is.EqualTo(members * (World.Rank % 2)));
    }

    [Test]
    public void SelfIsAlone() => Assert.That((Communicator.Self.Size, Communicator.Self.Rank), Is.EqualTo((1, 0)));
}
