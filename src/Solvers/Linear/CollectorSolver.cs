using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers.Linear.Stack;

namespace Cell3D.Solvers.Linear;

/// <summary>S⁻¹: LU where S is small, else a few iterations over the planes of a stack or, where Γ is none, over a field split with multigrid for T and an LU of the foils for φ_s.</summary>
/// <remarks>Planes and multigrid are kept although S changes, while they take few iterations more than when new: making a multigrid costs as much as eight of them.</remarks>
internal sealed class CollectorSolver : IDisposable
{
    /// <summary>A kept multigrid that takes so many times the iterations per digit costs more, over the solves of a system, than a new one.</summary>
    private const double AllowedGrowth = 1.4;
    private const int MostIterations = 15;

    /// <summary>S is solved to this share of what the outer residual needs where one application suffices; where it takes several, to the usual tolerance or what each of them has to give.</summary>
    private const double ShareOfNeeded = 0.3, FinestTolerance = 1e-10, CoarsestTolerance = 1e-2, UsualTolerance = 1e-4;

    /// <summary>What is neglected varies from system to system.</summary>
    private const double Caution = 1.5;

    /// <summary>Planes that take so many iterations per digit when new are not those of a stack.</summary>
    private const double MostPerDigit = 2;
    private readonly Matrix _matrix;
    private readonly string _prefix;
    private readonly Communicator _world;
    private readonly FieldSplit _split;
    private readonly bool _isDirect;
    private readonly CollectorStack? _columns;

    /// <summary>What the field split sees of S where it serves from the beginning; null for S itself.</summary>
    private readonly FoilMatrix? _foils;
    private LinearSolver _solver;
    private StackPreconditioner? _stack;
    private bool _isSteered, _hasLeftPlanes;
    private double _iterationsPerDigitWhenNew;
    private bool _isNew;

    /// <summary>*Collective.*</summary>
    /// <param name="matrix">S.</param>
    /// <param name="prefix">Of its options.</param>
    /// <param name="table">All unknowns.</param>
    /// <param name="collectors">Γ, in the order of its rows.</param>
    /// <param name="names">Own rows; of V the cell is negative.</param>
    /// <param name="mostDirect">Up to so many unknowns S is factored.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="stack">Γ as a stack, where it is one and S is not factored.</param>
    /// <param name="foils">*Collective.* Makes S with foils that have fallen apart; null where S has another pattern.</param>
    internal CollectorSolver(Matrix matrix, string prefix, UnknownTable table, CollectorRows collectors, (int Cell, Field Field)[] names, long mostDirect, Communicator world, CollectorStack? stack, Func<FoilMatrix?>? foils)
    {
        (_matrix, _prefix, _world, _columns) = (matrix, prefix, world, stack);
        _isDirect = collectors.Total <= mostDirect;
        Options.SetDefault($"-{prefix}ksp_type", _isDirect ? "preonly" : "fgmres");
        Options.SetDefault($"-{prefix}ksp_pc_side", _isDirect ? "left" : "right");
        _split = new(prefix, table, RowsOf, world);
        // Every rank factors a small S by itself: MUMPS adds in the order in which messages arrive, so that no run would repeat itself, and takes twice as long on one rank, too.
        if (_isDirect)
            Options.SetDefault($"-{prefix}pc_type", world.Size > 1 ? "redundant" : "lu");
        Options.SetDefault($"-{prefix}redundant_pc_type", "lu");
        _stack = CheapStack();
        if (!_isDirect && _stack is null)
            _foils = foils?.Invoke();
        _solver = Start();

        // V goes with what is stored relative to it.
        long[] RowsOf(IReadOnlyCollection<Unknown> wanted) => [.. Enumerable.Range(0, names.Length)
            .Where(place => wanted.Any(unknown => names[place].Cell >= 0 ? unknown.Field == names[place].Field : unknown.IsStoredFromTerminal))
            .Select(place => collectors.First + place)];
    }

    /// <summary>What the last solve has left of the residual; 0 where S is factored.</summary>
    internal double Left { get; private set; }

    /// <summary>*Collective.* Takes over a new S.</summary>
    internal void SetUp()
    {
        if (_isDirect || _iterationsPerDigitWhenNew == 0)
            Renew();
        else
        {
            _solver.ReusePreconditioner(true);
            _stack?.Update();
            _isNew = false;
        }
    }

