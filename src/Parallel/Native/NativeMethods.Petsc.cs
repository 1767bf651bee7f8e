using System.Runtime.InteropServices;

namespace Cell3D.Parallel.Native;

internal static unsafe partial class NativeMethods
{
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_option_set(string name, string? value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_option_exists(string name, out int exists);

    [LibraryImport(Library)]
    public static partial int c3d_options_all(int unusedOnly, Span<byte> text, long capacity, out long length);

    [LibraryImport(Library)]
    public static partial int c3d_vector_create(int comm, long localSize, out nint vector, out long globalSize);

    [LibraryImport(Library)]
    public static partial int c3d_vector_array(nint vector, out double* values);

    [LibraryImport(Library)]
    public static partial int c3d_vector_restore(nint vector, double* values);

    [LibraryImport(Library)]
    public static partial int c3d_vector_set(nint vector, double value);

    [LibraryImport(Library)]
    public static partial int c3d_vector_norm(nint vector, out double norm);

    [LibraryImport(Library)]
    public static partial int c3d_vector_destroy(nint vector);

    [LibraryImport(Library)]
    public static partial int c3d_index_set_create(int comm, long count, ReadOnlySpan<long> indices, out nint indexSet);

    [LibraryImport(Library)]
    public static partial int c3d_index_set_destroy(nint indexSet);

    [LibraryImport(Library)]
    public static partial int c3d_pages_take(long count, out double* numbers);

    [LibraryImport(Library)]
    public static partial void c3d_pages_release(double* numbers, long count);

    [LibraryImport(Library)]
    public static partial int c3d_large_pages_take(long bytes, out void* start);

    [LibraryImport(Library)]
    public static partial void c3d_large_pages_release(void* start, long bytes);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_create(
        int comm, long rows, int[] rowStart, int[] columns, int[] offRowStart, long[] offColumns, double* values, double* offValues, out nint matrix);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_changed(nint matrix);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_multiply(nint matrix, nint x, nint y);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_multiply_transposed(nint matrix, nint x, nint y);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_transpose(nint matrix, ref nint transposed);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_matrix_dump(nint matrix, nint vector, string path);

    [LibraryImport(Library)]
    public static partial int c3d_matrix_destroy(nint matrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_solver_create(int comm, string prefix, out nint solver);

    [LibraryImport(Library)]
    public static partial int c3d_solver_operators(nint solver, nint matrix, nint preconditioningMatrix);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_solver_field_split(nint solver, string name, nint indexSet);

    [LibraryImport(Library)]
    public static partial int c3d_solver_tolerances(nint solver, double relative, double absolute, int iterations);

    [LibraryImport(Library)]
    public static partial int c3d_solver_reuse_preconditioner(nint solver, int reuse);

    [LibraryImport(Library)]
    public static partial int c3d_solver_from_options(nint solver);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int c3d_solver_shell(nint solver, string name, long rows, nint matrix, delegate* unmanaged<nint, int> setUp, delegate* unmanaged<nint, double*, double*, int> apply,
        delegate* unmanaged<nint, double*, double*, double*, int> multiply, delegate* unmanaged<nint, nint> makeMatrix, nint context, out int used);

    [LibraryImport(Library)]
    public static partial int c3d_solver_changed(nint solver);

    [LibraryImport(Library)]
    public static partial int c3d_solver_set_up(nint solver);

    [LibraryImport(Library)]
    public static partial int c3d_solver_solve(
        nint solver, nint b, nint x, out int reason, out int iterations, out double residualNorm);

    [LibraryImport(Library)]
    public static partial int c3d_solver_progress(nint solver, out int iterations, out double residualNorm);

    [LibraryImport(Library)]
    public static partial int c3d_solver_solve_transposed(
        nint solver, nint b, nint x, out int reason, out int iterations, out double residualNorm);

    [LibraryImport(Library)]
    public static partial int c3d_solver_describe(nint solver, Span<byte> text, long capacity, out long length);

    [LibraryImport(Library)]
    public static partial int c3d_solver_forget(nint solver);

    [LibraryImport(Library)]
    public static partial int c3d_solver_destroy(nint solver);
}
