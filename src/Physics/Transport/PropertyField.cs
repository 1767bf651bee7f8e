using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>A property of every local cell with its partials ∂/∂c and ∂/∂T, ready to be used by a law.</summary>
/// <remarks>Properties that a law needs together lie together: one of several fields over the same entries.</remarks>
public readonly struct PropertyField
{
    private readonly Entry[] _entries;
    private readonly int _first, _stride;

    private PropertyField(Entry[] entries, int first, int stride) => (_entries, _first, _stride) = (entries, first, stride);

    /// <summary>Some fields over the same cells.</summary>
    public static PropertyField[] Together(int fields, int cells)
    {
        Entry[] entries = new Entry[fields * cells];
        return [.. Enumerable.Range(0, fields).Select(field => new PropertyField(entries, field, fields))];
    }

    public double this[int cell] => At(cell).Value;

    public void Set(int cell, double value, double bySalt, double byTemperature) => At(cell) = new(value, bySalt, byTemperature);

    /// <summary>½ (p_left + p_right) of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Mean<T>(in FacePath face) where T : unmanaged, IScalar<T>
    {
        ref readonly Entry left = ref At(face.Left), right = ref At(face.Right);
        return T.Pair(0.5 * (left.Value + right.Value), left.Partials(0.5), right.Partials(0.5));
    }

    /// <summary>p_left − p_right of the two cells of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Drop<T>(in FacePath face) where T : unmanaged, IScalar<T>
    {
        ref readonly Entry left = ref At(face.Left), right = ref At(face.Right);
        return T.Pair(left.Value - right.Value, left.Partials(1), right.Partials(-1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref Entry At(int cell) => ref _entries[(cell * _stride) + _first];

    private readonly record struct Entry(double Value, double BySalt, double ByTemperature)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<double> Partials(double factor) => Vector256.Create(factor * BySalt, 0, 0, factor * ByTemperature);
    }
}
