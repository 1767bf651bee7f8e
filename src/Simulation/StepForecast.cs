using Cell3D.Input.Cases;
using Cell3D.Input.Protocols;
using Cell3D.Simulation.Protocols;

namespace Cell3D.Simulation;

/// <summary>How many time steps a run has taken and will probably still take.</summary>
/// <remarks>
/// A voltage limit is met where the open-circuit voltage is off by today's polarisation: t = (s − s_end) Q / I with U(s_end) + V − U(s) = V_limit, which
/// vanishes exactly at the limit. Steps grow in proportion to the time since the switch until they cruise; their cruising length is a share of the
/// protocol step at first and the mean of the last steps by and by; towards a voltage limit they shrink again with the time that is left. Measured on discharges, charges, rests and pulses within a factor of two of the steps
/// that really remained, from the first tenth on; within two steps at the end.
/// </remarks>
public sealed class StepForecast
{
    /// <summary>Steps that a protocol step with current, and one at rest, usually takes.</summary>
    internal const double StepsWithCurrent = 80, StepsAtRest = 30;

    /// <summary>Steps for each sample of a drive cycle.</summary>
    internal const double StepsPerSample = 2;

    /// <summary>Protocol steps ahead that are foreseen from the present state at every time step; of later ones what was foreseen at the start is kept.</summary>
    private const int Ahead = 64;
    private const double GrowthPerTime = 0.17, TimesToTrust = 12, SmallestStep = 1e-3,
        ShrinkagePerTime = 0.1, LastStepShare = 0.002, MostSeconds = 1e12;
    private readonly Protocol _protocol;
    private readonly SolverSettings _solver;
    private readonly OpenCircuitCurve _openCircuit;
    private readonly double _capacity;
    private readonly double[] _currents, _limits, _changes, _foreseen;
    private readonly LoopsUnderWay _loops, _ahead;
    private readonly double[] _recent = new double[12];
    private int _index = -1, _recentCount;
    private double _charge, _chargeAtStart, _start, _time, _current, _resistance;

    /// <summary>Prepares for a run of a case from its initial state.</summary>
    public StepForecast(SimulationCase simulation)
    {
        (_protocol, _solver) = (simulation.Protocol, simulation.Solver);
        _capacity = 3600 * simulation.Cell.Balance.WindowCapacity * simulation.Protocol.CurrentShare;
        ExpectedCurrent expected = new(simulation);
        _currents = [.. _protocol.Steps.Select(expected.Of)];
        _limits = [.. _protocol.Steps.Select(step => StepLimits.Voltage(step, _protocol))];
        _charge = simulation.InitialStateOfCharge;
        _changes = [.. simulation.Thermal.TimesOfChange.Order()];
        _openCircuit = new(simulation);
        (_loops, _ahead) = (new(_protocol), new(_protocol));
        _foreseen = Foreseen();
    }

    /// <summary>Time steps that a protocol step usually takes.</summary>
    internal static double UsualSteps(ProtocolStep step) => step.Drive switch
    {
        Drive.Cycle cycle => SamplesIn(cycle.Samples, step.Duration ?? double.PositiveInfinity) * StepsPerSample,
        Drive.Current { Amperes: 0 } => StepsAtRest,
        _ => StepsWithCurrent,
    };

    /// <summary>Steps taken.</summary>
    public int Done { get; private set; }

    /// <summary>Steps that probably remain; at least one until the last one is done.</summary>
    public double Left { get; private set; } = double.NaN;

    /// <summary>Simulated time that probably remains of the present protocol step [s].</summary>
    public double SecondsOfStep { get; private set; } = double.NaN;

    /// <summary>Goes on within a protocol step.</summary>
    /// <param name="step">Its index.</param>
    /// <param name="start">When it began [s].</param>
    /// <param name="time">Of the newest state [s].</param>
    /// <param name="charge">Put in so far [A·h].</param>
    /// <param name="done">Steps taken.</param>
    /// <param name="loops">Loops that it is in.</param>
    public void Continue(int step, double start, double time, double charge, int done, LoopPosition[] loops)
    {
        _loops.State = loops;
        (_index, _start, _time, Done) = (step, start, time, done);
        _charge += 3600 * charge / _capacity;
    }

