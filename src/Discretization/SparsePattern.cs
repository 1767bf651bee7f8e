using System.Numerics;

namespace Cell3D.Discretization;

/// <summary>Where the values of the owned rows start: what stays of a pattern without its columns.</summary>
/// <param name="Diagonal">First entry of each row in the diagonal block, and the end.</param>
/// <param name="OffDiagonal">First entry of each row in the off-diagonal block, and the end; empty where that block is.</param>
/// <param name="Own">First entry of each row that belongs to an unknown of its own cell; those of the others follow.</param>
public sealed record RowStarts(int[] Diagonal, int[] OffDiagonal, int[] Own)
{
    /// <summary>Replaces the equation of an unknown by δy = 0.</summary>
    /// <param name="assembly">Receives a residual of 0 and a row with nothing but a diagonal entry of 1.</param>
    /// <param name="row">Its local row.</param>
    /// <param name="place">Place of the unknown inside its cell.</param>
    public void KeepUnknown(in Assembly assembly, int row, int place)
    {
        assembly.Residual[row] = 0;
        if (assembly.Diagonal.IsEmpty)
            return;
        assembly.Diagonal[Diagonal[row]..Diagonal[row + 1]].Clear();
        if (OffDiagonal.Length > 0)
            assembly.OffDiagonal[OffDiagonal[row]..OffDiagonal[row + 1]].Clear();
        assembly.Diagonal[Own[row] + place] = 1;
    }
}

/// <summary>Non-zero pattern of the owned rows, split into the rank's own columns (diagonal block) and all others.</summary>
/// <remarks>Columns ascend inside a row. Diagonal columns are local, off-diagonal columns global.</remarks>
public sealed class SparsePattern
{
    /// <summary>A position that no owned row has: contributions there belong to another rank.</summary>
    public const int Absent = int.MinValue;

    private readonly FieldLayout _layout;

    internal SparsePattern(FieldLayout layout, int[] diagonalStart, int[] diagonalColumns, int[] offDiagonalStart, long[] offDiagonalColumns)
    {
        _layout = layout;
        DiagonalColumns = diagonalColumns;
        OffDiagonalStart = offDiagonalStart;
        OffDiagonalColumns = offDiagonalColumns;
        Starts = new(diagonalStart, offDiagonalColumns.Length > 0 ? offDiagonalStart : [], new int[layout.Rows]);
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            for (int row = layout.FirstRow(cell); row < layout.FirstRow(cell) + layout.Fields(cell).Count; row++)
                Starts.Own[row] = Position(row, layout.FirstGlobal(cell));
        if (layout.OwnsTerminal)
            Starts.Own[layout.TerminalRow] = Position(layout.TerminalRow, layout.TerminalGlobal);
    }

    public RowStarts Starts { get; }

    public int[] DiagonalColumns { get; }

    /// <summary>First entry of each row in the off-diagonal block, and the end.</summary>
    public int[] OffDiagonalStart { get; }

    public long[] OffDiagonalColumns { get; }

    public long NonZeros => (long)DiagonalColumns.Length + OffDiagonalColumns.Length;

    /// <summary>Position of ∂(row)/∂(column) between two cells: k ≥ 0 in the diagonal values, ~k in the off-diagonal ones,
    /// <see cref="Absent"/> where the row is not owned or either unknown does not live.</summary>
    public int Position(int rowCell, Field row, int columnCell, Field column)
    {
        if (rowCell >= _layout.OwnedCells || !_layout.Has(rowCell, row) || !_layout.Has(columnCell, column))
            return Absent;
        return Position(_layout.Row(rowCell, row), _layout.Global(columnCell, column));
    }

    /// <summary>Position of the first of several derivatives of one row by unknowns of another cell, which follow each other: upwards in the diagonal
    /// values, downwards in the off-diagonal ones.</summary>
    /// <returns><see cref="Absent"/> where they do not.</returns>
    public int Start(int rowCell, Field row, int columnCell, ReadOnlySpan<Field> columns)
    {
        int start = Position(rowCell, row, columnCell, columns[0]);
        if (start == Absent)
            return Absent;
        long first = _layout.FirstGlobal(columnCell) - (start >= 0 ? _layout.FirstGlobalRow : 0);
        FieldSet lives = _layout.Fields(columnCell);
        for (int k = 1; k < columns.Length; k++)
        {
            int at = start >= 0 ? start + k : ~start + k;
            if (!lives.Contains(columns[k]) || (start >= 0 ? At(DiagonalColumns, at) : At(OffDiagonalColumns, at)) != first + lives.Offset(columns[k]))
                return Absent;
        }
        return start;

        static long At<T>(T[] values, int at) where T : unmanaged, IBinaryInteger<T> => at < values.Length ? long.CreateTruncating(values[at]) : -1;
    }

    /// <summary>Position of a local row and a global column; throws when the pattern lacks it.</summary>
    public int Position(int row, long globalColumn)
    {
        long local = globalColumn - _layout.FirstGlobalRow;
        (int[] diagonal, int[] offDiagonal) = (Starts.Diagonal, OffDiagonalStart);
        int found = local >= 0 && local < _layout.Rows
            ? Array.BinarySearch(DiagonalColumns, diagonal[row], diagonal[row + 1] - diagonal[row], (int)local)
            : Array.BinarySearch(OffDiagonalColumns, offDiagonal[row], offDiagonal[row + 1] - offDiagonal[row], globalColumn);
        if (found < 0)
            throw new InvalidOperationException($"Row {row} does not couple to column {globalColumn}: a term did not declare this coupling.");
        return local >= 0 && local < _layout.Rows ? found : ~found;
    }
}
