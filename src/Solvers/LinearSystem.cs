using System.Diagnostics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers.Linear;

namespace Cell3D.Solvers;

/// <summary>How the linear systems are solved; every piece can be overridden by PETSc options.</summary>
public enum LinearMethod
{
    /// <summary>FGMRES with a multiplicative field split c | T | {φ_e, φ_s, V}, BoomerAMG inside.</summary>
    FieldSplit,

    /// <summary>A direct solver: PETSc's own on one rank, MUMPS on more.</summary>
    DirectLU,

    /// <summary>FGMRES with a Schur complement on the collectors, <see cref="Linear.CollectorSchur"/>.</summary>
    CollectorSchur,
}

/// <summary>What a preconditioner may know of the mesh.</summary>
/// <param name="Segments">Chains of cells with electrolyte between two collectors.</param>
/// <param name="Halo">Neighbours.</param>
/// <param name="Column">Column of each cell.</param>
/// <param name="Level">Level of each cell in its column, ascending.</param>
public sealed record CellChains(Segments Segments, FieldHalo Halo, int[] Column, int[] Level)
{
    /// <summary>Most collector unknowns for which their Schur complement is factored; beyond, GMRES over the planes of a stack or a field split solves it as far as is needed, at half the price of factors.</summary>
    public long MostDirect { get; init; } = 250;

    /// <summary>So many segments that are alike are filled and multiplied together, although some of eight lanes may then idle.</summary>
    public int FewestAlike { get; init; } = 5;

    /// <summary>From this spacing over thickness on, what flows in the plane between segments that are alike has coefficients in single precision: it is then so small a part of a row
    /// that their round-off does not count.</summary>
    public double SlenderEnough { get; init; } = 5;
}

/// <summary>J δ = −r, and Jᵀ λ = r, on all ranks: PETSc matrix and vectors over the pattern of a <see cref="DiscreteSystem"/>, and its solver.</summary>
/// <remarks>*Collective* in everything but the spans.</remarks>
public sealed class LinearSystem : IDisposable
{
    private readonly string _prefix;
    private const int MostIterations = 200;

    /// <summary>Widest band of a matrix that counts as that of a chain of cells.</summary>
    private const int MostBandwidth = 16;

    /// <summary>From this relative residual on, coefficients in single precision do not count: they change it by 3e-8 at most.</summary>
    private const double SmallestForSingle = 1e-7;
    private const double LargestStepRatio = 2;

    /// <summary>Options by which PETSc shows the matrix itself.</summary>
    private static readonly string[] Viewers = ["ksp_view_mat", "ksp_view_pmat"];
    private readonly Matrix _matrix;
    private readonly Vector _rightSide, _solution;
    private readonly LinearSolver _solver;
    private readonly FieldSplit? _split;
    private readonly CollectorSchur? _schur;
    private readonly DiscreteSystem _system;
    private readonly LinearMethod _method;
    private readonly double _relativeTolerance;
    private readonly Communicator _world;

    /// <summary>Jᵀ with its solver, from the first transposed solve on; null where that of J serves.</summary>
    private (Matrix Matrix, LinearSolver Solver, FieldSplit? Split)? _transposed;

    /// <summary>Whether the preconditioner is that of the Jacobian as it is.</summary>
    private bool _isSolved;
    private bool _keepsPreconditioner;
    private int _iterationsWhenNew;
    private double _alphaWhenNew;

