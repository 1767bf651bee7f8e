using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Lithium in resolved active material: N = −D_s ∇c_s (equations.md §4), c_s in the place of the salt concentration.</summary>
/// <param name="fields">The state.</param>
/// <param name="diffusivity">D_s [m² s⁻¹], the same everywhere.</param>
public readonly struct SolidDiffusion(CellFields fields, double diffusivity) : IFaceLaw
{
    public static FieldSet Rows => new(FieldSet.Salt);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => Rows.Contains(row) ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => [];

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T> =>
        flux.Salt = diffusivity / (face.LeftLength + face.RightLength) * FaceScalar.Drop<T>(fields.Salt, Field.Salt, face);
}
