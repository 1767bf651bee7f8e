using System.Text.Json.Serialization;
using Cell3D.Discretization;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Simulation.Protocols;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>What the time loop did.</summary>
public sealed record RunCounts
{
    public int Steps { get; set; }

    /// <summary>Steps by what set their length.</summary>
    public Dictionary<StepReason, int> Reasons { get; init; } = [];

    /// <summary>Attempts that were not accepted, by why.</summary>
    public Dictionary<StepFailure, int> Failures { get; init; } = [];

    /// <summary>Steps of a higher order than the one before, and of a lower one; without first steps.</summary>
    public int OrdersRaised { get; set; }

    /// <inheritdoc cref="OrdersRaised"/>
    public int OrdersLowered { get; set; }

    /// <summary>Steps repeated because of their error.</summary>
    [JsonIgnore]
    public int RejectedSteps => Failures.GetValueOrDefault(StepFailure.LocalError);

    /// <summary>Steps repeated because they could not be solved.</summary>
    [JsonIgnore]
    public int FailedSteps => Failures.Values.Sum() - RejectedSteps;

    public int NewtonIterations { get; set; }

    public int LinearIterations { get; set; }

    /// <summary>The same counts, which stay as they are.</summary>
    public RunCounts Copy() => this with { Reasons = new(Reasons), Failures = new(Failures) };

    /// <summary>Counts an accepted step.</summary>
    public void Add(StepReason reason, int orderBefore, int order)
    {
        Steps++;
        Reasons[reason] = Reasons.GetValueOrDefault(reason) + 1;
        OrdersRaised += orderBefore > 0 && order > orderBefore ? 1 : 0;
        OrdersLowered += order < orderBefore ? 1 : 0;
    }

    /// <summary>Counts what an attempt took, and its failure.</summary>
    public void Add(StepOutcome outcome)
    {
        NewtonIterations += outcome.NewtonIterations;
        LinearIterations += outcome.LinearIterations;
        if (!outcome.Succeeded)
            Failures[outcome.Failure] = Failures.GetValueOrDefault(outcome.Failure) + 1;
    }
}

/// <summary>A protocol carried out step by step: switch, consistent potentials, controlled time steps, whatever ends it hit by root finding.</summary>
public sealed class ProtocolRun
{
    private const double ShareOfStep = 1e-12;

    /// <summary>Limits are located no closer than by this share of how they are by default: round-off of potentials.</summary>
    private const double ClosestLocation = 1e-3;
    /// <summary>A step without duration whose end is not met by then does not end [s].</summary>
    private const double LongestWait = 1e9;
    private const int MostRootSteps = 40, MostNames = 8, MostSkipped = 1000;
    private const string TimeOver = "its time is over";
    private readonly CellModel _model;
    private readonly TimeIntegrator _integrator;
    private readonly Protocol _protocol;
    private readonly TimeList _outputTimes;
    private readonly Queue<double> _fixedSteps;
    private PassedCharge _charge;
    private readonly EndQuantities _quantities;
    private readonly List<StepRecord> _records = [];
    private readonly Feasibility _feasibility;
    private StepDrive _drive = new(Drive.Rest, 0);
    private MarginHold? _margin;
    private LimitWatch _watch;
    private readonly LoopsUnderWay _loops;
    private double _fixedStep, _stepStart;

    /// <summary>Prepares a run.</summary>
    /// <param name="model">At its initial state.</param>
    /// <param name="integrator">Of the model's system.</param>
    /// <param name="protocol">What to do.</param>
    /// <param name="outputTimes">Times at which the state is wanted; steps do not stop there.</param>
    /// <param name="fixedSteps">Prescribed steps [s], the last one repeated; empty for adaptive steps.</param>
    public ProtocolRun(CellModel model, TimeIntegrator integrator, Protocol protocol, TimeList outputTimes, IReadOnlyList<double> fixedSteps)
    {
        (_model, _integrator, _protocol, _outputTimes) = (model, integrator, protocol, outputTimes);
        _fixedSteps = new(fixedSteps);
        _loops = new(protocol);
        _charge = new(protocol.StateOfChargeAtStart, protocol.Capacity);
        _quantities = new(model);
        _feasibility = new(model, integrator);
        _watch = new([], _quantities);
    }

