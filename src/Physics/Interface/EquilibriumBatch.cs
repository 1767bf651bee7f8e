using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Physics.Interface;

/// <summary>U(x, T) and dU/dT with their partials at a batch of places.</summary>
public sealed class EquilibriumBatch(EquilibriumPotential equilibrium)
{
    private readonly double[] _value = new double[LocalBlock.Batch], _partials = new double[2 * LocalBlock.Batch], _entropicPartials = new double[2 * LocalBlock.Batch];
    private int _count;

    /// <summary>Evaluates both.</summary>
    /// <param name="inputs">x of every place, then T [K].</param>
    public void Fill(ReadOnlySpan<double> inputs)
    {
        _count = inputs.Length / 2;
        equilibrium.Evaluate(inputs, _value.AsSpan(0, _count), _partials.AsSpan(0, inputs.Length), _entropicPartials.AsSpan(0, inputs.Length));
    }

    /// <summary>U [V] at a place, as a function of x and T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Potential<T>(int inBatch, in T x, in T temperature) where T : unmanaged, IScalar<T> =>
        T.Chain(x, temperature, _value[inBatch], _partials[inBatch], _partials[_count + inBatch]);

    /// <summary>dU/dT [V K⁻¹] at a place, as a function of x and T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T EntropicCoefficient<T>(int inBatch, in T x, in T temperature) where T : unmanaged, IScalar<T> =>
        T.Chain(x, temperature, _partials[_count + inBatch], _entropicPartials[inBatch], _entropicPartials[_count + inBatch]);
}
