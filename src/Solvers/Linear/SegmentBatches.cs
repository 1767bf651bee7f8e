using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Segments side by side, eight to a batch: the interior unknowns of a batch lie in slots of eight lanes.</summary>
/// <remarks>Where enough segments have the same lists of targets they share batches, whose lanes are then filled together.</remarks>
internal sealed class SegmentBatches
{
    /// <summary>Segments of a batch.</summary>
    internal const int Lanes = 8;

    /// <summary>A lane without unknown: its segment ends before others of the batch do, or its cell has fewer.</summary>
    internal const int NoRow = -1;

    /// <summary>A lane without segment.</summary>
    internal const int NoSegment = -1;

    private readonly int[] _firstSlot, _runs, _firstRun;
    private int[] _slotOf, _rowOf;
    private readonly SegmentShape[] _shapes;
    private readonly int _alike;

    internal SegmentBatches(FieldLayout layout, CollectorRows collectors, Segments segments, SegmentRows rows, int fewestAlike)
    {
        Segments = segments;
        List<int[]> batches = [];
        List<int> rest = [];
        Dictionary<(int, int), int> kinds = [];
        int[] kindOf = [.. Enumerable.Range(0, segments.Count).Select(Kind)];
        foreach (int[] some in Enumerable.Range(0, segments.Count).GroupBy(segment => kindOf[segment]).SelectMany(kind => kind.Chunk(Lanes)))
            if (some.Length >= fewestAlike)
                batches.Add(some);
            else
                rest.AddRange(some);
        _alike = batches.Count;
        batches.AddRange(rest.OrderByDescending(segment => segments[segment].Length).Chunk(Lanes));
        Count = batches.Count;
        SegmentOf = new int[Count * Lanes];
        Array.Fill(SegmentOf, NoSegment);
        _firstSlot = new int[Count + 1];
        _shapes = new SegmentShape[Count];
        Dictionary<int, SegmentShape> shapes = [];
        for (int batch = 0; batch < Count; batch++)
        {
            batches[batch].CopyTo(SegmentOf, batch * Lanes);
            int kind = batch < _alike ? kindOf[batches[batch][0]] : -1;
            if (kind < 0 || !shapes.TryGetValue(kind, out SegmentShape? shape))
                shapes[kind] = shape = ShapeOf(batches[batch]);
            _shapes[batch] = shape;
            MostSlots = Math.Max(MostSlots, shape.Slots);
            _firstSlot[batch + 1] = checked(_firstSlot[batch] + shape.Slots);
        }
        _rowOf = new int[checked(_firstSlot[Count] * Lanes)];
        Array.Fill(_rowOf, NoRow);
        _slotOf = new int[layout.Rows];
        for (int place = 0; place < SegmentOf.Length; place++)
        {
            if (SegmentOf[place] == NoSegment)
                continue;
            int position = 0;
            foreach (int cell in segments[SegmentOf[place]])
            {
                int slot = _firstSlot[place / Lanes] + _shapes[place / Lanes].FirstSlot[position++];
                for (int row = layout.FirstRow(cell); row < layout.FirstRow(cell) + layout.Fields(cell).Count; row++)
                    if (collectors.Of(row) < 0)
                    {
                        _slotOf[row] = (slot * Lanes) + (place % Lanes);
                        _rowOf[_slotOf[row]] = row;
                        slot++;
                    }
            }
        }
        List<int> runs = [];
        _firstRun = new int[_alike + 1];
        for (int batch = 0; batch < _alike; batch++)
        {
            AddRuns(batch, runs);
            _firstRun[batch + 1] = runs.Count;
        }
        _runs = [.. runs];
        _rowOf = _rowOf[(_firstSlot[_alike] * Lanes)..];

        SegmentShape ShapeOf(int[] some)
        {
            int[][] cells = [.. some.Select(segment => segments[segment].ToArray())];
            return new([.. Enumerable.Range(0, cells.Max(own => own.Length)).Select(i => cells.Where(own => i < own.Length).Select(own => rows.Templates[rows.TemplateOf[own[i]]]).Distinct().ToArray())], rows.Width, rows.MostColumns, rows.MostEnds);
        }

        // Slots whose rows follow each other in every lane.
        void AddRuns(int batch, List<int> runs)
        {
            int lanes = LanesOf(batch), end = _firstSlot[batch + 1];
            for (int slot = _firstSlot[batch]; slot < end;)
            {
                ReadOnlySpan<int> first = _rowOf.AsSpan(slot * Lanes, Lanes);
                int length = 1;
                while (slot + length < end && Follows(first[..lanes], _rowOf.AsSpan((slot + length) * Lanes, lanes), length))
                    length++;
                runs.Add(length);
                for (int lane = 0; lane < Lanes; lane++)
                    runs.Add(first[lane < lanes ? lane : 0]);
                slot += length;
            }

            static bool Follows(ReadOnlySpan<int> first, ReadOnlySpan<int> rows, int distance)
            {
                for (int lane = 0; lane < rows.Length; lane++)
                    if (rows[lane] != first[lane] + distance)
                        return false;
                return true;
            }
        }

        // Number of a sequence of templates.
        int Kind(int segment)
        {
            int kind = -1;
            foreach (int cell in segments[segment])
            {
                (int, int) next = (kind, rows.TemplateOf[cell]);
                if (!kinds.TryGetValue(next, out kind))
                    kinds[next] = kind = kinds.Count;
            }
            return kind;
        }
    }

