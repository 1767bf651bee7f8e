using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Cell3D.Solvers.Linear;

/// <summary>How eight numbers, one of each lane, lie in memory.</summary>
internal interface ICoefficients
{
    static abstract int Bytes { get; }

    static abstract unsafe Vector512<double> Load(byte* from);
}

/// <summary>In double precision.</summary>
internal readonly struct DoubleCoefficients : ICoefficients
{
    public static int Bytes => SegmentBatches.Lanes * sizeof(double);

    public static unsafe Vector512<double> Load(byte* from) => Vector512.Load((double*)from);
}

/// <summary>In single precision.</summary>
internal readonly struct SingleCoefficients : ICoefficients
{
    public static int Bytes => SegmentBatches.Lanes * sizeof(float);

    public static unsafe Vector512<double> Load(byte* from) => Load((float*)from);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static unsafe Vector512<double> Load(float* from)
    {
        (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.Load(from));
        return Vector512.Create(low, high);
    }
}
