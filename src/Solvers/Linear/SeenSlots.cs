namespace Cell3D.Solvers.Linear;

/// <summary>Interior unknowns that Γ sees, those of A_ΓI and of other ranks' collectors: only of these A_II⁻¹ r_I, W and U are kept, in slots of eight lanes.</summary>
internal sealed class SeenSlots
{
    private const int Lanes = SegmentBatches.Lanes;
    private readonly SegmentBatches _batches;
    private readonly int[] _first;
    private readonly ushort[] _slots;

    /// <param name="batches">Segments side by side.</param>
    /// <param name="places">Of those unknowns, in slots and lanes.</param>
    internal SeenSlots(SegmentBatches batches, IEnumerable<int> places)
    {
        _batches = batches;
        _first = new int[batches.Count + 1];
        int[] slots = [.. places.Select(place => place / Lanes).Distinct().Order()];
        _slots = new ushort[slots.Length];
        for (int i = 0; i < slots.Length; i++)
        {
            int batch = batches.BatchOf(slots[i] * Lanes);
            _slots[i] = checked((ushort)(slots[i] - batches.FirstSlot(batch)));
            _first[batch + 1]++;
        }
        for (int batch = 0; batch < batches.Count; batch++)
            _first[batch + 1] += _first[batch];
    }

    /// <summary>Number of slots.</summary>
    internal int Count => _slots.Length;

    /// <summary>Slots of a batch, counted from its first one.</summary>
    internal ReadOnlySpan<ushort> Of(int batch) => _slots.AsSpan(_first[batch].._first[batch + 1]);

    /// <summary>How many slots come before those of a batch.</summary>
    internal int First(int batch) => _first[batch];

    /// <summary>Place of an unknown among those that are seen, in their slots and lanes.</summary>
    /// <param name="place">Of the unknown in slots and lanes of all.</param>
    internal int PlaceOf(int place)
    {
        int batch = _batches.BatchOf(place);
        return ((_first[batch] + Of(batch).BinarySearch((ushort)((place / Lanes) - _batches.FirstSlot(batch)))) * Lanes) + (place % Lanes);
    }
}
