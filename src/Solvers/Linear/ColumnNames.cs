using Cell3D.Discretization;

namespace Cell3D.Solvers.Linear;

/// <summary>Tells which unknown of which local cell a column of the matrix belongs to.</summary>
internal sealed class ColumnNames
{
    /// <summary>The cell of V, and of cells that are not in reach of this rank.</summary>
    internal const int NoCell = -1;

    private readonly FieldLayout _layout;
    private readonly int[] _cellOf, _ghosts;
    private readonly long[] _ghostFirst;

    internal ColumnNames(FieldLayout layout)
    {
        _layout = layout;
        _cellOf = new int[layout.Rows];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            _cellOf.AsSpan(layout.FirstRow(cell), layout.Fields(cell).Count).Fill(cell);
        if (layout.OwnsTerminal)
            _cellOf[layout.TerminalRow] = NoCell;
        _ghosts = [.. Enumerable.Range(layout.OwnedCells, layout.Cells - layout.OwnedCells).Where(cell => layout.Fields(cell).Count > 0)];
        _ghostFirst = [.. _ghosts.Select(layout.FirstGlobal)];
        Array.Sort(_ghostFirst, _ghosts);
    }

    /// <summary>Of a column of the diagonal block.</summary>
    internal (int Cell, Field Field) Own(int column) => _cellOf[column] is >= 0 and int cell
        ? (cell, _layout.Fields(cell).Members[column - _layout.FirstRow(cell)])
        : (NoCell, default);

    /// <summary>Of a column of the off-diagonal block.</summary>
    internal (int Cell, Field Field) Other(long column)
    {
        int at = Array.BinarySearch(_ghostFirst, column);
        at = at >= 0 ? at : ~at - 1;
        if (at < 0 || column - _ghostFirst[at] is var place && place >= _layout.Fields(_ghosts[at]).Count)
            return (NoCell, default);
        return (_ghosts[at], _layout.Fields(_ghosts[at]).Members[(int)place]);
    }
}
