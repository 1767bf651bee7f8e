namespace Cell3D.Discretization;

/// <summary>The cell that an item belongs to.</summary>
public delegate int CellOf<TItem>(in TItem item);

/// <summary>Lists of cells, or of items by their cells, in ascending order, of which pieces are taken.</summary>
public static class Ascending
{
    /// <summary>Place of the first item whose cell is not below a bound.</summary>
    public static int FirstFrom<TItem>(this ReadOnlySpan<TItem> items, int bound, CellOf<TItem> cellOf)
    {
        int low = 0, high = items.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (cellOf(items[middle]) < bound)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }

    /// <summary>Place of the first entry that is not below a bound.</summary>
    public static int FirstFrom(this ReadOnlySpan<int> entries, int bound)
    {
        int found = entries.BinarySearch(bound);
        return found >= 0 ? found : ~found;
    }
}
