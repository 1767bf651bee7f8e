using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Segments side by side, eight to a batch: the interior unknowns of a batch lie in slots of eight lanes.</summary>
/// <remarks>Where enough segments have the same lists of targets they share batches, whose lanes are then filled together.</remarks>
internal sealed class SegmentBatches
{
    /// <summary>Segments of a batch.</summary>
    internal const int Lanes = 8;

    /// <summary>A lane without unknown: shorter segments end before the batch does.</summary>
    internal const int NoRow = -1;

    /// <summary>A lane without segment.</summary>
    internal const int NoSegment = -1;

    private readonly int[] _firstSlot, _slotOf;
    private readonly int _alike;

    internal SegmentBatches(FieldLayout layout, CollectorRows collectors, Segments segments, int[] templateOf, int fewestAlike)
    {
        Segments = segments;
        int[] lengths = [.. Enumerable.Range(0, segments.Count).Select(Length)];
        List<int[]> batches = [];
        List<int> rest = [];
        Dictionary<(int, int), int> kinds = [];
        foreach (int[] some in Enumerable.Range(0, segments.Count).GroupBy(Kind).SelectMany(kind => kind.Chunk(Lanes)))
            if (some.Length >= fewestAlike)
                batches.Add(some);
            else
                rest.AddRange(some);
        _alike = batches.Count;
        batches.AddRange(rest.OrderByDescending(segment => lengths[segment]).Chunk(Lanes));
        Count = batches.Count;
        SegmentOf = new int[Count * Lanes];
        Array.Fill(SegmentOf, NoSegment);
        _firstSlot = new int[Count + 1];
        for (int batch = 0; batch < Count; batch++)
        {
            batches[batch].CopyTo(SegmentOf, batch * Lanes);
            int length = lengths[batches[batch][0]];
            MostSlots = Math.Max(MostSlots, length);
            _firstSlot[batch + 1] = checked(_firstSlot[batch] + length);
        }
        RowOf = new int[checked(_firstSlot[Count] * Lanes)];
        Array.Fill(RowOf, NoRow);
        _slotOf = new int[layout.Rows];
        for (int place = 0; place < SegmentOf.Length; place++)
        {
            if (SegmentOf[place] == NoSegment)
                continue;
            int slot = _firstSlot[place / Lanes];
            foreach (int cell in segments[SegmentOf[place]])
                for (int row = layout.FirstRow(cell); row < layout.FirstRow(cell) + layout.Fields(cell).Count; row++)
                    if (collectors.Of(row) < 0)
                    {
                        _slotOf[row] = (slot * Lanes) + (place % Lanes);
                        RowOf[_slotOf[row]] = row;
                        slot++;
                    }
        }

        int Length(int segment)
        {
            int rows = 0;
            foreach (int cell in segments[segment])
                rows += layout.Fields(cell).Count - collectors.Set(cell).Count;
            return rows;
        }

        // Number of a sequence of templates.
        int Kind(int segment)
        {
            int kind = -1;
            foreach (int cell in segments[segment])
            {
                (int, int) next = (kind, templateOf[cell]);
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

    /// <summary>Local row of each slot and lane, or <see cref="NoRow"/>.</summary>
    internal int[] RowOf { get; }

    /// <summary>First slot of a batch.</summary>
    internal int FirstSlot(int batch) => _firstSlot[batch];

    /// <summary>Slots of a batch.</summary>
    internal int Length(int batch) => _firstSlot[batch + 1] - _firstSlot[batch];

    /// <summary>Slots of all batches.</summary>
    internal int Slots => _firstSlot[Count];

    /// <summary>Slots of the longest batch.</summary>
    internal int MostSlots { get; }

    /// <summary>Place of an interior row in <see cref="RowOf"/>.</summary>
    internal int PlaceOf(int row) => _slotOf[row];

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
