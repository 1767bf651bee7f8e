using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers;
using NUnit.Framework;

namespace Cell3D.Tests.Simulation;

/// <summary>Jᵀ λ = r for the condensed Jacobian of a whole pouch, with the solvers of the product.</summary>
[Category("Mpi")]
public class TransposedSolveTests
{
    [Test]
    public void TheAdjointSolvesTheTransposedSystem([Values] LinearMethod method)
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.7"), Communicator.World, method: method);
        run.Start(-2 * run.OneC);
        run.Step(5);
        run.Step(5);
        foreach (double step in new[] { 5.0, 0.1 })
        {
            run.AssembleAtEndOf(step);
            Compare(run.Linear, method);
        }
    }

    private static void Compare(LinearSystem linear, LinearMethod method)
    {
        int rows = linear.Residual.Length;
        using Vector right = Draw(rows, 1), direction = Draw(rows, 2), adjoint = new(Communicator.World, rows), image = new(Communicator.World, rows);
        right.CopyTo(linear.Residual);
        LinearResult result = linear.SolveTransposed();
        TestContext.Out.WriteLine($"{method} on {Communicator.World.Size} ranks: {result.Iterations} iterations");
        Assert.That(result.Converged, Is.True, result.Explanation);
        adjoint.CopyFrom(linear.Increments);
        linear.Jacobian.Multiply(direction, image);
        double through = Product(adjoint, image);
        linear.Jacobian.MultiplyTransposed(adjoint, image);
        double back = Product(image, direction), size = right.Norm() * direction.Norm(), miss = 0;
        for (int row = 0; row < rows; row++)
            miss += Math.Pow(image.Values[row] - right.Values[row], 2);
        Assert.That(Math.Sqrt(Communicator.World.Allreduce(miss, Operation.Sum)), Is.LessThan(1e-10 * right.Norm()));
        Assert.That(back, Is.EqualTo(through).Within(1e-11 * size));
        Assert.That(back, Is.EqualTo(Product(right, direction)).Within(1e-10 * size));
    }

    private static Vector Draw(int rows, int seed)
    {
        Random random = new((1000 * Communicator.World.Rank) + seed);
        Vector vector = new(Communicator.World, rows);
        vector.CopyFrom([.. Enumerable.Range(0, rows).Select(_ => (2 * random.NextDouble()) - 1)]);
        return vector;
    }

    private static double Product(Vector a, Vector b)
    {
        double sum = 0;
        for (int row = 0; row < a.LocalSize; row++)
            sum += a.Values[row] * b.Values[row];
        return Communicator.World.Allreduce(sum, Operation.Sum);
    }
}