    /// <summary>Called with every accepted state, and with the consistent state right after each switch; returning false stops the run.</summary>
    public Func<StepOutcome, bool> Accepted { get; set; } = _ => true;

    /// <summary>Called at every output time with the state of that time, interpolated between steps.</summary>
    public Action<double> OutputReached { get; set; } = _ => { };

    /// <summary>Called with the state in the middle of a step, before <see cref="Accepted"/> with that of its end, where the formulas of the step know it.</summary>
    public Action<double> MiddleReached { get; set; } = _ => { };

    /// <summary>Called with every attempt that failed and the step that comes next.</summary>
    public Action<StepOutcome, double> Failed { get; set; } = (_, _) => { };

    /// <summary>Times at which a step must end, since the surroundings change their course there.</summary>
    public TimeList StepEnds { get; init; } = new([]);

    /// <summary>Counts so far.</summary>
    public RunCounts Counts { get; private set; } = new();

    /// <summary>Index of the protocol step under way.</summary>
    public int StepIndex { get; private set; }

    /// <summary>The protocol step under way.</summary>
    public ProtocolStep Step => _protocol.Steps[StepIndex];

    /// <summary>When it began [s].</summary>
    public double StepStart => _stepStart;

    /// <summary>Steps that have begun, this one included.</summary>
    public int StepCount => _records.Count + 1;

    /// <summary>State of charge by the charge that has passed, 0 to 1.</summary>
    public double StateOfCharge => _charge.StateOfCharge;

    private double Voltage => _model.Fields.TerminalVoltage;

    private double Current => _model.System.Terminal.Current;

    /// <summary>Where the protocol stands, to be asked for at accepted states; set before the run goes on from there.</summary>
    /// <exception cref="ArgumentException">It is no position of this protocol.</exception>
    public ProtocolPosition Position
    {
        get => new(StepIndex, _stepStart, [.. _records.Select(FinishedStep.Of)], _fixedSteps.Count, Counts.Copy(), _charge.State, _loops.State, [.. _watch.Limits.Select(limit => limit.IsRising)], _watch.History, _margin?.State);
        set
        {
            if (value.StepIndex < 0 || value.StepIndex >= _protocol.Steps.Count || value.Finished.Any(finished => finished.Index < 0 || finished.Index >= _protocol.Steps.Count) || value.FixedStepsLeft > _fixedSteps.Count)
                throw new ArgumentException("The position is not one of this protocol.", nameof(value));
            ProtocolStep step = _protocol.Steps[value.StepIndex];
            (StepIndex, _stepStart, Counts) = (value.StepIndex, value.StepStart, value.Counts.Copy());
            _records.AddRange(value.Finished.Select(finished => finished.Of(_protocol)));
            while (_fixedSteps.Count > value.FixedStepsLeft)
                _fixedSteps.Dequeue();
            _charge.State = value.Charge;
            _loops.State = value.Loops;
            _model.SetAmbient(step.Ambient);
            _watch = new([.. Limits(step, _ => double.NaN).Zip(value.Rising, (limit, rising) => limit with { IsRising = rising })], _quantities) { History = value.Watch };
            TakeDrive(step.Drive);
            if (_margin is not null && value.Margin is not null)
                _margin.State = value.Margin;
            _model.System.Terminal.Control = _margin is null ? _drive.At(_integrator.Time) : new Control.Current(_margin.Current);
        }
    }

    /// <summary>Carries the protocol out from the present state. *Collective.*</summary>
    public RunEnd Execute()
    {
        _integrator.Start(0);
        StepIndex = 0;
        return ExecuteFollowing();
    }

    /// <summary>Goes on from <see cref="Position"/>, with the states and the history of that moment. *Collective.*</summary>
    public RunEnd GoOn()
    {
        if (Continue(_protocol.Steps[StepIndex]) is { } end)
            return Ended(end.Reason, end.Detail);
        StepIndex = Following();
        return ExecuteFollowing();
    }

