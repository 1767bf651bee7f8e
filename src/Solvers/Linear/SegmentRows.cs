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
/// <param name="Through">The cell's unknown that runs from collector to collector.</param>
/// <param name="Lumped">What P has not of the cell's rows.</param>
internal sealed record CellTargets(int Rows, ushort[] Diagonal, ushort[] OffDiagonal, (ushort Entry, ushort Pair)[] Joining, (ushort Entry, ushort Pair)[] JoiningOff, ThroughUnknown? Through,
    LumpedEntries Lumped);

/// <summary>An interior unknown that runs from one collector unknown to another, such as T; what it passes in the plane is spread over its segment by <see cref="PlaneFlux"/>.</summary>
/// <param name="Place">Among the interior rows of its cell.</param>
/// <param name="Row">Among all rows of its cell.</param>
/// <param name="Left">Which of the segment's ends lies to the left.</param>
/// <param name="Right">Which of them lies to the right.</param>
/// <param name="Share">Where the cell lies between them: 0 at the left, 1 at the right one.</param>
/// <param name="Spreading">Entries of the diagonal block by the same unknown of neighbours in the plane: the entry, and the pairs at the left and at the right end.</param>
/// <param name="SpreadingOff">Those of the off-diagonal block.</param>
internal sealed record ThroughUnknown(int Place, int Row, int Left, int Right, float Share, (ushort Entry, ushort Left, ushort Right)[] Spreading, (ushort Entry, ushort Left, ushort Right)[] SpreadingOff);

/// <summary>Two collector unknowns that what flows in the plane joins.</summary>
/// <param name="Own">Of the segment.</param>
/// <param name="Other">Of its neighbour.</param>
/// <param name="End">Which of the segment's ends, where the flux is spread over the segment; −1 where all of it is handed to the collector.</param>
internal readonly record struct JoinedPair(long Own, long Other, int End);

/// <summary>What P has not of the rows of a cell: entries that it has lumped onto the own cell, or left out. Each counts with a difference: the unknown of a neighbour less the own one
/// that it is lumped onto.</summary>
/// <param name="Neighbours">Whether each neighbour is another rank's, and how many of its unknowns count, from its first one.</param>
/// <param name="Differences">Neighbour, place of its unknown, and place of the own one or <see cref="FieldSet.Most"/> for none.</param>
/// <param name="Diagonal">Entries of the diagonal block in their order: place among the entries of the cell's rows, place of the row in the cell, and the difference.</param>
/// <param name="OffDiagonal">Those of the off-diagonal block.</param>
internal sealed record LumpedEntries((bool IsGhost, int Columns)[] Neighbours, (byte Neighbour, byte Column, byte Own)[] Differences, (ushort Entry, byte Row, byte Difference)[] Diagonal,
    (ushort Entry, byte Row, byte Difference)[] OffDiagonal)
{
    internal int Count => Diagonal.Length + OffDiagonal.Length;
}

