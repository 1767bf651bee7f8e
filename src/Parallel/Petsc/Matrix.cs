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

    private Matrix(nint handle, int rows) => (_handle, Rows) = (handle, rows);

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

    /// <summary>*Collective.* y = Aᵀ x.</summary>
    public void MultiplyTransposed(Vector x, Vector y) => NativeMethods.Check(NativeMethods.c3d_matrix_multiply_transposed(Handle, x.Handle, y.Handle));

    /// <summary>*Collective.* Aᵀ as a matrix of its own, whose values follow A only by <see cref="TransposeInto"/>.</summary>
    public Matrix Transposed()
    {
        nint transposed = 0;
        NativeMethods.Check(NativeMethods.c3d_matrix_transpose(Handle, ref transposed));
        return new(transposed, Rows);
    }

    /// <summary>*Collective.* Brings what <see cref="Transposed"/> gave to the present values.</summary>
    public void TransposeInto(Matrix transposed) => NativeMethods.Check(NativeMethods.c3d_matrix_transpose(Handle, ref transposed._handle));

    /// <summary>*Collective.* Writes the matrix and behind it a vector in PETSc's binary format, for MatLoad and VecLoad.</summary>
    /// <exception cref="PetscException">The file cannot be written.</exception>
    public void Dump(Vector vector, string path) => NativeMethods.Check(NativeMethods.c3d_matrix_dump(Handle, vector.Handle, path));

    /// <summary>*Collective.* Destroys the matrix; a solver that was given it keeps its own reference.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_matrix_destroy(_handle));
        _handle = 0;
    }
}
