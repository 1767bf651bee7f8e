using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>Γ: the unknowns of all cells without electrolyte, those that depend on the terminal voltage V, and V itself, numbered over the ranks; V comes last.</summary>
/// <remarks>All others are interior to segments.</remarks>
internal sealed class CollectorRows
{
    private readonly FieldLayout _layout;
    private readonly HashSet<int> _touching = [];
    private readonly int[] _of;
    private readonly long[] _ghostFirst;
    private readonly FieldSet[] _ghostSets;

    /// <summary>*Collective.* Chooses and numbers them.</summary>
    internal CollectorRows(FieldLayout layout, SparsePattern pattern, FieldHalo halo, Communicator world)
    {
        _layout = layout;
        _of = new int[layout.Rows];
        Array.Fill(_of, -1);
        List<int> rows = [];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
            for (int row = layout.FirstRow(cell); row < layout.FirstRow(cell) + layout.Fields(cell).Count; row++)
            {
                bool touches = DependsOnTerminal(pattern, row);
                if (touches)
                    _touching.Add(row);
                if (touches || !HasElectrolyte(cell))
                    Add(row);
            }
        if (layout.OwnsTerminal)
            Add(layout.TerminalRow);
        Rows = [.. rows];
        First = world.Exscan(rows.Count);
        Total = world.Allreduce((long)rows.Count, Operation.Sum);
        (_ghostFirst, _ghostSets) = (new long[layout.Cells - layout.OwnedCells], new FieldSet[layout.Cells - layout.OwnedCells]);
        halo.Share(cell => First + Math.Max(0, FirstOf(cell)), (cell, first) => _ghostFirst[cell - layout.OwnedCells] = first);
        halo.Share(cell => Set(cell).Bits, (cell, bits) => _ghostSets[cell - layout.OwnedCells] = new((byte)bits));

        void Add(int row)
        {
            _of[row] = rows.Count;
            rows.Add(row);
        }
    }

    /// <summary>Local rows of this rank's collector unknowns, ascending.</summary>
    internal int[] Rows { get; }

    /// <summary>Number of this rank's first one among those of all ranks.</summary>
    internal long First { get; }

    /// <summary>How many there are on all ranks.</summary>
    internal long Total { get; }

    /// <summary>Number of V.</summary>
    internal long Terminal => Total - 1;

    /// <summary>Whether a local row depends on V.</summary>
    internal bool TouchesTerminal(int row) => _touching.Contains(row);

    internal bool HasElectrolyte(int cell) => _layout.Has(cell, Field.IonicPotential);

    /// <summary>Place of a local row among this rank's; −1 for interior ones.</summary>
    internal int Of(int row) => _of[row];

    /// <summary>The unknowns of a local cell that belong here.</summary>
    internal FieldSet Set(int cell)
    {
        if (cell >= _layout.OwnedCells)
            return _ghostSets[cell - _layout.OwnedCells];
        FieldSet set = FieldSet.None;
        foreach (Field field in FieldsOf(_layout.Fields(cell)))
            if (_of[_layout.Row(cell, field)] >= 0)
                set = set.With(field);
        return set;
    }

    /// <summary>Number of an unknown of a local cell among those of all ranks; −1 for interior ones.</summary>
    internal long Global(int cell, Field field)
    {
        if (cell < _layout.OwnedCells)
            return _of[_layout.Row(cell, field)] is >= 0 and int own ? First + own : -1;
        FieldSet set = _ghostSets[cell - _layout.OwnedCells];
        return set.Contains(field) ? _ghostFirst[cell - _layout.OwnedCells] + set.Offset(field) : -1;
    }

    /// <summary>The unknowns of a set, in their order.</summary>
    internal static IEnumerable<Field> FieldsOf(FieldSet set) => Enumerable.Range(0, FieldSet.Most).Select(field => (Field)field).Where(set.Contains);

    private int FirstOf(int cell)
    {
        for (int row = _layout.FirstRow(cell); row < _layout.FirstRow(cell) + _layout.Fields(cell).Count; row++)
            if (_of[row] >= 0)
                return _of[row];
        return -1;
    }

    /// <summary>V has the last number of all, so that its column comes last in a row.</summary>
    private bool DependsOnTerminal(SparsePattern pattern, int row)
    {
        if (!_layout.OwnsTerminal)
            return pattern.OffDiagonalStart[row + 1] is var end && end > pattern.OffDiagonalStart[row] && pattern.OffDiagonalColumns[end - 1] == _layout.TerminalGlobal;
        int last = pattern.Starts.Diagonal[row + 1];
        return last > pattern.Starts.Diagonal[row] && pattern.DiagonalColumns[last - 1] == _layout.TerminalRow;
    }
}
