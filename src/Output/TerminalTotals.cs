namespace Cell3D.Output;

/// <summary>Running capacity, energy and heat; one call per step, no allocation.</summary>
/// <remarks>Within a step, current, power and heat follow the parabola through its ends and the start of the step before; behind a jump, and where the
/// current changes sign or the parabola would, the line between its ends.</remarks>
public sealed class TerminalTotals : IResumable
{
    private double _time = double.NaN;
    private double _voltage;
    private double _current;
    private double _heatRate;
    private double _first = double.NaN;

    /// <summary>Length of the step before [h], 0 behind a jump, and the slopes of current, power and heat in it.</summary>
    private double _hoursBefore, _currentSlope, _powerSlope, _heatSlope;

    /// <inheritdoc/>
    public long LongestState => State.Length;

    /// <inheritdoc/>
    public double[] State
    {
        get => [_time, _voltage, _current, _heatRate, _first, _hoursBefore, _currentSlope, _powerSlope, _heatSlope, DischargedCapacity, ChargedCapacity, DischargedEnergy, ChargedEnergy, Heat, LargestCurrent];
        set
        {
            if (value.Length != LongestState)
                throw new ArgumentException($"{value.Length} numbers are not those of terminal totals.", nameof(value));
            (_time, _voltage, _current, _heatRate, _first) = (value[0], value[1], value[2], value[3], value[4]);
            (_hoursBefore, _currentSlope, _powerSlope, _heatSlope) = (value[5], value[6], value[7], value[8]);
            (DischargedCapacity, ChargedCapacity, DischargedEnergy, ChargedEnergy) = (value[9], value[10], value[11], value[12]);
            (Heat, LargestCurrent) = (value[13], value[14]);
        }
    }

    /// <summary>Charge taken out [A·h].</summary>
    public double DischargedCapacity { get; private set; }

    /// <summary>Charge put in [A·h].</summary>
    public double ChargedCapacity { get; private set; }

    /// <summary>Energy taken out [W·h].</summary>
    public double DischargedEnergy { get; private set; }

    /// <summary>Energy put in [W·h].</summary>
    public double ChargedEnergy { get; private set; }

    /// <summary>Heat produced [W·h].</summary>
    public double Heat { get; private set; }

    /// <summary>The current of largest magnitude [A], positive while charging.</summary>
    public double LargestCurrent { get; private set; }

    /// <summary>Takes the state at the end of a step; a repeated time is a jump and adds nothing.</summary>
    /// <param name="time">Time [s], never decreasing.</param>
    /// <param name="voltage">Terminal voltage [V].</param>
    /// <param name="current">Terminal current [A], positive while charging.</param>
    /// <param name="heat">Heat production [W].</param>
    /// <param name="bends">Whether the current may bend at the start of the step, so that the step before tells nothing of this one.</param>
    public void Add(double time, double voltage, double current, double heat, bool bends = false)
    {
        if (bends)
            _hoursBefore = 0;
        double hours = (time - _time) / 3600;
        if (hours > 0)
        {
            (double charged, double discharged) = Integrate(_current, current, hours, ref _currentSlope);
            ChargedCapacity += charged;
            DischargedCapacity += discharged;
            (charged, discharged) = Integrate(_voltage * _current, voltage * current, hours, ref _powerSlope);
            ChargedEnergy += charged;
            DischargedEnergy += discharged;
            Heat += StepIntegral.Over(_heatRate, heat, hours, _hoursBefore, ref _heatSlope);
            _hoursBefore = hours;
        }
        else
            _hoursBefore = 0;

        if (double.IsNaN(_first) && current != 0)
            _first = voltage;
        if (Math.Abs(current) > Math.Abs(LargestCurrent))
            LargestCurrent = current;
        (_time, _voltage, _current, _heatRate) = (time, voltage, current, heat);
    }

    /// <summary>The totals as they stand.</summary>
    public TerminalSummary ToSummary() => new()
    {
        DischargedCapacity = DischargedCapacity,
        ChargedCapacity = ChargedCapacity,
        DischargedEnergy = DischargedEnergy,
        ChargedEnergy = ChargedEnergy,
        Heat = Heat,
        LargestCurrent = LargestCurrent,
        FirstVoltage = _first,
        LastVoltage = double.IsNaN(_time) ? double.NaN : _voltage,
    };

    /// <summary>Positive and negative part of the integral over a step.</summary>
    private (double Positive, double Negative) Integrate(double from, double to, double width, ref double slope)
    {
        double whole = StepIntegral.Over(from, to, width, _hoursBefore, ref slope);
        if (from * to >= 0)
        {
            // from + (to − from) s + b s (s − 1) passes zero where |b| > (√|from| + √|to|)²: a current of one sign does not.
            double line = 0.5 * (from + to) * width, bend = 6 * (Math.Abs(line) - (Math.Sign(line) * whole)) / width, most = Math.Sqrt(Math.Abs(from)) + Math.Sqrt(Math.Abs(to));
            if (line == 0 || bend > most * most)
                whole = line;
            return from + to >= 0 ? (whole, 0) : (0, -whole);
        }

        double split = from / (from - to);
        double first = from / 2 * split * width, second = to / 2 * (1 - split) * width;
        return (Math.Max(first, second), -Math.Min(first, second));
    }
}
