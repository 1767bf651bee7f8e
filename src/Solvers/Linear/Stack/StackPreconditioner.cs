using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Preconditions S of a stack by its planes, one field after the other.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal sealed class StackPreconditioner : IPreconditioner, IDisposable
{
    /// <summary>With more work per unknown than this planes take as long as multigrid.</summary>
    private const double MostWork = 200;

    private readonly CollectorStack _stack;
    private readonly Matrix _matrix;
    private readonly StackBlock[] _blocks;
    private readonly double[] _couplings, _rest;

    internal StackPreconditioner(CollectorStack stack, Matrix matrix, Communicator world)
    {
        (_stack, _matrix) = (stack, matrix);
        _blocks = [.. stack.Fields.Select(field => field.Field == Field.Temperature ? (StackBlock)new JoinedPlanes(stack, field, world) : new SeparatePlanes(stack, field, world))];
        _couplings = new double[stack.Couplings.Length];
        _rest = new double[matrix.Rows];
    }

    public string Name => "planes of a stack";

    /// <summary>Whether multigrid would cost more.</summary>
    internal bool IsCheap => _blocks.All(block => block.Work <= MostWork);

    /// <summary>Takes over S.</summary>
    /// <returns>Whether it has the form of a stack of planes.</returns>
    internal bool Renew()
    {
        foreach (StackBlock block in _blocks)
            if (!block.Renew(new(_matrix)))
                return false;
        return true;
    }

    /// <summary>Takes over what changes from system to system.</summary>
    internal void Update()
    {
        StackBlock.Entries entries = new(_matrix);
        foreach (StackBlock block in _blocks)
            block.Update(entries);
        for (int i = 0; i < _couplings.Length; i++)
            _couplings[i] = entries[_stack.Couplings[i].At];
    }

    public bool SetUp() => true;

    public void Apply(ReadOnlySpan<double> r, Span<double> x)
    {
        r.CopyTo(_rest);
        for (int block = 0; block < _blocks.Length; block++)
        {
            _blocks[block].Solve(_rest, x);
            if (block == 0 && _blocks.Length > 1)
                for (int i = 0; i < _couplings.Length; i++)
                    _rest[_stack.Couplings[i].Row] -= _couplings[i] * x[_stack.Couplings[i].Column];
        }
    }

    public bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y) => false;

    public void Dispose()
    {
        foreach (StackBlock block in _blocks)
            block.Dispose();
    }
}
