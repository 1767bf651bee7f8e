namespace Cell3D.Parallel.Petsc;

/// <summary>Why a linear solve ended; positive when it converged. The numbers are ours and the same for every PETSc version.</summary>
public enum ConvergedReason
{
    /// <summary>Failed for a reason without a name here.</summary>
    Diverged = -9,

    /// <summary>The method needs a symmetric operator.</summary>
    NonSymmetric = -8,

    /// <summary>The method needs a definite matrix.</summary>
    IndefiniteMatrix = -7,

    /// <summary>The method needs a definite preconditioner.</summary>
    IndefinitePreconditioner = -6,

    /// <summary>The preconditioner could not be built or applied, for instance because of a zero pivot.</summary>
    PreconditionerFailed = -5,

    /// <summary>A value became infinite or not a number.</summary>
    NotANumber = -4,

    /// <summary>The Krylov method broke down.</summary>
    Breakdown = -3,

    /// <summary>The residual grew beyond the divergence limit.</summary>
    ResidualGrew = -2,

    /// <summary>The iteration limit was reached.</summary>
    IterationLimit = -1,

    /// <summary>The residual fell below the relative tolerance.</summary>
    RelativeTolerance = 1,

    /// <summary>The residual fell below the absolute tolerance.</summary>
    AbsoluteTolerance = 2,

    /// <summary>The fixed number of iterations was done, as for a direct solve.</summary>
    IterationsDone = 3,

    /// <summary>The Krylov space holds the exact solution.</summary>
    HappyBreakdown = 4,

    /// <summary>Converged for a reason without a name here.</summary>
    Converged = 5,
}
