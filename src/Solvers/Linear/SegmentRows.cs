using System.Runtime.InteropServices;
using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Where the entries of a cell's rows go, counted from its first interior row.</summary>
/// <param name="Rows">Interior rows of the cell.</param>
/// <param name="Diagonal">Targets of the entries of the diagonal block, row by row.</param>
/// <param name="OffDiagonal">Targets of those of the off-diagonal block.</param>
/// <param name="Joining">Entries of the diagonal block that also count for what joins two collector unknowns in the plane: the entry, and the place of the pair.</param>
/// <param name="JoiningOff">Those of the off-diagonal block.</param>
/// <param name="Lumped">Entries that P does not hold where the matrix has them, by neighbours.</param>
internal sealed record CellTargets(int Rows, ushort[] Diagonal, ushort[] OffDiagonal, (ushort Entry, ushort Pair)[] Joining, (ushort Entry, ushort Pair)[] JoiningOff, LumpedNeighbour[] Lumped);

/// <summary>What P has not of a neighbour's part in the rows of a cell.</summary>
/// <param name="IsGhost">Whether the neighbour is another rank's, and its entries are those of the off-diagonal block.</param>
/// <param name="Columns">Unknowns of the neighbour that count, from its first one.</param>
/// <param name="Entries">Row by row.</param>
internal readonly record struct LumpedNeighbour(bool IsGhost, int Columns, LumpedEntry[] Entries);

/// <summary>An entry that P has lumped onto the own cell, or left out.</summary>
/// <param name="Entry">Its place among the entries of the cell's rows, in the block that the neighbour belongs to.</param>
/// <param name="Row">Place of the row in the cell.</param>
/// <param name="Column">Place of the column in the neighbour.</param>
/// <param name="Own">Place of the unknown that it is lumped onto; <see cref="FieldSet.Most"/> for none.</param>
internal readonly record struct LumpedEntry(ushort Entry, byte Row, byte Column, byte Own);

/// <summary>Where the matrix entries of interior rows go when segments are taken for themselves: into the band of the own segment, to a collector unknown
/// that it touches, or, from a neighbour in the plane, onto the same unknown of the own cell.</summary>
/// <remarks>Cells whose rows are alike share one list of targets, so that no array of the size of the pattern is needed.</remarks>
internal sealed class SegmentRows
{
    private readonly FieldLayout _layout;
    private SparsePattern _pattern;
    private readonly CollectorRows _collectors;
    private readonly Segments _segments;
    private ColumnNames _names;
    private NearestCollectors _nearest;
    private readonly int[] _placeInSegment, _firstRowInSegment;
    private readonly bool[] _isPotential;
    private readonly long[][] _columns;
    private readonly (long Own, long Other)[][] _pairs;
    private int[]?[] _neighboursOf;

    internal SegmentRows(DiscreteSystem system, SparsePattern pattern, CollectorRows collectors, Segments segments, ColumnNames names, NearestCollectors nearest)
    {
        (_layout, _pattern, _collectors, _segments, _names, _nearest) = (system.Layout, pattern, collectors, segments, names, nearest);
        _isPotential = [.. system.Unknowns.All.ToArray().Select(unknown => unknown.IsPotential)];
        (_placeInSegment, _firstRowInSegment) = (new int[_layout.OwnedCells], new int[_layout.OwnedCells]);
        for (int segment = 0; segment < segments.Count; segment++)
        {
            int rows = 0, place = 0, previous = 0;
            foreach (int cell in segments[segment])
            {
                (_placeInSegment[cell], _firstRowInSegment[cell]) = (place++, rows);
                int own = _layout.Fields(cell).Count - collectors.Set(cell).Count;
                rows += own;
                HalfBandwidth = Math.Max(HalfBandwidth, previous + own - 1);
                previous = own;
            }
        }
        _columns = [.. Enumerable.Range(0, segments.Count).Select(CollectorsOf)];
        MostColumns = _columns.Length == 0 ? 0 : _columns.Max(columns => columns.Length);
        Stride = (2 * HalfBandwidth) + 1 + MostColumns + 1;
        TemplateOf = new int[_layout.OwnedCells];
        _neighboursOf = new int[_layout.OwnedCells][];
        _pairs = new (long, long)[segments.Count][];
        Templates = Classify();
        MostPairs = _pairs.Length == 0 ? 0 : _pairs.Max(pairs => pairs.Length);
        // Of the size of the matrix pattern, and not asked again.
        (_pattern, _names, _nearest) = (null!, null!, null!);
    }

    /// <summary>b: interior rows of neighbouring cells of a segment are at most so far apart.</summary>
    internal int HalfBandwidth { get; }

    /// <summary>Most collector unknowns that a segment touches.</summary>
    internal int MostColumns { get; }

    /// <summary>Most pairs of collector unknowns that a segment joins.</summary>
    internal int MostPairs { get; }

