namespace Cell3D.Discretization;

/// <summary>Collects which unknown of which cell depends on which, and turns that into a <see cref="SparsePattern"/>.</summary>
public sealed class PatternBuilder(FieldLayout layout)
{
    private readonly List<long> _pairs = [];
    private readonly List<ulong> _masks = [];
    private readonly HashSet<int> _terminalCells = [];
    private long[] _terminalColumns = [];

    public FieldLayout Layout => layout;

    /// <summary>The rows of one cell depend on the columns of another (or the same) cell. Ignored when the row cell is a ghost.</summary>
    public void Couple(int rowCell, FieldSet rows, int columnCell, FieldSet columns)
    {
        if (rowCell >= layout.OwnedCells)
            return;
        ulong mask = 0;
        for (int row = 0; row < 8; row++)
            if ((rows.Bits & layout.Fields(rowCell).Bits & (1 << row)) != 0)
                mask |= (ulong)(byte)(columns.Bits & layout.Fields(columnCell).Bits) << (8 * row);
        _pairs.Add(((long)rowCell << 32) | (uint)columnCell);
        _masks.Add(mask);
    }

    /// <summary>φ_s of a cell touches the terminal: its charge and heat rows depend on V.</summary>
    public void CoupleToTerminal(int cell) => _terminalCells.Add(cell);

    /// <summary>Unknowns on which the row of V depends (global numbers of all ranks' terminal cells), for the rank that owns V.</summary>
    public void CoupleTerminalRow(long[] globalColumns) => _terminalColumns = globalColumns;

    /// <summary>Builds the pattern; every cell's own unknowns couple fully.</summary>
    public SparsePattern Build()
    {
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            Couple(cell, layout.Fields(cell), cell, layout.Fields(cell));
        long[] pairs = [.. _pairs];
        ulong[] masks = [.. _masks];
        Array.Sort(pairs, masks);
        Rows rows = new(layout);
        int entry = 0;
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            int end = entry;
            while (end < pairs.Length && pairs[end] >> 32 == cell)
                end++;
            AddCell(rows, cell, pairs.AsSpan(entry..end), masks.AsSpan(entry..end));
            entry = end;
        }
        if (layout.OwnsTerminal)
            rows.Add([.. _terminalColumns, layout.TerminalGlobal]);
        return rows.ToPattern();
    }

    private void AddCell(Rows rows, int cell, ReadOnlySpan<long> pairs, ReadOnlySpan<ulong> masks)
    {
        List<long> columns = [];
        for (int row = 0; row < 8; row++)
        {
            if ((layout.Fields(cell).Bits & (1 << row)) == 0)
                continue;
            columns.Clear();
            for (int i = 0; i < pairs.Length; i++)
                for (int column = 0; column < 8; column++)
                    if ((masks[i] >> (8 * row) & (1UL << column)) != 0)
                        columns.Add(layout.Global((int)pairs[i], (Field)column));
            if ((Field)row is Field.ElectronicPotential or Field.Temperature && _terminalCells.Contains(cell))
                columns.Add(layout.TerminalGlobal);
            rows.Add(columns);
        }
    }

    /// <summary>Rows in the making, columns sorted and without repeats.</summary>
    private sealed class Rows(FieldLayout layout)
    {
        private readonly List<int> _diagonalStart = [0], _diagonal = [], _offDiagonalStart = [0];
        private readonly List<long> _offDiagonal = [];

        public void Add(List<long> columns)
        {
            columns.Sort();
            long last = -1;
            foreach (long column in columns)
            {
                if (column == last)
                    continue;
                last = column;
                long local = column - layout.FirstGlobalRow;
                if (local >= 0 && local < layout.Rows)
                    _diagonal.Add((int)local);
                else
                    _offDiagonal.Add(column);
            }
            _diagonalStart.Add(_diagonal.Count);
            _offDiagonalStart.Add(_offDiagonal.Count);
        }

        public SparsePattern ToPattern() => new(layout, [.. _diagonalStart], [.. _diagonal], [.. _offDiagonalStart], [.. _offDiagonal]);
    }
}
