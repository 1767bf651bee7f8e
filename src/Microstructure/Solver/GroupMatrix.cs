using Cell3D.Parallel.Mpi;

namespace Cell3D.Microstructure.Solver;

/// <summary>The Galerkin operator of groups of parts, one value per group, gathered from all ranks.</summary>
internal static class GroupMatrix
{
    /// <summary>*Collective.* Every rank gets the whole matrix.</summary>
    /// <param name="communicator">All ranks.</param>
    /// <param name="parts">Conductances between parts.</param>
    /// <param name="group">Group of each part of this rank.</param>
    /// <param name="groups">Groups of this rank.</param>
    /// <param name="first">Number of this rank's first group among all.</param>
    public static SparseMatrix Gather(Communicator communicator, PartMatrix parts, int[] group, int groups, long first)
    {
        long[] numbers = new long[parts.Columns0];
        for (int i = 0; i < parts.Rows; i++) numbers[i] = first + group[i];
        parts.Exchange(numbers);
        (long[] lengths, long[] own, double[] entries) = Own(parts, group, groups, first, numbers, communicator.Allreduce((long)groups, Operation.Sum));
        long[] allLengths = communicator.Allgatherv(lengths), all = communicator.Allgatherv(own);
        double[] values = communicator.Allgatherv(entries);
        int rows = allLengths.Length;
        int[] starts = new int[rows + 1], columns = new int[all.Length];
        for (int i = 0; i < rows; i++) starts[i + 1] = starts[i] + (int)allLengths[i];
        for (int k = 0; k < all.Length; k++) columns[k] = (int)all[k];
        return new(rows, rows, starts, columns, values);
    }

    /// <summary>This rank's rows. The diagonal is summed from what leaves the group: nothing that cancels is added.</summary>
    private static (long[] Lengths, long[] Columns, double[] Entries) Own(PartMatrix parts, int[] group, int groups, long first, long[] numbers, long all)
    {
        (int[] starts, int[] members) = PairwiseMatching.Members(group, groups);
        long[] lengths = new long[groups];
        List<long> columns = new(8 * groups);
        List<double> entries = new(8 * groups);
        // Where the entry of a column stands; of an earlier row where that is before the row's first.
        int[] place = new int[all];
        Array.Fill(place, -1);
        for (int g = 0; g < groups; g++)
        {
            int diagonal = columns.Count;
            columns.Add(first + g);
            entries.Add(0);
            double sum = 0;
            for (int m = starts[g]; m < starts[g + 1]; m++)
            {
                int i = members[m];
                sum += parts.Ends[i];
                for (int k = parts.Starts[i]; k < parts.Starts[i + 1]; k++)
                {
                    long column = numbers[parts.Columns[k]];
                    if (column == first + g) continue;
                    if (place[column] < diagonal)
                    {
                        place[column] = columns.Count;
                        columns.Add(column);
                        entries.Add(0);
                    }
                    entries[place[column]] -= parts.Weights[k];
                    sum += parts.Weights[k];
                }
            }
            entries[diagonal] = sum;
            lengths[g] = columns.Count - diagonal;
        }
        return (lengths, [.. columns], [.. entries]);
    }
}
