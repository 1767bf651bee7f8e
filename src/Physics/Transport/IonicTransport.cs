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

    public void Flux<T>(in FacePath face, out FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        Load(face.Left, true, out Side<T> left);
        Load(face.Right, false, out Side<T> right);
        Law(left, right, face.LeftLength, face.RightLength, out flux);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Law<T>(in Side<T> left, in Side<T> right, double leftLength, double rightLength, out FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        flux = default;
        double meanPerLength = 0.5 / (leftLength + rightLength);
        T drop = left.Potential - right.Potential;
        T diffusionPotential = DiffusionPotential(left, right) * (left.LogSalt - right.LogSalt);
        T current = meanPerLength * (left.Conductivity + right.Conductivity) * (drop - diffusionPotential);
        T diffusion = meanPerLength * (left.Diffusivity + right.Diffusivity) * (left.Salt - right.Salt);
        flux.IonicCurrent = current;
        flux.Salt = diffusion + (0.5 / PhysicalConstants.Faraday * (left.TransferenceNumber + right.TransferenceNumber) * current);
        T dissipation = current * drop;
        flux.DissipationLeft = leftLength / (leftLength + rightLength) * dissipation;
        flux.DissipationRight = rightLength / (leftLength + rightLength) * dissipation;
    }

    /// <summary>(2RT/F)(1 − t₊) Θ at the face [V].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static T DiffusionPotential<T>(in Side<T> left, in Side<T> right) where T : unmanaged, IScalar<T>
    {
        T temperature = 0.5 * (left.Temperature + right.Temperature);
        T anionShare = 0.5 * (T.Constant(2) - left.TransferenceNumber - right.TransferenceNumber);
        T thermodynamicFactor = 0.5 * (left.ThermodynamicFactor + right.ThermodynamicFactor);
        return 2 * PhysicalConstants.Gas / PhysicalConstants.Faraday * temperature * anionShare * thermodynamicFactor;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Load<T>(int cell, bool left, out Side<T> side) where T : unmanaged, IScalar<T>
    {
        side.Salt = FaceScalar.Unknown<T>(fields.Salt[cell], Field.Salt, left);
        side.Potential = FaceScalar.Unknown<T>(fields.IonicPotential[cell], Field.IonicPotential, left);
        side.Temperature = FaceScalar.Unknown<T>(fields.ReferenceTemperature + fields.Temperature[cell], Field.Temperature, left);
        side.LogSalt = properties.LogSalt.At<T>(cell, left);
        side.Conductivity = properties.Conductivity.At<T>(cell, left);
        side.Diffusivity = properties.Diffusivity.At<T>(cell, left);
        side.TransferenceNumber = properties.TransferenceNumber.At<T>(cell, left);
        side.ThermodynamicFactor = properties.ThermodynamicFactor.At<T>(cell, left);
    }

    private struct Side<T> where T : unmanaged, IScalar<T>
    {
        public T Salt, Potential, Temperature, LogSalt, Conductivity, Diffusivity, TransferenceNumber, ThermodynamicFactor;
    }
}
