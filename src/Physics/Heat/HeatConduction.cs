using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Heat;

/// <summary>Fourier's law q = −k_T ∇T (equations.md §2).</summary>
/// <remarks>k_T is anisotropic: a face has the conductivity of its own direction.</remarks>
/// <param name="fields">The state.</param>
/// <param name="throughResistivity">1/k_T through the layers per local cell [m K W⁻¹].</param>
/// <param name="inPlaneResistivity">1/k_T in their plane.</param>
public readonly struct HeatConduction(CellFields fields, CellProperty throughResistivity, CellProperty inPlaneResistivity) : IFaceLaw
{
    public static FieldSet Rows => new(FieldSet.Temperature);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => row == Field.Temperature ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => throughResistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        CellProperty resistivity = face.IsInPlane ? inPlaneResistivity : throughResistivity;
        flux.Heat = 1 / ((face.LeftLength * resistivity[face.Left]) + (face.RightLength * resistivity[face.Right])) * FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face);
        if (T.FollowsParameters)
            flux.Heat = T.Changing(flux.Heat, new SeriesChange(face, resistivity).Flow * flux.Heat.Number);
    }
}
