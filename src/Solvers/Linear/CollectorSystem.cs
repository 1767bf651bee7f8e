using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>S = A_ΓΓ − A_ΓI (W + U K), the Schur complement on the collectors, with A_ΓI.</summary>
internal sealed unsafe class CollectorSystem : IDisposable
{
    private readonly CollectorPattern _pattern;
    private readonly SegmentFactors _factors;
    private readonly PlaneFlux _flux;
    private readonly CollectorBorder _border;
    private readonly int[] _rows;
    private readonly Vector _rightSide, _solution, _product;

    /// <summary>Pairs of <see cref="SegmentFactors.Joined"/> with the local rows of both, of a ghost the complement of its place among shared values.</summary>
    private readonly (int Pair, int Self, int Other)[] _joined;

    /// <summary>A_ΓI.</summary>
    private readonly double[] _values;

    /// <summary>A_ΓI U of rows by segments and ends.</summary>
    private readonly double[] _sums;

    /// <summary>Values of interior cells of other ranks: one, or one per collector unknown, for each unknown of a cell.</summary>
    private readonly double[] _ghostValues, _ghostResponses;

    /// <summary>*Collective.*</summary>
    internal CollectorSystem(CollectorPattern pattern, CollectorRows collectors, SegmentFactors factors, PlaneFlux flux, CollectorBorder border, (int Pair, int Self, int Other)[] joined, Communicator world)
    {
        (_pattern, _factors, _flux, _border, _rows) = (pattern, factors, flux, border, collectors.Rows);
        int cells = border.InteriorGhosts.Count + border.InteriorSent.Length;
        (_ghostValues, _ghostResponses) = (new double[cells * FieldSet.Most], new double[cells * FieldSet.Most * pattern.Columns]);
        _values = new double[pattern.Entries.Length];
        _sums = new double[pattern.Sums.Length - 1];
        Matrix = new(world, pattern.Rows);
        _rightSide = new(world, _rows.Length);
        _solution = new(world, _rows.Length);
        _product = new(world, _rows.Length);
        _joined = joined;
    }

    /// <summary>S.</summary>
    internal Matrix Matrix { get; }

    /// <summary>Takes over A_ΓΓ and A_ΓI.</summary>
    /// <returns>Local row of the first that is empty or not finite, which what segments add would hide; −1 where none is.</returns>
    internal int Take(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        int singular = -1;
        Span<double> inside = Matrix.DiagonalValues, outside = Matrix.OffDiagonalValues;
        inside.Clear();
        outside.Clear();
        for (int row = 0; row < _rows.Length; row++)
        {
            double size = 0;
            for (int i = _pattern.DirectStart[row]; i < _pattern.DirectStart[row + 1]; i++)
            {
                (int from, int to) = _pattern.Direct[i];
                double value = from >= 0 ? diagonal[from] : offDiagonal[~from];
                At(inside, outside, to) += value;
                size += Math.Abs(value);
            }
            for (int i = _pattern.EntryStart[row]; i < _pattern.EntryStart[row + 1]; i++)
            {
                int from = _pattern.Entries[i].From;
                _values[i] = from >= 0 ? diagonal[from] : offDiagonal[~from];
                size += Math.Abs(_values[i]);
            }
            if (singular < 0 && (size == 0 || !double.IsFinite(size)))
                singular = _rows[row];
        }
        return singular;
    }

    /// <summary>*Collective.* Makes S of what <see cref="Take"/> has taken over and the factors of the segments.</summary>
    internal void SetUp()
    {
        Span<double> inside = Matrix.DiagonalValues, outside = Matrix.OffDiagonalValues;
        foreach ((int pair, int self, int other) in _pattern.Joined)
        {
            At(inside, outside, self) -= _factors.Joined[pair];
            At(inside, outside, other) += _factors.Joined[pair];
        }
        ShareResponses();
        SubtractResponses(inside, outside);
        Array.Clear(_sums);
        foreach ((int entry, int end, int sum) in _pattern.Flows)
            if (_values[entry] != 0)
                _sums[sum] += _values[entry] * _factors.ResponsesOf(_pattern.Entries[entry].Interior)[(_factors.ResponseColumns + end) * SegmentBatches.Lanes];
        for (int sum = 0; sum < _sums.Length; sum++)
        {
            (int place, int end, int self, int first) = _pattern.Sums[sum];
            double total = _flux.TotalOf(place, end);
            if (total == 0)
                continue;
            foreach ((int pair, int other) in _pattern.Spread.AsSpan(first.._pattern.Sums[sum + 1].First))
            {
                double flow = _sums[sum] * _factors.Joined[pair] / total;
                At(inside, outside, other) -= flow;
                At(inside, outside, self) += flow;
            }
        }
        Matrix.ValuesChanged();
    }

