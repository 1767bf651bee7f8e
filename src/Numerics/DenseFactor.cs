namespace Cell3D.Numerics;

/// <summary>LU with partial pivoting of a small dense matrix, in place and without allocation.</summary>
public static class DenseFactor
{
    /// <summary>Factors the row-major n × n matrix; <paramref name="pivots"/> has length n. False when it is singular to working precision.</summary>
    public static bool Factor(Span<double> a, Span<int> pivots)
    {
        int n = pivots.Length;
        for (int k = 0; k < n; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < n; i++)
                if (Math.Abs(a[(i * n) + k]) > Math.Abs(a[(pivot * n) + k]))
                    pivot = i;
            pivots[k] = pivot;
            if (!(Math.Abs(a[(pivot * n) + k]) > 0))
                return false;
            if (pivot != k)
                for (int m = 0; m < n; m++)
                    (a[(k * n) + m], a[(pivot * n) + m]) = (a[(pivot * n) + m], a[(k * n) + m]);
            double inverse = 1 / a[(k * n) + k];
            for (int i = k + 1; i < n; i++)
            {
                double factor = a[(i * n) + k] *= inverse;
                VectorLoop.Add(-factor, a.Slice((k * n) + k + 1, n - k - 1), a.Slice((i * n) + k + 1, n - k - 1));
            }
        }
        return true;
    }

    /// <summary>Solves A x = b in place with the factors of <see cref="Factor"/>.</summary>
    public static void Solve(ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, Span<double> b)
    {
        int n = pivots.Length;
        for (int k = 0; k < n; k++)
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
        for (int k = 0; k < n; k++)
            for (int i = k + 1; i < n; i++)
                b[i] -= factors[(i * n) + k] * b[k];
        for (int k = n - 1; k >= 0; k--)
        {
            for (int m = k + 1; m < n; m++)
                b[k] -= factors[(k * n) + m] * b[m];
            b[k] /= factors[(k * n) + k];
        }
    }
    /// <summary>Solves Aᵀ x = b in place with the factors of <see cref="Factor"/>.</summary>
    public static void SolveTransposed(ReadOnlySpan<double> factors, ReadOnlySpan<int> pivots, Span<double> b)
    {
        int n = pivots.Length;
        for (int k = 0; k < n; k++)
        {
            for (int m = 0; m < k; m++)
                b[k] -= factors[(m * n) + k] * b[m];
            b[k] /= factors[(k * n) + k];
        }
        for (int k = n - 1; k >= 0; k--)
            for (int i = k + 1; i < n; i++)
                b[k] -= factors[(i * n) + k] * b[i];
        for (int k = n - 1; k >= 0; k--)
            (b[k], b[pivots[k]]) = (b[pivots[k]], b[k]);
    }
    /// <summary>Writes the complex matrix A + iB as the real one of twice the size, [[A, −B], [B, A]], which maps (Re x, Im x).</summary>
    /// <param name="real">A, row-major n × n.</param>
    /// <param name="imaginary">B.</param>
    /// <param name="pair">Row-major 2n × 2n.</param>
    public static void Embed(ReadOnlySpan<double> real, ReadOnlySpan<double> imaginary, Span<double> pair)
    {
        int n = (int)Math.Round(Math.Sqrt(real.Length));
        for (int i = 0; i < n; i++)
        {
            ReadOnlySpan<double> realRow = real.Slice(i * n, n), imaginaryRow = imaginary.Slice(i * n, n);
            Span<double> upper = pair.Slice(2 * n * i, 2 * n), lower = pair.Slice(2 * n * (n + i), 2 * n);
            realRow.CopyTo(upper);
            realRow.CopyTo(lower[n..]);
            imaginaryRow.CopyTo(lower);
            for (int k = 0; k < n; k++)
                upper[n + k] = -imaginaryRow[k];
        }
    }
}
