using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>
/// A square sparse matrix (PETSc AIJ) spread by rows. Values are written straight into PETSc's own arrays, in the pattern's order,
/// followed by <see cref="ValuesChanged"/>.
/// </summary>
public sealed unsafe class Matrix : IDisposable
{
    private readonly int _diagonalCount;
    private readonly int _offDiagonalCount;
    private nint _handle;

    /// <summary>*Collective.* A matrix of zeros with a fixed pattern.</summary>
    /// <param name="communicator">The ranks that share it.</param>
    /// <param name="pattern">This rank's rows; it may be dropped afterwards.</param>
    /// <exception cref="ArgumentException">The pattern of some rank is not sorted or names columns of the wrong block.</exception>
    public Matrix(Communicator communicator, CsrPattern pattern)
    {
        pattern.Check();
        NativeMethods.Check(NativeMethods.c3d_matrix_create(
            communicator.Handle, pattern.Rows, pattern.RowStart, pattern.Columns, pattern.OffDiagonalRowStart,
            pattern.OffDiagonalColumns, out _handle));
        _diagonalCount = pattern.Columns.Length;
        _offDiagonalCount = pattern.OffDiagonalColumns.Length;
        Rows = pattern.Rows;
    }

    /// <summary>Rows of this rank.</summary>
    public int Rows { get; }

    /// <summary>Values of the diagonal block, in the order of <see cref="CsrPattern.Columns"/>.</summary>
    public Span<double> DiagonalValues
    {
        get
        {
            NativeMethods.Check(NativeMethods.c3d_matrix_values(Handle, out double* diagonal, out _));
            return new Span<double>(diagonal, _diagonalCount);
        }
    }

    /// <summary>Values of the off-diagonal block, in the order of <see cref="CsrPattern.OffDiagonalColumns"/>.</summary>
    public Span<double> OffDiagonalValues
    {
        get
        {
            NativeMethods.Check(NativeMethods.c3d_matrix_values(Handle, out _, out double* offDiagonal));
            return new Span<double>(offDiagonal, _offDiagonalCount);
        }
    }

    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>*Collective.* Makes newly written values known, so that solvers rebuild what they derived from the old ones.</summary>
    public void ValuesChanged() => NativeMethods.Check(NativeMethods.c3d_matrix_changed(Handle));

    /// <summary>*Collective.* y = A x.</summary>
    public void Multiply(Vector x, Vector y) => NativeMethods.Check(NativeMethods.c3d_matrix_multiply(Handle, x.Handle, y.Handle));

    /// <summary>*Collective.* Destroys the matrix; a solver that was given it keeps its own reference.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_matrix_destroy(_handle));
        _handle = 0;
    }
}