    /// <summary>Takes an accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="voltage">Of the terminals [V].</param>
    /// <param name="current">Positive when charging [A].</param>
    /// <param name="step">Index of the protocol step.</param>
    /// <param name="afterSwitch">Whether the state is that right after a switch to the next protocol step, or a jump within a drive cycle.</param>
    public void Record(double time, double voltage, double current, int step, bool afterSwitch)
    {
        if (step != _index)
        {
            (_index, _start, _recentCount, _chargeAtStart) = (step, time, 0, _charge);
            _loops.Begin(step, time, 0);
        }
        else if (!afterSwitch)
        {
            Done++;
            _charge += current * (time - _time) / _capacity;
            _recent[_recentCount++ % _recent.Length] = time - _time;
        }
        (_time, _current) = (time, current);
        if (_index < 0) return;
        double polarisation = voltage - _openCircuit.Voltage(_charge);
        if (current != 0) _resistance = polarisation / current;
        SecondsOfStep = Math.Min(Duration(_index, _charge, _chargeAtStart, polarisation, time - _start, current), Math.Max(0, _loops.Latest(_protocol.Steps[_index]) - time));
        Left = StepsOfPresent() + StepsOfFollowing(SecondsOfStep);
    }

    /// <summary>Rest of a protocol step [s]: what its duration, its ends, its voltage limit and the charge in the cell leave.</summary>
    /// <param name="index">Of the protocol step.</param>
    /// <param name="charge">State of charge.</param>
    /// <param name="chargeAtStart">The same at the start of the protocol step.</param>
    /// <param name="polarisation">V − U [V].</param>
    /// <param name="since">The start of the protocol step [s].</param>
    /// <param name="now">Current [A].</param>
    private double Duration(int index, double charge, double chargeAtStart, double polarisation, double since, double now)
    {
        ProtocolStep step = _protocol.Steps[index];
        double whole = step.Duration ?? double.PositiveInfinity, current = _currents[index];
        if (step.Drive is Drive.Cycle cycle)
            whole = Math.Min(whole, cycle.Samples.Duration);
        double left = Math.Max(whole - since, 0);
        if (step.Drive is Drive.Voltage hold)
            return Math.Min(left, UntilCurrent(step, hold.Volts, charge, now));
        if (current == 0)
            return left;
        double end = step.Drive is Drive.Cycle ? (current < 0 ? 0 : 1) : _openCircuit.StateOfCharge(_limits[index] - polarisation);
        foreach (EndCondition until in step.Until)
        {
            if (until.Quantity == EndQuantity.StateOfCharge)
                end = current < 0 ? Math.Max(end, until.Value) : Math.Min(end, until.Value);
            if (until.Quantity == EndQuantity.Capacity)
                left = Math.Min(left, Math.Max(0, (until.Value - Math.Abs((charge - chargeAtStart) * _capacity)) / Math.Abs(current)));
        }
        return Math.Min(left, Math.Max((end - charge) * _capacity / current, 0));
    }

    /// <summary>At a held voltage the current decays as the charge that is left: I = I_now exp(−t/τ), τ = Q_left/I_now.</summary>
    private double UntilCurrent(ProtocolStep step, double volts, double charge, double now)
    {
        double end = 0;
        foreach (EndCondition until in step.Until)
            end = Math.Max(end, until.Quantity switch { EndQuantity.Current => until.Value, EndQuantity.Power => until.Value / volts, _ => 0 });
        return end == 0 ? double.PositiveInfinity : Math.Abs(now) <= end ? 0 : TimeConstant(volts, charge, now) * Math.Log(Math.Abs(now) / end);
    }

    private double TimeConstant(double volts, double charge, double now) => Math.Max(1, Math.Abs((_openCircuit.StateOfCharge(volts) - charge) * _capacity / now));

    /// <summary>State of charge after some time of a protocol step.</summary>
    private double After(int index, double charge, double seconds, double now) => _protocol.Steps[index].Drive is Drive.Voltage hold
        ? charge + ((_openCircuit.StateOfCharge(hold.Volts) - charge) * (1 - Math.Exp(-seconds / TimeConstant(hold.Volts, charge, now))))
        : Math.Clamp(charge + (_currents[index] * seconds / _capacity), 0, 1);

    /// <summary>The current at the start of a protocol step [A]; a held voltage takes over that of the step before.</summary>
    private double AtStart(int index) => _protocol.Steps[index].Drive is not Drive.Voltage ? _currents[index]
        : index > 0 && _currents[index - 1] != 0 ? _currents[index - 1] : _capacity / 3600;

    private double StepsOfPresent()
    {
        double since = _time - _start, left = SecondsOfStep, mean = MeanStep();
        double whole = Math.Min(since + left, MostSeconds), expected = Cruise(_index, whole), trust = Math.Min(1, since / (TimesToTrust * expected));
        double cruise = mean > 0 ? Math.Max(Math.Exp((trust * Math.Log(mean)) + ((1 - trust) * Math.Log(expected))), mean) : expected;
        bool ended = left <= 1e-9 * Math.Max(1, _time);
        return ended ? 0 : AtLeast(_time, left, Steps(Math.Min(left, MostSeconds), since, cruise, EndsByVoltage(_index, since + left)));
    }

