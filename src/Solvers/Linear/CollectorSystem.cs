using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>S = A_ΓΓ − A_ΓI W, the Schur complement on the collectors, with A_ΓI.</summary>
internal sealed class CollectorSystem : IDisposable
{
    private readonly FieldLayout _layout;
    private readonly CollectorRows _collectors;
    private readonly SegmentFactors _factors;
    private readonly CollectorBorder _border;
    private readonly int _columns;
    private readonly Matrix _matrix;
    private readonly Vector _rightSide, _solution;

    /// <summary>Entries of A_ΓΓ: where they come from and where they go.</summary>
    private readonly (int From, int To)[] _direct;

    /// <summary>Entries of the matrix that join segments in the plane, by pairs of collector unknowns, and where their sums go.</summary>
    private readonly int[] _joined, _joinedStart;
    private readonly (int Other, int Self)[] _joinedTo;

    /// <summary>Entries of A_ΓI by rows of Γ: their place in the matrix and their interior unknown, ≥ 0 in slots and lanes, else the complement of the place among the ghosts.</summary>
    private readonly (int From, int Interior)[] _entries;
    private readonly int[] _entryStart;
    private readonly double[] _values;

    /// <summary>For every entry of A_ΓI the places in S of the collector unknowns of its segment.</summary>
    private readonly int[] _targets;

    /// <summary>Interior unknowns that other ranks need: their places among the ghosts' values, and in slots and lanes.</summary>
    private readonly (int At, int Interior)[] _sent;

    /// <summary>Values of interior cells of other ranks: one, or one per collector unknown, for each unknown of a cell.</summary>
    private readonly double[] _ghostValues, _ghostResponses;

