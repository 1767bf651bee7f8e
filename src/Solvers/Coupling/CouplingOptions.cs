using Cell3D.Discretization;

namespace Cell3D.Solvers.Coupling;

/// <summary>In which order the equations of one step are solved.</summary>
public enum CouplingStrategy
{
    /// <summary>One after the other, once: the first with old values of the second.</summary>
    Staggered,

    /// <summary>One after the other until nothing changes: the solution is the monolithic one.</summary>
    Iterated,

    /// <summary>Lie–Trotter: each operator over the whole step while the other stands.</summary>
    Lie,

    /// <summary>Strang: the second operator over half the step, the first over all of it, the second over the other half.</summary>
    Strang,
}

/// <summary>How two parts of the equations are solved in turn.</summary>
public sealed record CouplingOptions
{
    /// <summary>Order of work.</summary>
    public required CouplingStrategy Strategy { get; init; }

    /// <summary>What is solved first, at given values of the other.</summary>
    public required PartialSolve Main { get; init; }

    /// <summary>What follows it.</summary>
    public required PartialSolve Other { get; init; }

    /// <summary>States of the other part that the first one sees.</summary>
    public required Func<StateVariable, bool> IsLagged { get; init; }

    /// <summary>Whether the first part sees extrapolated values instead of the last accepted ones; staggered alone.</summary>
    public bool Extrapolates { get; init; }

    /// <summary>Largest change of a lagged state in the last of the iterations; in its own unit.</summary>
    public required double InnerTolerance { get; init; }

    /// <summary>Growth below this never counts as an instability; in the unit of the lagged states.</summary>
    public required double SmallestGrowth { get; init; }

    /// <summary>Iterations before the step is given up.</summary>
    public int MaximumSweeps { get; init; } = 100;

    /// <summary>Order in time of each operator of a split step, 1 or 2.</summary>
    public int Order { get; init; } = 2;

    /// <summary>Whether the step is composed of steps of its operators, with formulas that know one past value only.</summary>
    public bool IsComposite => Strategy is CouplingStrategy.Lie or CouplingStrategy.Strang;

    /// <summary>In words, as in the case file.</summary>
    public string InWords => $"{(IsComposite ? Strategy.ToString() : Strategy.ToString().ToLowerInvariant())} coupling of {Main.Name} and {Other.Name}";
}
