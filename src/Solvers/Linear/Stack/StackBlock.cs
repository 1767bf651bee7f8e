using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Solves the block of S of one field roughly, plane by plane.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal abstract class StackBlock : IDisposable
{
    private readonly CollectorStack _stack;
    private readonly Communicator _world;
    private readonly double[] _corner;
    private readonly int[] _pivots;

    /// <summary>Values of <see cref="StackField.Border"/>.</summary>
    private readonly double[] _border;

    /// <summary>Right-hand sides and values of all unknowns beside the stack.</summary>
    private readonly double[] _given, _beside;

    protected StackBlock(CollectorStack stack, StackField field, Communicator world)
    {
        (_stack, Field, _world) = (stack, field, world);
        Planes = new(field.Layers, stack.Columns, stack.First, stack.Total, field.Pairs, world);
        _corner = new double[field.AllBeside * field.AllBeside];
        _pivots = new int[field.AllBeside];
        _border = new double[field.Border.Length];
        (_given, _beside) = (new double[field.AllBeside], new double[field.AllBeside]);
    }

    protected StackField Field { get; }

    protected PlaneSolver Planes { get; }

    protected ReadOnlySpan<double> Border => _border;

    protected int Columns => _stack.Columns;

    protected int TotalColumns => _stack.Total;

    /// <summary>Number of the first own column.</summary>
    protected int First => _stack.First;

    /// <summary>Takes over S.</summary>
    /// <returns>Whether it has the form that is solved here.</returns>
    internal abstract bool Renew(in Entries entries);

    /// <summary>Takes over what changes with the step of time.</summary>
    internal abstract void Update(in Entries entries);

    /// <summary>x = B⁻¹ r in the rows of the field.</summary>
    internal abstract void Solve(ReadOnlySpan<double> r, Span<double> x);

    /// <summary>See <see cref="PlaneSolver.Work"/>.</summary>
    internal double Work => Planes.Work;

    public void Dispose() => Planes.Dispose();

    /// <summary>Sum over the ranks.</summary>
    protected void Sum(Span<double> values) => _world.Allreduce(values, Operation.Sum);

    /// <summary>Sum over the ranks.</summary>
    protected double Sum(double value) => _world.Allreduce(value, Operation.Sum);

    /// <summary>Values of all ranks one after the other.</summary>
    protected double[] Gather(ReadOnlySpan<double> values) => _world.Allgatherv(values);

    /// <summary>Takes over the entries of unknowns beside the stack: those of rows of the stack, and those between themselves, which it returns.</summary>
    protected Span<double> TakeBeside(in Entries entries)
    {
        for (int i = 0; i < _border.Length; i++)
            _border[i] = entries[Field.Border[i].At];
        Array.Clear(_corner);
        foreach ((int at, int row, int column) in Field.Corner)
            _corner[(row * Field.AllBeside) + column] = entries[at];
        Sum(_corner);
        return _corner;
    }

    protected bool FactorCorner() => DenseFactor.Factor(_corner, _pivots);

    /// <summary>Takes the right-hand side of the stack.</summary>
    protected void Take(ReadOnlySpan<double> r)
    {
        Span<double> values = Planes.Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = r[Field.Rows[i]];
    }

    /// <summary>Gives the values of the stack and of what is beside it.</summary>
    protected void Give(Span<double> x)
    {
        Span<double> values = Planes.Values;
        for (int i = 0; i < values.Length; i++)
            x[Field.Rows[i]] = values[i];
        for (int i = 0; i < Field.Beside.Length; i++)
            x[Field.Beside[i]] = _beside[Field.FirstBeside + i];
    }

    /// <summary>Right-hand sides of what is beside the stack, from all ranks.</summary>
    protected void TakeBeside(ReadOnlySpan<double> r)
    {
        if (Field.AllBeside == 0)
            return;
        Array.Clear(_given);
        for (int i = 0; i < Field.Beside.Length; i++)
            _given[Field.FirstBeside + i] = r[Field.Beside[i]];
        Sum(_given);
    }

    /// <summary>Solves for what is beside the stack, without regard to the stack or with its values as they are: symmetric couplings.</summary>
    protected void SolveBeside(bool withStack)
    {
        if (Field.AllBeside == 0)
            return;
        Array.Clear(_beside);
        if (withStack)
        {
            ReadOnlySpan<double> values = Planes.Values;
            for (int i = 0; i < _border.Length; i++)
                _beside[Field.Border[i].Beside] -= _border[i] * values[Field.Border[i].Place];
            Sum(_beside);
        }
        VectorLoop.Add(1, _given, _beside);
        DenseFactor.Solve(_corner, _pivots, _beside);
    }

    /// <summary>Takes the values beside the stack to its right-hand sides.</summary>
    protected void SubtractBeside()
    {
        Span<double> values = Planes.Values;
        for (int i = 0; i < _border.Length; i++)
            values[Field.Border[i].Place] -= _border[i] * _beside[Field.Border[i].Beside];
    }

    /// <summary>Entries of S.</summary>
    internal readonly ref struct Entries(Matrix matrix)
    {
        private readonly ReadOnlySpan<double> _inside = matrix.DiagonalValues, _outside = matrix.OffDiagonalValues;

        internal double this[int at] => at >= 0 ? _inside[at] : _outside[~at];
    }
}
