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
public readonly struct VariableHeatConduction(CellFields fields, TemperatureProperty throughResistivity, TemperatureProperty inPlaneResistivity) : IFaceLaw
{
    public static FieldSet Rows => new(FieldSet.Temperature);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => row == Field.Temperature ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => throughResistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        TemperatureProperty resistivity = face.IsInPlane ? inPlaneResistivity : throughResistivity;
        ref readonly TemperaturePropertyValue left = ref resistivity[face.Left], right = ref resistivity[face.Right];
        T resistance = T.Pair((face.LeftLength * left.Value) + (face.RightLength * right.Value),
            Vector256.Create(0, 0, 0, face.LeftLength * left.Slope), Vector256.Create(0, 0, 0, face.RightLength * right.Slope));
        flux.Heat = FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face) / resistance;
        if (T.FollowsParameters)
            flux.Heat = T.Changing(flux.Heat, resistivity.Change(face).Flow * flux.Heat.Number);
    }
}
