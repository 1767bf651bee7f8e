using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Charge in electrodes, collectors and tabs: i_s = −σ_eff ∇φ_s,  q = −i_s·∇φ_s (equations.md §2).</summary>
/// <param name="fields">The state.</param>
/// <param name="resistivity">1/σ_eff per local cell [Ω m].</param>
public readonly struct ElectronicConduction(CellFields fields, CellProperty resistivity) : IFaceLaw
{
    public static FieldSet Rows => new(FieldSet.ElectronicPotential | FieldSet.Temperature);

    public static string HeatName => "Electronic ohmic heat";

    public static FieldSet ColumnsOf(Field row) => Rows.Contains(row) ? new(FieldSet.ElectronicPotential) : FieldSet.None;

    public IEnumerable<Parameter> Parameters => resistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T> =>
        ElectronicPath.Flux(fields, face, resistivity, 0, ref flux);
}
