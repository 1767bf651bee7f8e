using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

[Category("Mpi")]
public class LinearAlgebraTests
{
    private static Communicator World => Communicator.World;

    private static double Exact(int row) => Math.Sin(0.7 * row) + 0.1 * row;

    private static Vector ExactVector(GridLaplacian grid)
    {
        Vector vector = new(World, grid.Rows);
        Span<double> own = vector.Values;
        for (int row = 0; row < grid.Rows; row++) own[row] = Exact(grid.First + row);
        vector.ValuesChanged();
        return vector;
    }

    [TestCase(false)]
    [TestCase(true)]
    public void ProductIsThatOfTheDenseMatrix(bool lastRankEmpty)
    {
        GridLaplacian grid = new(World, 7, 5, lastRankEmpty);
        using Matrix matrix = grid.Matrix;
        using Vector x = ExactVector(grid), y = new(World, grid.Rows);
        foreach (double convection in new[] { 0.0, 0.3 })
        {
            grid.Fill(0.5, convection);
            matrix.Multiply(x, y);
            double[] product = new double[grid.Rows];
            y.CopyTo(product);
            Assert.That(product, Is.EqualTo(grid.DenseProduct(Exact, 0.5, convection)).Within(1e-13));
        }
    }

    [TestCase("preonly", "lu")]
    [TestCase("cg", "hypre")]
    [TestCase("fgmres", "fieldsplit")]
    public void SolvesAgainAfterARefill(string method, string preconditioner)
    {
        string prefix = $"test_{preconditioner}_";
        SetOptions(prefix, method, preconditioner);
        GridLaplacian grid = new(World, 13, 11);
        using Matrix matrix = grid.Matrix;
        using Vector exact = ExactVector(grid), b = new(World, grid.Rows), x = new(World, grid.Rows);
        using IndexSet even = new(World, Rows(grid, 0)), odd = new(World, Rows(grid, 1));
        using LinearSolver solver = new(World, prefix);
        solver.SetFieldSplit("even", even);
        solver.SetFieldSplit("odd", odd);
        solver.SetTolerances(1e-12, 1e-50, 200);
        solver.SetOperators(matrix);
        solver.SetFromOptions();
        double convection = method == "cg" ? 0.0 : 0.4;
        foreach (double reaction in new[] { 0.2, 30.0, 0.01 })
        {
            grid.Fill(reaction, convection);
            matrix.Multiply(exact, b);
            LinearResult result = solver.Solve(b, x);
            Assert.That(result.Converged, Is.True, result.Explanation);
            Assert.That(Difference(x, exact), Is.LessThan(1e-9 * exact.Norm()), $"reaction {reaction}, {result}");
        }

        if (World.IsRoot) Assert.That(solver.Describe(), Does.Contain(preconditioner));
        else solver.Describe();
    }

    private static void SetOptions(string prefix, string method, string preconditioner)
    {
        Options.Set($"-{prefix}ksp_type", method);
        Options.Set($"-{prefix}pc_type", preconditioner);
        if (preconditioner == "lu") Options.Set($"-{prefix}pc_factor_mat_solver_type", "mumps");
        if (preconditioner == "hypre") Options.Set($"-{prefix}pc_hypre_type", "boomeramg");
        if (preconditioner != "fieldsplit") return;
        Options.Set($"-{prefix}pc_fieldsplit_type", "multiplicative");
        foreach (string field in new[] { "even", "odd" })
        {
            Options.Set($"-{prefix}fieldsplit_{field}_ksp_type", "preonly");
            Options.Set($"-{prefix}fieldsplit_{field}_pc_type", "bjacobi");
        }
    }

    private static long[] Rows(GridLaplacian grid, int parity) =>
        [.. Enumerable.Range(grid.First, grid.Rows).Where(row => row % 2 == parity).Select(row => (long)row)];

    private static double Difference(Vector a, Vector b)
    {
        double[] left = new double[a.LocalSize], right = new double[b.LocalSize];
        a.CopyTo(left);
        b.CopyTo(right);
        return Math.Sqrt(World.Allreduce(left.Zip(right, (l, r) => (l - r) * (l - r)).Sum(), Operation.Sum));
    }

