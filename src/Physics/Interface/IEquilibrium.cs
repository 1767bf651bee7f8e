using System.Runtime.CompilerServices;
using Cell3D.Discretization;
using Cell3D.Numerics;
using Cell3D.Physics.Particles;

namespace Cell3D.Physics.Interface;

/// <summary>The open-circuit potential of particles at T_ref.</summary>
public interface IEquilibrium
{
    /// <summary>U [V].</summary>
    /// <param name="particles">Prepared for the batch.</param>
    /// <param name="place">Which of them.</param>
    /// <param name="inBatch">Its place in the batch.</param>
    /// <param name="number">Number of j among the own unknowns.</param>
    /// <param name="stoichiometry">x at the surface.</param>
    static abstract T Potential<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry) where T : unmanaged, IScalar<T>;
}

/// <summary>U(x), the same in both directions.</summary>
public readonly struct SinglePath : IEquilibrium
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Potential<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry) where T : unmanaged, IScalar<T> =>
        particles.OpenCircuitPotential.At(inBatch, stoichiometry);
}
