using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Coupling;

/// <summary>Rows and columns of one unknown of J, with a solver of their own: the linear system of a part in which everything else stands.</summary>
/// <remarks>*Collective* in everything. Rows of what stands are those of the identity with a right-hand side of 0, so that nothing is lost.</remarks>
public sealed class UnknownSystem : IDisposable
{
    /// <summary>Up to so many rows factors are quicker than multigrid.</summary>
    private const long FewRows = 4000;
    private const int MostIterations = 200;
    private readonly int[] _rows, _entries, _otherEntries;
    private readonly Matrix _matrix;
    private readonly Vector _rightSide, _solution;
    private readonly LinearSolver _solver;

    /// <summary>Finds its entries in the pattern of the whole.</summary>
    /// <param name="system">The whole.</param>
    /// <param name="halo">Tells numbers of ghosts.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="field">The unknown.</param>
    /// <param name="relativeTolerance">Of the Krylov method, where there is one.</param>
    /// <param name="prefix">Of its PETSc options.</param>
    public UnknownSystem(DiscreteSystem system, FieldHalo halo, Communicator world, Field field, double relativeTolerance, string prefix)
    {
        FieldLayout layout = system.Layout;
        int[] cells = [.. Enumerable.Range(0, layout.OwnedCells).Where(cell => layout.Has(cell, field))];
        _rows = [.. cells.Select(cell => layout.Row(cell, field))];
        Dictionary<int, int> local = [];
        foreach (int row in _rows)
            local.Add(row, local.Count);
        long first = world.Exscan(_rows.Length), all = world.Allreduce((long)_rows.Length, Operation.Sum);
        Dictionary<long, long> others = [];
        halo.Share(cell => layout.Has(cell, field) ? first + local[layout.Row(cell, field)] : -1, (cell, number) =>
        {
            if (number >= 0)
                others[layout.Global(cell, field)] = number;
        });
        SparsePattern pattern = system.TakePattern();
        List<int> entries = [], columns = [], otherEntries = [], start = [0], otherStart = [0];
        List<long> otherColumns = [];
        foreach (int row in _rows)
        {
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                if (local.TryGetValue(pattern.DiagonalColumns[entry], out int column))
                {
                    entries.Add(entry);
                    columns.Add(column);
                }
            for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                if (others.TryGetValue(pattern.OffDiagonalColumns[entry], out long column))
                {
                    otherEntries.Add(entry);
                    otherColumns.Add(column);
                }
            start.Add(entries.Count);
            otherStart.Add(otherEntries.Count);
        }
        (_entries, _otherEntries) = ([.. entries], [.. otherEntries]);
        _matrix = new(world, new CsrPattern([.. start], [.. columns], [.. otherStart], [.. otherColumns]));
        (_rightSide, _solution) = (new(world, _rows.Length), new(world, _rows.Length));
        UseDefaults(prefix, all <= FewRows, world.Size);
        _solver = new(world, prefix);
        _solver.SetOperators(_matrix);
        _solver.SetTolerances(relativeTolerance, 0, MostIterations);
        _solver.SetFromOptions();
    }

    /// <summary>Solves for the unknown alone.</summary>
    /// <param name="jacobian">J of the whole.</param>
    /// <param name="isNew">Whether its values have changed since the solve before.</param>
    /// <param name="residual">r of the whole.</param>
    /// <param name="increments">Receives δ of J δ = −r, 0 where everything stands.</param>
    public LinearResult Solve(Matrix jacobian, bool isNew, ReadOnlySpan<double> residual, Span<double> increments)
    {
        if (isNew)
        {
            Take(jacobian.DiagonalValues, _entries, _matrix.DiagonalValues);
            Take(jacobian.OffDiagonalValues, _otherEntries, _matrix.OffDiagonalValues);
            _matrix.ValuesChanged();
        }
        Span<double> right = _rightSide.Values;
        for (int i = 0; i < _rows.Length; i++)
            right[i] = -residual[_rows[i]];
        _rightSide.ValuesChanged();
        _solver.ReusePreconditioner(!isNew);
        LinearResult result = _solver.Solve(_rightSide, _solution);
        increments.Clear();
        ReadOnlySpan<double> solved = _solution.Values;
        for (int i = 0; i < _rows.Length; i++)
            increments[_rows[i]] = solved[i];
        return result;
    }

    public void Dispose()
    {
        _solver.Dispose();
        _solution.Dispose();
        _rightSide.Dispose();
        _matrix.Dispose();
    }

    private static void Take(ReadOnlySpan<double> whole, int[] entries, Span<double> own)
    {
        for (int i = 0; i < entries.Length; i++)
            own[i] = whole[entries[i]];
    }

    private static void UseDefaults(string prefix, bool isSmall, int ranks)
    {
        if (isSmall)
        {
            Options.SetDefault($"-{prefix}ksp_type", "preonly");
            Options.SetDefault($"-{prefix}pc_type", "lu");
            if (ranks > 1)
                Options.SetDefault($"-{prefix}pc_factor_mat_solver_type", "mumps");
            return;
        }
        Options.SetDefault($"-{prefix}ksp_type", "bcgs");
        Options.SetDefault($"-{prefix}pc_type", "hypre");
        Options.SetDefault($"-{prefix}pc_hypre_type", "boomeramg");
        Options.SetDefault($"-{prefix}pc_hypre_boomeramg_strong_threshold", "0.5");
        Options.SetDefault($"-{prefix}pc_hypre_boomeramg_coarsen_type", "HMIS");
        Options.SetDefault($"-{prefix}pc_hypre_boomeramg_interp_type", "ext+i");
        Options.SetDefault($"-{prefix}pc_hypre_boomeramg_P_max", "4");
    }
}
