namespace Cell3D.Parallel.Petsc;

/// <summary>How a linear solve ended. Not converging is a result, not an exception.</summary>
/// <param name="Reason">Why it ended.</param>
/// <param name="Iterations">Krylov iterations done.</param>
/// <param name="ResidualNorm">Last residual norm the method computed; 0 when it computes none, as for a direct solve.</param>
public readonly record struct LinearResult(ConvergedReason Reason, int Iterations, double ResidualNorm)
{
    /// <summary>True when the solution can be used.</summary>
    public bool Converged => Reason > 0;

    /// <summary>The reason in words for a message.</summary>
    public string Explanation => Reason switch
    {
        ConvergedReason.NonSymmetric => "the method needs a symmetric operator",
        ConvergedReason.IndefiniteMatrix => "the method needs a definite matrix",
        ConvergedReason.IndefinitePreconditioner => "the method needs a definite preconditioner",
        ConvergedReason.PreconditionerFailed => "the preconditioner failed (zero pivot or memory)",
        ConvergedReason.NotANumber => "a value became infinite or not a number",
        ConvergedReason.Breakdown => "the Krylov method broke down",
        ConvergedReason.ResidualGrew => "the residual grew beyond the divergence limit",
        ConvergedReason.IterationLimit => "the iteration limit was reached",
        ConvergedReason.RelativeTolerance => "relative tolerance reached",
        ConvergedReason.AbsoluteTolerance => "absolute tolerance reached",
        ConvergedReason.IterationsDone => "all iterations done",
        ConvergedReason.HappyBreakdown => "exact solution found",
        _ => Converged ? "converged" : "the solver diverged",
    };
}
