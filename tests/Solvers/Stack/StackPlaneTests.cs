using Cell3D.Parallel.Mpi;
using Cell3D.Solvers.Linear.Stack;
using NUnit.Framework;

namespace Cell3D.Tests.Solvers.Stack;

/// <summary>Planes are ordered, dealt to ranks and factored so that their systems are solved to single precision.</summary>
[Category("Mpi")]
public class StackPlaneTests
{
    /// <summary>Groups of planes of 5 × 7 columns and a loose one: more batches than one, batches of two groups, and ranks with different shares.</summary>
    [TestCase(new[] { 11 })]
    [TestCase(new[] { 2 })]
    [TestCase(new[] { 2, 3 })]
    [TestCase(new[] { 13, 0, 9 })]
    public void SystemsAreSolvedToSinglePrecision(int[] groups)
    {
        const int Wide = 5, High = 7, Total = (Wide * High) + 1;
        Communicator world = Communicator.World;
        int first = Total * world.Rank / world.Size, columns = (Total * (world.Rank + 1) / world.Size) - first;
        (int Own, int Other)[] neighbours = [.. Enumerable.Range(first, columns).SelectMany(Neighbours)];
        using PlaneSolver solver = new(groups, columns, first, Total, neighbours, world);
        for (int group = 0; group < groups.Length; group++)
        {
            for (int plane = 0; plane < groups[group]; plane++)
            {
                solver.TakePairs(group, plane, world.Allgatherv([.. neighbours.Select(pair => -Conductance(group, plane, pair.Own, pair.Other))]));
                solver.TakeDiagonal(group, plane, [.. Enumerable.Range(0, Total).Select(column => Diagonal(group, plane, column))]);
            }
            solver.Factor(group);
        }
        double worst = 0;
        Give();
        solver.Solve();
        for (int group = 0; group < groups.Length; group++)
            Compare(group);
        for (int group = 0; group < groups.Length; group++)
        {
            Give();
            solver.Solve(group);
            Compare(group);
        }
        TestContext.Out.WriteLine($"{worst:e1}");
        Assert.That(worst, Is.InRange(1e-12, 1e-5), "single precision, neither worse nor better");

        void Give()
        {
            for (int group = 0; group < groups.Length; group++)
                for (int plane = 0; plane < groups[group]; plane++)
                    for (int column = 0; column < columns; column++)
                        solver.ValuesOf(group)[(plane * columns) + column] = Given(group, plane, first + column);
        }

        void Compare(int group)
        {
            for (int plane = 0; plane < groups[group]; plane++)
            {
                double[] x = world.Allgatherv(solver.ValuesOf(group).Slice(plane * columns, columns));
                for (int column = 0; column < Total; column++)
                {
                    double product = (Diagonal(group, plane, column) * x[column]) - Neighbours(column).Sum(pair => Conductance(group, plane, pair.Own, pair.Other) * x[pair.Other]);
                    worst = Math.Max(worst, Math.Abs(product - Given(group, plane, column)));
                }
            }
        }

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

        static double Conductance(int group, int plane, int a, int b) => 1 + plane + (2 * group) + (0.3 * Math.Sin(a + b));

        static double Diagonal(int group, int plane, int column) => 0.05 + Neighbours(column).Sum(pair => Conductance(group, plane, column, pair.Other));

        static double Given(int group, int plane, int column) => Math.Cos((3 * plane) + column + group);
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
