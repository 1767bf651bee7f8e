using Cell3D.Discretization;
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

    /// <summary>A change b of the macroscopic equations moves the currents of all particles by δj: Σ w δj = λᵀ b with r_y = w.</summary>
    [Test]
    public void AdjointsOfOwnUnknownsSeeWhatIncrementsDo()
    {
        using CellRun run = new(TestCases.Pouch("Initial state.SOC=0.7"), Communicator.World);
        run.Start(-run.OneC);
        run.Step(5);
        run.AssembleAtEndOf(5);
        // δj of no change: what is left of the own equations.
        double[][] before = Moved(run, new double[run.Linear.Residual.Length]);
        run.AssembleAtEndOf(5);
        int rows = run.Linear.Residual.Length;
        using Vector change = Draw(rows, 3), adjoint = new(run.World, rows);
        run.Linear.Residual.Clear();
        foreach (LocalSystems systems in run.Model.System.LocalSystems)
            systems.EliminateTransposed([.. Enumerable.Range(0, systems.Cells.Length * systems.Eliminated).Select(Weight)], run.Linear.Residual);
        Assert.That(run.Linear.SolveTransposed().Converged, Is.True);
        adjoint.CopyFrom(run.Linear.Increments);
        double[] values = new double[rows];
        change.CopyTo(values);
        double[][] after = Moved(run, values);
        double sum = 0;
        for (int k = 0; k < after.Length; k++)
            for (int i = 0; i < after[k].Length; i++)
                sum += Weight(i) * (after[k][i] - before[k][i]);
        sum = run.World.Allreduce(sum, Operation.Sum);
        Assert.That(sum, Is.Not.Zero.And.EqualTo(Product(adjoint, change)).Within(1e-9 * Math.Abs(sum)));
    }

    /// <summary>j of all particles after one Newton step with this right-hand side.</summary>
    private static double[][] Moved(CellRun run, double[] rightSide)
    {
        for (int row = 0; row < rightSide.Length; row++)
            run.Linear.Residual[row] = -rightSide[row];
        Assert.That(run.Linear.Solve().Converged, Is.True);
        foreach (LocalSystems systems in run.Model.System.LocalSystems)
            systems.BackSubstitute(run.Linear.Increments, 1);
        return [.. run.Model.Particles.Select(particles => particles.CurrentDensity.ToArray())];
    }

    private static double Weight(int place) => Math.Cos(place);

    private static void Compare(LinearSystem linear, LinearMethod method)
    {
        int rows = linear.Residual.Length;
        using Vector right = Draw(rows, 1), direction = Draw(rows, 2), adjoint = new(Communicator.World, rows), image = new(Communicator.World, rows);
        right.CopyTo(linear.Residual);
        LinearResult result = linear.SolveTransposed();
        Assert.That(result.Converged, Is.True, result.Explanation);
        adjoint.CopyFrom(linear.Increments);
        linear.Jacobian.Multiply(direction, image);
        // Round-off of λᵀ(J d) is that of its addends, 1e5 times their sum where rows are scaled differently: at most 1.1e-16 of them was seen.
        double through = Product(adjoint, image), addends = AddendsOf(adjoint, image);
        linear.Jacobian.MultiplyTransposed(adjoint, image);
        double back = Product(image, direction);
        Assert.That(back, Is.EqualTo(through).Within(1e-15 * addends));
        double[] miss = [.. Enumerable.Range(0, rows).Select(row => Math.Abs(image.Values[row] - right.Values[row]))], size = TermsOf(linear.Jacobian, adjoint, image);
        double worst = Communicator.World.Allreduce(miss.Zip(size, (missed, terms) => missed / terms).DefaultIfEmpty(0).Max(), Operation.Max);
        TestContext.Out.WriteLine($"{method} on {Communicator.World.Size} ranks: {result.Iterations} iterations, {worst:e1} of the terms of a row");
        Assert.That(worst, Is.LessThan(1e-11));
    }

    /// <summary>Σ |J_ij λ_i| of every column: what round-off of Jᵀ λ is measured by, for the rows of a cell differ by ten orders. Replaces J.</summary>
    private static double[] TermsOf(Matrix jacobian, Vector adjoint, Vector image)
    {
        foreach (ref double value in jacobian.DiagonalValues)
            value = Math.Abs(value);
        foreach (ref double value in jacobian.OffDiagonalValues)
            value = Math.Abs(value);
        foreach (ref double value in adjoint.Values)
            value = Math.Abs(value);
        jacobian.ValuesChanged();
        adjoint.ValuesChanged();
        jacobian.MultiplyTransposed(adjoint, image);
        return image.Values.ToArray();
    }

    private static Vector Draw(int rows, int seed)
    {
        Random random = new((1000 * Communicator.World.Rank) + seed);
        Vector vector = new(Communicator.World, rows);
        vector.CopyFrom([.. Enumerable.Range(0, rows).Select(_ => (2 * random.NextDouble()) - 1)]);
        return vector;
    }

    /// <summary>Σ |a_i b_i|.</summary>
    private static double AddendsOf(Vector a, Vector b)
    {
        double sum = 0;
        for (int row = 0; row < a.LocalSize; row++)
            sum += Math.Abs(a.Values[row] * b.Values[row]);
        return Communicator.World.Allreduce(sum, Operation.Sum);
    }

    private static double Product(Vector a, Vector b)
    {
        double sum = 0;
        for (int row = 0; row < a.LocalSize; row++)
            sum += a.Values[row] * b.Values[row];
        return Communicator.World.Allreduce(sum, Operation.Sum);
    }
}
