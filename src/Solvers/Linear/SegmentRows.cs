using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Where the matrix entries of interior rows go when segments are taken for themselves: into the band of the own segment, to a collector unknown
/// that it touches, or, from a neighbour in the plane, onto the same unknown of the own cell.</summary>
/// <remarks>Cells whose rows are alike share one list of targets, so that no array of the size of the pattern is needed.</remarks>
internal sealed class SegmentRows
{
    private readonly FieldLayout _layout;
    private readonly SparsePattern _pattern;
    private readonly CollectorRows _collectors;
    private readonly Segments _segments;
    private readonly ColumnNames _names;
    private readonly int[] _placeInSegment, _firstRowInSegment;
    private readonly bool[] _isPotential;

    /// <summary>Collector unknowns of each segment, ascending.</summary>
    private readonly List<long>[] _columns;

    internal SegmentRows(DiscreteSystem system, SparsePattern pattern, CollectorRows collectors, Segments segments, ColumnNames names)
    {
        (_layout, _pattern, _collectors, _segments, _names) = (system.Layout, pattern, collectors, segments, names);
        _isPotential = [.. system.Unknowns.All.ToArray().Select(unknown => unknown.IsPotential)];
        (_placeInSegment, _firstRowInSegment) = (new int[_layout.OwnedCells], new int[_layout.OwnedCells]);
        for (int segment = 0; segment < segments.Count; segment++)
        {
            int rows = 0, place = 0, previous = 0;
            foreach (int cell in segments[segment])
            {
                (_placeInSegment[cell], _firstRowInSegment[cell]) = (place++, rows);
                int own = InteriorRows(cell);
                rows += own;
                HalfBandwidth = Math.Max(HalfBandwidth, previous + own - 1);
                previous = own;
            }
        }
        _columns = [.. Enumerable.Range(0, segments.Count).Select(CollectorsOf)];
        MostColumns = _columns.Length == 0 ? 0 : _columns.Max(columns => columns.Count);
        Stride = (2 * HalfBandwidth) + 1 + MostColumns + 1;
        TemplateOf = new int[_layout.OwnedCells];
        Templates = Classify();
    }

    /// <summary>b: interior rows of neighbouring cells of a segment are at most so far apart.</summary>
    internal int HalfBandwidth { get; }

    /// <summary>Most collector unknowns that a segment touches.</summary>
    internal int MostColumns { get; }

    /// <summary>Numbers per row while a segment is filled: the band, its collector unknowns, and one that receives what is left out.</summary>
    internal int Stride { get; }

    /// <summary>Lists of targets that occur.</summary>
    internal CellTargets[] Templates { get; }

    /// <summary>Template of each owned cell with electrolyte.</summary>
    internal int[] TemplateOf { get; }

    /// <summary>Collector unknowns that a segment touches.</summary>
    internal IReadOnlyList<long> ColumnsOf(int segment) => _columns[segment];

    private int InteriorRows(int cell) => _layout.Fields(cell).Count - _collectors.Set(cell).Count;

