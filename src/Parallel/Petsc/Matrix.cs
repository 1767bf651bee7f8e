using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>
/// A square sparse matrix (PETSc AIJ) spread by rows. Values are written in place, in the pattern's order, followed by
/// <see cref="ValuesChanged"/>.
/// </summary>
/// <remarks>Columns take half as much as values and can wait until PETSc needs them; who knows the pattern reads the values without.</remarks>
public sealed unsafe class Matrix : IDisposable
{
    private readonly Communicator? _communicator;
    private readonly Pages? _diagonal, _offDiagonal;
    private readonly Func<CsrPattern>? _pattern;
    private nint _handle;
    private bool _isDisposed;

    /// <summary>*Collective.* A matrix of zeros with a fixed pattern.</summary>
    /// <param name="communicator">The ranks that share it.</param>
    /// <param name="pattern">This rank's rows; it may be dropped afterwards.</param>
    /// <exception cref="ArgumentException">The pattern of some rank is not sorted or names columns of the wrong block.</exception>
    public Matrix(Communicator communicator, CsrPattern pattern)
    {
        pattern.Check();
        (_communicator, Rows) = (communicator, pattern.Rows);
        (_diagonal, _offDiagonal) = (new(pattern.Columns.Length), new(pattern.OffDiagonalColumns.Length));
        try
        {
            Build(pattern);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>A matrix of zeros whose columns are asked for where PETSc itself works with it, see <see cref="Build()"/>.</summary>
    /// <param name="communicator">The ranks that share it.</param>
    /// <param name="rows">Rows of this rank.</param>
    /// <param name="entries">Their entries in the diagonal block, and in the off-diagonal one.</param>
    /// <param name="pattern">*Collective.* Gives them with their columns.</param>
    public Matrix(Communicator communicator, int rows, (int Diagonal, int OffDiagonal) entries, Func<CsrPattern> pattern)
    {
        (_communicator, Rows, _pattern) = (communicator, rows, pattern);
        (_diagonal, _offDiagonal) = (new(entries.Diagonal), new(entries.OffDiagonal));
    }

    private Matrix(nint handle, int rows) => (_handle, Rows) = (handle, rows);

    /// <summary>Rows of this rank.</summary>
    public int Rows { get; }

    /// <summary>Whether PETSc has it, columns and all.</summary>
    public bool IsBuilt => _handle != 0;

    /// <summary>Values of the diagonal block, in the order of <see cref="CsrPattern.Columns"/>.</summary>
    public Span<double> DiagonalValues => Values(_diagonal);

    /// <summary>Values of the off-diagonal block, in the order of <see cref="CsrPattern.OffDiagonalColumns"/>.</summary>
    public Span<double> OffDiagonalValues => Values(_offDiagonal);

    /// <summary>*Collective* where it is not built yet.</summary>
    internal nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            Build();
            return _handle;
        }
    }

    /// <summary>Memory of this rank's values [byte].</summary>
    public long Bytes => sizeof(double) * ((long)(_diagonal?.Count ?? 0) + (_offDiagonal?.Count ?? 0));

    /// <summary>How often <see cref="ValuesChanged"/> was called.</summary>
    internal long Version { get; private set; }

    /// <summary>*Collective.* Gives PETSc the columns too, unless it has them: what multiplies, transposes, writes or solves with the matrix does so by itself.</summary>
    public void Build()
    {
        if (IsBuilt || _pattern is null)
            return;
        CsrPattern pattern = _pattern();
        pattern.Check();
        Build(pattern);
    }

    /// <summary>*Collective.* Makes newly written values known, so that solvers rebuild what they derived from the old ones.</summary>
    public void ValuesChanged()
    {
        Version++;
        if (IsBuilt)
            NativeMethods.Check(NativeMethods.c3d_matrix_changed(Handle));
    }

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
        if (_isDisposed || !ParallelRuntime.IsRunning) return;
        _isDisposed = true;
        if (_handle != 0)
            NativeMethods.Check(NativeMethods.c3d_matrix_destroy(_handle));
        _handle = 0;
        _diagonal?.Dispose();
        _offDiagonal?.Dispose();
    }

    private static Span<double> Values(Pages? pages) => pages is null ? [] : pages.Values;

    /// <summary>*Collective.* Hands the values over to PETSc with their columns.</summary>
    private void Build(CsrPattern pattern)
    {
        if ((pattern.Rows, pattern.Columns.Length, pattern.OffDiagonalColumns.Length) != (Rows, _diagonal!.Count, _offDiagonal!.Count))
            throw new ArgumentException($"A pattern of {pattern.Rows} rows, {pattern.Columns.Length} and {pattern.OffDiagonalColumns.Length} entries for values of {Rows}, {_diagonal.Count} and {_offDiagonal.Count}.");
        NativeMethods.Check(NativeMethods.c3d_matrix_create(
            _communicator!.Handle, pattern.Rows, pattern.RowStart, pattern.Columns, pattern.OffDiagonalRowStart,
            pattern.OffDiagonalColumns, _diagonal.Numbers, _offDiagonal.Numbers, out _handle));
        _diagonal.HandOver();
        _offDiagonal.HandOver();
    }
}
