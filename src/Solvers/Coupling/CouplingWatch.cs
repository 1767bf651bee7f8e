using Cell3D.Discretization;
using Cell3D.Parallel.Mpi;

namespace Cell3D.Solvers.Coupling;

/// <summary>Recognises an unstable coupling: the change of a lagged state from step to step alternates in sign and grows, or, where the laws bound it, the state swings to and fro
/// by much. A solution that is only stiff decays, and a cell that heats up does not alternate.</summary>
public sealed class CouplingWatch
{
    /// <summary>Alternations in a row, and growth over all of them, that prove it.</summary>
    private const int Proof = 4;
    private const double ProvenGrowth = 2, ShareOfStep = 1e-6;

    /// <summary>Reversals within some steps that prove it where growth is bounded, each by so many times what counts as growth and by so much of the one before.</summary>
    private const int ProvenReversals = 3, Memory = 8;
    private const double Swing = 100, Lasting = 0.8;
    private readonly StateVariable[] _lagged;
    private readonly PlaceDescription _place;
    private readonly Communicator _world;
    private readonly CouplingOptions _options;

    /// <summary>Of the last accepted step: the largest deviation with its sign, since when it alternates and what it was then.</summary>
    private (double Deviation, int Alternations, double First) _known, _attempted;
    private double _step;

    /// <summary>Change over the last accepted step, where it was largest; reversals so far, and steps since the last one.</summary>
    private (double Change, int Reversals, int Since) _swing, _attemptedSwing;

    internal CouplingWatch(StateVariable[] lagged, PlaceDescription place, Communicator world, CouplingOptions options) =>
        (_lagged, _place, _world, _options) = (lagged, place, world, options);

    /// <summary>Mean factor by which what alternates grows per step; below 1 it decays; 0 where nothing alternates.</summary>
    public double Growth => _known.Alternations == 0 ? 0 : Math.Pow(Math.Abs(_known.Deviation) / _known.First, 1.0 / _known.Alternations);

    /// <summary>*Collective.* Judges an attempted step: y_{n+1} − y_n against the same in the step before.</summary>
    /// <param name="outcome">What came of it.</param>
    /// <param name="step">Its length [s].</param>
    /// <param name="before">Length of the step before; 0 for none.</param>
    /// <param name="isDriven">Whether the control changes within steps: what follows it may swing.</param>
    public StepOutcome Judge(StepOutcome outcome, double step, double before, bool isDriven)
    {
        if (_options.Strategy == CouplingStrategy.Iterated)
            return outcome;
        if (!outcome.Succeeded)
            return _swing.Reversals > 1 || (_known.Alternations >= 2 && Growth > 1)
                ? outcome with { Failure = StepFailure.Coupling, Detail = $"{outcome.Detail}; before, what the parts exchange alternated from step to step: {_options.InWords} is unstable at steps of this length" }
                : outcome;
        (_attempted, _attemptedSwing) = (default, default);
        if (!isDriven && before > 0 && Swings() is { } swings)
            return outcome with { Failure = StepFailure.Coupling, Detail = swings };
        if (before <= 0 || Math.Abs(step - before) > ShareOfStep * step)
            return outcome;
        (double size, int rank) = _world.MaxLocation(Largest(out double deviation, out StateVariable? state, out int entry));
        deviation = _world.Allreduce(rank == _world.Rank ? deviation : 0, Operation.Sum);
        bool alternates = deviation * _known.Deviation < 0 && size > Math.Abs(_known.Deviation) && Math.Abs(_step - step) <= ShareOfStep * step;
        _attempted = alternates ? (deviation, _known.Alternations + 1, _known.First) : (deviation, 0, size);
        if (_attempted.Alternations < Proof || size < _options.SmallestGrowth || size < ProvenGrowth * _attempted.First)
            return outcome;
        string place = _world.Broadcast(rank == _world.Rank && state is not null ? _place.Of(state, entry) : "", rank);
        return outcome with { Failure = StepFailure.Coupling, Detail = Grows(_attempted, step, place) };
    }

