using Cell3D.Discretization;
using Cell3D.Input.Protocols;
using Cell3D.Solvers;

namespace Cell3D.Simulation;

/// <summary>Why a run ended.</summary>
public enum EndReason
{
    /// <summary>Every step of the protocol was carried out.</summary>
    ProtocolFinished,

    /// <summary>The voltage reached the cell's cut-off.</summary>
    CutOff,

    /// <summary>The solver gave up; the last accepted state stands.</summary>
    SolverGaveUp,

    /// <summary>The run was asked to stop.</summary>
    Stopped,
}

/// <summary>How a run ended, in words and at which time.</summary>
public sealed record RunEnd(EndReason Reason, string Detail, double Time);

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
    private readonly CellModel _model;
    private readonly TimeIntegrator _integrator;
    private readonly Protocol _protocol;
    private readonly OutputTimes _outputTimes;
    private readonly Queue<double> _fixedSteps;
    private double _fixedStep;
    private string _lastLimit = "";

    /// <summary>Prepares a run.</summary>
    /// <param name="model">At its initial state.</param>
    /// <param name="integrator">Of the model's system.</param>
    /// <param name="protocol">What to do.</param>
    /// <param name="outputTimes">Times that steps must hit.</param>
    /// <param name="fixedSteps">Prescribed steps [s], the last one repeated; empty for adaptive steps.</param>
    public ProtocolRun(CellModel model, TimeIntegrator integrator, Protocol protocol, OutputTimes outputTimes, IReadOnlyList<double> fixedSteps)
    {
        (_model, _integrator, _protocol, _outputTimes) = (model, integrator, protocol, outputTimes);
        _fixedSteps = new(fixedSteps);
    }

    /// <summary>Called with every accepted state, and with the consistent state right after each switch; returning false stops the run.</summary>
    public Func<StepOutcome, bool> Accepted { get; set; } = _ => true;

    /// <summary>Called with every attempt that failed and the step that comes next.</summary>
    public Action<StepOutcome, double> Failed { get; set; } = (_, _) => { };

    /// <summary>Counts so far.</summary>
    public RunCounts Counts { get; } = new();

    private double Voltage => _model.Fields.TerminalVoltage;

    /// <summary>Carries the protocol out from the present state. *Collective.*</summary>
    public RunEnd Execute()
    {
        _integrator.Start(0);
        foreach (ProtocolStep step in _protocol.Steps)
            if (Execute(step) is { } end)
                return end;
        return new(EndReason.ProtocolFinished, _lastLimit.Length == 0 ? "the protocol is finished" : $"{_lastLimit}, the protocol is finished", _integrator.Time);
    }

    /// <summary>One protocol step; null when the next one may follow.</summary>
    private RunEnd? Execute(ProtocolStep step)
    {
        VoltageLimit limit = VoltageLimit.Of(step, _protocol);
        double end = _integrator.Time + (step.Duration ?? double.PositiveInfinity);
        _integrator.Restart();
        StepOutcome switched = Count(_integrator.SwitchTo(step.Current));
        if (!switched.Succeeded)
            return GaveUp(switched);
        if (!Accepted(switched))
            return Stopped();
        while (_integrator.Time < end && !limit.Reached(Voltage))
        {
            double next = Math.Min(end, _outputTimes.After(_integrator.Time));
            if (Advance(next, limit) is { } failure)
                return failure;
        }
        _lastLimit = limit.Reached(Voltage) ? limit.Words : "";
        return limit.Reached(Voltage) && limit.EndsRun ? new(EndReason.CutOff, limit.Words, _integrator.Time) : null;
    }

    /// <summary>One accepted time step towards the next time that must be hit; null unless the run ends here.</summary>
    private RunEnd? Advance(double hit, VoltageLimit limit)
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
                return Accepted(outcome) ? null : Stopped();
            }
            bool goOn = _integrator.Reject(outcome);
            Failed(outcome, _integrator.NextStep);
            if (!goOn)
                return GaveUp(outcome);
            _fixedStep = _fixedSteps.Count == 0 ? 0 : _integrator.NextStep;
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

    private RunEnd GaveUp(StepOutcome outcome) => new(EndReason.SolverGaveUp, outcome.Detail ?? outcome.Failure.ToString(), _integrator.Time);

    private RunEnd Stopped() => new(EndReason.Stopped, "stopped on request", _integrator.Time);
}
