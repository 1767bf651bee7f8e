namespace Cell3D.Physics.Thermodynamics;

/// <summary>What an open-circuit potential does where its host is empty (x = 0) or full (x = 1).</summary>
public enum PotentialEnds
{
    /// <summary>It rises without bound in an empty and falls in a full host, <see cref="DivergingEnds"/>.</summary>
    Diverging,

    /// <summary>It is what the file gives, also where that is the extrapolation of a fit.</summary>
    AsGiven,
}
