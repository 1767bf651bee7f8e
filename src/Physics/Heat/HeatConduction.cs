using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Heat;

/// <summary>Fourier's law q = −k_T ∇T (equations.md §2).</summary>
/// <remarks>k_T is anisotropic: each face path carries d/(k A) with the conductivity of its own direction, so lengths are thermal resistances [K W⁻¹].</remarks>
public readonly struct HeatConduction(CellFields fields) : IFaceLaw
{
    public static FieldSet Rows => new(Field.Temperature);

    public static FieldSet Columns => new(Field.Temperature);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in FacePath face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        flux.Heat = 1 / (face.LeftLength + face.RightLength) * FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face);
    }
}
