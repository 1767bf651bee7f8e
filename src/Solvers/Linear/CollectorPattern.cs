using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear;

/// <summary>Where the entries of S = A_ΓΓ − A_ΓI W come from: found once, row by row, from the pattern of the matrix.</summary>
/// <remarks>A place in the matrix or in S is ≥ 0 in the diagonal block and a complement in the other one.</remarks>
internal sealed class CollectorPattern
{
    /// <summary>A target that there is not.</summary>
    internal const int NoPlace = int.MinValue;

    private readonly FieldLayout _layout;
    private readonly CollectorRows _collectors;
    private readonly SegmentBatches _batches;
    private readonly SegmentRows _rows;
    private readonly CollectorBorder _border;
    private Dictionary<long, long> _atTerminal;
    private long[] _ghostColumns;
    private int[] _placeOf;
    private List<(int From, long To)> _direct = [];
    private List<(int From, int Interior, long[] Columns)> _entries = [];
    private List<(int Entry, int Place)> _spread = [];

    /// <summary>*Collective.*</summary>
    internal CollectorPattern(SparsePattern pattern, FieldLayout layout, CollectorRows collectors, SegmentBatches batches, SegmentRows rows, CollectorBorder border, ColumnNames names, Communicator world)
    {
        (_layout, _collectors, _batches, _rows, _border) = (layout, collectors, batches, rows, border);
        Columns = (int)world.Allreduce((long)rows.MostColumns, Operation.Max);
        _ghostColumns = GhostColumns();
        _atTerminal = AtTerminal(world);
        ILookup<long, long> joined = Enumerable.Range(0, batches.Segments.Count).SelectMany(segment => rows.PairsOf(segment).ToArray()).Where(pair => pair.End < 0).Distinct().ToLookup(pair => pair.Own, pair => pair.Other);
        _placeOf = new int[batches.Segments.Count];
        for (int place = 0; place < batches.SegmentOf.Length; place++)
            if (batches.SegmentOf[place] is >= 0 and int segment)
                _placeOf[segment] = place;
        List<int> inner = [], innerStart = [0], outerStart = [0], directStart = [0], entryStart = [0];
        List<long> outer = [];
        SortedSet<long> present = [];
        foreach (int row in collectors.Rows)
        {
            long self = collectors.First + collectors.Of(row);
            present.Clear();
            present.Add(self);
            present.UnionWith(joined[self]);
            int own = names.Own(row).Cell;
            for (int entry = pattern.Starts.Diagonal[row]; entry < pattern.Starts.Diagonal[row + 1]; entry++)
                Add(entry, own, names.Own(pattern.DiagonalColumns[entry]), layout.FirstGlobalRow + pattern.DiagonalColumns[entry], present);
            for (int entry = pattern.OffDiagonalStart[row]; entry < pattern.OffDiagonalStart[row + 1]; entry++)
                Add(~entry, own, names.Other(pattern.OffDiagonalColumns[entry]), pattern.OffDiagonalColumns[entry], present);
            foreach (long column in present)
                if (collectors.IsOwn(column))
                    inner.Add((int)(column - collectors.First));
                else
                    outer.Add(column);
            innerStart.Add(inner.Count);
            outerStart.Add(outer.Count);
            directStart.Add(_direct.Count);
            entryStart.Add(_entries.Count);
        }
        Rows = new([.. innerStart], [.. inner], [.. outerStart], [.. outer]);
        (EntryStart, DirectStart) = ([.. entryStart], [.. directStart]);
        Direct = new (int, int)[_direct.Count];
        (int At, int Interior)[] sent = [.. InteriorSent()];
        Seen = new(batches, _entries.Select(entry => entry.Interior).Where(interior => interior >= 0).Concat(sent.Select(of => of.Interior)));
        Sent = [.. sent.Select(of => (of.At, Seen.PlaceOf(of.Interior)))];
        Entries = [.. _entries.Select(entry => (entry.From, entry.Interior >= 0 ? Seen.PlaceOf(entry.Interior) : entry.Interior))];
        Targets = new int[_entries.Count * Columns];
        List<(int, int, int)> flows = [];
        List<(int, int, int, int)> sums = [];
        List<(int, int)> spread = [];
        int next = 0;
        for (int row = 0; row < collectors.Rows.Length; row++)
        {
            for (int i = directStart[row]; i < directStart[row + 1]; i++)
                Direct[i] = (_direct[i].From, Place(row, _direct[i].To));
            for (int i = entryStart[row]; i < entryStart[row + 1]; i++)
                for (int column = 0; column < Columns; column++)
                    Targets[(i * Columns) + column] = column < _entries[i].Columns.Length ? Place(row, _entries[i].Columns[column]) : NoPlace;
            int first = next;
            while (next < _spread.Count && _spread[next].Entry < entryStart[row + 1])
                next++;
            foreach (IGrouping<int, (int Entry, int Place)> ofSegment in _spread[first..next].GroupBy(entry => entry.Place))
                AddSpread(row, ofSegment.Key, [.. ofSegment.Select(entry => entry.Entry)]);
        }
        sums.Add((0, 0, 0, spread.Count));
        (Flows, Sums, Spread) = ([.. flows], [.. sums], [.. spread]);
        Joined = [.. SegmentFactors.JoinedPairs(batches, rows).Where(pair => pair.Of.End < 0).Select(pair => (pair.At, PlaceOf(pair.Of.Own, pair.Of.Own), PlaceOf(pair.Of.Own, pair.Of.Other)))];
        // Of the size of the entries, and not asked again.
        (_atTerminal, _ghostColumns, _placeOf, _direct, _entries, _spread) = (null!, null!, null!, null!, null!, null!);

        int PlaceOf(long own, long other) => Place((int)(own - collectors.First), other);

        // The entries of one row in one segment.
        void AddSpread(int row, int place, int[] entries)
        {
            ReadOnlySpan<JoinedPair> pairs = rows.PairsOf(batches.SegmentOf[place]);
            int known = sums.Count;
            for (int pair = 0; pair < pairs.Length; pair++)
            {
                (long self, _, int end) = pairs[pair];
                if (end < 0 || sums.FindIndex(known, sum => sum.Item2 == end) >= 0)
                    continue;
                foreach (int entry in entries)
                    flows.Add((entry, end, sums.Count));
                sums.Add((place, end, Place(row, self), spread.Count));
                for (int other = pair; other < pairs.Length; other++)
                    if (pairs[other].End == end)
                        spread.Add((SegmentFactors.PlaceOf(place, other, rows.MostPairs), Place(row, pairs[other].Other)));
            }
        }
    }

