using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using NUnit.Framework;

namespace Cell3D.Tests.Parallel;

/// <summary>Columns of a matrix and vectors of a Krylov method take memory when they are needed, and nothing else changes.</summary>
[Category("Mpi")]
public class WaitingMemoryTests
{
    private static Communicator World => Communicator.World;

    /// <summary>A preconditioner that multiplies by itself needs no columns; without, the product is made with them, to the same solution in as many iterations.</summary>
    [Test]
    public void ColumnsAreMadeWhereAProductNeedsThem([Values] bool multiplies)
    {
        string prefix = $"test_waiting_{multiplies}_";
        Options.Set($"-{prefix}ksp_type", "fgmres");
        Options.Set($"-{prefix}ksp_gmres_restart", "200");
        Options.Set($"-{prefix}pc_type", "shell");
        using Waiting waiting = new(prefix, 13, 11);
        ByDiagonal own = new(waiting.Grid, multiplies);
        Assert.That(waiting.Solver.Use(own, waiting.Matrix), Is.True);
        for (int system = 1; system <= 3; system++)
        {
            int iterations = waiting.Solve(0.2 * system);
            Assert.That(waiting.SolveAgain(), Is.EqualTo(iterations));
            Assert.That(own.SetUps, Is.EqualTo(system), "made anew for new values, and for them alone");
        }
        Assert.That(waiting.Matrix.IsBuilt, Is.EqualTo(!multiplies));
    }

    [Test]
    public void AnotherPreconditionerThatOptionsChooseHasTheMatrix([Values("jacobi", "hypre")] string preconditioner)
    {
        string prefix = $"test_chosen_{preconditioner}_";
        Options.Set($"-{prefix}ksp_type", "gmres");
        Options.Set($"-{prefix}pc_type", preconditioner);
        using Waiting waiting = new(prefix, 9, 8);
        Assert.That(waiting.Solver.Use(new ByDiagonal(waiting.Grid, multiplies: true), waiting.Matrix), Is.False);
        foreach (double reaction in new[] { 0.2, 3.0 })
            waiting.Solve(reaction);
    }

    [Test]
    public void ALaterPatternMustBeThatOfTheValues()
    {
        using Matrix matrix = new(World, 2, (2, 0), () => new([0, 1, 3], [0, 0, 1]));
        using Vector x = new(World, 2), y = new(World, 2);
        Assert.That(Assert.Throws<ArgumentException>(() => matrix.Multiply(x, y))!.Message, Does.Contain("3 and 0 entries for values of 2, 2 and 0"));
    }

    /// <summary>Of the vectors that FGMRES takes in tens only those are there that k iterations write: k + 1 directions, k preconditioned ones and one for the
    /// solution.</summary>
    [Test]
    public void KrylovVectorsTakeMemoryAsIterationsNeedThem()
    {
        const int rows = 1 << 19, values = 4;
        Options.Set("-test_krylov_ksp_type", "fgmres");
        Options.Set("-test_krylov_ksp_gmres_restart", "60");
        Options.Set("-test_krylov_pc_type", "none");
        using Matrix matrix = new(World, new CsrPattern([.. Enumerable.Range(0, rows + 1)], [.. Enumerable.Range(0, rows)]));
        for (int row = 0; row < rows; row++)
            matrix.DiagonalValues[row] = 1 + (row % values);
        matrix.ValuesChanged();
        using Vector b = new(World, rows), x = new(World, rows);
        b.Set(1);
        x.Set(1);
        using LinearSolver solver = new(World, "test_krylov_");
        solver.SetOperators(matrix);
        solver.SetTolerances(1e-10, 0, 100);
        solver.SetFromOptions();
        long before = Resident();
        LinearResult result = solver.Solve(b, x);
        double vectors = (Resident() - before) / (double)(sizeof(double) * rows);
        TestContext.Out.WriteLine($"{result.Iterations} iterations, {vectors:f2} vectors");
        Assert.That((result.Converged, result.Iterations), Is.EqualTo((true, values)));
        Assert.That(vectors, Is.LessThanOrEqualTo((2 * values) + 2.5), "half a vector, 2 MB, for all else");
    }

    private static long Resident() => long.Parse(File.ReadAllText("/proc/self/statm").Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    /// <summary>A matrix of a grid's pattern whose columns wait, with a solver that options describe.</summary>
    private sealed class Waiting : IDisposable
    {
        private readonly Vector _exact, _b, _x;

        internal Waiting(string prefix, int nx, int ny)
        {
            Grid = new(World, nx, ny);
            Matrix = new(World, Grid.Rows, (Grid.Pattern.Columns.Length, Grid.Pattern.OffDiagonalColumns.Length), () => Grid.Pattern);
            (_exact, _b, _x) = (new(World, Grid.Rows), new(World, Grid.Rows), new(World, Grid.Rows));
            for (int row = 0; row < Grid.Rows; row++)
                _exact.Values[row] = Math.Sin(0.7 * (Grid.First + row)) + 0.1;
            _exact.ValuesChanged();
            Solver = new(World, prefix);
            Solver.SetTolerances(1e-12, 0, 200);
            Solver.SetFromOptions();
        }

        internal GridLaplacian Grid { get; }

        internal Matrix Matrix { get; }

        internal LinearSolver Solver { get; }

        /// <summary>Solves with new values; the solution must be the exact one.</summary>
        /// <returns>Iterations.</returns>
        internal int Solve(double reaction)
        {
            Grid.Fill(reaction, 0.3);
            Grid.Matrix.DiagonalValues.CopyTo(Matrix.DiagonalValues);
            Grid.Matrix.OffDiagonalValues.CopyTo(Matrix.OffDiagonalValues);
            Matrix.ValuesChanged();
            Grid.Matrix.Multiply(_exact, _b);
            return SolveAgain();
        }

        /// <summary>The same with the values that there are.</summary>
        internal int SolveAgain()
        {
            LinearResult result = Solver.Solve(_b, _x);
            Assert.That(result.Converged, Is.True, result.Explanation);
            for (int row = 0; row < Grid.Rows; row++)
                Assert.That(_x.Values[row], Is.EqualTo(_exact.Values[row]).Within(1e-9));
            return result.Iterations;
        }

        public void Dispose()
        {
            Solver.Dispose();
            _x.Dispose();
            _b.Dispose();
            _exact.Dispose();
            Matrix.Dispose();
            Grid.Matrix.Dispose();
        }
    }

    /// <summary>x = D⁻¹ r with the diagonal D of the grid's matrix, and the product with that matrix where it is asked for.</summary>
    private sealed class ByDiagonal(GridLaplacian grid, bool multiplies) : IPreconditioner
    {
        private readonly double[] _diagonal = new double[grid.Rows];

        public string Name => "diagonal";

        internal int SetUps { get; private set; }

        public bool SetUp()
        {
            SetUps++;
            for (int row = 0; row < grid.Rows; row++)
                _diagonal[row] = grid.Matrix.DiagonalValues[Array.IndexOf(grid.Pattern.Columns, row, grid.Pattern.RowStart[row])];
            return true;
        }

        public void Apply(ReadOnlySpan<double> r, Span<double> x)
        {
            for (int row = 0; row < r.Length; row++)
                x[row] = r[row] / _diagonal[row];
        }

        public bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y)
        {
            if (!multiplies)
                return false;
            using Vector factor = new(World, x.Length), product = new(World, x.Length);
            factor.CopyFrom(x);
            grid.Matrix.Multiply(factor, product);
            product.CopyTo(y);
            return true;
        }
    }
}
