using Cell3D.Discretization;
using Cell3D.Mesh;

namespace Cell3D.Solvers.Linear;

/// <summary>Segments side by side, eight to a batch, longest first: the interior unknowns of a batch lie in slots of eight lanes.</summary>
internal sealed class SegmentBatches
{
    /// <summary>Segments of a batch.</summary>
    internal const int Lanes = 8;

    /// <summary>A lane without unknown: shorter segments end before the batch does.</summary>
    internal const int NoRow = -1;

    private readonly int[] _firstSlot, _slotOf;

    internal SegmentBatches(FieldLayout layout, CollectorRows collectors, Segments segments)
    {
        Segments = segments;
        int[] lengths = [.. Enumerable.Range(0, segments.Count).Select(Length)];
        SegmentOf = [.. Enumerable.Range(0, segments.Count)];
        Array.Sort([.. lengths.Select(length => -length)], SegmentOf);
        Count = (segments.Count + Lanes - 1) / Lanes;
        _firstSlot = new int[Count + 1];
        for (int batch = 0; batch < Count; batch++)
            _firstSlot[batch + 1] = checked(_firstSlot[batch] + lengths[SegmentOf[batch * Lanes]]);
        RowOf = new int[checked(_firstSlot[Count] * Lanes)];
        Array.Fill(RowOf, NoRow);
        _slotOf = new int[layout.Rows];
        for (int place = 0; place < SegmentOf.Length; place++)
        {
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
    }

    internal Segments Segments { get; }

    /// <summary>Number of batches.</summary>
    internal int Count { get; }

    /// <summary>Segments in the order of batches and lanes.</summary>
    internal int[] SegmentOf { get; }

    /// <summary>Local row of each slot and lane, or <see cref="NoRow"/>.</summary>
    internal int[] RowOf { get; }

    /// <summary>First slot of a batch.</summary>
    internal int FirstSlot(int batch) => _firstSlot[batch];

    /// <summary>Slots of a batch.</summary>
    internal int Length(int batch) => _firstSlot[batch + 1] - _firstSlot[batch];

    /// <summary>Slots of all batches.</summary>
    internal int Slots => _firstSlot[Count];

    /// <summary>Slots of the longest batch.</summary>
    internal int MostSlots => Count == 0 ? 0 : Length(0);

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
