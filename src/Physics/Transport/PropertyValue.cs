using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>A property p(c, T) of one cell with its partials ∂/∂c and ∂/∂T, ready to be used by a law.</summary>
public readonly record struct PropertyValue(double Value, double BySalt, double ByTemperature)
{
    /// <summary>f ½ (p_left + p_right) of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mean<T>(in PropertyValue left, in PropertyValue right, double factor = 1) where T : unmanaged, IScalar<T>
    {
        double half = 0.5 * factor;
        return T.Pair(half * (left.Value + right.Value), half * left.Partials, half * right.Partials);
    }

    /// <summary>p in the cell of a local system, whose first unknowns are c, φ_e, φ_s and T.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T InCell<T>() where T : unmanaged, IScalar<T> => T.Left(Value, Partials);

    /// <summary>(∂/∂c, 0, 0, ∂/∂T), put together in registers.</summary>
    private Vector256<double> Partials
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256.ConditionalSelect(Vector256.Create(0, 0, 0, -1L).AsDouble(), Vector256.Create(ByTemperature), Vector256.CreateScalar(BySalt));
    }
}

/// <summary>A property p(c) of one cell with its slope dp/dc.</summary>
public readonly record struct SaltPropertyValue(double Value, double Slope)
{
    /// <summary>p_left − p_right of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drop<T>(in SaltPropertyValue left, in SaltPropertyValue right) where T : unmanaged, IScalar<T> =>
        T.Pair(left.Value - right.Value, Vector256.CreateScalar(left.Slope), Vector256.CreateScalar(-right.Slope));
}
