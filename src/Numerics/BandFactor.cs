namespace Cell3D.Numerics;

/// <summary>LU with partial pivoting of a banded matrix, in place and without allocation; work and memory go with the number of rows.</summary>
/// <remarks>Row i holds the columns i − l … i + l + u one behind the other: the l beyond the upper band are room for what pivoting fills.</remarks>
public static class BandFactor
{
    /// <summary>Numbers kept per row.</summary>
    public static int Width(int lower, int upper) => (2 * lower) + upper + 1;

    /// <summary>Factors; false when the matrix is singular to working precision.</summary>
    /// <param name="rows">n rows of <see cref="Width"/>, the room for filling 0; replaced by the factors.</param>
    /// <param name="lower">Bands below the diagonal, l.</param>
    /// <param name="upper">Bands above it, u.</param>
    /// <param name="pivots">n.</param>
    public static bool Factor(Span<double> rows, int lower, int upper, Span<int> pivots)
    {
        int n = pivots.Length, width = Width(lower, upper), shift = width - 1;
        for (int k = 0; k < n; k++)
        {
            int last = Math.Min(k + lower, n - 1), pivot = k, count = Math.Min(lower + upper, n - 1 - k);
            // (i, k) lies at i (width − 1) + k + l.
            for (int i = k + 1; i <= last; i++)
                if (Math.Abs(rows[(i * shift) + k + lower]) > Math.Abs(rows[(pivot * shift) + k + lower]))
                    pivot = i;
            pivots[k] = pivot;
            Span<double> top = rows.Slice((k * shift) + k + lower, count + 1);
            if (pivot != k)
            {
                Span<double> other = rows.Slice((pivot * shift) + k + lower, count + 1);
                for (int m = 0; m < top.Length; m++)
                    (top[m], other[m]) = (other[m], top[m]);
            }
            if (!(Math.Abs(top[0]) > 0))
                return false;
            double inverse = 1 / top[0];
            for (int i = k + 1; i <= last; i++)
            {
                Span<double> row = rows.Slice((i * shift) + k + lower, count + 1);
                double factor = row[0] *= inverse;
                for (int m = 1; m < top.Length; m++)
                    row[m] -= factor * top[m];
            }
        }
        return true;
    }

    /// <summary>Solves A x = b in place with the factors of <see cref="Factor"/>.</summary>
    public static void Solve(ReadOnlySpan<double> factors, int lower, int upper, ReadOnlySpan<int> pivots, Span<double> b)
    {
        int n = pivots.Length, shift = Width(lower, upper) - 1;
        for (int k = 0; k < n; k++)
        {
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
            double value = b[k];
            for (int i = k + 1, last = Math.Min(k + lower, n - 1); i <= last; i++)
                b[i] -= factors[(i * shift) + k + lower] * value;
        }
        for (int k = n - 1; k >= 0; k--)
        {
            ReadOnlySpan<double> row = factors.Slice((k * shift) + k + lower, Math.Min(lower + upper, n - 1 - k) + 1);
            double sum = b[k];
            for (int m = 1; m < row.Length; m++)
                sum -= row[m] * b[k + m];
            b[k] = sum / row[0];
        }
    }
}
