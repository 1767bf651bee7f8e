using System.Diagnostics;
using System.Numerics.Tensors;
using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;
using Cell3D.Parallel.Petsc;

namespace Cell3D.Solvers;

/// <summary>Tolerances of Newton's method.</summary>
public sealed record NewtonOptions
{
    /// <summary>Largest row residual allowed, relative to the current of one column; above the round-off floor of about 1e-8.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>Largest imbalance allowed of salt, charge or heat over the whole cell, relative to its current: far above round-off, for
    /// what flows through faces cancels in the sum.</summary>
    public double BalanceTolerance { get; init; } = 1e-9;

    /// <summary>Largest mismatch of a surface reaction allowed [V].</summary>
    public double ReactionTolerance { get; init; } = 1e-8;

    public int MaximumIterations { get; init; } = 12;

    /// <summary>Current of one column [A], the measure of the residual.</summary>
    public required double ColumnCurrent { get; init; }

    /// <summary>Current of the whole simulated part [A], the measure of imbalances.</summary>
    public required double TotalCurrent { get; init; }
}

/// <summary>What Newton's method knows of earlier solves.</summary>
/// <param name="ExpectedIterations">Iterations that the next solve is expected to take.</param>
/// <param name="SolvesAtFloor">Solves that ended above the tolerance.</param>
/// <param name="LargestFloorNorm">Largest residual norm of those.</param>
public sealed record NewtonHistory(int ExpectedIterations, int SolvesAtFloor, double LargestFloorNorm);

/// <summary>Newton's method on the monolithic system: halo, properties, local systems, faces, terminal row, Krylov, back-substitution, damping agreed by all ranks.</summary>
public sealed class NewtonSolver(DiscreteSystem system, FieldHalo halo, LinearSystem linear, Communicator world, NewtonOptions options, PlaceDescription place)
{
    private const double SmallestFraction = 1e-4, FractionToBoundary = 0.9;

    /// <summary>A full step of exact Newton gains many digits; one that leaves this share of a small residual meets round-off.</summary>
    private const double StagnantShare = 0.3, LargestFloor = 1e-5;

    /// <summary>A full step that leaves no more of the residual shows that the Jacobian is that of the solution nearly enough: the next step takes it again. Where linear systems are solved
    /// to round-off, local systems have to keep their part of it too, or lithium is lost.</summary>
    private const double GoodShare = 0.01;

    /// <summary>What a forecast of the next residual is multiplied by.</summary>
    private const double ShareOfForecast = 30;

    /// <summary>Relative difference of two α by round-off alone: what is stored is then conserved as by factors of its own.</summary>
    private const double SameAlpha = 1e-11;

    /// <summary>Whether the factors of a Jacobian serve for more than one iteration, on all ranks alike.</summary>
    private readonly bool _keepsElimination = linear.IsDirect && KeepElimination(system, world);

    private readonly Action _completeGhosts = () => halo.End(system.Fields);
    private readonly ImbalanceSums _imbalance = new(system, world);

    /// <summary>α of the Jacobian that the last solve converged with; no number where none did.</summary>
    private double _alphaOfFactors = double.NaN;

    /// <summary>Says where something happened.</summary>
    public PlaceDescription Place => place;

    /// <summary>Whether linear systems are solved directly: then a solve leaves nothing behind but <see cref="History"/>.</summary>
    public bool IsDirect => linear.IsDirect;

    /// <summary>Wall time spent in assembly so far, halo and properties included [s].</summary>
    public double AssemblySeconds { get; private set; }

    /// <summary>Jacobians assembled so far.</summary>
    public int Jacobians { get; private set; }

    /// <summary>Wall time spent in linear solves so far, preconditioner included [s].</summary>
    public double LinearSeconds { get; private set; }

    /// <summary>Residual norm at the end of the last solve, relative to the column current.</summary>
    public double ResidualNorm { get; private set; }

    /// <summary>Solves that ended above the tolerance because round-off let the residual fall no further.</summary>
    public int SolvesAtFloor { get; private set; }

    /// <summary>Largest residual norm of those.</summary>
    public double LargestFloorNorm { get; private set; }

    /// <summary>Iterations that the next solve is expected to take: then it looks before it prepares another one.</summary>
    public int ExpectedIterations { get; set; } = 1;

    /// <summary>What it knows of earlier solves.</summary>
    public NewtonHistory History
    {
        get => new(ExpectedIterations, SolvesAtFloor, LargestFloorNorm);
        set => (ExpectedIterations, SolvesAtFloor, LargestFloorNorm) = (value.ExpectedIterations, value.SolvesAtFloor, value.LargestFloorNorm);
    }

