using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Salt and charge in the electrolyte:
/// i_e = −κ_eff [∇φ_e − (2RT/F)(1 − t₊) Θ ∇ln c],  N = −D_eff ∇c + t₊ i_e/F,  q = −i_e·∇φ_e (equations.md §2).</summary>
/// <remarks>Newman and Thomas-Alyea, Electrochemical Systems, 3rd ed., chapter 12; flux form, right also for t₊(c).
/// Two-point flux: κ and D of the bulk electrolyte are continuous where c and T are, so their mean over both cells is taken; the pore space
/// jumps, so face paths carry d/(A B) of either side in series and a jump of B is met exactly (docs/decisions/ compares the means).</remarks>
public readonly struct IonicTransport(CellFields fields, ElectrolyteProperties properties) : IFaceLaw
{
    public static FieldSet Rows => new(Field.Salt, Field.IonicPotential, Field.Temperature);

    public static FieldSet Columns => new(Field.Salt, Field.IonicPotential, Field.Temperature);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void Flux<T>(in FacePath face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double length = face.LeftLength + face.RightLength;
        T transference = properties.TransferenceNumber.Mean<T>(face);
        T drop = FaceScalar.Drop<T>(fields.IonicPotential, Field.IonicPotential, face);
        T current = 1 / length * properties.Conductivity.Mean<T>(face) * (drop - DiffusionPotential(face, transference));
        T diffusion = 1 / length * properties.Diffusivity.Mean<T>(face) * FaceScalar.Drop<T>(fields.Salt, Field.Salt, face);
        flux.IonicCurrent = current;
        flux.Salt = diffusion + (1 / PhysicalConstants.Faraday * transference * current);
        T dissipation = current * drop;
        flux.DissipationLeft = face.LeftLength / length * dissipation;
        flux.DissipationRight = face.RightLength / length * dissipation;
    }

    /// <summary>(2RT/F)(1 − t₊) Θ Δln c over the face [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T DiffusionPotential<T>(in FacePath face, in T transference) where T : unmanaged, IScalar<T>
    {
        T temperature = FaceScalar.Mean<T>(fields.Temperature, fields.ReferenceTemperature, Field.Temperature, face);
        T activity = properties.ThermodynamicFactor.Mean<T>(face) * properties.LogSalt.Drop<T>(face);
        return 2 * PhysicalConstants.Gas / PhysicalConstants.Faraday * temperature * (T.Constant(1) - transference) * activity;
    }
}
