using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Current through a contact: I = (φ_s,left − φ_s,right)/(l/σ + R_contact + l/σ); half of the heat of the contact goes to either side.</summary>
/// <param name="fields">The state.</param>
/// <param name="resistivity">1/σ_eff per local cell [Ω m].</param>
/// <param name="contacts">What lies between the cells of each face.</param>
public readonly struct ContactCurrent(CellFields fields, CellProperty resistivity, IReadOnlyDictionary<(int Left, int Right), Contact> contacts) : IFaceLaw
{
    public static FieldSet Rows => ElectronicConduction.Rows;

    public static string HeatName => "Contact heat";

    public static FieldSet ColumnsOf(Field row) => ElectronicConduction.ColumnsOf(row);

    public IEnumerable<Parameter> Parameters => resistivity.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T> =>
        ElectronicPath.Flux(fields, face, resistivity, 0.5 * contacts[(face.Left, face.Right)].ElectricalResistance, ref flux);
}
