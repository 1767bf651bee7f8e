namespace Cell3D.Microstructure.Solver;

/// <summary>Interpolation between algebraic levels: groups of strongly connected unknowns, smoothed by a Jacobi step.</summary>
/// <remarks>Vaněk, Mandel, Brezina, Algebraic multigrid by smoothed aggregation for second and fourth order elliptic problems, Computing 56 (1996) 179.</remarks>
internal static class SmoothedAggregation
{
    /// <summary>|aᵢⱼ| above this share of √(aᵢᵢ aⱼⱼ) is a strong connection.</summary>
    public const double Strong = 0.02;

    /// <summary>Weight of the Jacobi step.</summary>
    private const double Damping = 2.0 / 3;

    /// <summary>P = (1 − ω D⁻¹A) T with the groups as columns of T; weak connections of A count to the diagonal, so that levels stay sparse.</summary>
    /// <remarks>What is weak only beside a neighbour of far larger conductance holds the unknown like a fixed value: it is left out, and the unknown's weight shrinks.</remarks>
    public static SparseMatrix Interpolation(SparseMatrix a, double[] diagonal, double strong = Strong)
    {
        int[] group = Groups(a, diagonal, strong, out int groups);
        int[] starts = new int[a.Rows + 1], place = new int[groups];
        Array.Fill(place, -1);
        List<int> columns = new(2 * a.Rows);
        List<double> values = new(2 * a.Rows);
        for (int i = 0; i < a.Rows; i++)
        {
            int start = columns.Count;
            double kept = diagonal[i];
            for (int k = a.Starts[i]; k < a.Starts[i + 1]; k++)
                if (a.Columns[k] != i && !IsStrong(a, diagonal, strong, i, k) && Math.Abs(a.Values[k]) < strong * diagonal[i]) kept += a.Values[k];
            double weight = diagonal[i] > 0 && kept > 0 ? Damping / kept : 0;
            Add(group[i], 1 - (weight * kept));
            for (int k = a.Starts[i]; k < a.Starts[i + 1] && weight > 0; k++)
                if (a.Columns[k] != i && IsStrong(a, diagonal, strong, i, k)) Add(group[a.Columns[k]], -weight * a.Values[k]);
            starts[i + 1] = columns.Count;

            void Add(int column, double value)
            {
                if (place[column] < start)
                {
                    place[column] = columns.Count;
                    columns.Add(column);
                    values.Add(0);
                }
                values[place[column]] += value;
            }
        }
        return new(a.Rows, groups, starts, [.. columns], [.. values]);
    }

    private static bool IsStrong(SparseMatrix a, double[] diagonal, double strong, int i, int k) =>
        a.Columns[k] != i && a.Values[k] < 0 && -a.Values[k] > strong * Math.Sqrt(diagonal[i] * diagonal[a.Columns[k]]);

    private static int[] Groups(SparseMatrix a, double[] diagonal, double strong, out int groups)
    {
        int[] group = new int[a.Rows];
        Array.Fill(group, -1);
        groups = 0;
        for (int i = 0; i < a.Rows; i++)
            if (group[i] < 0 && !HasTaken(i)) Take(i, groups++);
        int[] joined = (int[])group.Clone();
        for (int i = 0; i < a.Rows; i++)
        {
            if (group[i] >= 0) continue;
            double heaviest = 0;
            for (int k = a.Starts[i]; k < a.Starts[i + 1]; k++)
                if (IsStrong(a, diagonal, strong, i, k) && group[a.Columns[k]] >= 0 && -a.Values[k] > heaviest) (heaviest, joined[i]) = (-a.Values[k], group[a.Columns[k]]);
        }
        group = joined;
        for (int i = 0; i < a.Rows; i++)
            if (group[i] < 0) Take(i, groups++);
        return group;

        bool HasTaken(int i)
        {
            for (int k = a.Starts[i]; k < a.Starts[i + 1]; k++)
                if (IsStrong(a, diagonal, strong, i, k) && group[a.Columns[k]] >= 0) return true;
            return false;
        }

        void Take(int i, int number)
        {
            group[i] = number;
            for (int k = a.Starts[i]; k < a.Starts[i + 1]; k++)
                if (IsStrong(a, diagonal, strong, i, k) && group[a.Columns[k]] < 0) group[a.Columns[k]] = number;
        }
    }
}
