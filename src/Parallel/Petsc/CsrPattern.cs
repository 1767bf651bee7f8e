namespace Cell3D.Parallel.Petsc;

/// <summary>
/// Where the nonzeros of a rank's rows are, split as PETSc stores them: columns the rank owns (diagonal block) and columns of other
/// ranks (off-diagonal block). Within a row, columns ascend in both blocks.
/// </summary>
/// <param name="RowStart">Diagonal block: first entry of each row, rows + 1 numbers.</param>
/// <param name="Columns">Diagonal block: columns as local row numbers, 0 … rows − 1.</param>
/// <param name="OffDiagonalRowStart">Off-diagonal block: first entry of each row, rows + 1 numbers.</param>
/// <param name="OffDiagonalColumns">Off-diagonal block: global columns.</param>
public sealed record CsrPattern(int[] RowStart, int[] Columns, int[] OffDiagonalRowStart, long[] OffDiagonalColumns)
{
    /// <summary>A pattern without off-diagonal block.</summary>
    public CsrPattern(int[] rowStart, int[] columns)
        : this(rowStart, columns, new int[rowStart.Length], [])
    {
    }

    /// <summary>Rows of this rank.</summary>
    public int Rows => RowStart.Length - 1;

    /// <summary>Nonzeros of this rank.</summary>
    public long NonzeroCount => (long)Columns.Length + OffDiagonalColumns.Length;

    internal void Check()
    {
        if (RowStart.Length == 0 || OffDiagonalRowStart.Length != RowStart.Length)
            throw new ArgumentException($"{RowStart.Length} and {OffDiagonalRowStart.Length} row starts; both blocks need rows + 1.");
        CheckRowStart(RowStart, Columns.Length);
        CheckRowStart(OffDiagonalRowStart, OffDiagonalColumns.Length);
        foreach (int column in Columns)
        {
            if (column < 0 || column >= Rows) throw new ArgumentException($"Column {column} is not in the diagonal block of {Rows} rows.");
        }
    }

    private static void CheckRowStart(int[] rowStart, int entries)
    {
        bool ascending = rowStart[0] == 0 && rowStart[^1] == entries;
        for (int row = 0; ascending && row + 1 < rowStart.Length; row++) ascending = rowStart[row] <= rowStart[row + 1];
        if (!ascending) throw new ArgumentException($"Row starts must ascend from 0 to the {entries} entries of their block.");
    }
}
