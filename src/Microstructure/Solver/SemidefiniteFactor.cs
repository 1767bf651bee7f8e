namespace Cell3D.Microstructure.Solver;

/// <summary>Cholesky's factor of a small dense matrix; unknowns that the others leave undetermined are set to zero.</summary>
internal sealed class SemidefiniteFactor
{
    /// <summary>A pivot below this share of its diagonal is none.</summary>
    private const double Vanishing = 1e-12;

    private readonly double[][] _lower;

    public SemidefiniteFactor(SparseMatrix a)
    {
        _lower = new double[a.Rows][];
        for (int i = 0; i < a.Rows; i++)
        {
            _lower[i] = new double[i + 1];
            for (int k = a.Starts[i]; k < a.Starts[i + 1]; k++)
                if (a.Columns[k] <= i) _lower[i][a.Columns[k]] = a.Values[k];
        }
        for (int i = 0; i < a.Rows; i++) Eliminate(i);
    }

    /// <summary>Solves A x = b.</summary>
    public void Solve(double[] b, double[] x)
    {
        int n = _lower.Length;
        for (int i = 0; i < n; i++)
        {
            double sum = b[i];
            for (int k = 0; k < i; k++) sum -= _lower[i][k] * x[k];
            x[i] = _lower[i][i] > 0 ? sum / _lower[i][i] : 0;
        }
        for (int i = n - 1; i >= 0; i--)
        {
            x[i] = _lower[i][i] > 0 ? x[i] / _lower[i][i] : 0;
            for (int k = 0; k < i; k++) x[k] -= _lower[i][k] * x[i];
        }
    }

    private void Eliminate(int i)
    {
        double[] row = _lower[i];
        double whole = row[i];
        for (int j = 0; j < i; j++)
        {
            double sum = row[j];
            for (int k = 0; k < j; k++) sum -= row[k] * _lower[j][k];
            row[j] = _lower[j][j] > 0 ? sum / _lower[j][j] : 0;
        }
        double pivot = whole;
        for (int k = 0; k < i; k++) pivot -= row[k] * row[k];
        row[i] = pivot > Vanishing * whole ? Math.Sqrt(pivot) : 0;
    }
}