/// <summary>Where the matrix entries of interior rows go when segments are taken for themselves: into the blocks of the own segment, to a collector unknown
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
    private readonly HashSet<int> _seenByOthers;
    private int[] _placeInSegment;
    private readonly bool[] _isPotential;
    private long[][] _columns;
    private JoinedPair[][] _pairs;
    private int[]?[] _neighboursOf;

    internal SegmentRows(DiscreteSystem system, SparsePattern pattern, CollectorRows collectors, Segments segments, ColumnNames names, NearestCollectors nearest, CollectorBorder border)
    {
        (_layout, _pattern, _collectors, _segments, _names, _nearest) = (system.Layout, pattern, collectors, segments, names, nearest);
        _seenByOthers = [.. border.InteriorSent.Select(cell => segments.OfCell[cell])];
        _isPotential = [.. system.Unknowns.All.ToArray().Select(unknown => unknown.IsPotential)];
        _placeInSegment = new int[_layout.OwnedCells];
        for (int segment = 0; segment < segments.Count; segment++)
        {
            int place = 0;
            foreach (int cell in segments[segment])
            {
                _placeInSegment[cell] = place++;
                Width = Math.Max(Width, _layout.Fields(cell).Count - collectors.Set(cell).Count);
            }
        }
        _columns = [.. Enumerable.Range(0, segments.Count).Select(CollectorsOf)];
        MostColumns = _columns.Length == 0 ? 0 : _columns.Max(columns => columns.Length);
        MostEnds = MostEndsOf(system);
        Stride = (3 * Width) + MostColumns + MostEnds + 1;
        TemplateOf = new int[_layout.OwnedCells];
        _neighboursOf = new int[_layout.OwnedCells][];
        _pairs = new JoinedPair[segments.Count][];
        Templates = Classify();
        MostPairs = _pairs.Length == 0 ? 0 : _pairs.Max(pairs => pairs.Length);
        // Of the size of the matrix pattern, and not asked again.
        (_pattern, _names, _nearest, _placeInSegment) = (null!, null!, null!, []);
    }

    /// <summary>Most interior rows of a cell.</summary>
    internal int Width { get; }

    /// <summary>Most collector unknowns that a segment touches.</summary>
    internal int MostColumns { get; }

    /// <summary>Most pairs of collector unknowns that a segment joins.</summary>
    internal int MostPairs { get; }

    /// <summary>Most ends of a segment that <see cref="ThroughUnknown"/> knows.</summary>
    internal int MostEnds { get; }

    /// <summary>Numbers per row while a cell is filled: unknowns of the cell before, its own, of the cell behind, collector unknowns, what is spread for every end, and one that receives what
    /// is left out.</summary>
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
    internal ReadOnlySpan<JoinedPair> PairsOf(int segment) => segment < 0 ? [] : _pairs[segment];

    /// <summary>Forgets what only set-up asks for: <see cref="ColumnsOf"/> and <see cref="PairsOf"/>.</summary>
    internal void EndSetUp() => (_columns, _pairs) = ([], []);

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

    private int MostEndsOf(DiscreteSystem system)
    {
        int most = 0;
        List<long> ends = [];
        for (int segment = 0; segment < _segments.Count; segment++)
        {
            ends.Clear();
            foreach (int cell in _segments[segment])
                foreach (Field field in _layout.Fields(cell).Members)
                    if (_collectors.Of(_layout.Row(cell, field)) < 0 && RunsThrough(cell, field) is var (left, right))
                        ends.AddRange(new[] { left, right }.Where(end => !ends.Contains(end)));
            most = Math.Max(most, ends.Count);
        }
        return most;
    }

    /// <summary>Collector unknowns between which an interior unknown runs, where all that its segment touches is this rank's: else what flows in the plane is handed to the nearer one.</summary>
    private (long Left, long Right)? RunsThrough(int cell, Field field)
    {
        (long left, long right) = _nearest.Both(cell, field);
        int segment = _segments.OfCell[cell];
        return _collectors.IsOwn(left) && _collectors.IsOwn(right) && !_seenByOthers.Contains(segment) ? (left, right) : null;
    }

    private CellTargets[] Classify()
    {
        List<CellTargets> templates = [];
        Dictionary<string, int> known = new(StringComparer.Ordinal);
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> find = known.GetAlternateLookup<ReadOnlySpan<char>>();
        List<ushort> inside = [], outside = [];
        List<(ushort, ushort)> joining = [], joiningOff = [];
        List<(ushort, ushort, ushort)> spreading = [], spreadingOff = [];
        List<JoinedPair> pairs = [];
        List<long> ends = [];
        List<char> key = [];
        List<int> neighbours = [];
        List<(byte Neighbour, byte Column, byte Own)> differences = [];
        List<(ushort, byte, byte)> lumped = [], lumpedOff = [];
        for (int segment = 0; segment < _segments.Count; segment++)
        {
            bool floats = !HoldsPotential(segment);
            pairs.Clear();
            ends.Clear();
            foreach (int cell in _segments[segment])
            {
                inside.Clear();
                outside.Clear();
                joining.Clear();
                joiningOff.Clear();
                spreading.Clear();
                spreadingOff.Clear();
                neighbours.Clear();
                differences.Clear();
                lumped.Clear();
                lumpedOff.Clear();
                int place = 0;
                ThroughUnknown? through = null;
                foreach (Field field in _layout.Fields(cell).Members)
                {
                    int row = _layout.Row(cell, field);
                    bool isInterior = _collectors.Of(row) < 0;
                    ThroughUnknown? own = isInterior && through is null ? Through(cell, field, place) : null;
                    through ??= own;
                    for (int entry = _pattern.Starts.Diagonal[row]; entry < _pattern.Starts.Diagonal[row + 1]; entry++)
                        Add(isInterior, cell, field, place, _names.Own(_pattern.DiagonalColumns[entry]), floats, own, inside, joining, spreading, lumped);
                    for (int entry = _pattern.OffDiagonalStart[row]; entry < _pattern.OffDiagonalStart[row + 1]; entry++)
                        Add(isInterior, cell, field, place, _names.Other(_pattern.OffDiagonalColumns[entry]), floats, own, outside, joiningOff, spreadingOff, lumpedOff);
                    place += isInterior ? 1 : 0;
                }
                TemplateOf[cell] = Template(place, through);
                _neighboursOf[cell] = [.. neighbours];
            }
            _pairs[segment] = [.. pairs];
        }
        return [.. templates];

        ThroughUnknown? Through(int cell, Field field, int place)
        {
            return RunsThrough(cell, field) is var (left, right) ? new(place, _layout.Fields(cell).Offset(field), End(left), End(right), _nearest.ShareOf(cell, field), [], []) : null;

            int End(long number)
            {
                if (!ends.Contains(number))
                    ends.Add(number);
                return ends.IndexOf(number);
            }
        }

        bool IsKnown(long number) => _collectors.IsOwn(number) || _collectors.Ghosts.ContainsKey(number);

        ushort Pair(long own, long other, int end)
        {
            JoinedPair pair = new(own, other, end);
            if (!pairs.Contains(pair))
                pairs.Add(pair);
            return (ushort)pairs.IndexOf(pair);
        }

        // What flows between the same unknown of two segments.
        void Join(int cell, Field field, int neighbour, ThroughUnknown? through, int entry, List<(ushort, ushort)> joins, List<(ushort, ushort, ushort)> spreads)
        {
            if (through is not null && _nearest.Both(neighbour, field) is var (left, right) && IsKnown(left) && IsKnown(right))
                spreads.Add(((ushort)entry, Pair(ends[through.Left], left, through.Left), Pair(ends[through.Right], right, through.Right)));
            else if (_nearest.Of(cell, field) is var own && _collectors.IsOwn(own) && _nearest.Of(neighbour, field) is var other && other != own && IsKnown(other))
                joins.Add(((ushort)entry, Pair(own, other, -1)));
        }

        void Add(bool isInterior, int cell, Field field, int place, (int Cell, Field Field) column, bool floats, ThroughUnknown? through, List<ushort> targets, List<(ushort, ushort)> joins,
            List<(ushort, ushort, ushort)> spreads, List<(ushort, byte, byte)> entries)
        {
            if (isInterior && field == column.Field && column.Cell >= 0 && _collectors.HasElectrolyte(column.Cell) && !IsSameSegment(cell, column.Cell))
                Join(cell, field, column.Cell, through, targets.Count, joins, spreads);
            if (column.Cell >= 0 && _collectors.HasElectrolyte(column.Cell) && !IsNeighbourInSegment(cell, column.Cell))
                Lump(isInterior, cell, field, column, floats, targets.Count, entries);
            targets.Add(isInterior ? Target(cell, place, column, floats) : Nowhere(0));
        }

        // What the matrix has here and P on the own cell; of a collector row P keeps what has no own place.
        void Lump(bool isInterior, int cell, Field field, (int Cell, Field Field) column, bool floats, int entry, List<(ushort, byte, byte)> entries)
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
            }
            (byte, byte, byte) difference = (checked((byte)neighbour), (byte)_layout.Fields(column.Cell).Offset(column.Field), (byte)(isOnOwn ? own.Offset(column.Field) : FieldSet.Most));
            if (!differences.Contains(difference))
                differences.Add(difference);
            entries.Add(((ushort)entry, (byte)own.Offset(field), checked((byte)differences.IndexOf(difference))));
        }

        int Template(int rows, ThroughUnknown? through)
        {
            key.Clear();
            Append(inside);
            Append(outside);
            AppendPairs(joining);
            AppendPairs(joiningOff);
            if (through is not null)
            {
                int share = BitConverter.SingleToInt32Bits(through.Share);
                key.AddRange([(char)through.Place, (char)through.Row, (char)through.Left, (char)through.Right, (char)(share >> 16), (char)share]);
                AppendSpreads(spreading);
                AppendSpreads(spreadingOff);
            }
            key.Add(char.MaxValue);
            foreach (int neighbour in neighbours)
                key.Add((char)(IsGhost(neighbour) ? 1 : 0));
            key.Add(char.MaxValue);
            foreach ((byte neighbour, byte column, byte own) in differences)
                key.AddRange([(char)((neighbour << 8) | column), (char)own]);
            AppendLumped(lumped);
            AppendLumped(lumpedOff);
            ReadOnlySpan<char> text = CollectionsMarshal.AsSpan(key);
            if (!find.TryGetValue(text, out int template))
            {
                template = templates.Count;
                find[text] = template;
                (bool, int)[] beside = [.. neighbours.Select((cell, place) => (IsGhost(cell), differences.Where(difference => difference.Neighbour == place).Max(difference => difference.Column) + 1))];
                ThroughUnknown? spread = through is null ? null : through with { Spreading = [.. spreading], SpreadingOff = [.. spreadingOff] };
                templates.Add(new(rows, [.. inside], [.. outside], [.. joining], [.. joiningOff], spread, new(beside, [.. differences], [.. lumped], [.. lumpedOff])));
            }
            return template;
        }

        bool IsGhost(int cell) => cell >= _layout.OwnedCells;

        void AppendLumped(List<(ushort Entry, byte Row, byte Difference)> entries)
        {
            key.Add(char.MaxValue);
            foreach ((ushort entry, byte row, byte difference) in entries)
                key.AddRange([(char)entry, (char)((row << 8) | difference)]);
        }

        void Append(List<ushort> targets)
        {
            foreach (ushort target in targets)
                key.Add((char)target);
            key.Add(char.MaxValue);
        }

        void AppendSpreads(List<(ushort Entry, ushort Left, ushort Right)> spreads)
        {
            foreach ((ushort entry, ushort left, ushort right) in spreads)
                key.AddRange([(char)entry, (char)left, (char)right]);
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
        int block = 1 + (isOwn ? _placeInSegment[target] - _placeInSegment[cell] : 0);
        return checked((ushort)((place * Stride) + (block * Width) + InteriorPlace(target, column.Field)));

        ushort Collector(long number) => checked((ushort)((place * Stride) + (3 * Width) + Array.BinarySearch(_columns[_segments.OfCell[cell]], number)));
    }

    private int InteriorPlace(int cell, Field field) => _layout.Fields(cell).Offset(field) - _collectors.Set(cell).Offset(field);
}
