namespace Cell3D.Microstructure.Solver;

/// <summary>Groups the unknowns of a rank by matching each with its strongest free neighbour, three times over: up to eight to a group.</summary>
/// <remarks>After Notay, An aggregation-based algebraic multigrid method, Electron. Trans. Numer. Anal. 37 (2010) 123, without its check of quality.</remarks>
internal static class PairwiseMatching
{
    private const int Passes = 3;

    /// <summary>Group of each unknown of this rank.</summary>
    /// <param name="matrix">Conductances; ghosts are left out.</param>
    /// <param name="groups">How many groups there are.</param>
    public static int[] Of(PartMatrix matrix, out int groups)
    {
        Graph graph = new(matrix.Rows, matrix.Starts, matrix.Columns, matrix.Weights);
        int[]? whole = null;
        for (int pass = 0; pass < Passes; pass++)
        {
            int[] map = graph.Match(out int count);
            if (whole is null) whole = map;
            else
                for (int i = 0; i < whole.Length; i++) whole[i] = map[whole[i]];
            if (pass < Passes - 1) graph = graph.Collapsed(map, count);
            else
            {
                groups = count;
                return whole;
            }
        }
        throw new InvalidOperationException();
    }

    /// <summary>Members of each group in ascending order: where each group begins, and the members.</summary>
    public static (int[] Starts, int[] Members) Members(int[] map, int groups)
    {
        int[] starts = new int[groups + 1], members = new int[map.Length];
        foreach (int group in map) starts[group + 1]++;
        for (int g = 0; g < groups; g++) starts[g + 1] += starts[g];
        int[] next = starts[..^1];
        for (int i = 0; i < map.Length; i++) members[next[map[i]]++] = i;
        return (starts, members);
    }

    /// <summary>Weights between unknowns; columns from <paramref name="rows"/> on are ghosts.</summary>
    private sealed class Graph(int rows, int[] starts, int[] columns, float[] weights)
    {
        public int[] Match(out int groups)
        {
            int[] map = new int[rows];
            Array.Fill(map, -1);
            groups = 0;
            for (int i = 0; i < rows; i++)
            {
                if (map[i] >= 0) continue;
                int best = -1;
                float heaviest = 0;
                for (int k = starts[i]; k < starts[i + 1]; k++)
                    if (columns[k] < rows && columns[k] != i && map[columns[k]] < 0 && weights[k] > heaviest) (best, heaviest) = (columns[k], weights[k]);
                map[i] = groups;
                if (best >= 0) map[best] = groups;
                groups++;
            }
            return map;
        }

        public Graph Collapsed(int[] map, int groups)
        {
            (int[] first, int[] members) = Members(map, groups);
            int[] newStarts = new int[groups + 1], place = new int[groups];
            Array.Fill(place, -1);
            List<int> newColumns = new(columns.Length / 2);
            List<float> newWeights = new(columns.Length / 2);
            for (int g = 0; g < groups; g++)
            {
                int start = newColumns.Count;
                for (int m = first[g]; m < first[g + 1]; m++)
                    for (int k = starts[members[m]]; k < starts[members[m] + 1]; k++)
                    {
                        if (columns[k] >= rows || map[columns[k]] == g) continue;
                        int column = map[columns[k]];
                        if (place[column] < start)
                        {
                            place[column] = newColumns.Count;
                            newColumns.Add(column);
                            newWeights.Add(0);
                        }
                        newWeights[place[column]] += weights[k];
                    }
                newStarts[g + 1] = newColumns.Count;
            }
            return new(groups, newStarts, [.. newColumns], [.. newWeights]);
        }
    }
}
