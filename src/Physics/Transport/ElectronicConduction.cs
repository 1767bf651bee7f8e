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

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double leftResistance = face.LeftLength * resistivity[face.Left], rightResistance = face.RightLength * resistivity[face.Right];
        double conductance = 1 / (leftResistance + rightResistance);
        T drop = FaceScalar.Drop<T>(fields.ElectronicPotential, Field.ElectronicPotential, face);
        T current = conductance * drop;
        T dissipation = current * drop;
        T leftHeat = leftResistance * conductance * dissipation, rightHeat = rightResistance * conductance * dissipation;
        if (T.FollowsParameters)
        {
            SeriesChange change = new(face, resistivity);
            current = T.Changing(current, change.Flow * current.Number);
            leftHeat = T.Changing(leftHeat, change.LeftHeat * leftHeat.Number);
            rightHeat = T.Changing(rightHeat, change.RightHeat * rightHeat.Number);
        }
        flux.ElectronicCurrent = current;
        flux.DissipationLeft += leftHeat;
        flux.DissipationRight += rightHeat;
    }
}
