using System.Text;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>
/// A Krylov method with its preconditioner (PETSc KSP). What it does is chosen by options under its prefix; see
/// <see cref="Options"/>.
/// </summary>
public sealed class LinearSolver : IDisposable
{
    private readonly List<(string Name, IndexSet Indices)> _splits = [];
    private nint _handle;
    private int _appliedSplits;
    private Shell? _shell;

    /// <summary>*Collective.*</summary>
    /// <param name="communicator">The ranks that solve together.</param>
    /// <param name="prefix">Options prefix without dash; may be empty. Prefix <c>linear_</c> makes <c>-linear_ksp_type</c> its option.</param>
    public LinearSolver(Communicator communicator, string prefix) =>
        NativeMethods.Check(NativeMethods.c3d_solver_create(communicator.Handle, prefix, out _handle));

    private nint Handle
    {
        get
        {
            ObjectDisposedException.ThrowIf(_handle == 0, this);
            return _handle;
        }
    }

    /// <summary>*Collective.* The matrix to solve with, and optionally another one to build the preconditioner from.</summary>
    public void SetOperators(Matrix matrix, Matrix? preconditioning = null) =>
        NativeMethods.Check(NativeMethods.c3d_solver_operators(Handle, matrix.Handle, (preconditioning ?? matrix).Handle));

    /// <summary>
    /// Names a field for a field-split preconditioner; has no effect on others. Call before <see cref="SetFromOptions"/>, and keep
    /// the index set until then. The field's own options follow <c>-prefix_fieldsplit_name_</c>.
    /// </summary>
    public void SetFieldSplit(string name, IndexSet indices) => _splits.Add((name, indices));

    /// <summary>*Collective.* Stops at ‖r‖ ≤ max(rtol ‖b‖, atol) or after the iterations given.</summary>
    public void SetTolerances(double rtol, double atol, int maxIterations) =>
        NativeMethods.Check(NativeMethods.c3d_solver_tolerances(Handle, rtol, atol, maxIterations));

    /// <summary>*Collective.* Keeps the preconditioner although the matrix changes, until switched off.</summary>
    public void ReusePreconditioner(bool reuse) =>
        NativeMethods.Check(NativeMethods.c3d_solver_reuse_preconditioner(Handle, reuse ? 1 : 0));

    /// <summary>*Collective.* Forgets what a factorisation keeps of earlier matrices, such as the order of its pivots: the next set-up is like the first.</summary>
    public void Forget() => NativeMethods.Check(NativeMethods.c3d_solver_forget(Handle));

    /// <summary>*Collective.* Takes method, preconditioner and limits from the options in force; these win over calls made before.</summary>
    public void SetFromOptions()
    {
        NativeMethods.Check(NativeMethods.c3d_solver_from_options(Handle));
        for (; _appliedSplits < _splits.Count; _appliedSplits++)
        {
            (string name, IndexSet indices) = _splits[_appliedSplits];
            NativeMethods.Check(NativeMethods.c3d_solver_field_split(Handle, name, indices.Handle));
        }
    }

    /// <summary>*Collective.* Makes a preconditioner of the caller's own that of this solver, where the options in force say <c>-pc_type shell</c>; else the matrix is what the solver works with.</summary>
    /// <param name="preconditioner">Called from within solves, on all ranks.</param>
    /// <param name="matrix">To solve with; one that is not built stays so while nothing but the preconditioner multiplies.</param>
    /// <returns>Whether it is used; otherwise options chose another one.</returns>
    public bool Use(IPreconditioner preconditioner, Matrix matrix)
    {
        _shell?.Dispose();
        _shell = new(preconditioner, matrix);
        if (_shell.BindTo(Handle))
            return true;
        _shell.Dispose();
        _shell = null;
        SetOperators(matrix);
        return false;
    }

    /// <summary>*Collective.* Makes the preconditioner ready, which <see cref="Solve"/> would do first: for who wants to know what each costs.</summary>
    public void SetUp()
    {
        _shell?.TellChanges(Handle);
        int status = NativeMethods.c3d_solver_set_up(Handle);
        _shell?.Rethrow();
        NativeMethods.Check(status);
    }

    /// <summary>*Collective.* Solves A x = b, starting from x = 0. Allocates nothing on the managed side.</summary>
    /// <exception cref="PetscException">PETSc could not run the solve at all, for instance because a package is not installed.</exception>
    public LinearResult Solve(Vector b, Vector x)
    {
        _shell?.TellChanges(Handle);
        int status = NativeMethods.c3d_solver_solve(Handle, b.Handle, x.Handle, out int reason, out int iterations, out double residualNorm);
        _shell?.Rethrow();
        NativeMethods.Check(status);
        return new LinearResult((ConvergedReason)reason, iterations, residualNorm);
    }

    /// <summary>Iterations done and norm of the residual, for preconditioners that a solve calls.</summary>
    public (int Iterations, double ResidualNorm) Progress
    {
        get
        {
            NativeMethods.Check(NativeMethods.c3d_solver_progress(Handle, out int iterations, out double norm));
            return (iterations, norm);
        }
    }

    /// <summary>*Collective.* Solves Aᵀ x = b with the transposed preconditioner, starting from x = 0. Allocates nothing on the managed side.</summary>
    /// <exception cref="PetscException">Method or preconditioner cannot be transposed.</exception>
    public LinearResult SolveTransposed(Vector b, Vector x)
    {
        NativeMethods.Check(NativeMethods.c3d_solver_solve_transposed(
            Handle, b.Handle, x.Handle, out int reason, out int iterations, out double residualNorm));
        return new LinearResult((ConvergedReason)reason, iterations, residualNorm);
    }

    /// <summary>*Collective.* PETSc's own account of what is set up, on rank 0; empty on the others.</summary>
    public string Describe()
    {
        byte[] text = new byte[64 * 1024];
        NativeMethods.Check(NativeMethods.c3d_solver_describe(Handle, text, text.Length, out long length));
        return Encoding.UTF8.GetString(text, 0, (int)Math.Min(length, text.Length - 1));
    }

    /// <summary>*Collective.* Destroys the solver.</summary>
    public void Dispose()
    {
        if (_handle == 0 || !ParallelRuntime.IsRunning) return;
        NativeMethods.Check(NativeMethods.c3d_solver_destroy(_handle));
        _handle = 0;
        _shell?.Dispose();
    }
}
