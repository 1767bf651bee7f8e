using Cell3D.Parallel.Mpi;
using Cell3D.Solvers.Linear.Stack;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers.Stack;

/// <summary>Planes are ordered, dealt to ranks and factored so that their systems are solved to single precision.</summary>
[Category("Mpi")]
public class StackPlaneTests
{
    /// <summary>Eleven planes of 5 × 7 columns and a loose one, more batches than one and ranks with different shares.</summary>
    [TestCase(11)]
    [TestCase(2)]
    public void SystemsAreSolvedToSinglePrecision(int planes)
    {
        const int Wide = 5, High = 7, Total = (Wide * High) + 1;
        Communicator world = Communicator.World;
        int first = Total * world.Rank / world.Size, columns = (Total * (world.Rank + 1) / world.Size) - first;
        (int Own, int Other)[] neighbours = [.. Enumerable.Range(first, columns).SelectMany(Neighbours)];
        using PlaneSolver solver = new(planes, columns, first, Total, neighbours, world);
        for (int plane = 0; plane < planes; plane++)
        {
            solver.TakePairs(plane, world.Allgatherv([.. neighbours.Select(pair => -Conductance(plane, pair.Own, pair.Other))]));
            solver.TakeDiagonal(plane, [.. Enumerable.Range(0, Total).Select(column => Diagonal(plane, column))]);
        }
        solver.Factor();
        for (int plane = 0; plane < planes; plane++)
            for (int column = 0; column < columns; column++)
                solver.Values[(plane * columns) + column] = Given(plane, first + column);
        solver.Solve();
        double worst = 0;
        for (int plane = 0; plane < planes; plane++)
        {
            double[] x = world.Allgatherv(solver.Values.Slice(plane * columns, columns));
            for (int column = 0; column < Total; column++)
            {
                double product = (Diagonal(plane, column) * x[column]) - Neighbours(column).Sum(pair => Conductance(plane, pair.Own, pair.Other) * x[pair.Other]);
                worst = Math.Max(worst, Math.Abs(product - Given(plane, column)));
            }
        }
        TestContext.Out.WriteLine($"{worst:e1}");
        Assert.That(worst, Is.InRange(1e-12, 1e-5), "single precision, neither worse nor better");

        static IEnumerable<(int Own, int Other)> Neighbours(int column)
        {
            (int row, int place) = Math.DivRem(column, Wide);
            if (column == Total - 1)
                yield break;
            if (place > 0)
                yield return (column, column - 1);
            if (place < Wide - 1)
                yield return (column, column + 1);
            if (row > 0)
                yield return (column, column - Wide);
            if (row < High - 1)
                yield return (column, column + Wide);
        }

        static double Conductance(int plane, int a, int b) => 1 + plane + (0.3 * Math.Sin(a + b));

        static double Diagonal(int plane, int column) => 0.05 + Neighbours(column).Sum(pair => Conductance(plane, column, pair.Other));

        static double Given(int plane, int column) => Math.Cos((3 * plane) + column);
    }

    /// <summary>Numbered at random, a grid of 6 × 40 nodes has its entries within about six of the diagonal again.</summary>
    [Test]
    public void NeighboursLieCloseToEachOther()
    {
        const int Wide = 6, High = 40;
        int[] name = [.. Enumerable.Range(0, Wide * High)];
        new Random(5).Shuffle(name);
        (int A, int B)[] pairs = [.. Enumerable.Range(0, Wide * High).SelectMany(node => new[] { (node, node + 1), (node, node + Wide) }
            .Where(pair => pair.Item2 < Wide * High && (pair.Item2 != node + 1 || pair.Item2 % Wide != 0))).Select(pair => (name[pair.node], name[pair.Item2]))];
        int[] order = PlaneOrder.Of(Wide * High, pairs), place = new int[order.Length];
        Assert.That(order.Order(), Is.EqualTo(Enumerable.Range(0, Wide * High)));
        for (int i = 0; i < order.Length; i++)
            place[order[i]] = i;
        Assert.That(pairs.Max(pair => Math.Abs(place[pair.A] - place[pair.B])), Is.LessThanOrEqualTo(Wide + 2));
    }
}
