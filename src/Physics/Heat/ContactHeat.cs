using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;
using Cell3D.Physics.Transport;

namespace Cell3D.Physics.Heat;

/// <summary>Heat through a contact: Q = (T_left − T_right)/(l/k_T + R_contact + l/k_T).</summary>
/// <typeparam name="TPath">Conduction in the two cells.</typeparam>
/// <param name="fields">The state.</param>
/// <param name="path">Conduction in the two cells.</param>
/// <param name="contacts">What lies between the cells of each face.</param>
public struct ContactHeat<TPath>(CellFields fields, TPath path, IReadOnlyDictionary<(int Left, int Right), Contact> contacts) : IFaceLaw
    where TPath : struct, IFaceLaw, IHeatPath
{
    private TPath _path = path;

    public static FieldSet Rows => new(FieldSet.Temperature);

    public static string? HeatName => null;

    public static FieldSet ColumnsOf(Field row) => row == Field.Temperature ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => _path.Parameters;

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        Contact contact = contacts[(face.Left, face.Right)];
        (double value, double left, double right) = _path.Resistance(face, contact.LeftIsInPlane, contact.RightIsInPlane);
        T resistance = T.Pair(value + contact.ThermalResistance, Vector256.Create(0, 0, 0, left), Vector256.Create(0, 0, 0, right));
        flux.Heat = FaceScalar.Drop<T>(fields.Temperature, Field.Temperature, face) / resistance;
        if (T.FollowsParameters)
            flux.Heat = T.Changing(flux.Heat, _path.RelativeChange(face, contact.LeftIsInPlane, contact.RightIsInPlane) * value / (value + contact.ThermalResistance) * flux.Heat.Number);
    }
}
