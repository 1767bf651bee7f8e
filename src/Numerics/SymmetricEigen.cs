namespace Cell3D.Numerics;

/// <summary>Eigenvalues and orthonormal eigenvectors of a small symmetric matrix by cyclic Jacobi rotations.</summary>
/// <remarks>For set-up work only (n ≲ 50): accurate to round-off also for tiny eigenvalues.</remarks>
public static class SymmetricEigen
{
    /// <summary>Decomposes A (n × n, overwritten). Eigenvalues ascend; column k of the second result belongs to eigenvalue k.</summary>
    public static (double[] Values, double[,] Vectors) Decompose(double[,] a)
    {
        int n = a.GetLength(0);
        double[,] v = new double[n, n];
        for (int i = 0; i < n; i++)
            v[i, i] = 1;
        for (int sweep = 0; sweep < 60 && OffDiagonal(a) > 1e-30 * Diagonal(a); sweep++)
            for (int p = 0; p < n; p++)
                for (int q = p + 1; q < n; q++)
                    Rotate(a, v, p, q);
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => a[i, i])];
        double[] values = [.. order.Select(i => a[i, i])];
        double[,] vectors = new double[n, n];
        for (int k = 0; k < n; k++)
            for (int i = 0; i < n; i++)
                vectors[i, k] = v[i, order[k]];
        return (values, vectors);
    }

    private static void Rotate(double[,] a, double[,] v, int p, int q)
    {
        if (a[p, q] == 0)
            return;
        int n = a.GetLength(0);
        double theta = (a[q, q] - a[p, p]) / (2 * a[p, q]);
        double t = Math.CopySign(1, theta) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int k = 0; k < n; k++)
            (a[k, p], a[k, q]) = ((c * a[k, p]) - (s * a[k, q]), (s * a[k, p]) + (c * a[k, q]));
        for (int k = 0; k < n; k++)
            (a[p, k], a[q, k]) = ((c * a[p, k]) - (s * a[q, k]), (s * a[p, k]) + (c * a[q, k]));
        for (int k = 0; k < n; k++)
            (v[k, p], v[k, q]) = ((c * v[k, p]) - (s * v[k, q]), (s * v[k, p]) + (c * v[k, q]));
    }

    private static double OffDiagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
            for (int k = 0; k < i; k++)
                sum += a[i, k] * a[i, k];
        return sum;
    }

    private static double Diagonal(double[,] a)
    {
        double sum = 0;
        for (int i = 0; i < a.GetLength(0); i++)
            sum += a[i, i] * a[i, i];
        return sum;
    }
}