    private List<long> CollectorsOf(int segment)
    {
        List<long> columns = [];
        foreach (int cell in _segments[segment])
            foreach (Field field in CollectorRows.FieldsOf(_layout.Fields(cell)))
            {
                int row = _layout.Row(cell, field);
                if (_collectors.Of(row) >= 0)
                {
                    Add(columns, _collectors.First + _collectors.Of(row));
                    continue;
                }
                for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                    AddOf(_names.Own(_pattern.DiagonalColumns[entry]));
                for (int entry = _pattern.OffDiagonalStart[row]; entry < _pattern.OffDiagonalStart[row + 1]; entry++)
                    AddOf(_names.Other(_pattern.OffDiagonalColumns[entry]));
            }
        columns.Sort();
        return columns;

        void AddOf((int Cell, Field Field) column)
        {
            if (column.Cell >= 0 && !_collectors.HasElectrolyte(column.Cell))
                Add(columns, _collectors.Global(column.Cell, column.Field));
        }

        static void Add(List<long> columns, long column)
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
        List<char> key = [];
        for (int segment = 0; segment < _segments.Count; segment++)
        {
            bool floats = !_columns[segment].Any(IsCollectorPotential);
            foreach (int cell in _segments[segment])
            {
                inside.Clear();
                outside.Clear();
                int place = 0;
                foreach (Field field in CollectorRows.FieldsOf(_layout.Fields(cell)))
                {
                    int row = _layout.Row(cell, field);
                    bool isInterior = _collectors.Of(row) < 0;
                    for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                        inside.Add(isInterior ? Target(cell, place, _names.Own(_pattern.DiagonalColumns[entry]), floats) : Nowhere(0));
                    for (int entry = _pattern.OffDiagonalStart[row]; entry < _pattern.OffDiagonalStart[row + 1]; entry++)
                        outside.Add(isInterior ? Target(cell, place, _names.Other(_pattern.OffDiagonalColumns[entry]), floats) : Nowhere(0));
                    place += isInterior ? 1 : 0;
                }
                key.Clear();
                key.AddRange(inside.Select(target => (char)target));
                key.Add(char.MaxValue);
                key.AddRange(outside.Select(target => (char)target));
                ReadOnlySpan<char> text = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(key);
                if (!find.TryGetValue(text, out int template))
                {
                    template = templates.Count;
                    find[text] = template;
                    templates.Add(new(place, [.. inside], [.. outside]));
                }
                TemplateOf[cell] = template;
            }
        }
        return [.. templates];

        bool IsCollectorPotential(long column) =>
            column - _collectors.First is var own && (own < 0 || own >= _collectors.Rows.Length || _names.Own(_collectors.Rows[own]) is var (cell, field) && (cell < 0 || _isPotential[(int)field]));
    }

    private ushort Nowhere(int place) => checked((ushort)((place * Stride) + Stride - 1));

    /// <param name="cell">Cell of the row.</param>
    /// <param name="place">Place of the row among the interior ones of its cell.</param>
    /// <param name="column">Column of the entry.</param>
    /// <param name="floats">Whether nothing but its neighbours in the plane holds the segment's potentials: a share of what binds it to them must then remain.</param>
    private ushort Target(int cell, int place, (int Cell, Field Field) column, bool floats)
    {
        int segment = _segments.OfCell[cell];
        if (column.Cell < 0)
            return Nowhere(place);
        if (!_collectors.HasElectrolyte(column.Cell))
            return Collector(_collectors.Global(column.Cell, column.Field));
        bool isOwn = column.Cell < _layout.OwnedCells && _segments.OfCell[column.Cell] == segment && Math.Abs(_placeInSegment[column.Cell] - _placeInSegment[cell]) <= 1;
        if (!isOwn && (!_layout.Has(cell, column.Field) || (floats && _isPotential[(int)column.Field])))
            return Nowhere(place);
        int target = isOwn ? column.Cell : cell;
        if (_collectors.Global(target, column.Field) is >= 0 and long collector)
            return Collector(collector);
        int offset = _firstRowInSegment[target] + InteriorPlace(target, column.Field) - _firstRowInSegment[cell] - place;
        return checked((ushort)((place * Stride) + HalfBandwidth + offset));

        ushort Collector(long column) => checked((ushort)((place * Stride) + (2 * HalfBandwidth) + 1 + _columns[segment].BinarySearch(column)));
    }

    private int InteriorPlace(int cell, Field field) =>
        _layout.Fields(cell).Offset(field) - _collectors.Set(cell).Offset(field);
}

/// <summary>Where the entries of a cell's rows go, counted from its first interior row.</summary>
/// <param name="Rows">Interior rows of the cell.</param>
/// <param name="Diagonal">Targets of the entries of the diagonal block, row by row.</param>
/// <param name="OffDiagonal">Targets of those of the off-diagonal block.</param>
internal sealed record CellTargets(int Rows, ushort[] Diagonal, ushort[] OffDiagonal);