    private RunEnd ExecuteFollowing()
    {
        for (; StepIndex < _protocol.Steps.Count; StepIndex = Following())
        {
            _loops.Begin(StepIndex, _integrator.Time, _charge.Discharged);
            if (IsTooLate(_protocol.Steps[StepIndex]))
                continue;
            if (Execute(_protocol.Steps[StepIndex]) is { } end)
                return Ended(end.Reason, end.Detail);
        }
        return Finished();
    }

    /// <summary>The step behind the present one, or behind the outermost loop that ends here; the step before says why.</summary>
    private int Following()
    {
        (int next, string? words) = _loops.After(StepIndex, _integrator.Time, _charge.Discharged, Holds);
        if (words is not null && _records.Count > 0 && _records[^1].Words != words)
            _records[^1] = _records[^1] with { Words = $"{_records[^1].Words}; {words}" };
        return next;
    }

    private bool Holds(EndCondition condition)
    {
        double value = _quantities.At(condition.Quantity, _charge, condition.Probe);
        return condition.Crossing == Crossing.Rising ? value >= condition.Value : value <= condition.Value;
    }

    /// <summary>Whether the time at which a step ends at the latest has come before it begins; what only waits for it is left out without a word.</summary>
    private bool IsTooLate(ProtocolStep step)
    {
        if (!LoopsUnderWay.HasCome(_loops.Latest(step), _integrator.Time))
            return false;
        if (!step.IsPadding)
            _records.Add(new(StepIndex + 1, step, double.NaN, double.NaN, StepEnding.Skipped, $"before it begins {_loops.WordsOfLatest(step)}"));
        return true;
    }

    /// <summary>One protocol step; null when the next one may follow.</summary>
    private (EndReason Reason, string Detail)? Execute(ProtocolStep step)
    {
        double start = _stepStart = _integrator.Time;
        _model.SetAmbient(step.Ambient);
        _feasibility.Remember();
        StepOutcome switched = Count(Switch(step.Drive));
        if (!switched.Succeeded)
            return Infeasible(step) is { } words ? CannotGoOn(step, start, StepEnding.NotCarriedOut, words) : Interrupted(step, start, GaveUp(switched));
        _charge.BeginStep(start, Current);
        _watch = new(Limits(step, condition => _quantities.At(condition.Quantity, _charge, condition.Probe)), _quantities);
        if (_watch.Start(start, _charge) is { } already)
            return NotCarriedOut(step, start, already);
        if (!Tell(switched))
            return Interrupted(step, start, Stopped);
        return Continue(step);
    }

    /// <summary>What follows the switch, or the newest accepted state.</summary>
    private (EndReason Reason, string Detail)? Continue(ProtocolStep step)
    {
        double start = _stepStart, latest = _loops.Latest(step), own = Math.Min(start + (step.Duration ?? LongestWait), _drive.End), end = Math.Min(own, latest);
        while (_integrator.Time < end && _watch.Met is null)
        {
            if (_integrator.LastStep > 0 && _drive.JumpsAt(_integrator.Time) && Jump() is { } stopped)
                return Broken(step, start, stopped);
            if (_watch.Met is not null)
                break;
            if (Advance(NextStop(end)) is { } failure)
                return Broken(step, start, failure);
        }
        StepLimit? met = _watch.Met;
        if (met is null && step.Duration is null && end == start + LongestWait)
            return Interrupted(step, start, (EndReason.LimitReached, FormattableString.Invariant($"{step.Text} has not met its end in {LongestWait:g1} s")));
        bool isShort = met is { IsNamed: false };
        Book(step, start, isShort ? StepEnding.CutShort : StepEnding.CarriedOut, met?.Words ?? (latest < own ? _loops.WordsOfLatest(step) : TimeOver));
        return isShort && (met!.EndsRun || !_protocol.SkipsInfeasible) ? (EndReason.LimitReached, $"{met.Words} before the end of {_records[^1].Name}") : null;
    }

    /// <summary>Everything that ends a step, located the more closely the tighter tolerances are: what location leaves is far below the error of the states.</summary>
    private IReadOnlyList<StepLimit> Limits(ProtocolStep step, Func<EndCondition, double> atStart) =>
        [.. StepLimits.Of(step, _protocol, atStart).Select(limit => limit with { Closeness = Math.Clamp(_integrator.Looseness, ClosestLocation, 1) })];

