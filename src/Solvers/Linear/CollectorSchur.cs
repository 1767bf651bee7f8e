using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;
using Cell3D.Solvers.Linear.Stack;

namespace Cell3D.Solvers.Linear;

/// <summary>P⁻¹, a Schur complement on the collectors Γ: P = J with the couplings of segments to their neighbours in the plane lumped onto the own segment.
/// S x_Γ = r_Γ − A_ΓI A_II⁻¹ r_I with S = A_ΓΓ − A_ΓI A_II⁻¹ A_IΓ, then x_I = A_II⁻¹ (r_I − A_IΓ x_Γ).</summary>
public sealed class CollectorSchur : IPreconditioner, IDisposable
{
    private readonly string _prefix;
    private readonly CollectorRows _collectors;
    private readonly SegmentFactors _factors;
    private readonly CollectorBorder _border;
    private readonly CollectorSystem _system;
    private readonly LumpedProduct _lumped;
    private readonly PlaneFlux _flux;
    private readonly CollectorSolver _solver;
    private readonly Communicator _world;
    private readonly Func<Matrix> _matrix;

    /// <summary>Makes the solver of S or Sᵀ under a prefix.</summary>
    private readonly Func<Matrix, string, CollectorStack?, Func<FoilMatrix?>?, CollectorSolver> _solverOf;
    private (Matrix Matrix, CollectorSolver Solver)? _transposed;

    /// <summary>x_Γ as segments need it: own ones, those of collector cells of other ranks, V, and a zero for lanes that have no such column.</summary>
    private readonly double[] _known;
    private readonly double[] _ghosts, _ofBatches;
    private readonly int[] _source;
    private readonly (int At, int Row)[] _sent;
    private readonly (int At, int Known)[] _received;
    private readonly bool _needsTerminal;
    private LinearSolver? _outer;
    private double _tolerance, _firstNorm, _lastNorm;

    /// <summary>What an application leaves of the residual, however well S is solved, as the last system has it; of this one the most that was shown so far, and what is hoped for where nothing was.</summary>
    private double _neglected = MostNeglected, _shown, _hoped = MostNeglected;

    /// <summary>A guess that costs little where it is wrong.</summary>
    private const double MostNeglected = 1e-4;

    /// <summary>An application that leaves so many times what is left of S x_Γ shows what P neglects.</summary>
    private const double ShowsNeglect = 3;

    /// <summary>*Collective.* Finds segments, collectors and their couplings in the pattern.</summary>
    /// <param name="system">Unknowns and layout.</param>
    /// <param name="pattern">Of the matrix; not kept.</param>
    /// <param name="chains">Segments and neighbours.</param>
    /// <param name="matrix">The matrix, once it exists.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="prefix">Of the options of its solver, whose own say <c>collector_</c> behind it.</param>
    internal CollectorSchur(DiscreteSystem system, SparsePattern pattern, CellChains chains, Func<Matrix> matrix, Communicator world, string prefix)
    {
        (_matrix, _world, _prefix) = (matrix, world, $"{prefix}collector_");
        (Segments segments, FieldHalo halo) = (chains.Segments, chains.Halo);
        FieldLayout layout = system.Layout;
        _collectors = new(layout, pattern, new(system, segments), halo, world);
        ColumnNames names = new(layout);
        _border = new(layout, pattern, _collectors, names, halo, world);
        SegmentRows rows = new(system, pattern, _collectors, segments, names, new(system, _collectors, segments, halo), _border);
        SegmentBatches batches = new(layout, _collectors, segments, rows, chains.FewestAlike);
        int own = _collectors.Rows.Length, ghostCells = _border.CollectorGhosts.Count;
        _ghosts = new double[(ghostCells + _border.CollectorsSent.Length) * FieldSet.Most];
        _sent = [.. _border.CollectorsSent.SelectMany((cell, i) => HeldOf(cell).Select((field, place) => (((ghostCells + i) * FieldSet.Most) + place, _collectors.Of(layout.Row(cell, field)))))];
        Dictionary<long, int> places = [];
        List<(int, int)> received = [];
        foreach ((int cell, int ghost) in _border.CollectorGhosts)
            foreach ((Field field, int place) in HeldOf(cell).Select((field, place) => (field, place)))
            {
                places[_collectors.Global(cell, field)] = own + received.Count;
                received.Add(((ghost * FieldSet.Most) + place, own + received.Count));
            }
        _received = [.. received];
        int terminal = own + received.Count, none = terminal + 1;
        _known = new double[none + 1];
        _flux = new(batches, rows, Known);
        _lumped = new(layout, pattern.Starts, batches, rows, _flux, chains, world);
        CollectorPattern collectorPattern = new(pattern, layout, _collectors, batches, rows, _border, names, world);
        _factors = new(layout, pattern.Starts, batches, rows, collectorPattern.Seen, _lumped, _flux);
        _system = new(collectorPattern, _collectors, _factors, _flux, _border, JoinedRows(layout, batches, rows), world);
        (int Cell, Field Field)[] unknowns = [.. _collectors.Rows.Select(names.Own)];
        _solverOf = (of, under, stack, foils) => new(of, under, system.Unknowns, _collectors, unknowns, chains.MostDirect, world, stack, foils);
        _solver = _solverOf(_system.Matrix, _prefix, _collectors.Total <= chains.MostDirect ? null : CollectorStack.Find(_collectors, unknowns, collectorPattern.Rows, chains, world),
            () => FoilMatrix.Of(collectorPattern, unknowns, _collectors.First, world));
        List<int> source = [];
        for (int batch = 0; batch < batches.Count; batch++)
            for (int column = 0; column < rows.MostColumns; column++)
                for (int place = batch * SegmentBatches.Lanes; place < (batch + 1) * SegmentBatches.Lanes; place++)
                    source.Add(column < rows.ColumnsOf(batches.SegmentOf[place]).Length ? Known(rows.ColumnsOf(batches.SegmentOf[place])[column]) : none);
        _source = [.. source];
        _ofBatches = new double[_source.Length];
        _needsTerminal = world.Any(_source.Contains(terminal));
        rows.EndSetUp();
        batches.EndSetUp();
        collectorPattern.EndSetUp();

        Field[] HeldOf(int cell) => _collectors.Set(cell).Members.ToArray();

        int Known(long number) => number - _collectors.First is >= 0 and long local && local < own ? (int)local
            : number == _collectors.Terminal ? terminal : places[number];
    }

