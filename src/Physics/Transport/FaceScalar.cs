using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Unknowns of the two cells of a face, joined to one scalar that depends on both.</summary>
public static class FaceScalar
{
    /// <summary>y_left − y_right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Drop<T>(double[] values, Field field, in Face face) where T : unmanaged, IScalar<T> =>
        T.Pair(values[face.Left] - values[face.Right], Unit(field, 1), Unit(field, -1));

    /// <summary>½ (y_left + y_right) + offset.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Mean<T>(double[] values, double offset, Field field, in Face face) where T : unmanaged, IScalar<T> =>
        T.Pair(offset + (0.5 * (values[face.Left] + values[face.Right])), Unit(field, 0.5), Unit(field, 0.5));

    /// <summary>A constant where it is inlined with a constant field, unlike a table in static data.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Unit(Field field, double slope) => field switch
    {
        Field.Salt => Vector256.Create(slope, 0, 0, 0),
        Field.IonicPotential => Vector256.Create(0, slope, 0, 0),
        Field.ElectronicPotential => Vector256.Create(0, 0, slope, 0),
        _ => Vector256.Create(0, 0, 0, slope),
    };
}
