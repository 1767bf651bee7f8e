namespace Cell3D.Output;

/// <summary>The rows of a series that a picture needs: per stretch of time the first and the last one and every column's extremes.</summary>
internal static class RowSelection
{
    /// <summary>Most rows that one stretch of time keeps of so many columns: its ends, and per column its lowest, its highest and a missing value.</summary>
    public static int RowsPerStretch(int columns) => 2 + (3 * columns);

    /// <summary>Finds the rows to keep, in their order.</summary>
    /// <param name="time">Times [s], never decreasing.</param>
    /// <param name="columns">One array per column besides the time.</param>
    /// <param name="count">Rows present.</param>
    /// <param name="stretch">Length of a stretch [s], above 0; stretches start at the first time. Stretches of twice the length
    /// select the same rows from a selection as from the whole.</param>
    /// <param name="kept">Takes the rows' numbers.</param>
    /// <returns>How many rows are kept.</returns>
    public static int Select(double[] time, double[][] columns, int count, double stretch, Span<int> kept)
    {
        int found = 0;
        for (int first = 0, next; first < count; first = next)
        {
            double number = Math.Floor((time[first] - time[0]) / stretch);
            next = first + 1;
            while (next < count && Math.Floor((time[next] - time[0]) / stretch) == number) next++;
            if (next - first <= 2)
            {
                for (int row = first; row < next; row++) kept[found++] = row;
                continue;
            }

            int start = found;
            kept[found++] = first;
            kept[found++] = next - 1;
            foreach (double[] column in columns) found += Extremes(column, first, next, kept[found..]);
            kept[start..found].Sort();
            found = start + Distinct(kept[start..found]);
        }

        return found;
    }

    /// <summary>Lowest, highest and first missing value of some rows.</summary>
    private static int Extremes(double[] column, int first, int next, Span<int> kept)
    {
        int lowest = -1, highest = -1, missing = -1;
        for (int row = first; row < next; row++)
        {
            double value = column[row];
            if (double.IsNaN(value))
            {
                if (missing < 0) missing = row;
                continue;
            }

            if (lowest < 0 || value < column[lowest]) lowest = row;
            if (highest < 0 || value > column[highest]) highest = row;
        }

        int found = 0;
        foreach (int row in (ReadOnlySpan<int>)[lowest, highest, missing])
            if (row >= 0) kept[found++] = row;
        return found;
    }

    private static int Distinct(Span<int> sorted)
    {
        int length = 1;
        for (int i = 1; i < sorted.Length; i++)
            if (sorted[i] != sorted[length - 1]) sorted[length++] = sorted[i];
        return length;
    }
}