    public string Name => "collector Schur complement";

    /// <summary>Memory of this rank's factors, responses and coefficients [byte]; S and its solver, of the size of Γ, not counted.</summary>
    internal long Bytes => Memory.Sum(part => part.Bytes);

    /// <summary>The same by purpose.</summary>
    internal IEnumerable<(string Purpose, long Bytes)> Memory => [.. _factors.Memory, ("what is lumped", _lumped.Bytes + _flux.Bytes)];

    /// <summary>Local row of a pivot that was zero or not finite, or of a row of Γ that is; −1 where there is none.</summary>
    internal int SingularRow { get; private set; } = -1;

    /// <summary>Whether the planes of a stack precondition S.</summary>
    internal bool UsesPlanes => _solver.UsesPlanes;

    /// <summary>Whether an LU of foils does.</summary>
    internal bool UsesFoils => _solver.UsesFoils;

    public bool SetUp()
    {
        Matrix matrix = _matrix();
        SingularRow = _factors.Factor(matrix.DiagonalValues, matrix.OffDiagonalValues);
        if (SingularRow < 0)
            SingularRow = _system.Take(matrix.DiagonalValues, matrix.OffDiagonalValues);
        if (_world.Any(SingularRow >= 0))
            return false;
        _system.SetUp();
        _solver.SetUp();
        return true;
    }

    public void Apply(ReadOnlySpan<double> r, Span<double> x)
    {
        _factors.Solve(r);
        _solver.Reach(Needed(), _neglected);
        ReadOnlySpan<double> collectors = _system.Solve(r, _solver);
        collectors.CopyTo(_known);
        if (_border.IsNeeded)
        {
            foreach ((int at, int row) in _sent)
                _ghosts[at] = collectors[row];
            _border.ShareCollectors(_ghosts, FieldSet.Most);
            foreach ((int at, int known) in _received)
                _known[known] = _ghosts[at];
        }
        if (_needsTerminal)
        {
            Span<double> terminal = _known.AsSpan(_known.Length - 2, 1);
            if (_world.Rank == _world.Size - 1)
                terminal[0] = collectors[^1];
            _world.Broadcast(terminal, _world.Size - 1);
        }
        for (int i = 0; i < _source.Length; i++)
            _ofBatches[i] = _known[_source[i]];
        _flux.Flow(_known, _factors.Joined);
        _factors.Respond(r, _ofBatches, x);
        for (int i = 0; i < collectors.Length; i++)
            x[_collectors.Rows[i]] = collectors[i];
    }

    /// <summary>P⁻ᵀ: x_Γ = S⁻ᵀ (r_Γ − A_IΓᵀ A_II⁻ᵀ r_I), x_I = A_II⁻ᵀ (r_I − A_ΓIᵀ x_Γ). Making it ready makes this one ready.</summary>
    internal IPreconditioner Transposed => new TransposedSchur(this);