    /// <summary>*Collective.* The next solve serves a residual that is still to be multiplied by <paramref name="needed"/>, in applications that leave at least
    /// <paramref name="neglected"/> each.</summary>
    internal void Reach(double needed, double neglected)
    {
        if (!_isSteered)
            return;
        double applications = Math.Ceiling(Math.Log(Math.Min(needed, 0.9)) / Math.Log(Math.Min(Caution * neglected, 0.5)));
        double tolerance = applications > 1 ? Math.Min(Math.Pow(needed, 1 / applications), UsualTolerance) : ShareOfNeeded * needed;
        _solver.SetTolerances(Math.Clamp(tolerance, FinestTolerance, CoarsestTolerance), 0, MostIterations);
    }

    /// <summary>*Collective.* S x = b.</summary>
    internal void Solve(Vector b, Vector x)
    {
        if (_isDirect)
        {
            _solver.Solve(b, x);
            return;
        }
        double size = b.Norm();
        (LinearResult result, double perDigit) = Attempt();
        if (!_isNew && (!result.Converged || perDigit > AllowedGrowth * _iterationsPerDigitWhenNew))
        {
            Renew();
            if (!result.Converged)
                (result, perDigit) = Attempt();
        }
        if (_isNew && _stack is not null && (!result.Converged || perDigit > MostPerDigit))
        {
            LeavePlanes();
            Renew();
            (result, perDigit) = Attempt();
        }
        if (_isNew)
            _iterationsPerDigitWhenNew = Math.Max(_iterationsPerDigitWhenNew, perDigit);

        (LinearResult, double) Attempt()
        {
            LinearResult ended = _solver.Solve(b, x);
            Left = size > 0 ? ended.ResidualNorm / size : 0;
            return (ended, Left is > 0 and < 1 ? ended.Iterations / -Math.Log10(Left) : 0);
        }
    }

    /// <summary>Whether the planes of a stack precondition S.</summary>
    internal bool UsesPlanes => _stack is not null;

    /// <summary>Whether the field split sees foils that have fallen apart.</summary>
    internal bool UsesFoils => _foils is not null;

    /// <summary>*Collective.* The next S is treated as the first one was.</summary>
    internal void Forget()
    {
        if (_hasLeftPlanes)
        {
            _solver.Dispose();
            _stack = CheapStack();
            _solver = Start();
        }
        _iterationsPerDigitWhenNew = 0;
        _solver.Forget();
    }

    public void Dispose()
    {
        DropStack();
        _split.Dispose();
        _solver.Dispose();
        _foils?.Dispose();
    }

    /// <summary>The planes that S begins with, unless multigrid costs less.</summary>
    private StackPreconditioner? CheapStack()
    {
        StackPreconditioner? stack = _columns is null ? null : new(_columns, _matrix, _world);
        if (stack is not { IsCheap: false })
            return stack;
        stack.Dispose();
        return null;
    }

    /// <summary>The solver that S begins with.</summary>
    private LinearSolver Start()
    {
        _hasLeftPlanes = false;
        if (_stack is not null)
            Options.SetDefault($"-{_prefix}pc_type", "shell");
        LinearSolver solver = NewSolver();
        if (_stack is not null && !solver.Use(_stack, _matrix))
            DropStack();
        return solver;
    }

    private LinearSolver NewSolver()
    {
        LinearSolver solver = new(_world, _prefix);
        solver.SetOperators(_matrix, _foils?.Matrix);
        if (_foils is not null)
            Options.SetDefault($"-{_prefix}fieldsplit_potential_pc_type", _world.Size > 1 ? "redundant" : "lu");
        _isSteered = !_isDirect && !Options.Has($"-{_prefix}ksp_rtol") && !Options.Has($"-{_prefix}ksp_max_it");
        solver.SetTolerances(UsualTolerance, 0, MostIterations);
        _split.ApplyTo(solver);
        solver.SetFromOptions();
        return solver;
    }

    private void Renew()
    {
        if (_stack is not null && !_stack.Renew())
            LeavePlanes();
        _foils?.Take(_matrix);
        _solver.ReusePreconditioner(false);
        _solver.SetUp();
        (_isNew, _iterationsPerDigitWhenNew) = (true, 0);
    }

    /// <summary>From now on multigrid preconditions S.</summary>
    private void LeavePlanes()
    {
        DropStack();
        _hasLeftPlanes = true;
        _solver.Dispose();
        Options.SetDefault($"-{_prefix}pc_type", "fieldsplit");
        _solver = NewSolver();
    }

    private void DropStack()
    {
        _stack?.Dispose();
        _stack = null;
    }
}