    [Test]
    public void KeptPreconditionerIsTheOldOne()
    {
        Options.Set("-test_reuse_ksp_type", "gmres");
        Options.Set("-test_reuse_pc_type", "lu");
        Options.Set("-test_reuse_pc_factor_mat_solver_type", "mumps");
        GridLaplacian grid = new(World, 9, 8);
        using Matrix matrix = grid.Matrix;
        using Vector b = ExactVector(grid), x = new(World, grid.Rows);
        using LinearSolver solver = new(World, "test_reuse_");
        solver.SetOperators(matrix);
        solver.SetFromOptions();
        grid.Fill(0.2, 0.0);
        int fresh = solver.Solve(b, x).Iterations;
        grid.Fill(6.0, 0.4);
        solver.ReusePreconditioner(true);
        int kept = solver.Solve(b, x).Iterations;
        grid.Fill(6.0, 0.4);
        solver.ReusePreconditioner(false);
        int rebuilt = solver.Solve(b, x).Iterations;
        Assert.That((fresh, rebuilt), Is.EqualTo((1, 1)));
        Assert.That(kept, Is.GreaterThan(2));
    }

    [Test]
    public void NotConvergingIsAResult()
    {
        GridLaplacian grid = new(World, 20, 20);
        using Matrix matrix = grid.Matrix;
        using Vector b = ExactVector(grid), x = new(World, grid.Rows);
        using LinearSolver solver = new(World, "test_short_");
        Options.Set("-test_short_pc_type", "none");
        grid.Fill(0.0, 0.0);
        solver.SetOperators(matrix);
        solver.SetTolerances(1e-12, 1e-50, 3);
        solver.SetFromOptions();
        LinearResult result = solver.Solve(b, x);
        Assert.That((result.Reason, result.Iterations, result.Converged), Is.EqualTo((ConvergedReason.IterationLimit, 3, false)));
        Assert.That(result.Explanation, Does.Contain("iteration limit"));

        b.Set(double.NaN);
        Assert.That(solver.Solve(b, x).Reason, Is.EqualTo(ConvergedReason.NotANumber));
    }

    [Test]
    public void ASolveAllocatesNothing()
    {
        GridLaplacian grid = new(World, 6, 6);
        using Matrix matrix = grid.Matrix;
        using Vector b = ExactVector(grid), x = new(World, grid.Rows);
        using LinearSolver solver = new(World, "test_plain_");
        solver.SetOperators(matrix);
        grid.Fill(1.0, 0.0);
        solver.Solve(b, x);
        long before = GC.GetAllocatedBytesForCurrentThread();
        grid.Fill(2.0, 0.0);
        solver.Solve(b, x);
        x.Values[..grid.Rows].Clear();
        x.ValuesChanged();
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }

    [Test]
    public void VectorsKnowTheirSizeAndNorm()
    {
        using Vector vector = new(World, World.Rank + 1);
        vector.Set(2.0);
        long size = World.Size * (World.Size + 1) / 2;
        Assert.That((vector.LocalSize, vector.GlobalSize), Is.EqualTo((World.Rank + 1, size)));
        Assert.That(vector.Norm(), Is.EqualTo(2.0 * Math.Sqrt(size)).Within(1e-14));
        vector.CopyFrom(new double[World.Rank + 1]);
        Assert.That(vector.Norm(), Is.Zero);
        Assert.Throws<ArgumentException>(() => vector.CopyFrom(new double[World.Rank + 2]));
    }

    [Test]
    public void UnsortedPatternsAreRefused()
    {
        Exception? repeated = Assert.Throws<ArgumentException>(() => new Matrix(World, new CsrPattern([0, 2], [0, 0])).Dispose());
        Exception? outside = Assert.Throws<ArgumentException>(() => new Matrix(World, new CsrPattern([0, 1], [1])).Dispose());
        Exception? starts = Assert.Throws<ArgumentException>(() => new Matrix(World, new CsrPattern([0, 2], [0])).Dispose());
        Assert.That(repeated!.Message, Does.Contain("ascending order"));
        Assert.That(outside!.Message, Does.Contain("Column 1"));
        Assert.That(starts!.Message, Does.Contain("ascend from 0 to the 1"));
    }
}
