using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>S⁻¹: LU where S is small, else a few iterations over a field split with multigrid.</summary>
/// <remarks>The multigrid is kept although S changes, while it takes few iterations more than when new: making it costs as much as eight of them.</remarks>
internal sealed class CollectorSolver : IDisposable
{
    /// <summary>So many iterations more than when new cost less, over the solves of a system, than a new multigrid.</summary>
    private const int SpareIterations = 2, MostIterations = 15;

    /// <summary>S is solved to this share of what is still needed, but neither better nor worse than the bounds: a solve to the lower one lets the outer residual fall by three to four
    /// orders of magnitude, which is what else is neglected.</summary>
    private const double ShareOfNeeded = 0.1, FinestTolerance = 1e-4, CoarsestTolerance = 1e-2;
    private readonly LinearSolver _solver;
    private readonly FieldSplit _split;
    private readonly bool _isDirect, _isSteered;
    private int _iterationsWhenNew;
    private bool _isNew;

    /// <summary>*Collective.*</summary>
    /// <param name="matrix">S.</param>
    /// <param name="prefix">Of its options.</param>
    /// <param name="table">All unknowns.</param>
    /// <param name="collectors">Γ, in the order of its rows.</param>
    /// <param name="names">Own rows; of V the cell is negative.</param>
    /// <param name="mostDirect">Up to so many unknowns S is factored.</param>
    /// <param name="world">The ranks.</param>
    internal CollectorSolver(Matrix matrix, string prefix, UnknownTable table, CollectorRows collectors, (int Cell, Field Field)[] names, long mostDirect, Communicator world)
    {
        _isDirect = collectors.Total <= mostDirect;
        _solver = new(world, prefix);
        _solver.SetOperators(matrix);
        Options.SetDefault($"-{prefix}ksp_type", _isDirect ? "preonly" : "gmres");
        Options.SetDefault($"-{prefix}ksp_pc_side", _isDirect ? "left" : "right");
        _isSteered = !_isDirect && !Options.All.Any(option => option.Name == $"-{prefix}ksp_rtol" || option.Name == $"-{prefix}ksp_max_it");
        _solver.SetTolerances(FinestTolerance, 0, MostIterations);
        _split = new(prefix, table, RowsOf, world);
        // Every rank factors a small S by itself: MUMPS adds in the order in which messages arrive, so that no run would repeat itself, and waits longer than this takes.
        if (_isDirect)
            Options.SetDefault($"-{prefix}pc_type", world.Size > 1 ? "redundant" : "lu");
        Options.SetDefault($"-{prefix}redundant_pc_type", "lu");
        Options.SetDefault($"-{prefix}pc_factor_mat_solver_type", "mumps");
        _split.ApplyTo(_solver);
        _solver.SetFromOptions();

        // V goes with what is stored relative to it.
        long[] RowsOf(IReadOnlyCollection<Unknown> wanted) => [.. Enumerable.Range(0, names.Length)
            .Where(place => wanted.Any(unknown => names[place].Cell >= 0 ? unknown.Field == names[place].Field : unknown.IsStoredFromTerminal))
            .Select(place => collectors.First + place)];
    }

    /// <summary>*Collective.* Takes over a new S.</summary>
    internal void SetUp()
    {
        if (_isDirect || _iterationsWhenNew == 0)
            Renew();
        else
        {
            _solver.ReusePreconditioner(true);
            _isNew = false;
        }
    }

    /// <summary>*Collective.* The next solve serves a residual that is still to be multiplied by <paramref name="needed"/>.</summary>
    internal void Reach(double needed)
    {
        if (_isSteered)
            _solver.SetTolerances(Math.Clamp(ShareOfNeeded * needed, FinestTolerance, CoarsestTolerance), 0, MostIterations);
    }

    /// <summary>*Collective.* S x = b.</summary>
    internal void Solve(Vector b, Vector x)
    {
        LinearResult result = _solver.Solve(b, x);
        if (!_isNew && (!result.Converged || result.Iterations > _iterationsWhenNew + SpareIterations))
        {
            Renew();
            if (!result.Converged)
                result = _solver.Solve(b, x);
        }
        if (_isNew)
            _iterationsWhenNew = Math.Max(_iterationsWhenNew, result.Iterations);
    }

    /// <summary>*Collective.* The next S is treated as the first one was.</summary>
    internal void Forget()
    {
        _iterationsWhenNew = 0;
        _solver.Forget();
    }

    public void Dispose()
    {
        _split.Dispose();
        _solver.Dispose();
    }

    private void Renew()
    {
        _solver.ReusePreconditioner(false);
        _solver.SetUp();
        (_isNew, _iterationsWhenNew) = (true, 0);
    }
}
