using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Cli.Doctor;

/// <summary>Solves a chain of conductors, (3, −1, −1) per row, with the methods a run uses. *Collective.*</summary>
internal static class SmallSolve
{
    private const int RowsPerRank = 200;

    /// <summary>MUMPS, the direct solver of small cases.</summary>
    public static string DirectLU() => Solve("doctor_lu_", "MUMPS LU", ("-ksp_type", "preonly"), ("-pc_type", "lu"), ("-pc_factor_mat_solver_type", "mumps"));

    /// <summary>BoomerAMG, the heart of the field split.</summary>
    public static string AlgebraicMultigrid() => Solve("doctor_amg_", "hypre BoomerAMG", ("-ksp_type", "cg"), ("-pc_type", "hypre"), ("-pc_hypre_type", "boomeramg"));

    private static string Solve(string prefix, string method, params (string Name, string Value)[] options)
    {
        foreach ((string name, string value) in options) Options.SetDefault($"-{prefix}{name[1..]}", value);
        Communicator world = Communicator.World;
        using Matrix matrix = Chain(world);
        using Vector exact = new(world, RowsPerRank), b = new(world, RowsPerRank), x = new(world, RowsPerRank);
        exact.Set(1);
        matrix.Multiply(exact, b);
        using LinearSolver solver = new(world, prefix);
        solver.SetTolerances(1e-10, 1e-50, 100);
        solver.SetOperators(matrix);
        solver.SetFromOptions();
        LinearResult result = solver.Solve(b, x);
        if (!result.Converged) throw new InvalidOperationException($"{method}: {result.Explanation}");
        double error = Math.Abs(x.Norm() - exact.Norm()) / exact.Norm();
        if (!(error < 1e-8)) throw new InvalidOperationException(FormattableString.Invariant($"{method}: the solution is wrong by {error:G2}"));
        return FormattableString.Invariant($"{method} solved {RowsPerRank * world.Size} equations, error {error:G2}");
    }

    private static Matrix Chain(Communicator world)
    {
        long first = (long)world.Rank * RowsPerRank, last = first + RowsPerRank - 1, size = (long)world.Size * RowsPerRank;
        List<int> start = [0], columns = [], outerStart = [0];
        List<long> outer = [];
        for (long row = first; row <= last; row++)
        {
            foreach (long column in new[] { row - 1, row, row + 1 })
            {
                if (column >= first && column <= last) columns.Add((int)(column - first));
                else if (column >= 0 && column < size) outer.Add(column);
            }
            start.Add(columns.Count);
            outerStart.Add(outer.Count);
        }
        Matrix matrix = new(world, new CsrPattern([.. start], [.. columns], [.. outerStart], [.. outer]));
        Span<double> diagonal = matrix.DiagonalValues;
        for (int row = 0; row < RowsPerRank; row++)
            for (int entry = start[row]; entry < start[row + 1]; entry++)
                diagonal[entry] = columns[entry] == row ? 3 : -1;
        matrix.OffDiagonalValues.Fill(-1);
        matrix.ValuesChanged();
        return matrix;
    }
}
