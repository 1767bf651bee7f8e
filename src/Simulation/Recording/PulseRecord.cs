using Cell3D.Output;

namespace Cell3D.Simulation.Recording;

/// <summary>Finds the pulses of a run as it goes on: a constant current that is switched on out of rest, whatever the protocol calls it.</summary>
/// <param name="share">Simulated part over whole cell.</param>
/// <param name="nominalCurrent">1C of the simulated part [A].</param>
/// <param name="diffusionLength">Volume over surface of the particles whose diffusivity a titration tells [m]; NaN where it tells none.</param>
public sealed class PulseRecord(double share, double nominalCurrent, double diffusionLength) : IResumable
{
    /// <summary>Rests and pulses that are kept; what comes later is left out.</summary>
    private const int Most = 20_000;

    /// <summary>A current, over 1C, or its change, over itself, that is none.</summary>
    private const double NoCurrent = 1e-6;

    private readonly RowHistory _voltage = new(1);

    /// <summary>Rests, and constant currents right behind them; the last is under way.</summary>
    private readonly List<CurrentStretch> _stretches = [];

    /// <inheritdoc/>
    public long LongestState => _voltage.LongestState + ((long)Most * CurrentStretch.Length);

    /// <inheritdoc/>
    public double[] State
    {
        get => [.. _voltage.State, .. _stretches.SelectMany(stretch => stretch.ToNumbers())];
        set
        {
            int first = (int)_voltage.LongestState;
            if (value.Length < first || (value.Length - first) % CurrentStretch.Length != 0)
                throw new ArgumentException($"{value.Length} numbers are not those of pulses.", nameof(value));
            _voltage.State = value[..first];
            _stretches.Clear();
            for (int at = first; at < value.Length; at += CurrentStretch.Length)
                _stretches.Add(CurrentStretch.Of(value.AsSpan(at, CurrentStretch.Length)));
        }
    }

    /// <summary>Takes an accepted state.</summary>
    /// <param name="moment">When.</param>
    /// <param name="voltage">V [V].</param>
    /// <param name="current">I of the simulated part [A].</param>
    /// <param name="temperature">Mean [K].</param>
    public void Take(in RunMoment moment, double voltage, double current, double temperature)
    {
        if (_stretches.Count >= Most)
            return;
        double before = _stretches.Count > 0 ? _stretches[^1].End : _voltage.Time;
        _voltage.Add(moment.Time, [voltage], moment.AfterStep, moment.Before);
        if (moment.IsMiddle)
            return;
        bool restsOn = _stretches is [.., { } last] && IsRest(last) && IsNone(current);
        if (moment.AfterStep || restsOn)
        {
            if (_stretches.Count > 0)
                _stretches[^1] = GoOn(_stretches[^1], moment, voltage, current, before);
            return;
        }
        Close();
        _stretches.Add(new()
        {
            Start = moment.Time,
            End = moment.Time,
            StepCount = moment.StepCount,
            Current = current,
            IsConstant = true,
            FirstVoltage = voltage,
            LastVoltage = voltage,
            FirstCharge = moment.StateOfCharge,
            LastCharge = moment.StateOfCharge,
            Temperature = temperature,
        });
    }

    /// <summary>The pulses so far.</summary>
    public IReadOnlyList<PulseSummary> ToSummary() =>
        [.. Enumerable.Range(1, Math.Max(0, _stretches.Count - 1)).Where(IsPulse).Select(Pulse)];

    private CurrentStretch GoOn(CurrentStretch stretch, in RunMoment moment, double voltage, double current, double before)
    {
        double start = stretch.Start, now = moment.Time;
        double At(double known, double instant)
        {
            double time = start + instant;
            if (TimeList.AreSame(time, now))
                return voltage;
            if (!(time > before && time < now))
                return known;
            Span<double> read = [0];
            _voltage.Read(time, read);
            return read[0];
        }
        return stretch with
        {
            End = now,
            LastVoltage = voltage,
            LastCharge = moment.StateOfCharge,
            IsConstant = stretch.IsConstant && (IsRest(stretch) ? IsNone(current) : Math.Abs(current - stretch.Current) <= NoCurrent * Math.Abs(stretch.Current)),
            VoltageAt1 = At(stretch.VoltageAt1, 1),
            VoltageAt10 = At(stretch.VoltageAt10, 10),
            VoltageAt30 = At(stretch.VoltageAt30, 30),
        };
    }

    /// <summary>Drops what is over and neither a rest nor a pulse, and a rest that no pulse touches.</summary>
    private void Close()
    {
        int last = _stretches.Count - 1;
        if (last < 0 || IsLasting(last))
            return;
        _stretches.RemoveAt(last--);
        if (last >= 0 && IsRest(_stretches[last]) && !(last > 0 && IsPulse(last - 1)))
            _stretches.RemoveAt(last);
    }

    private bool IsLasting(int i) => IsRest(_stretches[i]) ? _stretches[i].Duration > 0 : IsPulse(i);

    private bool IsPulse(int i) => i > 0 && !IsRest(_stretches[i]) && _stretches[i] is { IsConstant: true, Duration: > 0 } && IsRestBefore(i);

    private bool IsRestBefore(int i) => IsRest(_stretches[i - 1]) && _stretches[i - 1].End == _stretches[i].Start;

    private bool IsRest(CurrentStretch stretch) => stretch.IsConstant && IsNone(stretch.Current);

    private bool IsNone(double current) => Math.Abs(current) <= NoCurrent * nominalCurrent;

    private PulseSummary Pulse(int i)
    {
        (CurrentStretch rest, CurrentStretch pulse) = (_stretches[i - 1], _stretches[i]);
        CurrentStretch? after = i + 1 < _stretches.Count && IsRest(_stretches[i + 1]) && _stretches[i + 1].Start == pulse.End ? _stretches[i + 1] : null;
        double current = pulse.Current / share, relaxed = after?.LastVoltage ?? double.NaN;
        double Resistance(double voltage) => (voltage - rest.LastVoltage) / current;
        double steady = relaxed - rest.LastVoltage, transient = pulse.LastVoltage - pulse.FirstVoltage;
        return new()
        {
            StepCount = pulse.StepCount,
            Start = pulse.Start,
            Duration = pulse.Duration,
            Current = current,
            StateOfCharge = pulse.FirstCharge,
            Temperature = pulse.Temperature,
            RestBefore = rest.Duration,
            VoltageBefore = rest.LastVoltage,
            ResistanceAtOnce = Resistance(pulse.FirstVoltage),
            ResistanceAt1 = Resistance(pulse.VoltageAt1),
            ResistanceAt10 = Resistance(pulse.VoltageAt10),
            ResistanceAt30 = Resistance(pulse.VoltageAt30),
            ResistanceAtEnd = Resistance(pulse.LastVoltage),
            LastVoltage = pulse.LastVoltage,
            RestAfter = after?.Duration ?? double.NaN,
            VoltageAfter = relaxed,
            StateOfChargeAfter = pulse.LastCharge,
            Diffusivity = 4 * diffusionLength * diffusionLength / (Math.PI * pulse.Duration) * (steady / transient) * (steady / transient),
        };
    }
}
