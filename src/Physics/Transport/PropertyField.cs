using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>A property of every local cell with its partials ∂/∂c and ∂/∂T, ready to be used by a law.</summary>
public sealed class PropertyField(int cells)
{
    private readonly double[] _value = new double[cells], _bySalt = new double[cells], _byTemperature = new double[cells];

    public ReadOnlySpan<double> Values => _value;

    public void Set(int cell, double value, double bySalt, double byTemperature)
    {
        _value[cell] = value;
        _bySalt[cell] = bySalt;
        _byTemperature[cell] = byTemperature;
    }

    /// <summary>The property as a scalar of the left or the right cell of a face.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T At<T>(int cell, bool left) where T : unmanaged, IScalar<T>
    {
        Vector256<double> partials = Vector256.Create(_bySalt[cell], 0, 0, _byTemperature[cell]);
        return left ? T.Left(_value[cell], partials) : T.Right(_value[cell], partials);
    }
}
