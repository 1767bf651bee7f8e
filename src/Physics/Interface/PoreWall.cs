using System.Runtime.Intrinsics;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;
using Cell3D.Physics.Thermodynamics;

namespace Cell3D.Physics.Interface;

/// <summary>Intercalation on faces between a control volume of electrolyte and one of active material, as a resolved structure has them: the law of
/// <see cref="IntercalationLaw"/> at the face, which the half cells on either side lead to (equations.md §3).</summary>
/// <remarks>0 = φ_s − φ_e − Δφ(j, c) − U(x_f) − η(j, c_f, x_f) with x_f = x − j d_s/(F D_s c_max): lithium that leaves makes the surface poorer.</remarks>
public sealed class PoreWall
{
    private readonly ActiveMaterial _material;
    private readonly FaceApproach _approach;
    private readonly double[] _depletion;
    private readonly EquilibriumPotential _equilibrium;
    private readonly double _temperature, _rate, _inverseReference;

    /// <summary>Takes the faces.</summary>
    /// <param name="material">Of the solid; its diffusivity is a number.</param>
    /// <param name="approach">Half cells with electrolyte and conductor of every face.</param>
    /// <param name="solidLengths">d_s of every face [m].</param>
    /// <param name="diffusivity">D_s [m² s⁻¹].</param>
    /// <param name="temperature">T, the same everywhere [K].</param>
    /// <param name="referenceTemperature">T_ref [K].</param>
    /// <param name="referenceConcentration">c0 of the exchange current [mol m⁻³].</param>
    public PoreWall(ActiveMaterial material, FaceApproach approach, double[] solidLengths, double diffusivity, double temperature, double referenceTemperature, double referenceConcentration)
    {
        (_material, _approach, _temperature, _inverseReference) = (material, approach, temperature, 1 / referenceConcentration);
        _depletion = [.. solidLengths.Select(length => length / (PhysicalConstants.Faraday * diffusivity * material.MaximumConcentration))];
        _equilibrium = material.EquilibriumPotentialOf(referenceTemperature);
        _rate = material.ReactionRateConstant * new Arrhenius(material.ReactionActivationEnergy, referenceTemperature).At(temperature).Factor;
    }

    /// <summary>Evaluates a face.</summary>
    /// <param name="face">Which.</param>
    /// <param name="state">c, φ_e and j at partials 0 and 1 of the left and 0 of the right group, φ_s at 2 of the left and c_s at 1 of the right one.</param>
    /// <param name="mismatch">What misses the law [V].</param>
    /// <param name="yield">Heat and power per area.</param>
    public void Evaluate<T>(int face, in PoreWallState state, out T mismatch, out ReactionYield<T> yield) where T : unmanaged, IScalar<T>
    {
        T salt = T.Left(state.Salt, Vector256.Create(1.0, 0, 0, 0)), ionic = T.Left(state.IonicPotential, Vector256.Create(0, 1.0, 0, 0));
        T electronic = T.Left(state.ElectronicPotential, Vector256.Create(0, 0, 1.0, 0)), temperature = T.Constant(_temperature);
        T current = OwnUnknown.Of<T>(state.Current, 0);
        T stoichiometry = OwnUnknown.Of<T>(state.Lithium / _material.MaximumConcentration, 1, 1 / _material.MaximumConcentration) - (_depletion[face] * current);
        T rise = _approach.PotentialRise(face, current, salt, temperature, out T saltAtFace);
        Span<double> value = stackalloc double[1], partials = stackalloc double[2], entropic = stackalloc double[2];
        _equilibrium.Evaluate([stoichiometry.Number, _temperature], value, partials, entropic);
        T potential = electronic - ionic;
        IntercalationState<T> own = new()
        {
            Salt = _inverseReference * saltAtFace,
            Temperature = temperature,
            Potential = potential,
            Drive = potential - rise - (_material.FilmResistance * current),
            Current = current,
            Stoichiometry = stoichiometry,
            EquilibriumPotential = T.Chain(stoichiometry, value[0], partials[0]),
            EntropicCoefficient = T.Chain(stoichiometry, partials[1], entropic[0]),
            RateConstant = T.Constant(_rate),
        };
        IntercalationLaw.Evaluate<T, ButlerVolmer>(own, _material, out mismatch, out yield);
    }
}

/// <summary>What a face between electrolyte and active material sees.</summary>
/// <param name="Salt">c of the electrolyte [mol m⁻³].</param>
/// <param name="IonicPotential">φ_e [V].</param>
/// <param name="ElectronicPotential">φ_s [V].</param>
/// <param name="Lithium">c_s of the solid [mol m⁻³].</param>
/// <param name="Current">j [A m⁻²].</param>
public readonly record struct PoreWallState(double Salt, double IonicPotential, double ElectronicPotential, double Lithium, double Current);
