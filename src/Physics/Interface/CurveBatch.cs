using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Interface;

/// <summary>A curve and its slope at a batch of places.</summary>
public sealed class CurveBatch(Curve curve)
{
    private readonly double[] _value = new double[LocalBlock.Batch], _slope = new double[LocalBlock.Batch];

    /// <summary>Evaluates it.</summary>
    public void Fill(ReadOnlySpan<double> x) => curve.Evaluate(x, _value.AsSpan(0, x.Length), _slope.AsSpan(0, x.Length));

    /// <summary>The value at a place, as a function of x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(int inBatch, in T x) where T : unmanaged, IScalar<T> => T.Chain(x, _value[inBatch], _slope[inBatch]);
}
