namespace Cell3D.Solvers;

/// <summary>Why a time step was not accepted.</summary>
public enum StepFailure
{
    /// <summary>It was: the step converged and its local error is within tolerance.</summary>
    None,

    /// <summary>The local error exceeds the tolerance.</summary>
    LocalError,

    /// <summary>Newton used up its iterations.</summary>
    NewtonIterations,

    /// <summary>Newton could only continue by leaving the physically possible states.</summary>
    Inadmissible,

    /// <summary>A residual is not a number.</summary>
    NotFinite,

    /// <summary>The linear solver gave up.</summary>
    LinearSolver,

    /// <summary>Parts that are solved in turn do not agree: their changes grow.</summary>
    Coupling,
}

/// <summary>What came of one attempted step; the same on all ranks.</summary>
/// <param name="Failure">None when it may be accepted.</param>
/// <param name="NewtonIterations">Linear systems solved.</param>
/// <param name="LinearIterations">Krylov iterations in total.</param>
/// <param name="ErrorRatio">Local error / tolerance; NaN while the history is too short.</param>
/// <param name="Detail">Field, place, value and reason in words; null when nothing failed.</param>
public readonly record struct StepOutcome(StepFailure Failure, int NewtonIterations, int LinearIterations, double ErrorRatio, string? Detail)
{
    public bool Succeeded => Failure == StepFailure.None;

    /// <summary>What came of a later solve, with the iterations of both.</summary>
    public StepOutcome And(StepOutcome later) => later with
    {
        NewtonIterations = NewtonIterations + later.NewtonIterations,
        LinearIterations = LinearIterations + later.LinearIterations,
    };
}