    internal Segments Segments { get; }

    /// <summary>Number of batches.</summary>
    internal int Count { get; }

    /// <summary>Whether all segments of a batch have the same lists of targets, cell by cell.</summary>
    internal bool IsAlike(int batch) => batch < _alike;

    /// <summary>Segments in the order of batches and lanes, or <see cref="NoSegment"/>; the first lane of a batch is never without.</summary>
    internal int[] SegmentOf { get; }

    /// <summary>Segments of a batch: the lanes behind them are without.</summary>
    internal int LanesOf(int batch) => SegmentOf.AsSpan(batch * Lanes, Lanes).IndexOf(NoSegment) is >= 0 and int first ? first : Lanes;

    /// <summary>The segment of a lane, or that of the first lane where there is none.</summary>
    internal int SegmentOrFirst(int batch, int lane) => SegmentOf[(batch * Lanes) + lane] is >= 0 and int segment ? segment : SegmentOf[batch * Lanes];

    /// <summary>A cell of the segment of a lane, or of that of the first lane where there is none.</summary>
    internal int CellOf(int batch, int lane, int place) => Segments.Cells[Segments.Offsets[SegmentOrFirst(batch, lane)] + place];

    /// <summary>Local row of each slot and lane of a batch of segments that are not alike, or <see cref="NoRow"/>.</summary>
    internal ReadOnlySpan<int> RowsOf(int batch) => _rowOf.AsSpan((FirstSlot(batch) - _firstSlot[_alike]) * Lanes, Length(batch) * Lanes);

    /// <summary>Local row of a slot of any batch, counted from its first one, and of a lane; <see cref="NoRow"/> where there is none.</summary>
    internal int RowOf(int batch, int slot, int lane)
    {
        if (!IsAlike(batch))
            return RowsOf(batch)[(slot * Lanes) + lane];
        if (lane >= LanesOf(batch))
            return NoRow;
        ReadOnlySpan<int> runs = RunsOf(batch);
        for (; slot >= runs[0]; runs = runs[(Lanes + 1)..])
            slot -= runs[0];
        return runs[1 + lane] + slot;
    }

    /// <summary>Which entries the segments of a batch have.</summary>
    internal SegmentShape Shape(int batch) => _shapes[batch];

    /// <summary>Slots of a batch of segments that are alike whose rows follow each other: how many, then the first row of each lane; lanes without segment repeat the first.</summary>
    internal ReadOnlySpan<int> RunsOf(int batch) => _runs.AsSpan(_firstRun[batch].._firstRun[batch + 1]);

    /// <summary>First slot of a batch.</summary>
    internal int FirstSlot(int batch) => _firstSlot[batch];

    /// <summary>Slots of a batch.</summary>
    internal int Length(int batch) => _firstSlot[batch + 1] - _firstSlot[batch];

    /// <summary>Slots of all batches.</summary>
    internal int Slots => _firstSlot[Count];

    /// <summary>Most slots of a batch.</summary>
    internal int MostSlots { get; }

    /// <summary>Place of an interior row in slots and lanes.</summary>
    internal int PlaceOf(int row) => _slotOf[row];

    /// <summary>Forgets what only set-up asks for: <see cref="PlaceOf"/>.</summary>
    internal void EndSetUp() => _slotOf = [];

    /// <summary>Batch of a place.</summary>
    internal int BatchOf(int place)
    {
        int at = Array.BinarySearch(_firstSlot, place / Lanes);
        // Batches without slots share their first slot with the one that follows.
        while (at >= 0 && at < Count && Length(at) == 0)
            at++;
        return at >= 0 ? at : ~at - 1;
    }
}
