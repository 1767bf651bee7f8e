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
public readonly struct HeatConduction(CellFields fields, CellProperty throughResistivity, CellProperty inPlaneResistivity) : IFaceLaw, IHeatPath
{
    public static FieldSet Rows => new(FieldSet.Temperature);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => row == Field.Temperature ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => throughResistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        CellProperty resistivity = Resistivity(face.IsInPlane);
        flux.Heat = 1 / InSeries(face, resistivity, resistivity) * FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face);
        if (T.FollowsParameters)
            flux.Heat = T.Changing(flux.Heat, RelativeChange(face, face.IsInPlane, face.IsInPlane) * flux.Heat.Number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Value, double LeftSlope, double RightSlope) Resistance(in Face face, bool leftIsInPlane, bool rightIsInPlane) =>
        (InSeries(face, Resistivity(leftIsInPlane), Resistivity(rightIsInPlane)), 0, 0);

    public double RelativeChange(in Face face, bool leftIsInPlane, bool rightIsInPlane)
    {
        (CellProperty left, CellProperty right) = (Resistivity(leftIsInPlane), Resistivity(rightIsInPlane));
        return new SeriesChange(face.LeftLength * left[face.Left], face.RightLength * right[face.Right], left.RelativeChange(face.Left), right.RelativeChange(face.Right)).Flow;
    }

    /// <summary>l/k_T of both half paths [K W⁻¹].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double InSeries(in Face face, CellProperty left, CellProperty right) => (face.LeftLength * left[face.Left]) + (face.RightLength * right[face.Right]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private CellProperty Resistivity(bool isInPlane) => isInPlane ? inPlaneResistivity : throughResistivity;
}
