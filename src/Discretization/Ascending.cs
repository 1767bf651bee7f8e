namespace Cell3D.Discretization;

/// <summary>Lists of cells in ascending order, of which pieces are taken.</summary>
public static class Ascending
{
    /// <summary>Place of the first entry that is not below a bound.</summary>
    public static int FirstFrom(this ReadOnlySpan<int> entries, int bound)
    {
        int found = entries.BinarySearch(bound);
        return found >= 0 ? found : ~found;
    }
}
