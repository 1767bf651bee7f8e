using Cell3D.Numerics;
using Cell3D.Physics.Materials;

namespace Cell3D.Physics.Kinetics;

/// <summary>A law of charge transfer in the form η(j), which from rest takes undamped Newton iterations to any current it can carry.</summary>
public interface IKinetics
{
    /// <summary>η [V] that drives a current density.</summary>
    /// <param name="current">j [A m⁻²].</param>
    /// <param name="salt">c/c0.</param>
    /// <param name="stoichiometry">x at the surface.</param>
    /// <param name="rateConstant">k_r at T [mol m⁻² s⁻¹].</param>
    /// <param name="temperature">T [K].</param>
    /// <param name="material">Transfer coefficients and what else the law needs.</param>
    static abstract T Overpotential<T>(in T current, in T salt, in T stoichiometry, in T rateConstant, in T temperature, ActiveMaterial material)
        where T : unmanaged, IScalar<T>;
}