    /// <summary>Switches to a drive and makes potentials and currents consistent with it.</summary>
    private StepOutcome Switch(Drive drive)
    {
        double current = Current;
        _integrator.Restart();
        TakeDrive(drive);
        return _margin?.Switch(current) ?? _integrator.SwitchTo(_drive.At(_integrator.Time));
    }

    private void TakeDrive(Drive drive)
    {
        _drive = new(drive, _stepStart);
        _integrator.Drive = _drive.Varies ? _drive.Until : null;
        _integrator.IsBent = _drive.Varies;
        _integrator.HoldsCurrent = drive is Drive.Current { Amperes: not 0 };
        _integrator.KnowsControl = drive is not Drive.LithiumMargin;
        _margin = drive is Drive.LithiumMargin hold ? new(_integrator, () => _quantities.At(EndQuantity.LithiumMargin, _charge), hold.Volts, _protocol.Capacity / 3600) : null;
    }

    /// <summary>A jump of the drive within a step.</summary>
    private (EndReason, string)? Jump()
    {
        _integrator.Restart();
        _feasibility.Remember();
        StepOutcome switched = Count(_integrator.SwitchTo(_drive.At(_integrator.Time)));
        if (!switched.Succeeded)
            return GaveUp(switched);
        _charge.Jump(_integrator.Time, Current);
        _watch.Start(_integrator.Time, _charge);
        return Tell(switched) ? null : Stopped;
    }

    /// <summary>The next time at which a time step must end, at most the end of the protocol step.</summary>
    private double NextStop(double end)
    {
        double change = Math.Min(StepEnds.After(_integrator.Time), _drive.BreakAfter(_integrator.Time));
        return change < end && !TimeList.AreSame(end, change) ? change : end;
    }

    private (EndReason, string)? NotCarriedOut(ProtocolStep step, double start, StepLimit limit)
    {
        // A voltage or a state of charge beyond its target says that the step goes the wrong way; what else is met already, such as the current of a hold, needs no step.
        bool isFull = limit.Quantity == EndQuantity.StateOfCharge && StepLimits.SignOf(step.Drive) != 0 && limit.Passed(StateOfCharge, Current) > limit.Accuracy;
        string words = limit.Quantity == EndQuantity.Voltage
            ? FormattableString.Invariant($"right after the switch the voltage is {Voltage:g6} V, beyond the {limit.Name}")
            : isFull ? FormattableString.Invariant($"the state of charge is {100 * StateOfCharge:g6} % already, beyond the {limit.Name}") : $"the {limit.Name} is met right after the switch";
        Book(step, start, limit.IsNamed && limit.Quantity != EndQuantity.Voltage && !isFull ? StepEnding.MetAtOnce : StepEnding.NotCarriedOut, words);
        bool goesOn = step.SkipsIfMet != false && (limit.IsNamed || (_protocol.SkipsInfeasible && !limit.EndsRun));
        if (goesOn && _margin is null)
            _feasibility.GoBack();
        return goesOn ? null : (EndReason.LimitReached, $"{_records[^1].Name} cannot be carried out: {words}");
    }

    /// <summary>A step that does not go on: one that the cell cannot carry any longer is cut short, any other is interrupted.</summary>
    private (EndReason, string)? Broken(ProtocolStep step, double start, (EndReason Reason, string Detail) why) =>
        why.Reason == EndReason.SolverGaveUp && Infeasible(step) is { } words ? CannotGoOn(step, start, StepEnding.CutShort, words) : Interrupted(step, start, why);

    /// <summary>Why the cell cannot carry the present drive; null where it can.</summary>
    private string? Infeasible(ProtocolStep step)
    {
        if (_margin is not null)
            return null;
        double end = StepLimits.Voltage(step, _protocol);
        (double lower, double upper) = double.IsFinite(end) ? (end, end) : (_protocol.LowerCutOff, _protocol.UpperCutOff);
        return _feasibility.Violation(_drive.At(_integrator.Time), lower, upper);
    }

    private (EndReason, string)? CannotGoOn(ProtocolStep step, double start, StepEnding ending, string words)
    {
        Book(step, start, ending, words);
        return _protocol.SkipsInfeasible && step.SkipsIfMet != false ? null : (EndReason.LimitReached, $"{_records[^1].Name} cannot be carried out: {words}");
    }

