using System.Runtime.InteropServices;
using Cell3D.Parallel.Native;

namespace Cell3D.Parallel.Petsc;

/// <summary>Hands PETSc's calls on to a preconditioner. Exceptions must not cross PETSc's frames: they are kept and thrown again behind them.</summary>
internal sealed unsafe class Shell : IDisposable
{
    private const int Done = 0, Singular = 1, Failed = 2, Unmultiplied = 3;
    private readonly IPreconditioner _preconditioner;
    private readonly Matrix _matrix;
    private readonly int _size;
    private long _version;
    private Exception? _exception;
    private GCHandle _self;

    internal Shell(IPreconditioner preconditioner, Matrix matrix)
    {
        (_preconditioner, _matrix, _size, _version) = (preconditioner, matrix, matrix.Rows, matrix.Version);
        _self = GCHandle.Alloc(this);
    }

    /// <summary>*Collective.* Makes the preconditioner that of a solver; false where options chose another one.</summary>
    internal bool BindTo(nint solver)
    {
        NativeMethods.Check(NativeMethods.c3d_solver_shell(solver, _preconditioner.Name, _size, _matrix.IsBuilt ? _matrix.Handle : 0, &SetUp, &Apply, &Multiply, &MatrixOf, GCHandle.ToIntPtr(_self), out int used));
        return used != 0;
    }

    /// <summary>*Collective.* Tells the solver of new values, which of a matrix that is not built it cannot know.</summary>
    internal void TellChanges(nint solver)
    {
        if (_version == _matrix.Version)
            return;
        _version = _matrix.Version;
        NativeMethods.Check(NativeMethods.c3d_solver_changed(solver));
    }

    /// <summary>Throws what the preconditioner threw during the last call of PETSc.</summary>
    internal void Rethrow()
    {
        if (_exception is null)
            return;
        Exception exception = _exception;
        _exception = null;
        throw new InvalidOperationException($"The preconditioner failed: {exception.Message}", exception);
    }

    public void Dispose()
    {
        if (_self.IsAllocated)
            _self.Free();
    }

    private static Shell Of(nint context) => (Shell)GCHandle.FromIntPtr(context).Target!;

    [UnmanagedCallersOnly]
    private static int SetUp(nint context)
    {
        Shell shell = Of(context);
        try
        {
            return shell._preconditioner.SetUp() ? Done : Singular;
        }
        catch (Exception exception)
        {
            return shell.Keep(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static int Apply(nint context, double* r, double* x)
    {
        Shell shell = Of(context);
        try
        {
            shell._preconditioner.Apply(new(r, shell._size), new(x, shell._size));
            return Done;
        }
        catch (Exception exception)
        {
            return shell.Keep(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static int Multiply(nint context, double* r, double* x, double* y)
    {
        Shell shell = Of(context);
        try
        {
            return shell._preconditioner.Multiply(new(r, shell._size), new(x, shell._size), new(y, shell._size)) ? Done : Unmultiplied;
        }
        catch (Exception exception)
        {
            return shell.Keep(exception);
        }
    }

    [UnmanagedCallersOnly]
    private static nint MatrixOf(nint context)
    {
        Shell shell = Of(context);
        try
        {
            return shell._matrix.Handle;
        }
        catch (Exception exception)
        {
            shell.Keep(exception);
            return 0;
        }
    }

    private int Keep(Exception exception)
    {
        _exception = exception;
        return Failed;
    }
}
