using System.Runtime.CompilerServices;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>What cations carry between two cells: t₊ and Θ as they enter the ionic fluxes.</summary>
public interface ITransference
{
    /// <summary>t₊ f x on a face.</summary>
    T Carried<T>(in Face face, double factor, in T x) where T : unmanaged, IScalar<T>;

    /// <summary>(1 − t₊) Θ x on a face.</summary>
    T Activity<T>(in Face face, in T x) where T : unmanaged, IScalar<T>;
}

/// <summary>t₊ and Θ are constant.</summary>
/// <param name="number">t₊.</param>
/// <param name="thermodynamicFactor">Θ.</param>
public readonly struct FixedTransference(double number, double thermodynamicFactor) : ITransference
{
    private readonly double _number = number, _activity = (1 - number) * thermodynamicFactor;

    /// <summary>Those of an electrolyte where they are constant.</summary>
    public FixedTransference(ElectrolyteProperties properties) : this(properties.Transference(0).Number.Value, properties.Transference(0).ThermodynamicFactor.Value) { }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Carried<T>(in Face face, double factor, in T x) where T : unmanaged, IScalar<T> => _number * factor * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Activity<T>(in Face face, in T x) where T : unmanaged, IScalar<T> => _activity * x;
}

/// <summary>t₊(c, T) and Θ(c, T): the mean over both cells.</summary>
public readonly struct VariableTransference(ElectrolyteProperties properties) : ITransference
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Carried<T>(in Face face, double factor, in T x) where T : unmanaged, IScalar<T> => Number<T>(face, factor) * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Activity<T>(in Face face, in T x) where T : unmanaged, IScalar<T> =>
        (T.Constant(1) - Number<T>(face)) * PropertyValue.Mean<T>(properties.Transference(face.Left).ThermodynamicFactor, properties.Transference(face.Right).ThermodynamicFactor) * x;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Number<T>(in Face face, double factor = 1) where T : unmanaged, IScalar<T> =>
        PropertyValue.Mean<T>(properties.Transference(face.Left).Number, properties.Transference(face.Right).Number, factor);
}
