using System.Runtime.CompilerServices;
using Cell3D.Numerics;
using Cell3D.Physics.Particles;

namespace Cell3D.Physics.Interface;

/// <summary>U(x, T) + h (U_d − U_l)/2 with ∂h/∂t = γ a |j|/(F ε_s c_max) (sign j − h) (equations.md §3).</summary>
public readonly struct Hysteretic : IEquilibrium
{
    public static bool IsPathDependent => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Shift<T>(ReactingParticles particles, int place, int inBatch, int number, in T stoichiometry, in T temperature) where T : unmanaged, IScalar<T> =>
        particles.Hysteresis!.Shift(place, inBatch, number, particles.Current.Values[place], stoichiometry, temperature);
}