    /// <summary>Pattern of the rank's rows of S.</summary>
    internal CsrPattern Rows { get; private set; }

    /// <summary>Most collector unknowns that a segment of any rank touches.</summary>
    internal int Columns { get; }

    /// <summary>Entries of A_ΓΓ by rows of Γ: their places in the matrix and in S.</summary>
    internal (int From, int To)[] Direct { get; }

    /// <summary>First entry of A_ΓΓ of each row of Γ, and the end.</summary>
    internal int[] DirectStart { get; }

    /// <summary>Interior unknowns that rows of Γ of this rank or others have entries by.</summary>
    internal SeenSlots Seen { get; }

    /// <summary>Entries of A_ΓI by rows of Γ: their place in the matrix and their interior unknown, ≥ 0 in slots and lanes of <see cref="Seen"/>, else the complement of its place among the
    /// ghosts' values.</summary>
    internal (int From, int Interior)[] Entries { get; }

    /// <summary>Interior unknowns that other ranks need: their places among the ghosts' values, and in slots and lanes of <see cref="Seen"/>.</summary>
    internal (int At, int Interior)[] Sent { get; }

    /// <summary>First entry of A_ΓI of each row of Γ, and the end.</summary>
    internal int[] EntryStart { get; }

    /// <summary>For every entry of A_ΓI the places in S of the collector unknowns of its segment.</summary>
    internal int[] Targets { get; }

    /// <summary>Entries of A_ΓI in rows of segments whose fluxes in the plane are spread, once for every end: the entry, the end, and which sum A_ΓI U of that row it counts for.</summary>
    internal (int Entry, int End, int Sum)[] Flows { get; }

    /// <summary>Those sums: the place of the segment, the end, the place in S of the collector unknown there, and the first pair in <see cref="Spread"/>; last the end of that.</summary>
    internal (int Place, int End, int Self, int First)[] Sums { get; }

    /// <summary>For every sum the pairs of its segment and end: the place in <see cref="SegmentFactors.Joined"/>, and that in S of the other collector unknown.</summary>
    internal (int Pair, int Other)[] Spread { get; }

    /// <summary>Pairs of <see cref="SegmentFactors.Joined"/> whose flux is not spread, with the places in S of the unknown itself and of the one that it is joined to.</summary>
    internal (int Pair, int Self, int Other)[] Joined { get; }

    /// <summary>Forgets what only set-up asks for: <see cref="Rows"/>.</summary>
    internal void EndSetUp() => Rows = null!;

