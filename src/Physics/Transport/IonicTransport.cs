using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Mesh;
using Cell3D.Numerics;

namespace Cell3D.Physics.Transport;

/// <summary>Salt and charge in the electrolyte:
/// i_e = −κ_eff [∇φ_e − (2RT/F)(1 − t₊) Θ ∇ln c],  N = −D_eff ∇c + t₊ i_e/F,  q = −i_e·∇φ_e (equations.md §2).</summary>
/// <remarks>Newman and Thomas-Alyea, Electrochemical Systems, 3rd ed., chapter 12; flux form, right also for t₊(c, T).
/// Two-point flux: κ and D of the bulk electrolyte are continuous where c and T are, so their mean over both cells is taken; the pore space
/// jumps, so d/(A B) of either side are in series and a jump of B is met exactly (docs/decisions/ compares the means).</remarks>
/// <param name="fields">The state.</param>
/// <param name="properties">κ, D of the bulk electrolyte.</param>
/// <param name="transference">Its t₊ and Θ.</param>
/// <param name="transportResistivity">1/B per local cell.</param>
/// <typeparam name="TTransference">Whether t₊ and Θ vary.</typeparam>
public readonly struct IonicTransport<TTransference>(CellFields fields, ElectrolyteProperties properties, TTransference transference, CellProperty transportResistivity) : IFaceLaw, IDiffusionPotential
    where TTransference : struct, ITransference
{
    public static FieldSet Rows => new(FieldSet.Salt | FieldSet.IonicPotential | FieldSet.Temperature);

    public static string HeatName => "Ionic ohmic heat";

    public static FieldSet ColumnsOf(Field row) => Rows.Contains(row) ? Rows : FieldSet.None;

    public IEnumerable<Parameter> Parameters => [properties.ConductivityFactor, properties.DiffusivityFactor, .. transportResistivity.Parameters];

    public void Show<TVisitor>(ref TVisitor visitor) where TVisitor : struct, IFaceLawVisitor => visitor.Visit(this);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Flux<T>(in Face face, ref FaceFlux<T> flux) where T : unmanaged, IScalar<T>
    {
        double leftLength = face.LeftLength * transportResistivity[face.Left], length = leftLength + (face.RightLength * transportResistivity[face.Right]);
        ref readonly ElectrolyteState left = ref properties[face.Left], right = ref properties[face.Right];
        double inverse = 1 / length;
        T drop = FaceScalar.Drop<T>(fields.IonicPotential, Field.IonicPotential, face);
        T conductance = T.Containing(properties.ConductivityFactor, PropertyValue.Mean<T>(left.Conductivity, right.Conductivity, inverse));
        T diffusance = T.Containing(properties.DiffusivityFactor, PropertyValue.Mean<T>(left.Diffusivity, right.Diffusivity, inverse));
        T current = conductance * (drop - DiffusionPotential<T>(face, left, right));
        T salt = (diffusance * FaceScalar.Drop<T>(fields.Salt, Field.Salt, face)) + transference.Carried(face, 1 / PhysicalConstants.Faraday, current);
        T dissipation = current * drop, leftHeat = leftLength * inverse * dissipation, rightHeat = dissipation - leftHeat;
        if (T.FollowsParameters)
        {
            SeriesChange change = new(face, transportResistivity);
            current = T.Changing(current, change.Flow * current.Number);
            salt = T.Changing(salt, change.Flow * salt.Number);
            leftHeat = T.Changing(leftHeat, change.LeftHeat * leftHeat.Number);
            rightHeat = T.Changing(rightHeat, change.RightHeat * rightHeat.Number);
        }
        flux.IonicCurrent = current;
        flux.Salt = salt;
        flux.IonicHeatLeft = leftHeat;
        flux.IonicHeatRight = rightHeat;
    }

    public (double Left, double Right) DiffusionHeat(in Face face, in FaceFlux<Real> flux)
    {
        double left = face.LeftLength * transportResistivity[face.Left], right = face.RightLength * transportResistivity[face.Right];
        double heat = flux.IonicCurrent.Number * DiffusionPotential<Real>(face, properties[face.Left], properties[face.Right]).Number / (left + right);
        return (left * heat, right * heat);
    }

    /// <summary>(2RT/F)(1 − t₊) Θ Δln c over the face [V].</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T DiffusionPotential<T>(in Face face, in ElectrolyteState left, in ElectrolyteState right) where T : unmanaged, IScalar<T>
    {
        T temperature = FaceScalar.Mean<T>(fields.Temperature, fields.ReferenceTemperature, Field.Temperature, face);
        T activity = transference.Activity(face, SaltPropertyValue.Drop<T>(left.LogSalt, right.LogSalt));
        return 2 * PhysicalConstants.Gas / PhysicalConstants.Faraday * temperature * activity;
    }
}