    private (EndReason, string) Interrupted(ProtocolStep step, double start, (EndReason Reason, string Detail) why)
    {
        Book(step, start, StepEnding.Interrupted, why.Detail);
        return why;
    }

    private void Book(ProtocolStep step, double start, StepEnding ending, string words) =>
        _records.Add(new(StepIndex + 1, step, start, _integrator.Time, ending, words));

    /// <summary>The end after the last step: finished, unless a step could not be carried out.</summary>
    private RunEnd Finished()
    {
        string[] left = [.. _records.Where(r => r is { Ending: StepEnding.NotCarriedOut, Step.SkipsIfMet: not true }).Select(r => $"{r.Name}, was not carried out: {r.Words}")];
        if (left.Length > 0 && !_protocol.SkipsInfeasible)
            return Ended(EndReason.LimitReached, string.Join("; ", left));
        string last = _records[^1].Words == TimeOver ? "" : $"{(_records[^1].Words.StartsWith($"{TimeOver}; ", StringComparison.Ordinal) ? _records[^1].Words[(TimeOver.Length + 2)..] : _records[^1].Words)}, ";
        return Ended(EndReason.ProtocolFinished, $"{last}the protocol is finished");
    }

    private RunEnd Ended(EndReason reason, string detail)
    {
        StepRecord[] skipped = reason == EndReason.ProtocolFinished ? [] :
            [.. _protocol.Steps.Select((step, index) => new StepRecord(index + 1, step, double.NaN, double.NaN, StepEnding.Skipped, "the run had ended")).Skip(StepIndex + 1).Take(MostSkipped)];
        int left = _protocol.Steps.Count - StepIndex - 1;
        string more = left > MostNames ? FormattableString.Invariant($" and {left - MostNames} more") : "";
        string words = skipped.Length == 0 ? "" : $"; skipped: {string.Join(", ", skipped.Take(MostNames).Select(record => record.Name))}{more}";
        return new(reason, detail + words, _integrator.Time, [.. _records, .. skipped]);
    }

    /// <summary>One accepted time step towards a time at which it must end at the latest; null unless the run ends here.</summary>
    private (EndReason, string)? Advance(double hit)
    {
        while (true)
        {
            double room = hit - _integrator.Time, wanted = WantedStep();
            double step = wanted >= room * (1 - ShareOfStep) ? room : wanted > 0.5 * room && _fixedStep == 0 ? 0.5 * room : wanted;
            StepOutcome outcome = Attempt(step);
            StepReason reason = step != wanted ? StepReason.End : _fixedSteps.Count > 0 ? StepReason.Prescribed : _integrator.Reason;
            if (outcome.Succeeded)
                outcome = StopAtLimit(step, outcome, ref reason);
            if (outcome.Succeeded)
            {
                int orderBefore = _integrator.LastOrder;
                _integrator.Accept(outcome, steer: reason is not (StepReason.End or StepReason.Limit));
                Counts.Add(reason, orderBefore, _integrator.LastOrder);
                TellMiddle();
                _charge.Add(_integrator.Time, Current);
                _fixedStep = 0;
                TellOutputs();
                return Tell(outcome) ? null : Stopped;
            }
            bool goOn = _integrator.Reject(outcome);
            Failed(outcome, _integrator.NextStep);
            if (!goOn)
            {
                _feasibility.Remember();
                return GaveUp(outcome);
            }
            _fixedStep = _fixedSteps.Count == 0 ? 0 : _integrator.NextStep;
        }
    }

    /// <summary>Tells of an accepted state; false where the run has to stop.</summary>
    private bool Tell(StepOutcome outcome)
    {
        _loops.Take(Voltage);
        return Accepted(outcome);
    }

    private StepOutcome Attempt(double step) => Count(_margin?.Attempt(step) ?? _integrator.Attempt(step));

