using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Preconditions S of a stack by its planes, each field by itself: what joins them is too weak to spare an iteration.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal sealed class StackPreconditioner : IPreconditioner, IDisposable
{
    /// <summary>With more work per unknown than this planes take as long as multigrid.</summary>
    private const double MostWork = 200;

    private readonly Matrix _matrix;
    private readonly StackBlock[] _blocks;
    private readonly PlaneSolver _planes;

    internal StackPreconditioner(CollectorStack stack, Matrix matrix, Communicator world)
    {
        _matrix = matrix;
        _planes = new([.. stack.Fields.Select(field => field.Layers)], stack.Columns, stack.First, stack.Total, stack.Pairs, world);
        _blocks = [.. stack.Fields.Select((field, group) => field.Field == Field.Temperature ? (StackBlock)new JoinedPlanes(stack, group, _planes, world) : new SeparatePlanes(stack, group, _planes, world))];
    }

    public string Name => "planes of a stack";

    /// <summary>Whether multigrid would cost more.</summary>
    internal bool IsCheap => _planes.Work <= MostWork;

    /// <summary>Takes over S, all that there is of it.</summary>
    /// <returns>Whether it has the form of a stack of planes.</returns>
    internal bool Renew()
    {
        foreach (StackBlock block in _blocks)
        {
            StackBlock.Entries entries = new(_matrix);
            if (!block.Renew(entries))
                return false;
            block.Update(entries);
        }
        return true;
    }

    /// <summary>Takes over what changes from system to system.</summary>
    internal void Update()
    {
        StackBlock.Entries entries = new(_matrix);
        foreach (StackBlock block in _blocks)
            block.Update(entries);
    }

    public bool SetUp() => true;

    public void Apply(ReadOnlySpan<double> r, Span<double> x)
    {
        foreach (StackBlock block in _blocks)
            block.Prepare(r);
        _planes.Solve();
        foreach (StackBlock block in _blocks)
            block.Conclude(r, x);
    }

    public bool Multiply(ReadOnlySpan<double> r, ReadOnlySpan<double> x, Span<double> y) => false;

    public void Dispose() => _planes.Dispose();
}
