using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>A function of x and T with its partials at a batch of places.</summary>
public sealed class FunctionBatch(Function function)
{
    private readonly Function _function = function.Widened(2);
    private readonly double[] _value = new double[LocalBlock.Batch], _partials = new double[2 * LocalBlock.Batch];
    private int _count;

    /// <summary>Evaluates it.</summary>
    /// <param name="inputs">x of every place, then T [K].</param>
    public void Fill(ReadOnlySpan<double> inputs)
    {
        _count = inputs.Length / 2;
        _function.Evaluate(inputs, _value.AsSpan(0, _count), _partials.AsSpan(0, inputs.Length));
    }

    /// <summary>The value at a place, as a function of x and T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(int inBatch, in T x, in T temperature) where T : unmanaged, IScalar<T> =>
        T.Chain(x, temperature, _value[inBatch], _partials[inBatch], _partials[_count + inBatch]);
}
