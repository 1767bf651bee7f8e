using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Coupling;

/// <summary>Solves one time step in parts: staggered, iterated, or as a composition of operators (equations 11.1 to 11.6). The residual is that of the monolithic
/// system throughout.</summary>
/// <remarks>Split steps keep a history of substeps beside that of steps: a failed one leaves no trace.</remarks>
public sealed class CoupledSolver
{
    private const int MostLocalPasses = 20, PatientSweeps = 3;
    private const double LocalPrecision = 1e-13;
    private readonly DiscreteSystem _system;
    private readonly NewtonSolver _newton;
    private readonly Communicator _world;
    private readonly StateVariable[] _lagged;

    /// <summary>Lagged states before a sweep over both parts, and before a pass over one that is solved locally.</summary>
    private readonly double[][] _before, _beforePass;
    private readonly TimeCoefficients _stage = new();

    /// <summary>Newton iterations that the next solve of either part is expected to take; one takes more than the other.</summary>
    private (int Main, int Other) _expected = (1, 1);

    /// <summary>Prepares the parts.</summary>
    /// <param name="system">The equations.</param>
    /// <param name="newton">Of the whole system.</param>
    /// <param name="world">The ranks.</param>
    /// <param name="options">Order of work.</param>
    public CoupledSolver(DiscreteSystem system, NewtonSolver newton, Communicator world, CouplingOptions options)
    {
        (_system, _newton, _world, Options) = (system, newton, world, options);
        _lagged = [.. system.States.Variables.Where(options.IsLagged)];
        _before = [.. _lagged.Select(state => new double[state.Values.Length])];
        _beforePass = options.Main.IsGlobal && options.Other.IsGlobal ? [] : [.. _lagged.Select(state => new double[state.Values.Length])];
        Watch = new(_lagged, newton.Place, world, options);
    }

    /// <summary>Order of work.</summary>
    public CouplingOptions Options { get; }

    /// <summary>Recognises what grows from step to step.</summary>
    public CouplingWatch Watch { get; }

    /// <summary>Parts solved so far.</summary>
    public int PartialSolves { get; private set; }

    /// <summary>Most iterations between the parts in one step so far.</summary>
    public int MostSweeps { get; private set; }

    /// <summary>Told of every stage of a split step once it is solved: what is lost between stages shows in no other place.</summary>
    public Action<PartialSolve>? StageSolved { get; set; }

    /// <summary>How many numbers <see cref="State"/> holds.</summary>
    public const int StateLength = CouplingWatch.StateLength + 4;

    /// <summary>Counts, and what is known of what the parts exchanged from step to step: a run that is stopped and goes on ends where one would that was not.</summary>
    /// <exception cref="ArgumentException">What is set does not come from one like this.</exception>
    public double[] State
    {
        get => [.. Watch.State, _expected.Main, _expected.Other, PartialSolves, MostSweeps];
        set
        {
            if (value.Length != StateLength || value[^4..].Any(count => count is not (>= 0 and <= int.MaxValue)))
                throw new ArgumentException($"{value.Length} numbers are not those of a coupling.", nameof(value));
            Watch.State = value;
            (_expected, PartialSolves, MostSweeps) = (((int)value[^4], (int)value[^3]), (int)value[^2], (int)value[^1]);
        }
    }

    /// <summary>*Collective.* Solves a step from the predicted state; on success the states are those of its end.</summary>
    /// <param name="time">The formula of the whole step.</param>
    /// <param name="drive">The control at a time, where it changes; else null.</param>
    public StepOutcome Solve(TimeCoefficients time, Func<double, Control>? drive)
    {
        if (!Options.IsComposite)
            return Stagger(time);
        _system.States.Restore();
        _system.States.Branch();
        try
        {
            return Compose(time.Time - time.Step, time.Step, drive);
        }
        finally
        {
            _system.States.Join();
        }
    }

    private StepOutcome Stagger(TimeCoefficients time)
    {
        bool iterates = Options.Strategy == CouplingStrategy.Iterated, seesLast = !iterates && !Options.Extrapolates;
        StepOutcome outcome = default;
        double last = double.PositiveInfinity;
        for (int sweep = 1, growing = 0; ; sweep++)
        {
            Keep(_before);
            if (seesLast)
                foreach (StateVariable lagged in _lagged)
                    lagged.Restore();
            outcome = outcome.And(Solve(Options.Main, time));
            // Whatever the first part sees, the iteration of the second one begins with what was predicted.
            if (seesLast && Options.Other.IsGlobal)
                PutBack(_before);
            if (outcome.Succeeded)
                outcome = outcome.And(Solve(Options.Other, time));
            if (!outcome.Succeeded || !iterates)
                return outcome;
            (double change, StateVariable? state, int entry) = LargestChange(_before);
            MostSweeps = Math.Max(MostSweeps, sweep);
            (double worst, int rank) = _world.MaxLocation(double.IsNaN(change) ? double.PositiveInfinity : change);
            if (worst <= Options.InnerTolerance)
                return outcome;
            growing = sweep > 1 && worst >= last ? growing + 1 : 0;
            if (growing >= PatientSweeps || sweep >= Options.MaximumSweeps)
            {
                string place = _world.Broadcast(rank == _world.Rank && state is not null ? _newton.Place.Of(state, entry) : "", rank);
                string how = growing > 0 ? FormattableString.Invariant($"grow by a factor of {worst / last:g3} per iteration") : FormattableString.Invariant($"shrink by no more than a factor of {worst / last:g3} per iteration");
                return outcome with
                {
                    Failure = StepFailure.Coupling,
                    Detail = FormattableString.Invariant($"{Options.InWords}: after {sweep} inner iterations over a step of {time.Step:g3} s the changes {how}, last by {worst:g3} of {place}"),
                };
            }
            last = worst;
        }
    }

