using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Heat;

/// <summary>Fourier's law q = −k_T(T) ∇T where a conductivity depends on temperature (equation 6.1).</summary>
/// <remarks>The half cells of a face are in series, each with the conductivity at the temperature of its own cell: a jump between layers is met
/// exactly, as by <see cref="HeatConduction"/>, which is the cheaper law where no conductivity varies with T.</remarks>
/// <param name="fields">The state.</param>
/// <param name="throughResistivity">1/k_T through the layers [m K W⁻¹].</param>
/// <param name="inPlaneResistivity">1/k_T in their plane.</param>
public readonly struct VariableHeatConduction(CellFields fields, TemperatureProperty throughResistivity, TemperatureProperty inPlaneResistivity) : IFaceLaw, IHeatPath
{
    public static FieldSet Rows => new(FieldSet.Temperature);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => row == Field.Temperature ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => throughResistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        (double value, double left, double right) = Resistance(face, face.IsInPlane, face.IsInPlane);
        T resistance = T.Pair(value, Vector256.Create(0, 0, 0, left), Vector256.Create(0, 0, 0, right));
        flux.Heat = FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face) / resistance;
        if (T.FollowsParameters)
            flux.Heat = T.Changing(flux.Heat, RelativeChange(face, face.IsInPlane, face.IsInPlane) * flux.Heat.Number);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public (double Value, double LeftSlope, double RightSlope) Resistance(in Face face, bool leftIsInPlane, bool rightIsInPlane)
    {
        ref readonly TemperaturePropertyValue left = ref Resistivity(leftIsInPlane)[face.Left], right = ref Resistivity(rightIsInPlane)[face.Right];
        return ((face.LeftLength * left.Value) + (face.RightLength * right.Value), face.LeftLength * left.Slope, face.RightLength * right.Slope);
    }

    public double RelativeChange(in Face face, bool leftIsInPlane, bool rightIsInPlane)
    {
        (TemperatureProperty left, TemperatureProperty right) = (Resistivity(leftIsInPlane), Resistivity(rightIsInPlane));
        return new SeriesChange(face.LeftLength * left[face.Left].Value, face.RightLength * right[face.Right].Value, left.RelativeChange(face.Left), right.RelativeChange(face.Right)).Flow;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private TemperatureProperty Resistivity(bool isInPlane) => isInPlane ? inPlaneResistivity : throughResistivity;
}