    /// <summary>*Collective.* Finds the pattern of S.</summary>
    internal CollectorSystem(SparsePattern pattern, FieldLayout layout, CollectorRows collectors, SegmentBatches batches, SegmentRows rows, SegmentFactors factors,
        CollectorBorder border, PlaneConduction plane, ColumnNames names, Communicator world)
    {
        (_layout, _collectors, _factors, _border) = (layout, collectors, factors, border);
        _columns = (int)world.Allreduce((long)rows.MostColumns, Operation.Max);
        int cells = border.InteriorGhosts.Count + border.InteriorSent.Length;
        (_ghostValues, _ghostResponses) = (new double[cells * FieldSet.Most], new double[cells * FieldSet.Most * _columns]);
        _sent = [.. border.InteriorSent.SelectMany((cell, i) => CollectorRows.FieldsOf(layout.Fields(cell)).Where(field => collectors.Global(cell, field) < 0)
            .Select(field => (((border.InteriorGhosts.Count + i) * FieldSet.Most) + layout.Fields(cell).Offset(field), batches.PlaceOf(layout.Row(cell, field)))))];
        long[] ghostColumns = GhostColumns(cells);
        Dictionary<long, long> remote = TerminalNeighbours(pattern, world);
        List<(int From, long To)> direct = [];
        List<int> directStart = [0];
        List<(int From, int Interior, long[] Columns)> entries = [];
        List<int> entryStart = [0];
        SortedSet<long> present = [];
        List<int> diagonalStart = [0], offStart = [0], diagonalColumns = [];
        List<long> offColumns = [];
        foreach (int row in collectors.Rows)
        {
            present.Clear();
            present.Add(collectors.First + collectors.Of(row));
            (int own, _) = names.Own(row);
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                Add(entry, own, names.Own(pattern.DiagonalColumns[entry]), layout.FirstGlobalRow + pattern.DiagonalColumns[entry]);
            for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                Add(~entry, own, names.Other(pattern.OffDiagonalColumns[entry]), pattern.OffDiagonalColumns[entry]);
            foreach ((long other, _) in plane.Of(collectors.Of(row)))
                present.Add(other);
            foreach (long column in present)
                if (column >= collectors.First && column < collectors.First + collectors.Rows.Length)
                    diagonalColumns.Add((int)(column - collectors.First));
                else
                    offColumns.Add(column);
            diagonalStart.Add(diagonalColumns.Count);
            offStart.Add(offColumns.Count);
            directStart.Add(direct.Count);
            entryStart.Add(entries.Count);
        }
        CsrPattern own_ = new([.. diagonalStart], [.. diagonalColumns], [.. offStart], [.. offColumns]);
        _direct = new (int, int)[direct.Count];
        _entries = [.. entries.Select(entry => (entry.From, entry.Interior))];
        _entryStart = [.. entryStart];
        _values = new double[entries.Count];
        _targets = new int[entries.Count * _columns];
        for (int row = 0; row < collectors.Rows.Length; row++)
        {
            for (int i = directStart[row]; i < directStart[row + 1]; i++)
                _direct[i] = (direct[i].From, Place(own_, row, direct[i].To));
            for (int i = entryStart[row]; i < entryStart[row + 1]; i++)
                for (int column = 0; column < _columns; column++)
                    _targets[(i * _columns) + column] = column < entries[i].Columns.Length ? Place(own_, row, entries[i].Columns[column]) : NoPlace;
        }
        List<int> joined = [], joinedStart = [0];
        List<(int Other, int Self)> joinedTo = [];
        for (int row = 0; row < collectors.Rows.Length; row++)
            foreach ((long other, List<int> sum) in plane.Of(row))
            {
                joined.AddRange(sum);
                joinedStart.Add(joined.Count);
                joinedTo.Add((Place(own_, row, other), Place(own_, row, collectors.First + row)));
            }
        (_joined, _joinedStart, _joinedTo) = ([.. joined], [.. joinedStart], [.. joinedTo]);
        _matrix = new(world, own_);
        _rightSide = new(world, collectors.Rows.Length);
        _solution = new(world, collectors.Rows.Length);

        void Add(int from, int own, (int Cell, Field Field) column, long globalColumn)
        {
            if (column.Cell < 0)
            {
                long to = globalColumn == layout.TerminalGlobal ? collectors.Terminal : remote.GetValueOrDefault(globalColumn, -1);
                if (to >= 0)
                    Direct(from, to);
                return;
            }
            // A cell with electrolyte that touches the terminal is part of its segment: its neighbours in the plane are lumped like those of the others.
            if (own >= 0 && collectors.HasElectrolyte(own) && collectors.HasElectrolyte(column.Cell)
                && (column.Cell >= layout.OwnedCells || batches.Segments.OfCell[own] != batches.Segments.OfCell[column.Cell]))
                column = layout.Has(own, column.Field) ? (own, column.Field) : column;
            long collector = collectors.Global(column.Cell, column.Field);
            if (collector >= 0)
            {
                Direct(from, collector);
                return;
            }
            long[] reached;
            int interior;
            if (column.Cell < layout.OwnedCells)
            {
                interior = batches.PlaceOf(layout.Row(column.Cell, column.Field));
                reached = [.. rows.ColumnsOf(batches.Segments.OfCell[column.Cell])];
            }
            else if (border.InteriorGhosts.TryGetValue(column.Cell, out int ghost))
            {
                interior = ~((ghost * FieldSet.Most) + layout.Fields(column.Cell).Offset(column.Field));
                reached = [.. ghostColumns.AsSpan(ghost * _columns, _columns).ToArray().Where(number => number >= 0)];
            }
            else
                return;
            entries.Add((from, interior, reached));
            present.UnionWith(reached);
        }

        void Direct(int from, long to)
        {
            direct.Add((from, to));
            present.Add(to);
        }

        long[] GhostColumns(int cells)
        {
            long[] columns = new long[cells * _columns];
            Array.Fill(columns, -1);
            for (int i = 0; i < border.InteriorSent.Length; i++)
            {
                IReadOnlyList<long> own = rows.ColumnsOf(batches.Segments.OfCell[border.InteriorSent[i]]);
                for (int column = 0; column < own.Count; column++)
                    columns[((border.InteriorGhosts.Count + i) * _columns) + column] = own[column];
            }
            if (_columns > 0)
                border.ShareInterior(columns, _columns);
            return columns;
        }
    }

    private const int NoPlace = int.MinValue;

    /// <summary>S.</summary>
    internal Matrix Matrix => _matrix;