    /// <summary>Numbers per row while a segment is filled: the band, its collector unknowns, and one that receives what is left out.</summary>
    internal int Stride { get; }

    /// <summary>Lists of targets that occur.</summary>
    internal CellTargets[] Templates { get; }

    /// <summary>Neighbours of each owned cell in the order of its template's lists, handed over: null for cells without electrolyte.</summary>
    internal int[]?[] TakeNeighbours()
    {
        int[]?[] neighbours = _neighboursOf;
        _neighboursOf = [];
        return neighbours;
    }

    /// <summary>Template of each owned cell with electrolyte.</summary>
    internal int[] TemplateOf { get; }

    /// <summary>Collector unknowns that a segment touches, ascending; none where there is no segment.</summary>
    internal ReadOnlySpan<long> ColumnsOf(int segment) => segment < 0 ? [] : _columns[segment];

    /// <summary>Own collector unknowns that are joined to others by what flows in the plane out of a segment.</summary>
    internal ReadOnlySpan<(long Own, long Other)> PairsOf(int segment) => segment < 0 ? [] : _pairs[segment];

    private long[] CollectorsOf(int segment)
    {
        List<long> columns = [];
        foreach (int cell in _segments[segment])
            foreach (Field field in _layout.Fields(cell).Members)
            {
                int row = _layout.Row(cell, field);
                if (_collectors.Of(row) >= 0)
                {
                    Add(_collectors.First + _collectors.Of(row));
                    continue;
                }
                for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                    AddOf(_names.Own(_pattern.DiagonalColumns[entry]));
                for (int entry = _pattern.OffDiagonalStart[row]; entry < _pattern.OffDiagonalStart[row + 1]; entry++)
                    AddOf(_names.Other(_pattern.OffDiagonalColumns[entry]));
            }
        columns.Sort();
        return [.. columns];

        void AddOf((int Cell, Field Field) column)
        {
            if (column.Cell >= 0 && !_collectors.HasElectrolyte(column.Cell))
                Add(_collectors.Global(column.Cell, column.Field));
        }

        void Add(long column)
        {
            if (!columns.Contains(column))
                columns.Add(column);
        }
    }

    private CellTargets[] Classify()
    {
        List<CellTargets> templates = [];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> find = known.GetAlternateLookup<ReadOnlySpan<char>>();
        List<ushort> inside = [], outside = [];
        List<(ushort, ushort)> joining = [], joiningOff = [];
        List<(long, long)> pairs = [];
        List<char> key = [];
        List<int> neighbours = [];
        List<List<LumpedEntry>> lumped = [];
        for (int segment = 0; segment < _segments.Count; segment++)
        {
            bool floats = !HoldsPotential(segment);
            pairs.Clear();
            foreach (int cell in _segments[segment])
            {
                inside.Clear();
                outside.Clear();
                joining.Clear();
                joiningOff.Clear();
                neighbours.Clear();
                lumped.Clear();
                int place = 0;
                foreach (Field field in _layout.Fields(cell).Members)
                {
                    int row = _layout.Row(cell, field);
                    bool isInterior = _collectors.Of(row) < 0;
                    for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                        Add(isInterior, cell, field, place, _names.Own(_pattern.DiagonalColumns[entry]), floats, inside, joining);
                    for (int entry = _pattern.OffDiagonalStart[row]; entry < _pattern.OffDiagonalStart[row + 1]; entry++)
                        Add(isInterior, cell, field, place, _names.Other(_pattern.OffDiagonalColumns[entry]), floats, outside, joiningOff);
                    place += isInterior ? 1 : 0;
                }
                TemplateOf[cell] = Template(place);
                _neighboursOf[cell] = [.. neighbours];
            }
            _pairs[segment] = [.. pairs];
        }
        return [.. templates];

        void Add(bool isInterior, int cell, Field field, int place, (int Cell, Field Field) column, bool floats, List<ushort> targets, List<(ushort, ushort)> joins)
        {
            if (isInterior && field == column.Field && column.Cell >= 0 && _collectors.HasElectrolyte(column.Cell) && !IsSameSegment(cell, column.Cell)
                && _collectors.IsOwn(_nearest.Of(cell, field)) && _nearest.Of(column.Cell, field) is >= 0 and long other && other != _nearest.Of(cell, field)
                && (_collectors.IsOwn(other) || _collectors.Ghosts.ContainsKey(other)))
            {
                (long, long) pair = (_nearest.Of(cell, field), other);
                if (!pairs.Contains(pair))
                    pairs.Add(pair);
                joins.Add(((ushort)targets.Count, (ushort)pairs.IndexOf(pair)));
            }
            if (column.Cell >= 0 && _collectors.HasElectrolyte(column.Cell) && !IsNeighbourInSegment(cell, column.Cell))
                Lump(isInterior, cell, field, column, floats, targets.Count);
            targets.Add(isInterior ? Target(cell, place, column, floats) : Nowhere(0));
        }

        // What the matrix has here and P on the own cell; of a collector row P keeps what has no own place.
        void Lump(bool isInterior, int cell, Field field, (int Cell, Field Field) column, bool floats, int entry)
        {
            FieldSet own = _layout.Fields(cell);
            bool isOnOwn = own.Contains(column.Field) && !(isInterior && floats && _isPotential[(int)column.Field]);
            if (!isInterior && (!isOnOwn || IsSameSegment(cell, column.Cell) || _collectors.Set(column.Cell).Contains(column.Field)))
                return;
            int neighbour = neighbours.IndexOf(column.Cell);
            if (neighbour < 0)
            {
                neighbour = neighbours.Count;
                neighbours.Add(column.Cell);
                lumped.Add([]);
            }
            lumped[neighbour].Add(new((ushort)entry, (byte)own.Offset(field), (byte)_layout.Fields(column.Cell).Offset(column.Field), (byte)(isOnOwn ? own.Offset(column.Field) : FieldSet.Most)));
        }

        int Template(int rows)
        {
            key.Clear();
            Append(inside);
            Append(outside);
            AppendPairs(joining);
            AppendPairs(joiningOff);
            for (int neighbour = 0; neighbour < lumped.Count; neighbour++)
            {
                foreach (LumpedEntry entry in lumped[neighbour])
                    key.AddRange([(char)entry.Entry, (char)((entry.Row << 8) | entry.Column), (char)entry.Own]);
                key.AddRange([char.MaxValue, (char)(IsGhost(neighbour) ? 1 : 0)]);
            }
            ReadOnlySpan<char> text = CollectionsMarshal.AsSpan(key);
            if (!find.TryGetValue(text, out int template))
            {
                template = templates.Count;
                find[text] = template;
                templates.Add(new(rows, [.. inside], [.. outside], [.. joining], [.. joiningOff], [.. lumped.Select((entries, neighbour) => new LumpedNeighbour(IsGhost(neighbour), entries.Max(entry => entry.Column) + 1, [.. entries]))]));
            }
            return template;
        }

        bool IsGhost(int neighbour) => neighbours[neighbour] >= _layout.OwnedCells;

        void Append(List<ushort> targets)
        {
            foreach (ushort target in targets)
                key.Add((char)target);
            key.Add(char.MaxValue);
        }

        void AppendPairs(List<(ushort Entry, ushort Pair)> joins)
        {
            foreach ((ushort entry, ushort pair) in joins)
            {
                key.Add((char)entry);
                key.Add((char)pair);
            }
            key.Add(char.MaxValue);
        }
    }