    /// <summary>Creates matrix, vectors and solver.</summary>
    /// <param name="system">Gives the pattern.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="method">Default method; options in the PETSc database win.</param>
    /// <param name="relativeTolerance">Of the Krylov method.</param>
    /// <param name="chains">Needed for <see cref="LinearMethod.CollectorSchur"/>.</param>
    /// <param name="prefix">Of its PETSc options: two of one process must not share theirs.</param>
    public LinearSystem(DiscreteSystem system, Communicator world, LinearMethod method, double relativeTolerance, CellChains? chains = null, string prefix = "")
    {
        (_system, _world, _method, _relativeTolerance, _prefix) = (system, world, method, relativeTolerance, prefix);
        SparsePattern pattern = system.TakePattern();
        if (method == LinearMethod.CollectorSchur)
        {
            ArgumentNullException.ThrowIfNull(chains);
            _schur = new(system, pattern, relativeTolerance < SmallestForSingle ? chains with { SlenderEnough = double.PositiveInfinity } : chains, () => _matrix!, world, prefix);
        }
        _matrix = _schur is null ? new(world, Columns(pattern)) : new(world, system.Layout.Rows, (pattern.DiagonalColumns.Length, pattern.OffDiagonalColumns.Length), () => Columns(system.TakePattern()));
        if (Viewers.Any(option => Options.Has($"-{prefix}{option}")))
            _matrix.Build();
        _rightSide = new Vector(world, system.Layout.Rows);
        _solution = new Vector(world, system.Layout.Rows);
        if (method == LinearMethod.FieldSplit)
            _split = UseFieldSplit(prefix);
        else if (method == LinearMethod.DirectLU)
            UseDirect(isChain: Bandwidth(pattern) <= MostBandwidth);
        else
            UseCollectorSchur(prefix);
        _solver = SolverOf(_matrix, prefix, _split, _schur);
        _schur?.Watch(_solver, relativeTolerance);

        static CsrPattern Columns(SparsePattern pattern) => new(pattern.Starts.Diagonal, pattern.DiagonalColumns, pattern.OffDiagonalStart, pattern.OffDiagonalColumns);
    }

    /// <summary>J; where the Schur complement serves, its columns are asked for only by what else needs them.</summary>
    public Matrix Jacobian => _matrix;

    /// <summary>Residual of the owned rows.</summary>
    public Span<double> Residual => _rightSide.Values;

    /// <summary>Increments δ of the owned rows that the last solve gave.</summary>
    public Span<double> Increments => _solution.Values;

    /// <summary>A field split is kept while the iterations stay within this multiple of those it took when new and the time step within a factor of two; 0 rebuilds it for every solve.</summary>
    /// <remarks>A Schur complement on the collectors costs less than the iterations that a kept one takes more.</remarks>
    public double AllowedGrowth { get; set; } = 1.25;

    /// <summary>Preconditioners built so far.</summary>
    public int Builds { get; private set; }

    /// <summary>Wall time spent on preconditioners so far [s].</summary>
    public double SetUpSeconds { get; private set; }

    /// <summary>Wall time spent on iterations so far [s].</summary>
    public double SolveSeconds { get; private set; }

    /// <summary>Memory of this rank outside the managed heap, by purpose [byte]: what PETSc adds, such as Krylov vectors and columns, is not counted.</summary>
    public IEnumerable<(string Purpose, long Bytes)> Memory => [("values of J", _matrix.Bytes), ("right-hand side and solution", 2L * sizeof(double) * _system.Layout.Rows), .. _schur?.Memory ?? []];

    /// <summary>Local row of an unknown in a segment whose matrix is singular or not finite, found by the last solve; −1 where there is none on this rank.</summary>
    public int SingularRow => _schur?.SingularRow ?? -1;

    /// <summary>Whether the collectors' part of the Schur complement is preconditioned by the planes of a stack.</summary>
    public bool UsesPlanes => _schur?.UsesPlanes ?? false;

    /// <summary>Whether it is preconditioned by an LU of foils.</summary>
    public bool UsesFoils => _schur?.UsesFoils ?? false;

    /// <summary>Whether solves leave much more than round-off.</summary>
    public bool IsRough => _method != LinearMethod.DirectLU && _relativeTolerance >= SmallestForSingle;

    /// <summary>Whether factors of the Jacobian solve linear systems to round-off.</summary>
    public bool IsDirect => _method == LinearMethod.DirectLU;

    /// <summary>A method as the key <c>Linear solver</c> names it.</summary>
    public static string InWords(LinearMethod method) => method switch
    {
        LinearMethod.CollectorSchur => "collector Schur",
        LinearMethod.FieldSplit => "field split",
        _ => "LU",
    };

