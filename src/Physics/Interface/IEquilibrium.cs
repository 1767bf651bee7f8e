using Cell3D.Numerics;
using Cell3D.Physics.Particles;

namespace Cell3D.Physics.Interface;

/// <summary>Whether the open-circuit potential of particles depends on the way it was reached.</summary>
public interface IEquilibrium
{
    /// <summary>Whether there is a shift at all; constant for the compiler.</summary>
    static abstract bool IsPathDependent { get; }

    /// <summary>Whether U is that of the whole particle, gradients included, and not of its surface stoichiometry alone; constant for the compiler.</summary>
    static virtual bool IsOfParticle => false;

    /// <summary>What the way adds to U(x, T) [V]. Work against it is heat: round a closed cycle nothing of it comes back.</summary>
    /// <param name="particles">Prepared for the batch.</param>
    /// <param name="place">Which of them.</param>
    /// <param name="inBatch">Its place in the batch.</param>
    /// <param name="number">Number of j among the own unknowns.</param>
    /// <param name="stoichiometry">x at the surface.</param>
    /// <param name="temperature">T [K].</param>
    static abstract T Shift<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry, in T temperature) where T : unmanaged, IScalar<T>;
}

/// <summary>U(x, T), the same in both directions.</summary>
public readonly struct SinglePath : IEquilibrium
{
    public static bool IsPathDependent => false;

    public static T Shift<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry, in T temperature) where T : unmanaged, IScalar<T> => T.Constant(0);
}

/// <summary>U_ref − μ/F of a particle that parts into phases (equation 4.7).</summary>
public readonly struct PhaseSeparating : IEquilibrium
{
    public static bool IsPathDependent => false;

    public static bool IsOfParticle => true;

    public static T Shift<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry, in T temperature) where T : unmanaged, IScalar<T> => T.Constant(0);
}
