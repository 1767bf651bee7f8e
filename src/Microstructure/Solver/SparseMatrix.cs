using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Cell3D.Microstructure.Solver;

/// <summary>A sparse matrix in compressed rows that every rank holds whole.</summary>
/// <param name="Rows">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Starts">Where each row begins.</param>
/// <param name="Columns">Column of each entry.</param>
/// <param name="Values">Entries.</param>
internal sealed record SparseMatrix(int Rows, int Width, int[] Starts, int[] Columns, double[] Values)
{
    /// <summary>Bytes that it takes.</summary>
    public long Bytes => 4L * Starts.Length + 12L * Columns.Length;

    /// <summary>The diagonal.</summary>
    public double[] Diagonal()
    {
        double[] diagonal = new double[Rows];
        for (int i = 0; i < Rows; i++)
            for (int k = Starts[i]; k < Starts[i + 1]; k++)
                if (Columns[k] == i) diagonal[i] = Values[k];
        return diagonal;
    }

    /// <summary>y = A x, or y += A x.</summary>
    public void Apply(double[] x, double[] y, bool add = false)
    {
        for (int i = 0; i < Rows; i++) y[i] = (add ? y[i] : 0) + RowTimes(i, x);
    }

    /// <summary>A row times x. Sums of every fourth product, so that one addition need not wait for the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double RowTimes(int row, double[] x)
    {
        ref int column = ref MemoryMarshal.GetArrayDataReference(Columns);
        ref double value = ref MemoryMarshal.GetArrayDataReference(Values), of = ref MemoryMarshal.GetArrayDataReference(x);
        int k = Starts[row], end = Starts[row + 1];
        double a = 0, b = 0, c = 0, d = 0;
        for (; k < end - 3; k += 4)
        {
            a += Product(ref column, ref value, ref of, k);
            b += Product(ref column, ref value, ref of, k + 1);
            c += Product(ref column, ref value, ref of, k + 2);
            d += Product(ref column, ref value, ref of, k + 3);
        }
        for (; k < end; k++) a += Product(ref column, ref value, ref of, k);
        return a + b + (c + d);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        static double Product(ref int column, ref double value, ref double of, int k) => Unsafe.Add(ref value, k) * Unsafe.Add(ref of, Unsafe.Add(ref column, k));
    }

    /// <summary>Aᵀ.</summary>
    public SparseMatrix Transposed()
    {
        int[] starts = new int[Width + 1], columns = new int[Columns.Length];
        double[] values = new double[Values.Length];
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
        List<double> values = new(Columns.Length);
        for (int i = 0; i < Rows; i++)
        {
            int start = columns.Count;
            for (int k = Starts[i]; k < Starts[i + 1]; k++)
                for (int m = other.Starts[Columns[k]]; m < other.Starts[Columns[k] + 1]; m++)
                {
                    int column = other.Columns[m];
                    if (place[column] < start)
                    {
                        place[column] = columns.Count;
                        columns.Add(column);
                        values.Add(0);
                    }
                    values[place[column]] += Values[k] * other.Values[m];
                }
            starts[i + 1] = columns.Count;
        }
        return new(Rows, other.Width, starts, [.. columns], [.. values]);
    }
}
