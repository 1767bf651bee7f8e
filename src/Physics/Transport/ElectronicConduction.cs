using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Charge in electrodes, collectors and tabs: i_s = −σ_eff ∇φ_s,  q = −i_s·∇φ_s (equations.md §2).</summary>
/// <param name="fields">The state.</param>
/// <param name="conductivity">σ_eff per local cell [S m⁻¹].</param>
public readonly struct ElectronicConduction(CellFields fields, double[] conductivity) : IFaceLaw
{
    public static FieldSet Rows => new(Field.ElectronicPotential, Field.Temperature);

    public static FieldSet Columns => new(Field.ElectronicPotential);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in FacePath face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double leftResistance = face.LeftLength / conductivity[face.Left], rightResistance = face.RightLength / conductivity[face.Right];
        double resistance = leftResistance + rightResistance;
        T drop = FaceScalar.Drop<T>(fields.ElectronicPotential, Field.ElectronicPotential, face);
        flux.ElectronicCurrent = 1 / resistance * drop;
        T dissipation = flux.ElectronicCurrent * drop;
        flux.DissipationLeft = leftResistance / resistance * dissipation;
        flux.DissipationRight = rightResistance / resistance * dissipation;
    }
}