    /// <summary>*Collective.* x_Γ = S⁻¹ (r_Γ − A_ΓI y), y as <see cref="SegmentFactors.Solve"/> has left it.</summary>
    internal ReadOnlySpan<double> Solve(ReadOnlySpan<double> r, CollectorSolver solver)
    {
        double[] y = _factors.Seen;
        ShareValues(y);
        Span<double> right = _rightSide.Values;
        for (int row = 0; row < right.Length; row++)
        {
            double sum = r[_rows[row]];
            for (int i = _pattern.EntryStart[row]; i < _pattern.EntryStart[row + 1]; i++)
                sum -= _values[i] * (_pattern.Entries[i].Interior is >= 0 and int own ? y[own] : _ghostValues[~_pattern.Entries[i].Interior]);
            right[row] = sum;
        }
        _rightSide.ValuesChanged();
        solver.Solve(_rightSide, _solution);
        return _solution.Values;
    }

    /// <summary>*Collective.* x_Γ = S⁻ᵀ (r_Γ − Wᵀ r_I).</summary>
    /// <param name="projected">Wᵀ r_I of own rows of Γ.</param>
    /// <param name="r">By local rows.</param>
    /// <param name="solver">Of Sᵀ.</param>
    internal ReadOnlySpan<double> SolveTransposed(ReadOnlySpan<double> projected, ReadOnlySpan<double> r, CollectorSolver solver)
    {
        Span<double> right = _rightSide.Values;
        for (int row = 0; row < right.Length; row++)
            right[row] = r[_rows[row]] - projected[row];
        _rightSide.ValuesChanged();
        solver.Solve(_rightSide, _solution);
        return _solution.Values;
    }

    /// <summary>*Collective.* −A_ΓIᵀ x_Γ for the x_Γ of the last solve, into <see cref="SegmentFactors.Seen"/>.</summary>
    internal void SubtractTransposed()
    {
        ReadOnlySpan<double> x = _solution.Values;
        double[] seen = _factors.Seen;
        Array.Clear(seen);
        Array.Clear(_ghostValues);
        for (int row = 0; row < x.Length; row++)
            for (int i = _pattern.EntryStart[row]; i < _pattern.EntryStart[row + 1]; i++)
                if (_pattern.Entries[i].Interior is >= 0 and int own)
                    seen[own] -= _values[i] * x[row];
                else
                    _ghostValues[~_pattern.Entries[i].Interior] += _values[i] * x[row];
        if (!_border.IsNeeded)
            return;
        _border.ReturnInterior(_ghostValues, FieldSet.Most);
        foreach ((int at, int interior) in _pattern.Sent)
            seen[interior] -= _ghostValues[at];
    }

    /// <summary>*Collective.* y_Γ += what the last solve has missed and what is joined in the plane, which S has and J has not.</summary>
    internal void Correct(ReadOnlySpan<double> x, ReadOnlySpan<double> ghosts, Span<double> y)
    {
        Matrix.Multiply(_solution, _product);
        ReadOnlySpan<double> right = _rightSide.Values, product = _product.Values;
        for (int row = 0; row < right.Length; row++)
            y[_rows[row]] += product[row] - right[row];
        foreach ((int pair, int self, int other) in _joined)
            y[self] -= _factors.Joined[pair] * ((other >= 0 ? x[other] : ghosts[~other]) - x[self]);
    }

    public void Dispose()
    {
        _product.Dispose();
        _solution.Dispose();
        _rightSide.Dispose();
        Matrix.Dispose();
    }

    private static ref double At(Span<double> inside, Span<double> outside, int place)
    {
        if (place >= 0)
            return ref inside[place];
        return ref outside[~place];
    }

    /// <summary>S −= A_ΓI W.</summary>
    private void SubtractResponses(Span<double> diagonal, Span<double> offDiagonal)
    {
        int columns = _pattern.Columns;
        fixed (double* inside = diagonal, outside = offDiagonal, ghosts = _ghostResponses)
        fixed (int* targets = _pattern.Targets)
            for (int entry = 0; entry < _values.Length; entry++)
            {
                double value = _values[entry];
                if (value == 0)
                    continue;
                int interior = _pattern.Entries[entry].Interior, stride = interior >= 0 ? SegmentBatches.Lanes : 1;
                double* response = interior >= 0 ? _factors.ResponsesOf(interior) : ghosts + (~interior * columns);
                int* target = targets + (entry * columns);
                for (int column = 0; column < columns && target[column] != CollectorPattern.NoPlace; column++, response += stride)
                    if (target[column] >= 0)
                        inside[target[column]] -= value * *response;
                    else
                        outside[~target[column]] -= value * *response;
            }
    }

    /// <summary>Lets other ranks know y of the cells that touch their collectors.</summary>
    private void ShareValues(ReadOnlySpan<double> y)
    {
        if (!_border.IsNeeded)
            return;
        foreach ((int at, int interior) in _pattern.Sent)
            _ghostValues[at] = y[interior];
        _border.ShareInterior(_ghostValues, FieldSet.Most);
    }

    /// <summary>Lets other ranks know W of those cells.</summary>
    private void ShareResponses()
    {
        int columns = _pattern.Columns;
        if (!_border.IsNeeded || columns == 0)
            return;
        foreach ((int at, int interior) in _pattern.Sent)
            for (int column = 0; column < columns; column++)
                _ghostResponses[(at * columns) + column] = column < _factors.ResponseColumns ? _factors.ResponsesOf(interior)[column * SegmentBatches.Lanes] : 0;
        _border.ShareInterior(_ghostResponses, FieldSet.Most * columns);
    }
}