    /// <summary>Lie–Trotter or Strang over the operators.</summary>
    private StepOutcome Compose(double start, double step, Func<double, Control>? drive)
    {
        if (Options.Strategy == CouplingStrategy.Lie)
        {
            StepOutcome first = Substep(Options.Main, start, step, drive);
            return first.Succeeded ? first.And(Substep(Options.Other, start, step, drive)) : first;
        }
        StepOutcome outcome = Substep(Options.Other, start, 0.5 * step, drive);
        if (outcome.Succeeded)
            outcome = outcome.And(Substep(Options.Main, start, step, drive));
        return outcome.Succeeded ? outcome.And(Substep(Options.Other, start + (0.5 * step), 0.5 * step, drive)) : outcome;
    }

    /// <summary>One operator over a time, by backward Euler or by the two stages of the formula of second order.</summary>
    private StepOutcome Substep(PartialSolve part, double start, double length, Func<double, Control>? drive)
    {
        bool isSecondOrder = Options.Order > 1;
        _stage.Set(start + ((isSecondOrder ? TimeCoefficients.StageShare : 1) * length), [start], 1);
        StepOutcome outcome = Stage(part, drive);
        if (!outcome.Succeeded || !isSecondOrder)
            return outcome;
        _stage.SetSecondStage(start, length);
        return outcome.And(Stage(part, drive));
    }

    private StepOutcome Stage(PartialSolve part, Func<double, Control>? drive)
    {
        if (drive is not null && !part.HoldsPotentials)
            _system.Terminal.Control = drive(_stage.Time);
        StepOutcome outcome = Solve(part, _stage);
        if (!outcome.Succeeded)
            return outcome;
        StageSolved?.Invoke(part);
        _system.States.Accept();
        return outcome;
    }

    private StepOutcome Solve(PartialSolve part, TimeCoefficients time)
    {
        PartialSolves++;
        if (!part.IsGlobal)
            return SolveLocally(part, time);
        bool isMain = part == Options.Main;
        _system.BeginStep(time, part);
        _newton.ExpectedIterations = isMain ? _expected.Main : _expected.Other;
        StepOutcome outcome = _newton.Solve();
        _expected = isMain ? (_newton.ExpectedIterations, _expected.Other) : (_expected.Main, _newton.ExpectedIterations);
        if (!outcome.Succeeded)
            return outcome with { Detail = $"{Options.InWords}, in {part.Name}: {outcome.Detail}" };
        _system.EndStep();
        return outcome;
    }

    /// <summary>What depends on no neighbour: each pass closes one Newton step of every particle.</summary>
    private StepOutcome SolveLocally(PartialSolve part, TimeCoefficients time)
    {
        for (int pass = 0; pass < MostLocalPasses; pass++)
        {
            Keep(_beforePass);
            _system.BeginStep(time, part);
            _system.EndStep();
            double change = _world.Allreduce(LargestChange(_beforePass).Change, Operation.Max);
            if (change <= LocalPrecision)
                return Possible();
            if (!double.IsFinite(change))
                break;
        }
        return new(StepFailure.NotFinite, 0, 0, double.NaN, $"{Options.InWords}: {part.Name} have no solution at the given currents");
    }

    /// <summary>What is solved for at given currents knows no limit of its own.</summary>
    private StepOutcome Possible()
    {
        string? beyond = null;
        foreach (StateVariable state in _lagged)
            if (state.Quantity.Range is { } range)
                for (int k = 0; k < state.Owned && beyond is null; k++)
                    if (!(state.Values[k] >= range.Least && state.Values[k] <= range.Most))
                        beyond = FormattableString.Invariant($"{Options.InWords}: {_newton.Place.Of(state, k)} would reach {state.Values[k]:g4} at the currents of the other part, beyond what is physically possible");
        string? words = _newton.Place.Strongest(beyond, beyond is null ? 0 : 1);
        return words is null ? default : new(StepFailure.Inadmissible, 0, 0, double.NaN, words);
    }

    private void Keep(double[][] values)
    {
        for (int i = 0; i < _lagged.Length; i++)
            _lagged[i].Values.CopyTo(values[i], 0);
    }

    private void PutBack(double[][] values)
    {
        for (int i = 0; i < _lagged.Length; i++)
            values[i].CopyTo(_lagged[i].Values, 0);
    }

    private (double Change, StateVariable? State, int Entry) LargestChange(double[][] before)
    {
        (double Change, StateVariable? State, int Entry) largest = (0, null, 0);
        for (int i = 0; i < _lagged.Length; i++)
            for (int k = 0; k < _lagged[i].Owned; k++)
            {
                double change = Math.Abs(_lagged[i].Values[k] - before[i][k]);
                if (!(change <= largest.Change))
                    largest = (change, _lagged[i], k);
            }
        return largest;
    }
}
