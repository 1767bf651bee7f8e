using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Two resistances in series between the centres of two cells: I = Δφ_s/(R_left + R_right), each with the heat R I².</summary>
/// <param name="Left">In the left half of the path [Ω].</param>
/// <param name="Right">In the right half [Ω].</param>
internal readonly record struct ElectronicPath(double Left, double Right)
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Flux<T>(CellFields fields, in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double conductance = 1 / (Left + Right);
        T drop = FaceScalar.Drop<T>(fields.ElectronicPotential, Field.ElectronicPotential, face);
        T current = conductance * drop;
        flux.ElectronicCurrent = current;
        T dissipation = current * drop;
        flux.DissipationLeft += Left * conductance * dissipation;
        flux.DissipationRight += Right * conductance * dissipation;
    }
}
