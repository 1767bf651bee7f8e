namespace Cell3D.Output;

/// <summary>Running capacity and energy at the terminals by the trapezoidal rule; one call per step, no allocation.</summary>
/// <remarks>Within a step, current and power are taken as linear in time; a step whose current changes sign is split at its zero.</remarks>
public sealed class TerminalTotals
{
    private double _time = double.NaN;
    private double _voltage;
    private double _current;
    private double _heatRate;
    private double _first = double.NaN;

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
    public void Add(double time, double voltage, double current, double heat)
    {
        double hours = (time - _time) / 3600;
        if (hours > 0)
        {
            (double charged, double discharged) = Integrate(_current, current, hours);
            ChargedCapacity += charged;
            DischargedCapacity += discharged;
            (charged, discharged) = Integrate(_voltage * _current, voltage * current, hours);
            ChargedEnergy += charged;
            DischargedEnergy += discharged;
            Heat += 0.5 * (_heatRate + heat) * hours;
        }

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

    /// <summary>Positive and negative part of the integral of a linear function.</summary>
    private static (double Positive, double Negative) Integrate(double from, double to, double width)
    {
        if (from * to >= 0)
        {
            double whole = (from + to) / 2 * width;
            return (Math.Max(whole, 0), Math.Max(-whole, 0));
        }

        double split = from / (from - to);
        double first = from / 2 * split * width, second = to / 2 * (1 - split) * width;
        return (Math.Max(first, second), -Math.Min(first, second));
    }
}
