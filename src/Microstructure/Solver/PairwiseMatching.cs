namespace Cell3D.Microstructure.Solver;

/// <summary>Groups the unknowns of a rank by matching each with its strongest free neighbour, three times over: up to eight to a group.</summary>
/// <remarks>
/// After Notay, An aggregation-based algebraic multigrid method, Electron. Trans. Numer. Anal. 37 (2010) 123, with a check of quality after Napov and Notay, SIAM J. Sci. Comput.
/// 34 (2012) A1079: two groups that move against each other are seen by neither level where little is conducted between them and much within both; they stay apart.
/// </remarks>
internal static class PairwiseMatching
{
    private const int Passes = 3;

    /// <summary>Largest D_i D_j/((D_i + D_j) w_ij) of a pair, D the sum of the diagonals of its parts: 3 to 6 among whole blocks of one material.</summary>
    private const double WorstQuality = 20;

    /// <summary>Group of each unknown of this rank.</summary>
    /// <param name="matrix">Conductances and diagonals; ghosts are left out.</param>
    /// <param name="groups">How many groups there are.</param>
    public static int[] Of(PartMatrix matrix, out int groups)
    {
        Graph graph = new(matrix.Rows, matrix.Starts, matrix.Columns, matrix.Weights, matrix.Diagonal);
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

    /// <summary>Weights between unknowns, and the sum of the diagonals of what each is made of; columns from <paramref name="rows"/> on are ghosts.</summary>
    private sealed class Graph(int rows, int[] starts, int[] columns, float[] weights, float[] diagonal)
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
                    if (columns[k] < rows && columns[k] != i && map[columns[k]] < 0 && weights[k] > heaviest && HoldsTogether(i, k)) (best, heaviest) = (columns[k], weights[k]);
                map[i] = groups;
                if (best >= 0) map[best] = groups;
                groups++;
            }
            return map;
        }

        private bool HoldsTogether(int i, int k)
        {
            (double own, double other) = (diagonal[i], diagonal[columns[k]]);
            return own * other <= WorstQuality * weights[k] * (own + other);
        }

        public Graph Collapsed(int[] map, int groups)
        {
            (int[] first, int[] members) = Members(map, groups);
            int[] newStarts = new int[groups + 1], place = new int[groups];
            Array.Fill(place, -1);
            int[] newColumns = GC.AllocateUninitializedArray<int>(starts[rows]);
            float[] newWeights = GC.AllocateUninitializedArray<float>(starts[rows]);
            int filled = 0;
            for (int g = 0; g < groups; g++)
            {
                int start = filled;
                for (int m = first[g]; m < first[g + 1]; m++)
                    for (int k = starts[members[m]]; k < starts[members[m] + 1]; k++)
                    {
                        if (columns[k] >= rows || map[columns[k]] == g) continue;
                        int column = map[columns[k]];
                        if (place[column] < start)
                        {
                            place[column] = filled;
                            (newColumns[filled], newWeights[filled++]) = (column, 0);
                        }
                        newWeights[place[column]] += weights[k];
                    }
                newStarts[g + 1] = filled;
            }
            float[] sums = new float[groups];
            for (int i = 0; i < map.Length; i++) sums[map[i]] += diagonal[i];
            return new(groups, newStarts, newColumns, newWeights, sums);
        }
    }
}