    /// <summary>*Collective.* Writes J and the residual in PETSc's binary format.</summary>
    /// <exception cref="PetscException">The file cannot be written.</exception>
    public void Dump(string path)
    {
        _matrix.ValuesChanged();
        _rightSide.ValuesChanged();
        _matrix.Dump(_rightSide, path);
    }

    /// <summary>Gives the assembly that fills residual and Jacobian in place.</summary>
    public Assembly WithJacobian()
    {
        _isSolved = false;
        return new(Residual, _matrix.DiagonalValues, _matrix.OffDiagonalValues, _system.Unknowns.Scale);
    }

    /// <summary>Gives the assembly that fills the residual alone.</summary>
    public Assembly ResidualOnly() => new(Residual, default, default, _system.Unknowns.Scale);

    /// <summary>Gives the assembly that fills the residual of the condensed system, for another solve with the Jacobian as it is.</summary>
    public Assembly ForSameJacobian() => new(Residual, default, default, _system.Unknowns.Scale, eliminates: true);

    /// <summary>The same with local systems eliminated by the derivatives that the Jacobian was made of.</summary>
    public Assembly WithKeptElimination() => new(Residual, default, default, _system.Unknowns.Scale, eliminates: true, keepsElimination: true);

    /// <summary>Tells the solver that the values changed and solves J δ = −r.</summary>
    public LinearResult Solve()
    {
        if (!_isSolved)
            _matrix.ValuesChanged();
        _rightSide.ValuesChanged();
        double change = _system.Alpha / _alphaWhenNew;
        bool keep = _isSolved || (_keepsPreconditioner && change <= LargestStepRatio && change >= 1 / LargestStepRatio);
        LinearResult result = Solve(keep);
        if (keep && !result.Converged)
        {
            int lost = result.Iterations;
            result = Solve(keep: false);
            result = result with { Iterations = result.Iterations + lost };
        }
        _isSolved = result.Converged;
        foreach (ref double increment in Increments)
            increment = -increment;
        _solution.ValuesChanged();
        return result;
    }

    /// <summary>*Collective.* The next solve starts as that of a new process does: with a preconditioner of its own, and nothing kept of earlier matrices.</summary>
    public void Forget()
    {
        _keepsPreconditioner = _isSolved = false;
        if (_schur is null)
            _solver.Forget();
        else
            _schur.Forget();
    }

    /// <summary>Solves Jᵀ λ = r for the Jacobian as last assembled: r is what <see cref="Residual"/> holds, λ what <see cref="Increments"/> then
    /// holds.</summary>
    /// <remarks>Direct solvers and the Schur complement apply their factors the other way round. BoomerAMG has no smoothers for that, so a field split is made of Jᵀ itself.</remarks>
    public LinearResult SolveTransposed()
    {
        _matrix.ValuesChanged();
        _rightSide.ValuesChanged();
        LinearResult result;
        if (_method == LinearMethod.DirectLU)
        {
            _solver.ReusePreconditioner(false);
            result = _solver.SolveTransposed(_rightSide, _solution);
        }
        else
            result = TransposedSolver().Solve(_rightSide, _solution);
        _solution.ValuesChanged();
        return result;
    }

    public void Dispose()
    {
        _transposed?.Solver.Dispose();
        _transposed?.Matrix.Dispose();
        _transposed?.Split?.Dispose();
        _solver.Dispose();
        _split?.Dispose();
        _schur?.Dispose();
        _solution.Dispose();
        _rightSide.Dispose();
        _matrix.Dispose();
    }

    private LinearSolver SolverOf(Matrix matrix, string prefix, FieldSplit? split, IPreconditioner? own)
    {
        LinearSolver solver = new(_world, prefix);
        if (own is null)
            solver.SetOperators(matrix);
        solver.SetTolerances(_relativeTolerance, 0, MostIterations);
        split?.ApplyTo(solver);
        solver.SetFromOptions();
        if (own is not null)
            solver.Use(own, matrix);
        return solver;
    }

