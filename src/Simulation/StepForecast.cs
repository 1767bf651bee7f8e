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

    private const double GrowthPerTime = 0.17, TimesToTrust = 12, SmallestStep = 1e-3,
        ShrinkagePerTime = 0.1, LastStepShare = 0.002;
    private readonly Protocol _protocol;
    private readonly SolverSettings _solver;
    private readonly OpenCircuitCurve _openCircuit;
    private readonly double _capacity;
    private readonly double[] _currents, _limits, _changes;
    private readonly double[] _recent = new double[12];
    private int _index = -1, _recentCount;
    private double _charge, _start, _time, _resistance;

    /// <summary>Prepares for a run of a case from its initial state.</summary>
    public StepForecast(SimulationCase simulation)
    {
        (_protocol, _solver) = (simulation.Protocol, simulation.Solver);
        _capacity = 3600 * simulation.Cell.Balance.WindowCapacity * simulation.Protocol.CurrentShare;
        ExpectedCurrent expected = new(simulation);
        _currents = [.. _protocol.Steps.Select(expected.Of)];
        _limits = [.. _protocol.Steps.Select(step => StepLimits.Voltage(step, _protocol))];
        _charge = simulation.InitialStateOfCharge;
        _changes = [.. simulation.Thermal.TimesOfChange];
        _openCircuit = new(simulation);
    }

    /// <summary>Steps taken.</summary>
    public int Done { get; private set; }

    /// <summary>Steps that probably remain; at least one until the last one is done.</summary>
    public double Left { get; private set; } = double.NaN;

    /// <summary>Simulated time that probably remains of the present protocol step [s].</summary>
    public double SecondsOfStep { get; private set; } = double.NaN;

    /// <summary>Takes an accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="voltage">Of the terminals [V].</param>
    /// <param name="current">Positive when charging [A].</param>
    /// <param name="step">Index of the protocol step.</param>
    /// <param name="afterSwitch">Whether the state is that right after a switch to the next protocol step.</param>
    public void Record(double time, double voltage, double current, int step, bool afterSwitch)
    {
        if (afterSwitch)
        {
            (_index, _start, _recentCount) = (step, time, 0);
        }
        else
        {
            Done++;
            _charge += current * (time - _time) / _capacity;
            _recent[_recentCount++ % _recent.Length] = time - _time;
        }
        _time = time;
        if (_index < 0) return;
        double polarisation = voltage - _openCircuit.Voltage(_charge);
        if (current != 0) _resistance = polarisation / current;
        SecondsOfStep = Duration(_index, _charge, polarisation, time - _start);
        Left = StepsOfPresent() + StepsOfFollowing(SecondsOfStep);
    }

    /// <summary>Rest of a protocol step [s]: what its duration, its voltage limit and the charge in the cell leave.</summary>
    private double Duration(int index, double charge, double polarisation, double since)
    {
        ProtocolStep step = _protocol.Steps[index];
        double left = step.Duration is double whole ? Math.Max(whole - since, 0) : double.PositiveInfinity;
        double current = _currents[index];
        if (current == 0) return left;
        double end = _openCircuit.StateOfCharge(_limits[index] - polarisation);
        return Math.Min(left, Math.Max((end - charge) * _capacity / current, 0));
    }

    private double StepsOfPresent()
    {
        double since = _time - _start, left = SecondsOfStep, mean = MeanStep();
        double expected = Cruise(since + left, _currents[_index]), trust = Math.Min(1, since / (TimesToTrust * expected));
        double cruise = mean > 0 ? Math.Max(Math.Exp((trust * Math.Log(mean)) + ((1 - trust) * Math.Log(expected))), mean) : expected;
        bool ended = left <= 1e-9 * Math.Max(1, _time);
        return ended ? 0 : AtLeast(_time, left, Steps(left, since, cruise, EndsByVoltage(_index, since + left)));
    }

    private double StepsOfFollowing(double secondsOfPresent)
    {
        double charge = Math.Clamp(_charge + (_currents[_index] * secondsOfPresent / _capacity), 0, 1), start = _time + secondsOfPresent, steps = 0;
        for (int i = _index + 1; i < _protocol.Steps.Count; i++)
        {
            double duration = Duration(i, charge, _resistance * _currents[i], 0);
            if (double.IsInfinity(duration)) continue;
            steps += AtLeast(start, duration, Steps(duration, 0, Cruise(duration, _currents[i]), EndsByVoltage(i, duration)));
            start += duration;
            charge = Math.Clamp(charge + (_currents[i] * duration / _capacity), 0, 1);
        }
        return steps;
    }

    /// <summary>One step at least, and one to each time at which the surroundings change.</summary>
    private double AtLeast(double start, double duration, double steps)
    {
        int changes = 0;
        foreach (double time in _changes)
            changes += time > start && time <= start + duration ? 1 : 0;
        return Math.Max(Math.Max(1, changes), steps);
    }

    /// <summary>Whether a protocol step of this length is one that a voltage ends.</summary>
    private bool EndsByVoltage(int index, double duration) => _currents[index] != 0 && !(_protocol.Steps[index].Duration <= duration * (1 + 1e-9));

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

    private double Cruise(double duration, double current) =>
        Math.Clamp(duration / (current == 0 ? StepsAtRest : StepsWithCurrent), Math.Min(SmallestStep, _solver.MaximumStep), _solver.MaximumStep);

    private double MeanStep()
    {
        int count = Math.Min(_recentCount, _recent.Length);
        double sum = 0;
        for (int i = 0; i < count; i++) sum += _recent[i];
        return count == 0 ? 0 : sum / count;
    }

    /// <summary>U(s) as a rising table.</summary>
    private sealed class OpenCircuitCurve
    {
        private const int Intervals = 200;
        private readonly double[] _voltage = new double[Intervals + 1];

        public OpenCircuitCurve(SimulationCase simulation)
        {
            for (int i = 0; i <= Intervals; i++)
            {
                double voltage = simulation.Cell.Balance.OpenCircuitVoltage((double)i / Intervals, simulation.Thermal.InitialTemperature);
                _voltage[i] = i == 0 ? voltage : Math.Max(voltage, _voltage[i - 1]);
            }
        }

        public double Voltage(double charge)
        {
            double place = Math.Clamp(charge, 0, 1) * Intervals;
            int left = Math.Min((int)place, Intervals - 1);
            return _voltage[left] + ((place - left) * (_voltage[left + 1] - _voltage[left]));
        }

        /// <summary>0 or 1 beyond the ends.</summary>
        public double StateOfCharge(double voltage)
        {
            if (!(voltage > _voltage[0])) return 0;
            if (voltage >= _voltage[^1]) return 1;
            int right = 1;
            while (_voltage[right] < voltage) right++;
            return (right - 1 + ((voltage - _voltage[right - 1]) / (_voltage[right] - _voltage[right - 1]))) / Intervals;
        }
    }
}
