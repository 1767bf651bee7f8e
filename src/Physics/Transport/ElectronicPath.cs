using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Resistances in series between the centres of two cells: I = Δφ_s/(R_left + R_right), each half with the heat R I².</summary>
internal static class ElectronicPath
{
    /// <summary>Sets the current and its heat.</summary>
    /// <param name="fields">The state.</param>
    /// <param name="face">The face.</param>
    /// <param name="resistivity">1/σ_eff per local cell [Ω m].</param>
    /// <param name="contact">What a contact adds to either half [Ω].</param>
    /// <param name="flux">What flows.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Flux<T>(CellFields fields, in Face face, CellProperty resistivity, double contact, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double leftCell = face.LeftLength * resistivity[face.Left], rightCell = face.RightLength * resistivity[face.Right];
        double left = leftCell + contact, right = rightCell + contact;
        T current = 1 / (left + right) * FaceScalar.Drop<T>(fields.ElectronicPotential, Field.ElectronicPotential, face);
        T square = T.Chain(current, current.Number * current.Number, 2 * current.Number), leftHeat = left * square, rightHeat = right * square;
        if (T.FollowsParameters)
        {
            SeriesChange change = new(left, right, resistivity.RelativeChange(face.Left) * leftCell / left, resistivity.RelativeChange(face.Right) * rightCell / right);
            current = T.Changing(current, change.Flow * current.Number);
            leftHeat = T.Changing(leftHeat, change.LeftHeat * leftHeat.Number);
            rightHeat = T.Changing(rightHeat, change.RightHeat * rightHeat.Number);
        }
        flux.ElectronicCurrent = current;
        flux.ElectronicHeatLeft = leftHeat;
        flux.ElectronicHeatRight = rightHeat;
    }
}
