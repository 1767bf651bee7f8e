namespace Cell3D.Discretization;

/// <summary>Non-zero pattern of the owned rows, split into the rank's own columns (diagonal block) and all others.</summary>
/// <remarks>Columns ascend inside a row. Diagonal columns are local, off-diagonal columns global.</remarks>
public sealed class SparsePattern
{
    /// <summary>A position that no owned row has: contributions there belong to another rank.</summary>
    public const int Absent = int.MinValue;

    internal SparsePattern(FieldLayout layout, int[] diagonalStart, int[] diagonalColumns, int[] offDiagonalStart, long[] offDiagonalColumns)
    {
        Layout = layout;
        DiagonalStart = diagonalStart;
        DiagonalColumns = diagonalColumns;
        OffDiagonalStart = offDiagonalStart;
        OffDiagonalColumns = offDiagonalColumns;
    }

    public FieldLayout Layout { get; }

    public int[] DiagonalStart { get; }

    public int[] DiagonalColumns { get; }

    public int[] OffDiagonalStart { get; }

    public long[] OffDiagonalColumns { get; }

    public long NonZeros => (long)DiagonalColumns.Length + OffDiagonalColumns.Length;

    /// <summary>Position of ∂(row)/∂(column) between two cells: k ≥ 0 in the diagonal values, ~k in the off-diagonal ones,
    /// <see cref="Absent"/> where the row is not owned or either unknown does not live.</summary>
    public int Position(int rowCell, Field row, int columnCell, Field column)
    {
        if (rowCell >= Layout.OwnedCells || !Layout.Has(rowCell, row) || !Layout.Has(columnCell, column))
            return Absent;
        return Position(Layout.Row(rowCell, row), Layout.Global(columnCell, column));
    }

    /// <summary>Replaces the equation of an unknown by δy = 0.</summary>
    /// <param name="assembly">Receives a residual of 0 and a row with nothing but a diagonal entry of 1.</param>
    /// <param name="row">Its local row.</param>
    /// <param name="diagonal">Position of the diagonal entry.</param>
    public void KeepUnknown(in Assembly assembly, int row, int diagonal)
    {
        assembly.Residual[row] = 0;
        if (assembly.Diagonal.IsEmpty)
            return;
        assembly.Diagonal[DiagonalStart[row]..DiagonalStart[row + 1]].Clear();
        assembly.OffDiagonal[OffDiagonalStart[row]..OffDiagonalStart[row + 1]].Clear();
        assembly.Diagonal[diagonal] = 1;
    }

    /// <summary>Position of a local row and a global column; throws when the pattern lacks it.</summary>
    public int Position(int row, long globalColumn)
    {
        long local = globalColumn - Layout.FirstGlobalRow;
        int found = local >= 0 && local < Layout.Rows
            ? Array.BinarySearch(DiagonalColumns, DiagonalStart[row], DiagonalStart[row + 1] - DiagonalStart[row], (int)local)
            : Array.BinarySearch(OffDiagonalColumns, OffDiagonalStart[row], OffDiagonalStart[row + 1] - OffDiagonalStart[row], globalColumn);
        if (found < 0)
            throw new InvalidOperationException($"Row {row} does not couple to column {globalColumn}: a term did not declare this coupling.");
        return local >= 0 && local < Layout.Rows ? found : ~found;
    }
}