    public bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y)
    {
        Matrix matrix = _matrix();
        _lumped.Share(x);
        foreach (int row in _collectors.Rows)
            y[row] = r[row];
        _lumped.Add(r, x, y, matrix.DiagonalValues, matrix.OffDiagonalValues);
        _system.Correct(x, _lumped.Shared, y);
        return true;
    }

    /// <summary>S is solved as far as the solver that applies this preconditioner needs for its tolerance.</summary>
    internal void Watch(LinearSolver outer, double tolerance) => (_outer, _tolerance) = (outer, tolerance);

    /// <summary>*Collective.* Nothing of earlier matrices is kept.</summary>
    internal void Forget()
    {
        _neglected = MostNeglected;
        _solver.Forget();
    }

    /// <summary>Learns from a solve how well S is worth solving in the next one.</summary>
    /// <param name="norm">Of the residual at its end.</param>
    internal void Conclude(double norm)
    {
        Learn(norm);
        _neglected = _shown > 0 ? _shown : _hoped;
    }

    public void Dispose()
    {
        _transposed?.Solver.Dispose();
        _transposed?.Matrix.Dispose();
        _solver.Dispose();
        _system.Dispose();
        _border.Dispose();
        _lumped.Dispose();
        _flux.Dispose();
        _factors.Dispose();
    }

    /// <summary>What the residual is still to be multiplied by.</summary>
    private double Needed()
    {
        if (_outer is null)
            return _tolerance;
        (int iterations, double norm) = _outer.Progress;
        if (iterations == 0)
            (_firstNorm, _shown, _hoped) = (norm, 0, MostNeglected);
        else
            Learn(norm);
        _lastNorm = norm;
        return norm > 0 ? _tolerance * _firstNorm / norm : 1;
    }

    /// <summary>An application whose residual falls as far as that of S does may do as well again, unless another one of this system has shown what P neglects.</summary>
    private void Learn(double norm)
    {
        double left = _lastNorm > 0 ? norm / _lastNorm : 0;
        if (left > ShowsNeglect * _solver.Left)
            _shown = Math.Max(_shown, left);
        else
            _hoped = Math.Min(_hoped, left * left);
    }

    private bool TransposeSystem()
    {
        if (_transposed is { } known)
            _system.Matrix.TransposeInto(known.Matrix);
        else
        {
            Matrix transposed = _system.Matrix.Transposed();
            _transposed = (transposed, _solverOf(transposed, $"{_prefix}transposed_", null, null));
        }
        _transposed.Value.Solver.SetUp();
        return true;
    }

    private void ApplyTransposed(ReadOnlySpan<double> r, Span<double> x)
    {
        int own = _collectors.Rows.Length;
        _factors.Project(r, _ofBatches);
        Array.Clear(_known);
        for (int i = 0; i < _source.Length; i++)
            _known[_source[i]] += _ofBatches[i];
        _flux.FlowTransposed(_known, _factors.Joined);
        if (_border.IsNeeded)
        {
            Array.Clear(_ghosts);
            foreach ((int at, int known) in _received)
                _ghosts[at] = _known[known];
            _border.ReturnCollectors(_ghosts, FieldSet.Most);
            foreach ((int at, int row) in _sent)
                _known[row] += _ghosts[at];
        }
        if (_needsTerminal && _world.Allreduce(_known[^2], Operation.Sum) is var terminal && _world.Rank == _world.Size - 1)
            _known[own - 1] += terminal;
        _known[^1] = 0;
        ReadOnlySpan<double> collectors = _system.SolveTransposed(_known.AsSpan(0, own), r, _transposed!.Value.Solver);
        _system.SubtractTransposed();
        _factors.SolveTransposed(r, x);
        for (int i = 0; i < own; i++)
            x[_collectors.Rows[i]] = collectors[i];
    }

    /// <summary>Pairs whose flux in the plane is not spread, with the local rows of both collector unknowns, of a ghost the complement of its place among shared values.</summary>
    private (int Pair, int Self, int Other)[] JoinedRows(FieldLayout layout, SegmentBatches batches, SegmentRows rows)
    {
        return [.. SegmentFactors.JoinedPairs(batches, rows).Where(pair => pair.Of.End < 0).Select(pair => (pair.At, Own(pair.Of.Own), _collectors.IsOwn(pair.Of.Other) ? Own(pair.Of.Other) : Ghost(_collectors.Ghosts[pair.Of.Other])))];

        int Ghost((int Cell, Field Field) unknown) => ~(_lumped.PlaceOf(unknown.Cell) + layout.Fields(unknown.Cell).Offset(unknown.Field));

        int Own(long number) => _collectors.Rows[(int)(number - _collectors.First)];
    }

    /// <summary>P⁻ᵀ with the same factors.</summary>
    private sealed class TransposedSchur(CollectorSchur schur) : IPreconditioner
    {
        public string Name => "transposed collector Schur complement";

        public bool SetUp() => schur.SetUp() && schur.TransposeSystem();

        public void Apply(ReadOnlySpan<double> r, Span<double> x) => schur.ApplyTransposed(r, x);

        public bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y) => false;
    }
}
