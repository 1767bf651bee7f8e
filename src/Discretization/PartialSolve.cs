namespace Cell3D.Discretization;

/// <summary>What of the equations has a history in time.</summary>
[Flags]
public enum Evolution
{
    /// <summary>Nothing: fluxes, boundaries, algebraic equations.</summary>
    None = 0,

    /// <summary>Heat: T.</summary>
    Heat = 1,

    /// <summary>Salt, double layers, pores.</summary>
    Electrode = 2,

    /// <summary>Lithium inside particles, films, hysteresis: the states of local systems.</summary>
    Particles = 4,
}

/// <summary>A part of the equations that is solved for while the rest stands: an operator of a staggered or split step. The residual is the same; rows of what
/// stands are replaced by δu = 0.</summary>
/// <param name="Name">As in the case file.</param>
/// <param name="Moves">What time passes for.</param>
/// <param name="HoldsPotentials">Whether everything but T is held, algebraic unknowns included; else potentials and currents follow at once.</param>
public sealed record PartialSolve(string Name, Evolution Moves, bool HoldsPotentials = false)
{
    /// <summary>Everything but heat, at a given temperature.</summary>
    public static PartialSolve Electrochemistry { get; } = new("electrochemistry", Evolution.Electrode | Evolution.Particles);

    /// <summary>Temperature alone, at given concentrations, potentials and currents.</summary>
    public static PartialSolve Heat { get; } = new("heat", Evolution.Heat, HoldsPotentials: true);

    /// <summary>Temperature with potentials and currents, at given concentrations.</summary>
    public static PartialSolve HeatWithPotentials { get; } = new("heat", Evolution.Heat);

    /// <summary>Everything but the particles, at a given composition of their surface.</summary>
    public static PartialSolve Electrode { get; } = new("electrode", Evolution.Heat | Evolution.Electrode);

    /// <summary>The particles, at given currents and temperatures.</summary>
    public static PartialSolve Particles { get; } = new("particles", Evolution.Particles);

    /// <summary>Whether cells depend on one another; particles do not.</summary>
    public bool IsGlobal => Moves != Evolution.Particles;
}
