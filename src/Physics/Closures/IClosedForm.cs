using Cell3D.Numerics;

namespace Cell3D.Physics.Closures;

/// <summary>One closed form of a closure: a property of the electrolyte from given ones at the same concentration and temperature.</summary>
public interface IClosedForm
{
    /// <summary>Whether the form itself reads c (input 0) or T (input 1), beside what is given.</summary>
    static abstract bool Reads(int input);

    /// <summary>The property.</summary>
    /// <param name="given">What is given, in the order of the closure.</param>
    /// <param name="concentration">c [mol m⁻³].</param>
    /// <param name="temperature">T [K].</param>
    static abstract T Evaluate<T>(ReadOnlySpan<T> given, in T concentration, in T temperature) where T : unmanaged, IScalar<T>;
}
