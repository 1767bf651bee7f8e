using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Linear;

/// <summary>Γ: the unknowns of all cells without electrolyte, those held within segments, those that depend on the terminal voltage V, and V itself, numbered over the ranks; V comes last.</summary>
/// <remarks>All others are interior to segments.</remarks>
internal sealed class CollectorRows
{
    private readonly FieldLayout _layout;
    private readonly long[] _ghostFirst;
    private readonly FieldSet[] _sets;
    private readonly HashSet<int> _touching = [];

    /// <summary>*Collective.* Chooses and numbers them.</summary>
    internal CollectorRows(FieldLayout layout, SparsePattern pattern, HeldUnknowns held, FieldHalo halo, Communicator world)
    {
        _layout = layout;
        _sets = new FieldSet[layout.Cells];
        List<int> rows = [];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            foreach (Field field in layout.Fields(cell).Members)
            {
                int row = layout.Row(cell, field);
                bool touches = DependsOnTerminal(pattern, row);
                if (touches)
                    _touching.Add(row);
                if (!touches && HasElectrolyte(cell) && !held.Contains(cell, field))
                    continue;
                rows.Add(row);
                _sets[cell] = _sets[cell].With(field);
            }
        }
        if (layout.OwnsTerminal)
            rows.Add(layout.TerminalRow);
        Rows = [.. rows];
        First = world.Exscan(rows.Count);
        Total = world.Allreduce((long)rows.Count, Operation.Sum);
        _ghostFirst = new long[layout.Cells - layout.OwnedCells];
        halo.Share(cell => _sets[cell].Bits, (cell, bits) => _sets[cell] = new((byte)bits));
        halo.Share(cell => _sets[cell].Count == 0 ? -1 : Global(cell, _sets[cell].Members[0]), (cell, first) => _ghostFirst[cell - layout.OwnedCells] = first);
        for (int cell = layout.OwnedCells; cell < layout.Cells; cell++)
            foreach (Field field in _sets[cell].Members)
                Ghosts.Add(Global(cell, field), (cell, field));
    }

    /// <summary>Local rows of this rank's collector unknowns, ascending.</summary>
    internal int[] Rows { get; }

    /// <summary>Number of this rank's first one among those of all ranks.</summary>
    internal long First { get; }

    /// <summary>How many there are on all ranks.</summary>
    internal long Total { get; }

    /// <summary>Number of V.</summary>
    internal long Terminal => Total - 1;

    /// <summary>Those of ghosts, by their numbers.</summary>
    internal Dictionary<long, (int Cell, Field Field)> Ghosts { get; } = [];

    /// <summary>Whether a local row depends on V.</summary>
    internal bool TouchesTerminal(int row) => _touching.Contains(row);

    internal bool HasElectrolyte(int cell) => _layout.Has(cell, Field.IonicPotential);

    /// <summary>Whether one of all ranks' numbers is that of an own one.</summary>
    internal bool IsOwn(long number) => number >= First && number < First + Rows.Length;

    /// <summary>Place of a local row among this rank's; −1 for interior ones.</summary>
    internal int Of(int row) => Array.BinarySearch(Rows, row) is >= 0 and int place ? place : -1;

    /// <summary>The unknowns of a local cell that belong here.</summary>
    internal FieldSet Set(int cell) => _sets[cell];

    /// <summary>Number of an unknown of a local cell among those of all ranks; −1 for interior ones.</summary>
    internal long Global(int cell, Field field)
    {
        if (!_sets[cell].Contains(field))
            return -1;
        return cell < _layout.OwnedCells ? First + Of(_layout.Row(cell, field)) : _ghostFirst[cell - _layout.OwnedCells] + _sets[cell].Offset(field);
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
