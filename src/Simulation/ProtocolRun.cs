using Cell3D.Discretization;
using Cell3D.Input.Protocols;
using Cell3D.Output;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>What the time loop did.</summary>
public sealed record RunCounts
{
    public int Steps { get; set; }

    public int RejectedSteps { get; set; }

    public int FailedSteps { get; set; }

    public int NewtonIterations { get; set; }

    public int LinearIterations { get; set; }
}

/// <summary>A protocol carried out step by step: switch, consistent potentials, controlled time steps, cut-offs hit by root finding.</summary>
public sealed class ProtocolRun
{
    private const double VoltageAccuracy = 1e-7, ShareOfStep = 1e-12;
    private const int MostRootSteps = 40;
    private const string TimeOver = "its time is over";
    private readonly CellModel _model;
    private readonly TimeIntegrator _integrator;
    private readonly Protocol _protocol;
    private readonly TimeList _outputTimes;
    private readonly Queue<double> _fixedSteps;
    private double _fixedStep;
    private readonly List<StepRecord> _records = [];

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
    }

    /// <summary>Called with every accepted state, and with the consistent state right after each switch; returning false stops the run.</summary>
    public Func<StepOutcome, bool> Accepted { get; set; } = _ => true;

    /// <summary>Called at every output time with the state of that time, interpolated between steps.</summary>
    public Action<double> OutputReached { get; set; } = _ => { };

    /// <summary>Called with every attempt that failed and the step that comes next.</summary>
    public Action<StepOutcome, double> Failed { get; set; } = (_, _) => { };

    /// <summary>Times at which a step must end, since the surroundings change their course there.</summary>
    public TimeList StepEnds { get; init; } = new([]);

    /// <summary>Counts so far.</summary>
    public RunCounts Counts { get; } = new();

    /// <summary>Index of the protocol step under way.</summary>
    public int StepIndex => _records.Count;

    private double Voltage => _model.Fields.TerminalVoltage;

    /// <summary>Carries the protocol out from the present state. *Collective.*</summary>
    public RunEnd Execute()
    {
        _integrator.Start(0);
        foreach (ProtocolStep step in _protocol.Steps)
            if (Execute(step) is { } end)
                return Ended(end.Reason, end.Detail);
        return Finished();
    }

    /// <summary>One protocol step; null when the next one may follow.</summary>
    private (EndReason Reason, string Detail)? Execute(ProtocolStep step)
    {
        VoltageLimit limit = VoltageLimit.Of(step, _protocol);
        double start = _integrator.Time, end = start + (step.Duration ?? double.PositiveInfinity);
        _integrator.Restart();
        StepOutcome switched = Count(_integrator.SwitchTo(new Control.Current(((Drive.Current)step.Drive).Amperes)));
        if (!switched.Succeeded)
            return Interrupted(step, start, GaveUp(switched));
        if (limit.Reached(Voltage))
            return NotCarriedOut(step, start, limit);
        if (!Accepted(switched))
            return Interrupted(step, start, Stopped);
        while (_integrator.Time < end && !limit.Reached(Voltage))
            if (Advance(NextStop(end), limit) is { } failure)
                return Interrupted(step, start, failure);
        bool reached = limit.Reached(Voltage), isShort = reached && !limit.IsNamed;
        Book(step, start, isShort ? StepEnding.CutShort : StepEnding.CarriedOut, reached ? limit.Words : TimeOver);
        return isShort ? (EndReason.LimitReached, $"{limit.Words} before the end of {_records[^1].Name}") : null;
    }

    /// <summary>The next time at which a step must end, at most the end of the protocol step.</summary>
    private double NextStop(double end)
    {
        double change = StepEnds.After(_integrator.Time);
        return change < end && !TimeList.AreSame(end, change) ? change : end;
    }

    private (EndReason, string)? NotCarriedOut(ProtocolStep step, double start, VoltageLimit limit)
    {
        string words = FormattableString.Invariant($"right after the switch the voltage is {Voltage:g6} V, beyond the {limit.Name}");
        Book(step, start, StepEnding.NotCarriedOut, words);
        return limit.IsNamed ? null : (EndReason.LimitReached, $"{_records[^1].Name} cannot be carried out: {words}");
    }

    private (EndReason, string) Interrupted(ProtocolStep step, double start, (EndReason Reason, string Detail) why)
    {
        Book(step, start, StepEnding.Interrupted, why.Detail);
        return why;
    }

    private void Book(ProtocolStep step, double start, StepEnding ending, string words) => Book(step, start, _integrator.Time, ending, words);

    private void Book(ProtocolStep step, double start, double end, StepEnding ending, string words) =>
        _records.Add(new(_records.Count + 1, step, start, end, ending, words));

    /// <summary>The end after the last step: finished, unless a step could not be carried out.</summary>
    private RunEnd Finished()
    {
        string[] left = [.. _records.Where(r => r.Ending == StepEnding.NotCarriedOut).Select(r => $"{r.Name}, was not carried out: {r.Words}")];
        if (left.Length > 0)
            return Ended(EndReason.LimitReached, string.Join("; ", left));
        string last = _records[^1].Words == TimeOver ? "" : $"{_records[^1].Words}, ";
        return Ended(EndReason.ProtocolFinished, $"{last}the protocol is finished");
    }

    private RunEnd Ended(EndReason reason, string detail)
    {
        int begun = _records.Count;
        foreach (ProtocolStep step in _protocol.Steps.Skip(begun))
            Book(step, double.NaN, double.NaN, StepEnding.Skipped, "the run had ended");
        string skipped = begun == _records.Count ? "" : $"; skipped: {string.Join(", ", _records.Skip(begun).Select(record => record.Name))}";
        return new(reason, detail + skipped, _integrator.Time, _records);
    }

    /// <summary>One accepted time step towards a time at which it must end at the latest; null unless the run ends here.</summary>
    private (EndReason, string)? Advance(double hit, VoltageLimit limit)
    {
        while (true)
        {
            double before = Voltage, room = hit - _integrator.Time, wanted = WantedStep();
            double step = wanted >= room * (1 - ShareOfStep) ? room : wanted > 0.5 * room && _fixedStep == 0 ? 0.5 * room : wanted;
            StepOutcome outcome = Count(_integrator.Attempt(step));
            bool steer = true;
            if (outcome.Succeeded && limit.Reached(Voltage))
            {
                outcome = LocateLimit(limit, before, step, outcome);
                steer = false;
            }
            if (outcome.Succeeded)
            {
                _integrator.Accept(outcome, steer && step == wanted);
                Counts.Steps++;
                _fixedStep = 0;
                TellOutputs();
                return Accepted(outcome) ? null : Stopped;
            }
            bool goOn = _integrator.Reject(outcome);
            Failed(outcome, _integrator.NextStep);
            if (!goOn)
                return GaveUp(outcome);
            _fixedStep = _fixedSteps.Count == 0 ? 0 : _integrator.NextStep;
        }
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

    private double WantedStep()
    {
        if (_fixedSteps.Count == 0)
            return _integrator.NextStep;
        if (_fixedStep == 0)
            _fixedStep = _fixedSteps.Count > 1 ? _fixedSteps.Dequeue() : _fixedSteps.Peek();
        return _fixedStep;
    }

    /// <summary>Regula falsi (Illinois) on the step length until the voltage meets the limit; each trial solves the whole step.</summary>
    private StepOutcome LocateLimit(VoltageLimit limit, double before, double step, StepOutcome outcome)
    {
        double low = 0, high = step, missLow = before - limit.Voltage, missHigh = Voltage - limit.Voltage;
        int lastSide = 0;
        for (int trial = 0; trial < MostRootSteps && Math.Abs(Voltage - limit.Voltage) > VoltageAccuracy && high - low > ShareOfStep * step; trial++)
        {
            double at = ((low * missHigh) - (high * missLow)) / (missHigh - missLow);
            _integrator.Discard();
            outcome = Count(_integrator.Attempt(at));
            if (outcome.Failure is not (StepFailure.None or StepFailure.LocalError))
                return outcome;
            double miss = Voltage - limit.Voltage;
            if (Math.Sign(miss) == Math.Sign(missHigh))
            {
                (high, missHigh) = (at, miss);
                missLow *= lastSide == 1 ? 0.5 : 1;
                lastSide = 1;
            }
            else
            {
                (low, missLow) = (at, miss);
                missHigh *= lastSide == -1 ? 0.5 : 1;
                lastSide = -1;
            }
        }
        return outcome with { Failure = StepFailure.None, Detail = null };
    }

    private StepOutcome Count(StepOutcome outcome)
    {
        Counts.NewtonIterations += outcome.NewtonIterations;
        Counts.LinearIterations += outcome.LinearIterations;
        if (outcome.Failure == StepFailure.LocalError)
            Counts.RejectedSteps++;
        else if (!outcome.Succeeded)
            Counts.FailedSteps++;
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
