using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Cell3D.Microstructure.Solver;

/// <summary>
/// Conductance of the face between two voxels of conductivities k₁ and k₂ at unit size: harmonic mean 2 k₁k₂/(k₁ + k₂), 0 at an insulator, and
/// 2k₁ at an end, half a voxel away. Two tables of eight entries give what the numbers of two phases stand for.
/// </summary>
internal interface IFaceConductance
{
    /// <summary>Entry of a voxel's own table.</summary>
    static abstract float Own(double conductivity);

    /// <summary>Entry of a neighbour's table.</summary>
    static abstract float Neighbour(double conductivity);

    /// <summary>The conductance of eight faces, but for a factor that all faces of a voxel have.</summary>
    static abstract Vector256<float> Of(Vector256<float> own, Vector256<float> neighbour);

    /// <summary>A sum over the faces of eight voxels with that factor.</summary>
    static abstract Vector256<float> Whole(Vector256<float> own, Vector256<float> sum);
}

/// <summary>Several conductivities: the tables hold resistances, c = 2/(r₁ + r₂).</summary>
internal readonly struct Contrasted : IFaceConductance
{
    public static float Own(double conductivity) => (float)(1 / conductivity);

    public static float Neighbour(double conductivity) => (float)(1 / conductivity);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> own, Vector256<float> neighbour) => Vector256.Create(2f) / (own + neighbour);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Whole(Vector256<float> own, Vector256<float> sum) => sum;
}

/// <summary>One conductivity, taken as 1, beside insulators: c = 1·1, 0 at an insulator, 2 at an end.</summary>
internal readonly struct Uniform : IFaceConductance
{
    public static float Own(double conductivity) => conductivity > 0 ? 1 : 0;

    public static float Neighbour(double conductivity) => double.IsPositiveInfinity(conductivity) ? 2 : conductivity > 0 ? 1 : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> own, Vector256<float> neighbour) => neighbour;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Whole(Vector256<float> own, Vector256<float> sum) => own * sum;
}

/// <summary>What the three low bits of a voxel's byte stand for; higher bits are ignored.</summary>
internal readonly struct PhaseTable
{
    /// <summary>Number of a voxel beyond an end of fixed potential.</summary>
    public const byte End = 6;

    /// <summary>Number of a voxel that conducts nothing and of all that lies beyond the sides.</summary>
    public const byte Insulator = 7;

    /// <summary>Bits of the phase in a voxel's byte.</summary>
    public const int Bits = 3, Mask = 7;

    /// <param name="values">Eight entries.</param>
    public PhaseTable(ReadOnlySpan<float> values) => Values = Vector256.Create(values);

    public Vector256<float> Values { get; }

    /// <summary>The entries of eight voxels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe Vector256<float> Of(Vector256<float> table, byte* phases) => Avx2.PermuteVar8x32(table, Avx2.ConvertToVector256Int32(phases));
}
