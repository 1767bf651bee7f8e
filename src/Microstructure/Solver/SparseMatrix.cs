namespace Cell3D.Microstructure.Solver;

/// <summary>A sparse matrix in compressed rows that every rank holds whole.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Starts">Where each row begins.</param>
/// <param name="Columns">Column of each entry.</param>
/// <param name="Values">Entries.</param>
internal sealed record SparseMatrix(int Rows, int Width, int[] Starts, int[] Columns, float[] Values)
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 4L * Starts.Length + 8L * Columns.Length;

    /// <summary>The diagonal.</summary>
    public float[] Diagonal()
    {
        float[] diagonal = new float[Rows];
        for (int i = 0; i < Rows; i++)
            for (int k = Starts[i]; k < Starts[i + 1]; k++)
                if (Columns[k] == i) diagonal[i] = Values[k];
        return diagonal;
    }

    /// <summary>y = A x, or y += A x.</summary>
    public void Apply(double[] x, double[] y, bool add = false)
    {
        for (int i = 0; i < Rows; i++)
        {
            double sum = add ? y[i] : 0;
            for (int k = Starts[i]; k < Starts[i + 1]; k++) sum += Values[k] * x[Columns[k]];
            y[i] = sum;
        }
    }

    /// <summary>Aᵀ.</summary>
    public SparseMatrix Transposed()
    {
        int[] starts = new int[Width + 1], columns = new int[Columns.Length];
        float[] values = new float[Values.Length];
        foreach (int column in Columns) starts[column + 1]++;
        for (int i = 0; i < Width; i++) starts[i + 1] += starts[i];
        int[] next = starts[..^1];
        for (int i = 0; i < Rows; i++)
            for (int k = Starts[i]; k < Starts[i + 1]; k++)
            {
                int place = next[Columns[k]]++;
                (columns[place], values[place]) = (i, Values[k]);
            }
        return new(Width, Rows, starts, columns, values);
    }

    /// <summary>A B.</summary>
    public SparseMatrix Times(SparseMatrix other)
    {
        int[] starts = new int[Rows + 1], place = new int[other.Width];
        Array.Fill(place, -1);
        List<int> columns = new(Columns.Length);
        List<float> values = new(Columns.Length);
        List<double> row = [];
        for (int i = 0; i < Rows; i++)
        {
            int start = columns.Count;
            row.Clear();
            for (int k = Starts[i]; k < Starts[i + 1]; k++)
                for (int m = other.Starts[Columns[k]]; m < other.Starts[Columns[k] + 1]; m++)
                {
                    int column = other.Columns[m];
                    if (place[column] < start)
                    {
                        place[column] = columns.Count;
                        columns.Add(column);
                        row.Add(0);
                    }
                    row[place[column] - start] += (double)Values[k] * other.Values[m];
                }
            foreach (double value in row) values.Add((float)value);
            starts[i + 1] = columns.Count;
        }
        return new(Rows, other.Width, starts, [.. columns], [.. values]);
    }
}