    private void Add(int from, int own, (int Cell, Field Field) column, long globalColumn, SortedSet<long> present)
    {
        if (column.Cell < 0)
        {
            long to = globalColumn == _layout.TerminalGlobal ? _collectors.Terminal : _atTerminal.GetValueOrDefault(globalColumn, -1);
            if (to >= 0)
                AddDirect(to);
            return;
        }
        // A cell with electrolyte is part of its segment: its neighbours in the plane are lumped like those of the others, but for what belongs to Γ itself.
        if (own >= 0 && !_collectors.Set(column.Cell).Contains(column.Field) && _collectors.HasElectrolyte(own) && _collectors.HasElectrolyte(column.Cell) && _layout.Has(own, column.Field)
            && (column.Cell >= _layout.OwnedCells || _batches.Segments.OfCell[own] != _batches.Segments.OfCell[column.Cell]))
            column = (own, column.Field);
        if (_collectors.Global(column.Cell, column.Field) is >= 0 and long collector)
            AddDirect(collector);
        else if (column.Cell < _layout.OwnedCells)
        {
            AddSpread(_batches.Segments.OfCell[column.Cell]);
            AddEntry(_batches.PlaceOf(_layout.Row(column.Cell, column.Field)), _rows.ColumnsOf(_batches.Segments.OfCell[column.Cell]).ToArray());
        }
        else if (_border.InteriorGhosts.TryGetValue(column.Cell, out int ghost))
            AddEntry(~((ghost * FieldSet.Most) + _layout.Fields(column.Cell).Offset(column.Field)), [.. _ghostColumns.AsSpan(ghost * Columns, Columns).ToArray().Where(number => number >= 0)]);

        void AddDirect(long to)
        {
            _direct.Add((from, to));
            present.Add(to);
        }

        // For the entry that is added next.
        void AddSpread(int segment)
        {
            foreach (JoinedPair pair in _rows.PairsOf(segment))
                if (pair.End >= 0)
                {
                    if (_spread.Count == 0 || _spread[^1].Entry < _entries.Count)
                        _spread.Add((_entries.Count, _placeOf[segment]));
                    present.UnionWith([pair.Own, pair.Other]);
                }
        }

        void AddEntry(int interior, long[] reached)
        {
            _entries.Add((from, interior, reached));
            present.UnionWith(reached);
        }
    }

    private int Place(int row, long column) => _collectors.IsOwn(column)
        ? Array.BinarySearch(Rows.Columns, Rows.RowStart[row], Rows.RowStart[row + 1] - Rows.RowStart[row], (int)(column - _collectors.First))
        : ~Array.BinarySearch(Rows.OffDiagonalColumns, Rows.OffDiagonalRowStart[row], Rows.OffDiagonalRowStart[row + 1] - Rows.OffDiagonalRowStart[row], column);

    /// <summary>Unknowns of cells that other ranks' collectors touch: their places among the ghosts' values, and in slots and lanes.</summary>
    private IEnumerable<(int At, int Interior)> InteriorSent()
    {
        for (int i = 0; i < _border.InteriorSent.Length; i++)
        {
            int cell = _border.InteriorSent[i], first = (_border.InteriorGhosts.Count + i) * FieldSet.Most;
            foreach (Field field in _layout.Fields(cell).Members.ToArray())
                if (_collectors.Global(cell, field) < 0)
                    yield return (first + _layout.Fields(cell).Offset(field), _batches.PlaceOf(_layout.Row(cell, field)));
        }
    }

    /// <summary>Collector unknowns that the segments of interior ghosts touch; −1 behind the last.</summary>
    private long[] GhostColumns()
    {
        long[] columns = new long[(_border.InteriorGhosts.Count + _border.InteriorSent.Length) * Columns];
        Array.Fill(columns, -1);
        for (int i = 0; i < _border.InteriorSent.Length; i++)
            _rows.ColumnsOf(_batches.Segments.OfCell[_border.InteriorSent[i]]).CopyTo(columns.AsSpan((_border.InteriorGhosts.Count + i) * Columns));
        if (Columns > 0)
            _border.ShareInterior(columns, Columns);
        return columns;
    }

    /// <summary>Numbers of the collector unknowns of all cells that touch the terminal, by their columns: V sees them wherever they are.</summary>
    private Dictionary<long, long> AtTerminal(Communicator world)
    {
        List<long> pairs = [];
        for (int i = 0; i < _collectors.Rows.Length; i++)
            if (_collectors.TouchesTerminal(_collectors.Rows[i]))
                pairs.AddRange([_layout.FirstGlobalRow + _collectors.Rows[i], _collectors.First + i]);
        return world.Allgatherv([.. pairs]).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
    }
}
