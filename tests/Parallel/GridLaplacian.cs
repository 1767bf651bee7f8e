using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Tests.Parallel;

/// <summary>
/// The 5-point Laplacian of an nx × ny grid with Dirichlet edges, shifted by a reaction term so that it is well conditioned, its rows
/// numbered across the grid and spread unevenly over the ranks.
/// </summary>
internal sealed class GridLaplacian
{
    private readonly int _nx;
    private readonly int _ny;

    public GridLaplacian(Communicator communicator, int nx, int ny, bool lastRankEmpty = false)
    {
        _nx = nx;
        _ny = ny;
        int ranks = lastRankEmpty && communicator.Size > 1 ? communicator.Size - 1 : communicator.Size;
        int[] bounds = [.. Enumerable.Range(0, communicator.Size + 1).Select(r => Math.Min(r, ranks) * Size / ranks)];
        for (int r = 1; r < ranks; r++) bounds[r] -= r;
        First = bounds[communicator.Rank];
        End = bounds[communicator.Rank + 1];
        Pattern = BuildPattern();
        Matrix = new Matrix(communicator, Pattern);
    }

    public int Size => _nx * _ny;

    public int First { get; }

    public int End { get; }

    public int Rows => End - First;

    public CsrPattern Pattern { get; }

    public Matrix Matrix { get; }

    /// <summary>Entry of the dense matrix: −1 per neighbour, made unsymmetric in x by the convection given.</summary>
    public double Entry(int row, int column, double reaction, double convection)
    {
        if (row == column) return 4 + reaction;
        return column == row + 1 ? -1 + convection : column == row - 1 ? -1 - convection : -1;
    }

    public void Fill(double reaction, double convection)
    {
        Span<double> inner = Matrix.DiagonalValues;
        Span<double> outer = Matrix.OffDiagonalValues;
        for (int row = 0; row < Rows; row++)
        {
            for (int k = Pattern.RowStart[row]; k < Pattern.RowStart[row + 1]; k++)
                inner[k] = Entry(First + row, First + Pattern.Columns[k], reaction, convection);
            for (int k = Pattern.OffDiagonalRowStart[row]; k < Pattern.OffDiagonalRowStart[row + 1]; k++)
                outer[k] = Entry(First + row, (int)Pattern.OffDiagonalColumns[k], reaction, convection);
        }

        Matrix.ValuesChanged();
    }

    /// <summary>This rank's rows of A x, from the definition.</summary>
    public double[] DenseProduct(Func<int, double> x, double reaction, double convection) =>
        [.. Enumerable.Range(First, Rows).Select(row => Columns(row).Sum(column => Entry(row, column, reaction, convection) * x(column)))];

    private IEnumerable<int> Columns(int row)
    {
        int i = row % _nx;
        if (row >= _nx) yield return row - _nx;
        if (i > 0) yield return row - 1;
        yield return row;
        if (i < _nx - 1) yield return row + 1;
        if (row + _nx < Size) yield return row + _nx;
    }

    private CsrPattern BuildPattern()
    {
        List<int> start = [0], columns = [], offStart = [0];
        List<long> offColumns = [];
        for (int row = First; row < End; row++)
        {
            foreach (int column in Columns(row))
            {
                if (column >= First && column < End) columns.Add(column - First);
                else offColumns.Add(column);
            }

            start.Add(columns.Count);
            offStart.Add(offColumns.Count);
        }

        return new CsrPattern([.. start], [.. columns], [.. offStart], [.. offColumns]);
    }
}