    private LinearSolver TransposedSolver()
    {
        if (_transposed is { } known)
        {
            _matrix.TransposeInto(known.Matrix);
            return known.Solver;
        }
        string prefix = $"{_prefix}transposed_";
        Matrix transposed = _matrix.Transposed();
        FieldSplit? split = null;
        if (_schur is null)
            split = UseFieldSplit(prefix);
        else
            UseCollectorSchur(prefix);
        LinearSolver solver = SolverOf(transposed, prefix, split, _schur?.Transposed);
        _transposed = (transposed, solver, split);
        return solver;
    }

    /// <summary>Solves and decides whether the next solve keeps the preconditioner; a method that just applies it (direct solvers) needs a new one each time.</summary>
    private LinearResult Solve(bool keep)
    {
        _solver.ReusePreconditioner(keep);
        long start = Stopwatch.GetTimestamp();
        _solver.SetUp();
        long ready = Stopwatch.GetTimestamp();
        LinearResult result = _solver.Solve(_rightSide, _solution);
        _schur?.Conclude(result.ResidualNorm);
        SetUpSeconds += Stopwatch.GetElapsedTime(start, ready).TotalSeconds;
        SolveSeconds += Stopwatch.GetElapsedTime(ready).TotalSeconds;
        if (!keep)
        {
            Builds++;
            (_iterationsWhenNew, _alphaWhenNew) = (result.Iterations, _system.Alpha);
        }
        _keepsPreconditioner = _schur is null && result.Converged && result.Reason != ConvergedReason.IterationsDone && AllowedGrowth > 0
            && result.Iterations <= AllowedGrowth * _iterationsWhenNew;
        return result;
    }

    /// <summary>Distance of the farthest entry of a row from its diagonal.</summary>
    private static int Bandwidth(SparsePattern pattern)
    {
        int widest = 0;
        for (int row = 0; row + 1 < pattern.Starts.Diagonal.Length; row++)
            foreach (int column in pattern.DiagonalColumns.AsSpan(pattern.Starts.Diagonal[row]..pattern.Starts.Diagonal[row + 1]))
                widest = Math.Max(widest, Math.Abs(row - column));
        return widest;
    }

    /// <summary>A chain of cells is factored from one end to the other, without fill beyond its band; what spreads in a plane is dissected. Other packages order by themselves.</summary>
    private void UseDirect(bool isChain)
    {
        Options.SetDefault($"-{_prefix}ksp_type", "preonly");
        Options.SetDefault($"-{_prefix}ksp_pc_side", "left");
        Options.SetDefault($"-{_prefix}pc_type", "lu");
        if (_world.Size > 1)
            Options.SetDefault($"-{_prefix}pc_factor_mat_solver_type", "mumps");
        else if (!Options.Has($"-{_prefix}pc_factor_mat_solver_type"))
            Options.SetDefault($"-{_prefix}pc_factor_mat_ordering_type", isChain ? "natural" : "nd");
    }

    private static void UseCollectorSchur(string prefix)
    {
        UseKrylov(prefix);
        Options.SetDefault($"-{prefix}pc_type", "shell");
    }

    private static void UseKrylov(string prefix)
    {
        Options.SetDefault($"-{prefix}ksp_type", "fgmres");
        Options.SetDefault($"-{prefix}ksp_pc_side", "right");
        Options.SetDefault($"-{prefix}ksp_gmres_restart", "60");
    }

    private FieldSplit UseFieldSplit(string prefix)
    {
        UseKrylov(prefix);
        return new(prefix, _system.Unknowns, RowsOf, _world);
    }

    /// <summary>Global rows of a block; V goes with what is stored relative to it.</summary>
    private long[] RowsOf(IReadOnlyCollection<Unknown> unknowns)
    {
        FieldLayout layout = _system.Layout;
        List<long> rows = [];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            foreach (Unknown unknown in unknowns)
                if (layout.Has(cell, unknown.Field))
                    rows.Add(layout.Global(cell, unknown.Field));
        if (layout.OwnsTerminal && unknowns.Any(unknown => unknown.IsStoredFromTerminal))
            rows.Add(layout.TerminalGlobal);
        return [.. rows];
    }
}
