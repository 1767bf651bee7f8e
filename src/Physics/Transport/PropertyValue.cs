using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>A property p(c, T) of one cell with its partials ∂/∂c and ∂/∂T, ready to be used by a law.</summary>
public readonly record struct PropertyValue(double Value, double BySalt, double ByTemperature)
{
    /// <summary>½ (p_left + p_right) of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mean<T>(in PropertyValue left, in PropertyValue right) where T : unmanaged, IScalar<T> =>
        T.Pair(0.5 * (left.Value + right.Value), left.Partials(0.5), right.Partials(0.5));

    /// <summary>p in the cell of a local system, whose first unknowns are c, φ_e, φ_s and T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T InCell<T>() where T : unmanaged, IScalar<T> => T.Left(Value, Partials(1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Partials(double factor) => Vector256.Create(factor * BySalt, 0, 0, factor * ByTemperature);
}

/// <summary>A property p(c) of one cell with its slope dp/dc.</summary>
public readonly record struct SaltPropertyValue(double Value, double Slope)
{
    /// <summary>p_left − p_right of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drop<T>(in SaltPropertyValue left, in SaltPropertyValue right) where T : unmanaged, IScalar<T> =>
        T.Pair(left.Value - right.Value, Vector256.CreateScalar(left.Slope), Vector256.CreateScalar(-right.Slope));
}
