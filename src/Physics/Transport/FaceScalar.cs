using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>An unknown of the left or the right cell of a face as a scalar that knows it is one.</summary>
public static class FaceScalar
{
    private static readonly Vector256<double>[] Unit =
        [Vector256.Create(1.0, 0, 0, 0), Vector256.Create(0, 1.0, 0, 0), Vector256.Create(0, 0, 1.0, 0), Vector256.Create(0, 0, 0, 1.0)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Unknown<T>(double value, Field field, bool left) where T : unmanaged, IScalar<T> =>
        left ? T.Left(value, Unit[(int)field]) : T.Right(value, Unit[(int)field]);
}
