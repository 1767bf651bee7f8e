using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cell3D.Solvers.Linear;

/// <summary>Numbers that follow each other in memory, of eight segments, side by side, and back.</summary>
internal static unsafe class LaneKernel
{
    private const int Lanes = SegmentBatches.Lanes, Half = Lanes / 2;

    /// <summary>Brings numbers of eight lanes side by side.</summary>
    /// <param name="from">First number of each lane.</param>
    /// <param name="count">Numbers of a lane.</param>
    /// <param name="to">Receives eight of each.</param>
    internal static void Gather(double** from, int count, double* to)
    {
        int place = 0;
        if (Avx.IsSupported)
            for (; place + Half <= count; place += Half, to += Half * Lanes)
            {
                (Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d) = Four(from, place);
                (Vector256<double> e, Vector256<double> f, Vector256<double> g, Vector256<double> h) = Four(from + Half, place);
                Vector512.Create(a, e).Store(to);
                Vector512.Create(b, f).Store(to + Lanes);
                Vector512.Create(c, g).Store(to + (2 * Lanes));
                Vector512.Create(d, h).Store(to + (3 * Lanes));
            }
        for (; place < count; place++, to += Lanes)
            for (int lane = 0; lane < Lanes; lane++)
                to[lane] = from[lane][place];
    }

    /// <summary>The way back.</summary>
    /// <param name="from">Eight of each.</param>
    /// <param name="count">Numbers of a lane.</param>
    /// <param name="to">Receives them; first number of each lane.</param>
    /// <param name="lanes">So many of the lanes count.</param>
    internal static void Scatter(double* from, int count, double** to, int lanes)
    {
        int place = 0;
        if (Avx.IsSupported && lanes == Lanes)
            for (; place + Half <= count; place += Half, from += Half * Lanes)
            {
                ScatterFour(from, to, place);
                ScatterFour(from + Half, to + Half, place);
            }
        for (; place < count; place++, from += Lanes)
            for (int lane = 0; lane < lanes; lane++)
                to[lane][place] = from[lane];
    }

    /// <summary>Four numbers of four lanes, by places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D) Four(double** from, int place) =>
        Transposed(Vector256.Load(from[0] + place), Vector256.Load(from[1] + place), Vector256.Load(from[2] + place), Vector256.Load(from[3] + place));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScatterFour(double* from, double** to, int place)
    {
        (Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d) =
            Transposed(Vector256.Load(from), Vector256.Load(from + Lanes), Vector256.Load(from + (2 * Lanes)), Vector256.Load(from + (3 * Lanes)));
        a.Store(to[0] + place);
        b.Store(to[1] + place);
        c.Store(to[2] + place);
        d.Store(to[3] + place);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<double> A, Vector256<double> B, Vector256<double> C, Vector256<double> D) Transposed(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        Vector256<double> low = Avx.UnpackLow(a, b), high = Avx.UnpackHigh(a, b), otherLow = Avx.UnpackLow(c, d), otherHigh = Avx.UnpackHigh(c, d);
        return (Avx.Permute2x128(low, otherLow, 0x20), Avx.Permute2x128(high, otherHigh, 0x20), Avx.Permute2x128(low, otherLow, 0x31), Avx.Permute2x128(high, otherHigh, 0x31));
    }
}
