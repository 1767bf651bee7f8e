using Cell3D.Numerics;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers.Linear.Stack;

/// <summary>Solves the block of S of one field roughly, plane by plane.</summary>
/// <remarks>*Collective* in everything.</remarks>
internal abstract class StackBlock
{
    private readonly CollectorStack _stack;
    private readonly Communicator _world;
    private readonly double[] _corner;
    private readonly int[] _pivots;

    /// <summary>Values of <see cref="StackField.Border"/>.</summary>
    private readonly double[] _border;

    /// <summary>Right-hand sides and values of all unknowns beside the stack.</summary>
    private readonly double[] _given, _beside;

    /// <param name="stack">Columns and what joins them.</param>
    /// <param name="group">Which of its fields.</param>
    /// <param name="planes">Of all fields, a group of planes each.</param>
    /// <param name="world">The ranks.</param>
    protected StackBlock(CollectorStack stack, int group, PlaneSolver planes, Communicator world)
    {
        StackField field = stack.Fields[group];
        (_stack, Field, Group, Planes, _world) = (stack, field, group, planes, world);
        _corner = new double[field.AllBeside * field.AllBeside];
        _pivots = new int[field.AllBeside];
        _border = new double[field.Border.Length];
        (_given, _beside) = (new double[field.AllBeside], new double[field.AllBeside]);
    }

    protected StackField Field { get; }

    /// <summary>Its planes among those of all fields.</summary>
    protected int Group { get; }

    protected PlaneSolver Planes { get; }

    /// <summary>Right-hand sides or values of its planes in own columns, plane by plane.</summary>
    protected Span<double> Values => Planes.ValuesOf(Group);

    /// <summary>Pairs of columns that are joined in the plane, of this rank.</summary>
    protected int Pairs => _stack.Pairs.Length;

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

    /// <summary>Right-hand sides of the planes for x = B⁻¹ r in the rows of the field.</summary>
    internal abstract void Prepare(ReadOnlySpan<double> r);

    /// <summary>That x, when planes are solved.</summary>
    internal abstract void Conclude(ReadOnlySpan<double> r, Span<double> x);

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
        Span<double> values = Values;
        for (int i = 0; i < values.Length; i++)
            values[i] = r[Field.Rows[i]];
    }

    /// <summary>Gives the values of the stack and of what is beside it.</summary>
    protected void Give(Span<double> x)
    {
        Span<double> values = Values;
        for (int i = 0; i < values.Length; i++)
            x[Field.Rows[i]] = values[i];
        for (int i = 0; i < Field.Beside.Length; i++)
            x[Field.Beside[i]] = _beside[Field.FirstBeside + i];
    }

    /// <summary>Takes the right-hand sides beside the stack, of all ranks.</summary>
    /// <param name="r">Of this rank.</param>
    /// <param name="taken">What is taken from them, of this rank; may be empty.</param>
    protected void TakeBeside(ReadOnlySpan<double> r, ReadOnlySpan<double> taken)
    {
        if (Field.AllBeside == 0)
            return;
        Array.Clear(_given);
        for (int i = 0; i < Field.Beside.Length; i++)
            _given[Field.FirstBeside + i] = r[Field.Beside[i]];
        for (int i = 0; i < taken.Length; i++)
            _given[i] -= taken[i];
        Sum(_given);
    }

    /// <summary>What the stack's values take from the right-hand sides beside it, of this rank.</summary>
    protected ReadOnlySpan<double> TakenByStack()
    {
        ReadOnlySpan<double> values = Values;
        Array.Clear(_beside);
        for (int i = 0; i < _border.Length; i++)
            _beside[Field.Border[i].Beside] += _border[i] * values[Field.Border[i].Place];
        return _beside;
    }

    /// <summary>Solves for what is beside the stack.</summary>
    protected void SolveBeside()
    {
        _given.CopyTo(_beside, 0);
        DenseFactor.Solve(_corner, _pivots, _beside);
    }

    /// <summary>Takes the values beside the stack to its right-hand sides.</summary>
    protected void SubtractBeside()
    {
        Span<double> values = Values;
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