    /// <summary>Takes the attempted state as the end of the step, or one at which a limit is met on the way there.</summary>
    private StepOutcome StopAtLimit(double step, StepOutcome outcome, ref StepReason reason)
    {
        Watch(step);
        if (_watch.First() is not { Limit: { } limit, Time: var time })
            return outcome;
        reason = StepReason.Limit;
        double start = _integrator.Time;
        double before = _watch.Passed(limit, 1), after = _watch.Passed(limit, 0);
        _watch.Drop();
        (outcome, double length) = Locate(limit, time - start, step, before, after, outcome);
        if (outcome.Succeeded)
            Watch(length);
        return outcome;
    }

    /// <summary>Tells those who watch limits of the attempted state.</summary>
    private void Watch(double step) => _watch.Take(_integrator.Time + step, _charge.At(_integrator.Time + step, Current));

    /// <summary>Regula falsi (Illinois) on the length of the step until a limit is met, from a first guess; each trial solves the whole step.</summary>
    /// <returns>What came of the last one, and its length. Where the guess shows that the limit is not met after all, the step up to there.</returns>
    private (StepOutcome Outcome, double Length) Locate(StepLimit limit, double guess, double step, double before, double after, StepOutcome outcome)
    {
        (double low, double high, double missLow, double missHigh, double miss) = (0, step, before, after, after);
        double at = guess, length = step;
        int lastSide = 0;
        for (int trial = 0; trial < MostRootSteps && Math.Abs(miss) > limit.Accuracy && high - low > ShareOfStep * step; trial++)
        {
            if (trial > 0)
                at = double.IsFinite(missLow) ? ((low * missHigh) - (high * missLow)) / (missHigh - missLow) : 0.5 * (low + high);
            if (!(at > low && at < high))
                at = 0.5 * (low + high);
            _integrator.Discard();
            outcome = Attempt(at);
            length = at;
            if (outcome.Failure is not (StepFailure.None or StepFailure.LocalError))
                return (outcome, length);
            miss = limit.Passed(_quantities.At(limit.Quantity, _charge.At(_integrator.Time + at, Current), limit.Probe), Current);
            if (missHigh < 0 && miss < 0)
                break;
            if (miss > 0)
            {
                missLow *= lastSide == 1 ? 0.5 : 1;
                (high, missHigh, lastSide) = (at, miss, 1);
            }
            else
            {
                missHigh *= lastSide == -1 ? 0.5 : 1;
                (low, missLow, lastSide) = (at, miss, -1);
            }
        }
        return (outcome with { Failure = StepFailure.None, Detail = null }, length);
    }

    /// <summary>Shows the state at each output time that the newest step has reached.</summary>
    private void TellOutputs()
    {
        double now = _integrator.Time;
        for (double time = _outputTimes.After(now - _integrator.LastStep); time <= now || TimeList.AreSame(time, now); time = _outputTimes.After(time))
        {
            if (!TimeList.AreSame(time, now))
                _integrator.Interpolate(time);
            OutputReached(time);
            _integrator.Discard();
        }
    }

    private void TellMiddle()
    {
        double middle = _integrator.Middle;
        if (!double.IsFinite(middle))
            return;
        _integrator.Interpolate(middle);
        _charge.Add(middle, Current);
        MiddleReached(middle);
        _integrator.Discard();
    }

    private double WantedStep()
    {
        if (_fixedSteps.Count == 0)
            return _integrator.NextStep;
        if (_fixedStep == 0)
            _fixedStep = _fixedSteps.Count > 1 ? _fixedSteps.Dequeue() : _fixedSteps.Peek();
        return _fixedStep;
    }

    private StepOutcome Count(StepOutcome outcome)
    {
        Counts.Add(outcome);
        return outcome;
    }

    private static (EndReason, string) Stopped => (EndReason.Stopped, "stopped on request");

    /// <summary>Why the solver gave up, the limit of the cell that the last accepted state has come to, and the short that may have brought it there.</summary>
    private (EndReason, string) GaveUp(StepOutcome outcome)
    {
        string detail = outcome.Detail ?? outcome.Failure.ToString();
        string words = PhysicalLimit.Of(_model, _integrator.Place) is { } limit ? $"{limit} ({detail})" : detail;
        return (EndReason.SolverGaveUp, ShortLimit.Of(_model, _integrator.Place) is { } cut ? $"{words}; {cut}" : words);
    }
}