    /// <summary>Takes the attempted step as done.</summary>
    /// <param name="step">Its length [s].</param>
    public void Accept(double step) => (_known, _swing, _step) = (_attempted, _attemptedSwing, step);

    /// <summary>How many numbers <see cref="State"/> holds.</summary>
    internal const int StateLength = 7;

    /// <summary>What it knows of accepted steps, for a run that is stopped and goes on.</summary>
    internal double[] State
    {
        get => [_known.Deviation, _known.Alternations, _known.First, _swing.Change, _swing.Reversals, _swing.Since, _step];
        set
        {
            _known = (value[0], Count(value[1]), value[2]);
            _swing = (value[3], Count(value[4]), Count(value[5]));
            (_step, _attempted, _attemptedSwing) = (value[6], default, default);

            static int Count(double number) => number is >= 0 and <= int.MaxValue ? (int)number : throw new ArgumentException($"{number} counts no steps.", nameof(value));
        }
    }

    /// <summary>Forgets the steps before a switch.</summary>
    public void Forget() => (_known, _attempted, _swing, _attemptedSwing, _step) = (default, default, default, default, 0);

    private string Grows((double Deviation, int Alternations, double First) seen, double step, string what)
    {
        double factor = Math.Pow(Math.Abs(seen.Deviation) / seen.First, 1.0 / seen.Alternations);
        return FormattableString.Invariant($"{_options.InWords} is unstable at steps of {step:g4} s: {what} alternates from step to step and grows by a factor of {factor:g3} per step, to {Math.Abs(seen.Deviation):g3}; smaller steps, inner iteration or the monolithic solution help");
    }

    /// <summary>Counts reversals of the largest change; in words where there are too many.</summary>
    private string? Swings()
    {
        (double size, StateVariable? state, int entry) = (0, null, 0);
        foreach (StateVariable variable in _lagged)
            for (int k = 0; k < variable.Owned; k++)
                if (Math.Abs(variable.Values[k] - variable.Past(0)[k]) is var own && own > size)
                    (size, state, entry) = (own, variable, k);
        double change = state is null ? 0 : state.Values[entry] - state.Past(0)[entry];
        (double largest, int rank) = _world.MaxLocation(size);
        change = _world.Allreduce(rank == _world.Rank ? change : 0, Operation.Sum);
        bool reverses = change * _swing.Change < 0 && largest > Lasting * Math.Abs(_swing.Change) && Math.Min(largest, Math.Abs(_swing.Change)) > Swing * _options.SmallestGrowth;
        int since = reverses ? 0 : _swing.Since + 1;
        _attemptedSwing = (change, since > Memory ? 0 : _swing.Reversals + (reverses ? 1 : 0), since);
        if (_attemptedSwing.Reversals < ProvenReversals)
            return null;
        string place = _world.Broadcast(rank == _world.Rank && state is not null ? _place.Of(state, entry) : "", rank);
        return FormattableString.Invariant($"{_options.InWords} is unstable: {place} swings to and fro, last by {largest:g3}; smaller steps, inner iteration or the monolithic solution help");
    }

    /// <summary>Largest |y_{n+1} − 2 y_n + y_{n−1}| of this rank.</summary>
    private double Largest(out double deviation, out StateVariable? state, out int entry)
    {
        (deviation, state, entry) = (0, null, 0);
        foreach (StateVariable variable in _lagged)
        {
            if (variable.PastCount < 2)
                continue;
            ReadOnlySpan<double> newest = variable.Past(0), older = variable.Past(1);
            for (int k = 0; k < variable.Owned; k++)
                if (variable.Values[k] - (2 * newest[k]) + older[k] is var own && Math.Abs(own) > Math.Abs(deviation))
                    (deviation, state, entry) = (own, variable, k);
        }
        return Math.Abs(deviation);
    }
}