    private double StepsOfFollowing(double secondsOfPresent)
    {
        double charge = After(_index, _charge, secondsOfPresent, _current == 0 ? AtStart(_index) : _current), start = _time + secondsOfPresent, steps = 0;
        _ahead.CopyFrom(_loops);
        int last = Math.Min(_protocol.Steps.Count, _index + 1 + Ahead), i = _ahead.After(_index, start);
        for (; i < last; i = _ahead.After(i, start)) steps += StepsOf(i, ref charge, ref start, _resistance);
        return steps + _foreseen[i];
    }

    /// <summary>Steps of a protocol step ahead that begins at a state of charge and a time; both go on to its end.</summary>
    private double StepsOf(int index, ref double charge, ref double start, double resistance)
    {
        _ahead.Begin(index, start, 0);
        double now = AtStart(index), duration = Math.Min(Duration(index, charge, charge, resistance * _currents[index], 0, now), Math.Max(0, _ahead.Latest(_protocol.Steps[index]) - start));
        if (double.IsInfinity(duration)) return 0;
        double steps = AtLeast(start, duration, Steps(duration, 0, Cruise(index, duration), EndsByVoltage(index, duration)));
        start += duration;
        charge = After(index, charge, duration, now);
        return steps;
    }

    /// <summary>Steps of all protocol steps from each on, without polarisation.</summary>
    private double[] Foreseen()
    {
        double[] steps = new double[_protocol.Steps.Count + 1];
        double charge = _charge, start = 0;
        for (int i = 0; i < _protocol.Steps.Count; i = _ahead.After(i, start)) steps[i] = StepsOf(i, ref charge, ref start, 0);
        for (int i = _protocol.Steps.Count - 1; i >= 0; i--) steps[i] += steps[i + 1];
        return steps;
    }

    /// <summary>One step at least, and one to each time at which the surroundings change.</summary>
    private double AtLeast(double start, double duration, double steps) => Math.Max(Math.Max(1, ChangesUntil(start + duration) - ChangesUntil(start)), steps);

    private int ChangesUntil(double time)
    {
        (int from, int to) = (0, _changes.Length);
        while (from < to)
        {
            int middle = (from + to) / 2;
            (from, to) = _changes[middle] <= time ? (middle + 1, to) : (from, middle);
        }
        return from;
    }

    /// <summary>Whether a protocol step of this length is one that a voltage ends.</summary>
    private bool EndsByVoltage(int index, double duration) => _currents[index] != 0 && _protocol.Steps[index].Drive is not (Drive.Voltage or Drive.Cycle) && !(_protocol.Steps[index].Duration <= duration * (1 + 1e-9));

    /// <summary>∫ dt/h over a span that begins some time after the switch: h grows with that time, cruises, and shrinks towards a voltage limit.</summary>
    private double Steps(double span, double since, double cruise, bool endsByVoltage)
    {
        if (_solver.FixedSteps.Count > 0) return span / _solver.FixedSteps[^1];
        double first = _solver.InitialStep / GrowthPerTime, grown = cruise / GrowthPerTime, steps = 0;
        double last = LastStepShare * (since + span), shrinking = Math.Min(span, (cruise - last) / ShrinkagePerTime);
        if (endsByVoltage && shrinking > 0)
        {
            steps = Math.Log(1 + (ShrinkagePerTime * shrinking / last)) / ShrinkagePerTime;
            span -= shrinking;
        }
        if (since < grown)
        {
            double from = Math.Max(since, first), to = Math.Max(Math.Min(since + span, grown), from);
            steps += Math.Log(to / from) / GrowthPerTime;
            span = Math.Max(0, since + span - grown);
        }
        return steps + (span / cruise);
    }

    private double Cruise(int index, double duration)
    {
        double steps = _protocol.Steps[index].Drive is Drive.Cycle cycle ? Math.Max(1, SamplesIn(cycle.Samples, duration) * StepsPerSample) : _currents[index] == 0 ? StepsAtRest : StepsWithCurrent;
        return Math.Clamp(duration / steps, Math.Min(SmallestStep, _solver.MaximumStep), _solver.MaximumStep);
    }

    /// <summary>Samples that a cycle passes in a time, as their mean interval has it.</summary>
    private static double SamplesIn(DriveCycle samples, double seconds) => (samples.Times.Length - 1) * Math.Min(seconds, samples.Duration) / samples.Times[^1];

    private double MeanStep()
    {
        int count = Math.Min(_recentCount, _recent.Length);
        double sum = 0;
        for (int i = 0; i < count; i++) sum += _recent[i];
        return count == 0 ? 0 : sum / count;
    }
}
