namespace Cell3D.Input.Cases;

/// <summary>How parts of the equations are solved together.</summary>
public enum CouplingKind
{
    /// <summary>All at once.</summary>
    Monolithic,

    /// <summary>One after the other, once.</summary>
    Staggered,

    /// <summary>One after the other until nothing changes.</summary>
    Iterated,

    /// <summary>Lie–Trotter splitting.</summary>
    Lie,

    /// <summary>Strang splitting.</summary>
    Strang,
}

/// <summary>Between what a step is divided.</summary>
public enum CouplingParts
{
    /// <summary>Concentrations, potentials, currents and particles; temperature.</summary>
    ElectrochemistryAndHeat,

    /// <summary>Everything but the particles; the particles.</summary>
    ElectrodeAndParticles,
}

/// <summary>What the part that is solved first sees of the other.</summary>
public enum HeldValues
{
    /// <summary>That of the last step.</summary>
    Last,

    /// <summary>Extrapolated through the last steps.</summary>
    Extrapolated,
}

/// <summary>What potentials and currents do while heat is solved for.</summary>
public enum PotentialsInHeat
{
    /// <summary>They stand.</summary>
    Held,

    /// <summary>They follow the temperature at once.</summary>
    Follow,
}

/// <summary>In which order the equations of a step are solved; the laws are the same.</summary>
/// <param name="Strategy">Order of work.</param>
/// <param name="Between">Named operators.</param>
/// <param name="Held">What the first one sees; staggered alone.</param>
/// <param name="Potentials">What potentials do in heat.</param>
/// <param name="InnerTolerance">Largest change in the last inner iteration [K], or of the stoichiometry at surfaces of particles.</param>
public sealed record CouplingSettings(CouplingKind Strategy, CouplingParts Between, HeldValues Held, PotentialsInHeat Potentials, double InnerTolerance)
{
    /// <summary>Everything at once.</summary>
    public static CouplingSettings Monolithic { get; } =
        new(CouplingKind.Monolithic, CouplingParts.ElectrochemistryAndHeat, HeldValues.Last, PotentialsInHeat.Held, UsualTolerance(CouplingParts.ElectrochemistryAndHeat));

    /// <summary>Inner tolerance where none is given.</summary>
    public static double UsualTolerance(CouplingParts between) => between == CouplingParts.ElectrochemistryAndHeat ? 1e-6 : 1e-8;
}
