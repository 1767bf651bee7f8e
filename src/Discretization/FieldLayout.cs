namespace Cell3D.Discretization;

/// <summary>Where every unknown lives: cells in mesh order, interlaced inside a cell, the terminal voltage V last of all.</summary>
/// <remarks>Owned cells have local rows; ghosts only a place in the global numbering.</remarks>
public sealed class FieldLayout
{
    private readonly FieldSet[] _fields;
    private readonly int[] _firstRow;
    private readonly long[] _ghostGlobal;

    /// <summary>Unknowns of all owned cells.</summary>
    private readonly FieldSet _present;

    /// <summary>Numbers the unknowns of one rank.</summary>
    /// <param name="fields">Unknowns of every local cell: owned cells first, then ghosts.</param>
    /// <param name="ownedCells">Number of owned cells.</param>
    /// <param name="ownsTerminal">Whether V is a row of this rank (the last rank).</param>
    public FieldLayout(FieldSet[] fields, int ownedCells, bool ownsTerminal)
    {
        _fields = fields;
        OwnedCells = ownedCells;
        OwnsTerminal = ownsTerminal;
        _firstRow = new int[ownedCells + 1];
        for (int cell = 0; cell < ownedCells; cell++)
        {
            _firstRow[cell + 1] = _firstRow[cell] + fields[cell].Count;
            _present = _present.With(fields[cell]);
        }
        Rows = _firstRow[ownedCells] + (ownsTerminal ? 1 : 0);
        _ghostGlobal = new long[fields.Length - ownedCells];
        Number(0, Rows);
    }

    /// <summary>Local cells, ghosts included.</summary>
    public int Cells => _fields.Length;

    /// <summary>Cells whose equations this rank assembles.</summary>
    public int OwnedCells { get; }

    /// <summary>Rows of this rank.</summary>
    public int Rows { get; }

    /// <summary>Whether V is the last row of this rank.</summary>
    public bool OwnsTerminal { get; }

    /// <summary>Local row of V; only where <see cref="OwnsTerminal"/>.</summary>
    public int TerminalRow => Rows - 1;

    /// <summary>First global row of this rank.</summary>
    public long FirstGlobalRow { get; private set; }

    /// <summary>Global number of V.</summary>
    public long TerminalGlobal { get; private set; }

    public FieldSet Fields(int cell) => _fields[cell];

    /// <summary>Whether a field lives in any owned cell of this rank.</summary>
    public bool HasAnywhere(Field field) => _present.Contains(field);

    public bool Has(int cell, Field field) => _fields[cell].Contains(field);

    /// <summary>Owned cells where a field lives, ascending.</summary>
    public int[] CellsWith(Field field) => [.. Enumerable.Range(0, OwnedCells).Where(cell => Has(cell, field))];

    /// <summary>Local row of an unknown of an owned cell.</summary>
    /// <exception cref="ArgumentException">The unknown does not live there.</exception>
    public int Row(int cell, Field field) => _firstRow[cell] + Place(cell, field);

    /// <summary>Whether an unknown lives in an owned cell, and its local row.</summary>
    public bool TryRow(int cell, Field field, out int row)
    {
        FieldSet lives = _fields[cell];
        row = _firstRow[cell] + lives.Offset(field);
        return lives.Contains(field);
    }

    /// <summary>First local row of an owned cell; its unknowns follow each other.</summary>
    public int FirstRow(int cell) => _firstRow[cell];

    /// <summary>Global number of an unknown of any local cell.</summary>
    /// <exception cref="ArgumentException">The unknown does not live there.</exception>
    public long Global(int cell, Field field) => FirstGlobal(cell) + Place(cell, field);

    /// <summary>Global number of the first unknown of any local cell.</summary>
    public long FirstGlobal(int cell) => cell < OwnedCells ? FirstGlobalRow + _firstRow[cell] : _ghostGlobal[cell - OwnedCells];

    /// <summary>Places the owned rows behind those of the lower ranks; <paramref name="globalRows"/> counts V.</summary>
    public void Number(long firstGlobalRow, long globalRows)
    {
        FirstGlobalRow = firstGlobalRow;
        TerminalGlobal = globalRows - 1;
    }

    /// <summary>Without the question the number of another unknown would be given.</summary>
    private int Place(int cell, Field field) =>
        _fields[cell].Contains(field) ? _fields[cell].Offset(field) : throw new ArgumentException($"There is no {field} in cell {cell}.", nameof(field));

    /// <summary>Takes over the global numbers of the ghosts from their owners.</summary>
    public void NumberGhost(int cell, long firstGlobal) => _ghostGlobal[cell - OwnedCells] = firstGlobal;
}
