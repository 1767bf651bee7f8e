using System.Runtime.CompilerServices;
using Cell3D.Numerics;
using Cell3D.Physics.Kinetics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Interface;

/// <summary>What intercalation sees: its place of the interface, its own current density and its material at this state.</summary>
public struct IntercalationState<T> where T : unmanaged, IScalar<T>
{
    /// <summary>c/c0.</summary>
    public T Salt;

    /// <summary>T [K].</summary>
    public T Temperature;

    /// <summary>φ_s − φ_e [V].</summary>
    public T Potential;

    /// <summary>φ_s − φ_e − (Σj) R_f [V].</summary>
    public T Drive;

    /// <summary>j [A m⁻²], positive for oxidation.</summary>
    public T Current;

    /// <summary>x at the particle surface.</summary>
    public T Stoichiometry;

    /// <summary>U(x, T) [V].</summary>
    public T EquilibriumPotential;

    /// <summary>dU/dT(x, T) [V K⁻¹].</summary>
    public T EntropicCoefficient;

    /// <summary>k_r at T [mol m⁻² s⁻¹].</summary>
    public T RateConstant;
}

/// <summary>Intercalation: 0 = φ_s − φ_e − (Σj) R_f − U(x_surf,T) − η(j); reversible heat j T dU/dT of the surface (equations.md §3, §6).</summary>
public static class IntercalationLaw
{
    /// <summary>Evaluates the equation [V] and the heat [W m⁻²].</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Evaluate<T, TKinetics>(in IntercalationState<T> state, ActiveMaterial material, out T mismatch, out ReactionYield<T> yield)
        where T : unmanaged, IScalar<T>
        where TKinetics : struct, IKinetics
    {
        T overpotential = TKinetics.Overpotential(state.Current, state.Salt, state.Stoichiometry, state.RateConstant, state.Temperature, material);
        mismatch = state.Drive - state.EquilibriumPotential - overpotential;
        yield.Irreversible = state.Current * (state.Potential - state.EquilibriumPotential);
        yield.Reversible = state.Current * state.Temperature * state.EntropicCoefficient;
        yield.Chemical = state.Current * state.EquilibriumPotential;
        yield.DisplacedSalt = T.Constant(0);
    }
}