    /// <summary>Whether a segment touches a collector whose potential holds its own.</summary>
    private bool HoldsPotential(int segment)
    {
        foreach (long column in _columns[segment])
            if (!_collectors.IsOwn(column) || _names.Own(_collectors.Rows[(int)(column - _collectors.First)]) is var (cell, field) && (cell < 0 || _isPotential[(int)field]))
                return true;
        return false;
    }

    private bool IsSameSegment(int cell, int other) => other < _layout.OwnedCells && _segments.OfCell[other] == _segments.OfCell[cell];

    /// <summary>The cell itself, or the one before or behind it in its segment.</summary>
    private bool IsNeighbourInSegment(int cell, int other) => IsSameSegment(cell, other) && Math.Abs(_placeInSegment[other] - _placeInSegment[cell]) <= 1;

    private ushort Nowhere(int place) => checked((ushort)((place * Stride) + Stride - 1));

    /// <param name="cell">Cell of the row.</param>
    /// <param name="place">Place of the row among the interior ones of its cell.</param>
    /// <param name="column">Column of the entry.</param>
    /// <param name="floats">Whether nothing but its neighbours in the plane holds the segment's potentials: what binds it to them must then remain.</param>
    private ushort Target(int cell, int place, (int Cell, Field Field) column, bool floats)
    {
        if (column.Cell < 0)
            return Nowhere(place);
        if (!_collectors.HasElectrolyte(column.Cell))
            return Collector(_collectors.Global(column.Cell, column.Field));
        bool isOwn = IsNeighbourInSegment(cell, column.Cell);
        if (!isOwn && (!_layout.Has(cell, column.Field) || (floats && _isPotential[(int)column.Field])))
            return Nowhere(place);
        int target = isOwn ? column.Cell : cell;
        if (_collectors.Global(target, column.Field) is >= 0 and long collector)
            return Collector(collector);
        int offset = _firstRowInSegment[target] + InteriorPlace(target, column.Field) - _firstRowInSegment[cell] - place;
        return checked((ushort)((place * Stride) + HalfBandwidth + offset));

        ushort Collector(long number) => checked((ushort)((place * Stride) + (2 * HalfBandwidth) + 1 + Array.BinarySearch(_columns[_segments.OfCell[cell]], number)));
    }

    private int InteriorPlace(int cell, Field field) => _layout.Fields(cell).Offset(field) - _collectors.Set(cell).Offset(field);
}