    /// <summary>Solves for the state at the new time, starting from the present one. *Collective.*</summary>
    /// <param name="takesFactors">Whether the equations are those of the solve before but for the formula in time; where that has the same α, factors of the Jacobian are taken over.</param>
    public StepOutcome Solve(bool takesFactors = false)
    {
        bool hasFactors = takesFactors && _keepsElimination && Math.Abs(system.Alpha - _alphaOfFactors) <= SameAlpha * system.Alpha;
        _alphaOfFactors = double.NaN;
        int krylov = 0;
        double fraction = 1, mismatch = 0;
        bool isSame = false;
        for (int iteration = 0; ; iteration++)
        {
            bool isCheck = iteration >= ExpectedIterations, mayKeep = (iteration > 0 || hasFactors) && fraction == 1 && (linear.IsRough || _keepsElimination);
            Assembled assembled = mayKeep && _keepsElimination ? Assembled.KeptElimination : isCheck ? Assembled.Residual : mayKeep ? Assembled.CondensedResidual : Assembled.Jacobian;
            Assemble(assembled);
            (double previous, double previousMismatch) = (ResidualNorm, mismatch);
            (double norm, mismatch) = Norms();
            ResidualNorm = norm;
            if (!double.IsFinite(norm) || !double.IsFinite(mismatch))
                return Failed(StepFailure.NotFinite, iteration, krylov, LargestResidual("is not a number"));
            bool isClose = iteration > 0 && mismatch <= options.ReactionTolerance;
            if (isClose && norm <= options.Tolerance && _imbalance.Largest(linear.Residual) <= options.BalanceTolerance * options.TotalCurrent)
                return Converged(iteration, krylov);
            if (isClose && iteration > 1 && fraction == 1 && !isSame && norm <= LargestFloor && norm >= StagnantShare * previous)
                return AtFloor(norm, iteration, krylov);
            if (iteration == options.MaximumIterations)
                return Failed(StepFailure.NewtonIterations, iteration, krylov, norm <= options.Tolerance && mismatch > options.ReactionTolerance
                    ? FormattableString.Invariant($"a reaction misses its law by {mismatch:g3} V after {iteration} iterations, while the balances of all control volumes are met: somewhere particles or electrolyte cannot carry the current that is asked of them")
                    : LargestResidual($"is still {norm:g3} of the column current after {iteration} iterations"));
            isSame = mayKeep && (iteration == 0 || (norm <= GoodShare * previous && mismatch <= Math.Max(GoodShare * previousMismatch, options.ReactionTolerance)));
            Assembled needed = !isSame ? Assembled.Jacobian : _keepsElimination ? Assembled.KeptElimination : Assembled.CondensedResidual;
            if (assembled != needed)
                Assemble(needed);
            long start = Stopwatch.GetTimestamp();
            LinearResult result = linear.Solve();
            LinearSeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            krylov += result.Iterations;
            if (!result.Converged)
                return Failed(StepFailure.LinearSolver, iteration, krylov, Singular() ?? $"linear solver: {result.Reason} after {result.Iterations} iterations");
            (fraction, double terminalIncrement) = Agree(AdmissibleFraction(out StepObstacle? obstacle));
            if (fraction < SmallestFraction)
                return Failed(StepFailure.Inadmissible, iteration, krylov, place.Agree(obstacle));
            system.Update(linear.Increments, terminalIncrement, fraction);
            if (isSame && iteration > 0 && fraction == 1 && _keepsElimination && LeavesNothing(norm, mismatch, Math.Max(norm / previous, mismatch / Math.Max(previousMismatch, options.ReactionTolerance))))
            {
                ShareState();
                halo.End(system.Fields);
                return Converged(iteration + 1, krylov);
            }
        }
    }

    /// <summary>Whether an iteration with kept factors leaves far less than the tolerances, as those before it have shown: a sweep that finds the same is then saved.</summary>
    /// <param name="norm">Of the residual that it began with.</param>
    /// <param name="mismatch">Of the reactions that it began with [V].</param>
    /// <param name="share">What the iteration before left of these. With the Jacobian of that one, Newton's method leaves about twice this share.</param>
    private bool LeavesNothing(double norm, double mismatch, double share)
    {
        double left = ShareOfForecast * share;
        if (left * norm > options.Tolerance || left * mismatch > options.ReactionTolerance || left * _imbalance.Largest(linear.Residual) > options.BalanceTolerance * options.TotalCurrent)
            return false;
        ResidualNorm = left * norm;
        return true;
    }

    private static bool KeepElimination(DiscreteSystem system, Communicator world)
    {
        if (world.Any(system.LocalSystems.Any(local => !local.CanKeepElimination)))
            return false;
        foreach (LocalSystems local in system.LocalSystems)
            local.KeepElimination();
        return true;
    }

    /// <summary>Brings ghosts and the terminal current up to date and assembles residual and Jacobian.</summary>
    public void Assemble() => Assemble(Assembled.Jacobian);

    /// <summary>The same with the residual alone, for another solve with the Jacobian as it is.</summary>
    public void AssembleForSameJacobian() => Assemble(Assembled.CondensedResidual);

