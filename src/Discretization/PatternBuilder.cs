using System.Numerics;
using Cell3D.Mesh;

namespace Cell3D.Discretization;

/// <summary>Collects which unknown of which cell depends on which, and turns that into a <see cref="SparsePattern"/>.</summary>
/// <remarks>Couplings are gone through twice, to count and to fill: nothing of the size of the pattern exists but the pattern.</remarks>
public sealed class PatternBuilder(FieldLayout layout)
{
    private readonly List<(ReadOnlyMemory<Face> Faces, FieldSet Rows, Func<Field, FieldSet> ColumnsOf)> _faces = [];
    private readonly List<(int RowCell, FieldSet Rows, int ColumnCell, FieldSet Columns)> _pairs = [];
    private readonly List<(int Cell, FieldSet Rows)> _terminalCells = [];
    private long[] _terminalColumns = [];

    public FieldLayout Layout => layout;

    /// <summary>The rows of one cell depend on the columns of another (or the same) cell. Ignored when the row cell is a ghost.</summary>
    public void Couple(int rowCell, FieldSet rows, int columnCell, FieldSet columns) => _pairs.Add((rowCell, rows, columnCell, columns));

    /// <summary>Both cells of every face depend on each other.</summary>
    /// <param name="faces">The faces.</param>
    /// <param name="rows">Equations that couple.</param>
    /// <param name="columnsOf">Unknowns of the cell opposite that each of them depends on.</param>
    public void CoupleAcross(ReadOnlyMemory<Face> faces, FieldSet rows, Func<Field, FieldSet> columnsOf) => _faces.Add((faces, rows, columnsOf));

    /// <summary>A cell touches the terminal: some of its rows depend on V.</summary>
    public void CoupleToTerminal(int cell, FieldSet rows) => _terminalCells.Add((cell, rows));

    /// <summary>Unknowns on which the row of V depends (global numbers of all ranks' terminal cells), for the rank that owns V.</summary>
    public void CoupleTerminalRow(long[] globalColumns) => _terminalColumns = globalColumns;

    /// <summary>Builds the pattern; every cell's own unknowns couple fully.</summary>
    public SparsePattern Build()
    {
        Entries<int> diagonal = new(layout.Rows);
        Entries<long> offDiagonal = new(layout.Rows);
        Visit(diagonal, offDiagonal);
        diagonal.Allocate();
        offDiagonal.Allocate();
        Visit(diagonal, offDiagonal);
        diagonal.Sort();
        offDiagonal.Sort();
        return new(layout, diagonal.Start, diagonal.Columns, offDiagonal.Start, offDiagonal.Columns);
    }

    private void Visit(Entries<int> diagonal, Entries<long> offDiagonal)
    {
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            foreach (Field row in layout.Fields(cell).Members)
                Add(cell, row, cell, layout.Fields(cell));
        foreach ((ReadOnlyMemory<Face> faces, FieldSet rows, Func<Field, FieldSet> columnsOf) in _faces)
        {
            (Field Row, FieldSet Columns)[] couplings = [.. rows.Members.ToArray().Select(row => (row, columnsOf(row)))];
            foreach (ref readonly Face face in faces.Span)
                foreach ((Field row, FieldSet columns) in couplings)
                {
                    Add(face.Left, row, face.Right, columns);
                    Add(face.Right, row, face.Left, columns);
                }
        }
        foreach ((int rowCell, FieldSet rows, int columnCell, FieldSet columns) in _pairs)
            foreach (Field row in rows.Members)
                Add(rowCell, row, columnCell, columns);
        foreach ((int cell, FieldSet rows) in _terminalCells)
            foreach (Field row in rows.And(layout.Fields(cell)).Members)
                AddGlobal(layout.Row(cell, row), layout.TerminalGlobal);
        if (layout.OwnsTerminal)
            foreach (long column in _terminalColumns.Append(layout.TerminalGlobal))
                AddGlobal(layout.TerminalRow, column);

        void Add(int rowCell, Field row, int columnCell, FieldSet columns)
        {
            if (rowCell >= layout.OwnedCells || !layout.Has(rowCell, row))
                return;
            int at = layout.FirstRow(rowCell) + layout.Fields(rowCell).Offset(row);
            FieldSet lives = layout.Fields(columnCell);
            if (columnCell < layout.OwnedCells)
                diagonal.Add(at, layout.FirstRow(columnCell), lives, columns.And(lives));
            else
                offDiagonal.Add(at, layout.FirstGlobal(columnCell), lives, columns.And(lives));
        }

        void AddGlobal(int row, long column)
        {
            long local = column - layout.FirstGlobalRow;
            FieldSet one = new(1);
            if (local >= 0 && local < layout.Rows)
                diagonal.Add(row, (int)local, one, one);
            else
                offDiagonal.Add(row, column, one, one);
        }
    }

    /// <summary>Columns of one block, row by row: counted first, then filled.</summary>
    private sealed class Entries<T>(int rows) where T : unmanaged, IBinaryInteger<T>
    {
        private bool _isCounted;

        /// <summary>While counting the entries of row i stand in Start[i + 1], while filling the place of its next one; at the end the start of row i + 1.</summary>
        public int[] Start { get; } = new int[rows + 1];

        public T[] Columns { get; private set; } = [];

        /// <summary>Adds unknowns of one cell to a row.</summary>
        /// <param name="row">The row.</param>
        /// <param name="first">Number of the first unknown of the cell.</param>
        /// <param name="lives">The unknowns of the cell, which are numbered in their order.</param>
        /// <param name="columns">Those that the row depends on.</param>
        public void Add(int row, T first, FieldSet lives, FieldSet columns)
        {
            ref int end = ref Start[row + 1];
            if (!_isCounted)
            {
                end += columns.Count;
                return;
            }
            foreach (Field column in columns.Members)
                Columns[end++] = first + T.CreateTruncating(lives.Offset(column));
        }

        public void Allocate()
        {
            int sum = 0;
            for (int row = 1; row < Start.Length; row++)
            {
                int count = Start[row];
                Start[row] = sum;
                sum = checked(sum + count);
            }
            Columns = GC.AllocateUninitializedArray<T>(sum);
            _isCounted = true;
        }

        /// <summary>Orders the columns of each row and drops repeats.</summary>
        public void Sort()
        {
            int filled = 0, start = 0;
            for (int row = 1; row < Start.Length; row++)
            {
                Span<T> columns = Columns.AsSpan(start..Start[row]);
                columns.Sort();
                start = Start[row];
                int first = filled;
                foreach (T column in columns)
                    if (filled == first || !column.Equals(Columns[filled - 1]))
                        Columns[filled++] = column;
                Start[row] = filled;
            }
            if (filled < Columns.Length)
                Columns = Columns[..filled];
        }
    }
}
