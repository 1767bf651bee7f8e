using System.Runtime.CompilerServices;
using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Kinetics;

/// <summary>What a surface reaction sees: the control volume, its own current density and its material at this state.</summary>
public struct ReactionState<T> where T : unmanaged, IScalar<T>
{
    /// <summary>c [mol m⁻³].</summary>
    public T Salt;

    /// <summary>φ_e [V].</summary>
    public T IonicPotential;

    /// <summary>φ_s [V].</summary>
    public T ElectronicPotential;

    /// <summary>T [K].</summary>
    public T Temperature;

    /// <summary>j [A m⁻²], positive for oxidation.</summary>
    public T Current;

    /// <summary>x at the particle surface.</summary>
    public T Stoichiometry;

    /// <summary>U(x) at the reference temperature [V].</summary>
    public T OpenCircuitPotential;

    /// <summary>dU/dT(x) [V K⁻¹].</summary>
    public T EntropicCoefficient;

    /// <summary>k_r at T [mol m⁻² s⁻¹].</summary>
    public T RateConstant;
}

/// <summary>What a surface reaction gives back, per area of interface.</summary>
public struct ReactionRates<T> where T : unmanaged, IScalar<T>
{
    /// <summary>φ_s − φ_e − U(x, T) − j R_f − η(j) [V], zero at the solution.</summary>
    public T Mismatch;

    /// <summary>φ_s − φ_e − U(x, T) [V].</summary>
    public T Polarisation;

    /// <summary>j (φ_s − φ_e − U) [W m⁻²], film loss included.</summary>
    public T ReactionHeat;

    /// <summary>j T dU/dT [W m⁻²].</summary>
    public T ReversibleHeat;

    /// <summary>j U(x, T) [W m⁻²], the chemical power.</summary>
    public T ChemicalPower;
}

/// <summary>Insertion reaction: 0 = φ_s − φ_e − U(x_surf,T) − j R_f − η(j),  U(x,T) = U(x) + (T − T_ref) dU/dT (equations.md §3).</summary>
public static class SurfaceReaction
{
    /// <summary>Evaluates mismatch and heats.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Rates<T>(in ReactionState<T> state, ActiveMaterial material, double referenceConcentration, double referenceTemperature, out ReactionRates<T> rates)
        where T : unmanaged, IScalar<T>
    {
        T exchangeCurrent = ButlerVolmer.ExchangeCurrent(1 / referenceConcentration * state.Salt, state.Stoichiometry, state.RateConstant,
            material.AnodicTransferCoefficient, material.CathodicTransferCoefficient, material.ExchangeCurrentRegularisation);
        T overpotential = ButlerVolmer.Overpotential(state.Current, exchangeCurrent, state.Temperature,
            material.AnodicTransferCoefficient, material.CathodicTransferCoefficient);
        T equilibrium = state.OpenCircuitPotential + ((state.Temperature - referenceTemperature) * state.EntropicCoefficient);
        rates.Polarisation = state.ElectronicPotential - state.IonicPotential - equilibrium;
        rates.Mismatch = rates.Polarisation - (material.FilmResistance * state.Current) - overpotential;
        rates.ReactionHeat = state.Current * rates.Polarisation;
        rates.ReversibleHeat = state.Current * state.Temperature * state.EntropicCoefficient;
        rates.ChemicalPower = state.Current * equilibrium;
    }
}