    private void Assemble(Assembled what)
    {
        long start = Stopwatch.GetTimestamp();
        ShareState();
        system.Assemble(what switch
        {
            Assembled.Residual => linear.ResidualOnly(),
            Assembled.CondensedResidual => linear.ForSameJacobian(),
            Assembled.KeptElimination => linear.WithKeptElimination(),
            _ => linear.WithJacobian(),
        }, _completeGhosts);
        Jacobians += what == Assembled.Jacobian ? 1 : 0;
        AssemblySeconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>Sends ghosts on their way and brings the terminal current up to date.</summary>
    private void ShareState()
    {
        halo.Begin(system.Fields);
        system.Terminal.TotalCurrent = world.Allreduce(system.Terminal.LocalCurrent, Operation.Sum);
    }

    /// <summary>The next solve is expected to take as many iterations: steps of one protocol resemble each other.</summary>
    private StepOutcome Converged(int iterations, int krylov)
    {
        (ExpectedIterations, _alphaOfFactors) = (iterations, system.Alpha);
        return new(StepFailure.None, iterations, krylov, 0, null);
    }

    private StepOutcome AtFloor(double norm, int iterations, int krylov)
    {
        if (norm > options.Tolerance)
        {
            SolvesAtFloor++;
            LargestFloorNorm = Math.Max(LargestFloorNorm, norm);
        }
        return Converged(iterations, krylov);
    }

    private static StepOutcome Failed(StepFailure failure, int iterations, int krylov, string? detail) => new(failure, iterations, krylov, double.NaN, detail);

    private (double Residual, double Mismatch) Norms()
    {
        Span<double> norms = stackalloc double[2];
        norms[0] = linear.Residual.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude<double>(linear.Residual));
        foreach (LocalSystems local in system.LocalSystems)
            norms[1] = Math.Max(norms[1], local.ResidualNorm);
        for (int i = 0; i < norms.Length; i++)
            norms[i] = double.IsNaN(norms[i]) ? double.PositiveInfinity : norms[i];
        world.Allreduce(norms, Operation.Max);
        return (norms[0] / options.ColumnCurrent, norms[1]);
    }

    /// <summary>The smallest fraction of all ranks, and δV, which one of them knows: both in one reduction.</summary>
    private (double Fraction, double TerminalIncrement) Agree(double fraction)
    {
        Span<double> most = [-fraction, system.Layout.OwnsTerminal ? linear.Increments[system.Layout.TerminalRow] : double.NegativeInfinity];
        world.Allreduce(most, Operation.Max);
        return (-most[0], most[1]);
    }

    private double AdmissibleFraction(out StepObstacle? obstacle)
    {
        double fraction = 1;
        obstacle = null;
        foreach (Unknown unknown in system.Unknowns.All)
            if (system.Layout.HasAnywhere(unknown.Field) && (double.IsFinite(unknown.Minimum) || double.IsFinite(unknown.LargestChange)))
                Limit(unknown, ref fraction, ref obstacle);
        foreach (LocalSystems local in system.LocalSystems)
        {
            double allowed = local.AdmissibleFraction(linear.Increments, out StepObstacle? reason);
            if (allowed < fraction)
                (fraction, obstacle) = (allowed, reason);
        }
        return fraction;
    }

    /// <summary>Keeps an unknown above its minimum and its change below the largest one.</summary>
    private void Limit(Unknown unknown, ref double fraction, ref StepObstacle? obstacle)
    {
        ReadOnlySpan<double> increments = linear.Increments;
        FieldLayout layout = system.Layout;
        double[] values = system.Fields[unknown.Field];
        for (int cell = 0; cell < layout.OwnedCells; cell++)
        {
            if (!layout.TryRow(cell, unknown.Field, out int row))
                continue;
            double change = increments[row], value = unknown.IsStoredFromTerminal ? system.Fields.Absolute(unknown, cell) : values[cell] + unknown.StoredFrom;
            double allowed = Math.Min(unknown.LargestChange, change < 0 ? FractionToBoundary * (value - unknown.Minimum) : double.PositiveInfinity);
            if (Math.Abs(change) * fraction <= allowed)
                continue;
            fraction = allowed / Math.Abs(change);
            obstacle = new(unknown.InWords, cell, value + change, unknown.Unit);
        }
    }

    /// <summary>Where the matrix is singular, if the preconditioner met it.</summary>
    private string? Singular() => place.AgreeOnRow(Math.Max(linear.SingularRow, 0), linear.SingularRow >= 0 ? 1 : 0, "has no solution: its matrix is singular or not a number there");

    private string? LargestResidual(string verdict)
    {
        int worst = 0;
        for (int row = 1; row < linear.Residual.Length; row++)
            if (!(Math.Abs(linear.Residual[row]) <= Math.Abs(linear.Residual[worst])))
                worst = row;
        double size = linear.Residual.Length == 0 ? 0 : Math.Abs(linear.Residual[worst]);
        return place.AgreeOnRow(worst, double.IsNaN(size) ? double.PositiveInfinity : size, verdict);
    }

    /// <summary>What a sweep assembles: each costs more than the one before.</summary>
    private enum Assembled
    {
        /// <summary>What shows whether the iteration has converged.</summary>
        Residual,

        /// <summary>What another step with the same factors needs.</summary>
        KeptElimination,

        /// <summary>What another step with the same Jacobian needs.</summary>
        CondensedResidual,

        /// <summary>Both.</summary>
        Jacobian,
    }
}