    /// <summary>*Collective.* Takes over the values of the matrix, with the factors of the segments made from them.</summary>
    internal void SetUp(ReadOnlySpan<double> diagonal, ReadOnlySpan<double> offDiagonal)
    {
        Span<double> inside = _matrix.DiagonalValues, outside = _matrix.OffDiagonalValues;
        inside.Clear();
        outside.Clear();
        foreach ((int from, int to) in _direct)
            At(inside, outside, to) += from >= 0 ? diagonal[from] : offDiagonal[~from];
        for (int pair = 0; pair < _joinedTo.Length; pair++)
        {
            double sum = 0;
            for (int i = _joinedStart[pair]; i < _joinedStart[pair + 1]; i++)
                sum += _joined[i] >= 0 ? diagonal[_joined[i]] : offDiagonal[~_joined[i]];
            At(inside, outside, _joinedTo[pair].Other) += sum;
            At(inside, outside, _joinedTo[pair].Self) -= sum;
        }
        ShareResponses();
        for (int i = 0; i < _entries.Length; i++)
        {
            (int from, int interior) = _entries[i];
            double value = _values[i] = from >= 0 ? diagonal[from] : offDiagonal[~from];
            if (value == 0)
                continue;
            for (int column = 0; column < _columns && _targets[(i * _columns) + column] is var to && to != NoPlace; column++)
                At(inside, outside, to) -= value * (interior >= 0 ? _factors.Response(interior, column) : _ghostResponses[(~interior * _columns) + column]);
        }
        _matrix.ValuesChanged();
    }

    /// <summary>*Collective.* x_Γ = S⁻¹ (r_Γ − A_ΓI y).</summary>
    internal ReadOnlySpan<double> Solve(ReadOnlySpan<double> r, double[] y, LinearSolver solver)
    {
        ShareValues(y);
        Span<double> right = _rightSide.Values;
        for (int row = 0; row < right.Length; row++)
        {
            double sum = r[_collectors.Rows[row]];
            for (int i = _entryStart[row]; i < _entryStart[row + 1]; i++)
                sum -= _values[i] * (_entries[i].Interior is >= 0 and int own ? y[own] : _ghostValues[~_entries[i].Interior]);
            right[row] = sum;
        }
        _rightSide.ValuesChanged();
        solver.Solve(_rightSide, _solution);
        return _solution.Values;
    }

    public void Dispose()
    {
        _solution.Dispose();
        _rightSide.Dispose();
        _matrix.Dispose();
    }

    private static ref double At(Span<double> inside, Span<double> outside, int place)
    {
        if (place >= 0)
            return ref inside[place];
        return ref outside[~place];
    }

    private int Place(CsrPattern pattern, int row, long column)
    {
        long local = column - _collectors.First;
        return local >= 0 && local < _collectors.Rows.Length
            ? Array.BinarySearch(pattern.Columns, pattern.RowStart[row], pattern.RowStart[row + 1] - pattern.RowStart[row], (int)local)
            : ~Array.BinarySearch(pattern.OffDiagonalColumns, pattern.OffDiagonalRowStart[row], pattern.OffDiagonalRowStart[row + 1] - pattern.OffDiagonalRowStart[row], column);
    }

    /// <summary>Numbers of the collector unknowns of all cells that touch the terminal, by their columns: V sees them wherever they are.</summary>
    private Dictionary<long, long> TerminalNeighbours(SparsePattern pattern, Communicator world)
    {
        List<long> pairs = [];
        for (int i = 0; i < _collectors.Rows.Length; i++)
            if (_collectors.TouchesTerminal(_collectors.Rows[i]))
                pairs.AddRange([_layout.FirstGlobalRow + _collectors.Rows[i], _collectors.First + i]);
        long[] all = world.Allgatherv([.. pairs]);
        return all.Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }

    /// <summary>Lets other ranks know y of the cells that touch their collectors.</summary>
    private void ShareValues(double[] y)
    {
        if (!_border.IsNeeded)
            return;
        foreach ((int at, int interior) in _sent)
            _ghostValues[at] = y[interior];
        _border.ShareInterior(_ghostValues, FieldSet.Most);
    }

    /// <summary>Lets other ranks know W of those cells.</summary>
    private void ShareResponses()
    {
        if (!_border.IsNeeded || _columns == 0)
            return;
        foreach ((int at, int interior) in _sent)
            for (int column = 0; column < _columns; column++)
                _ghostResponses[(at * _columns) + column] = _factors.Response(interior, column);
        _border.ShareInterior(_ghostResponses, FieldSet.Most * _columns);
    }
}
