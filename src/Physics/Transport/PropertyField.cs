using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>A property of every local cell with its partials ∂/∂c and ∂/∂T, ready to be used by a law.</summary>
public sealed class PropertyField(int cells)
{
    private readonly Entry[] _entries = new Entry[cells];

    public double this[int cell] => _entries[cell].Value;

    public void Set(int cell, double value, double bySalt, double byTemperature) => _entries[cell] = new(value, bySalt, byTemperature);

    /// <summary>½ (p_left + p_right) of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Mean<T>(in FacePath face) where T : unmanaged, IScalar<T>
    {
        ref readonly Entry left = ref _entries[face.Left], right = ref _entries[face.Right];
        return T.Pair(0.5 * (left.Value + right.Value), left.Partials(0.5), right.Partials(0.5));
    }

    /// <summary>p_left − p_right of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Drop<T>(in FacePath face) where T : unmanaged, IScalar<T>
    {
        ref readonly Entry left = ref _entries[face.Left], right = ref _entries[face.Right];
        return T.Pair(left.Value - right.Value, left.Partials(1), right.Partials(-1));
    }

    private readonly record struct Entry(double Value, double BySalt, double ByTemperature)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Partials(double factor) => Vector256.Create(factor * BySalt, 0, 0, factor * ByTemperature);
    }
}
