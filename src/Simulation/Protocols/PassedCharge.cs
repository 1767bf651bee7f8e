namespace Cell3D.Simulation.Protocols;

/// <summary>The charge that has passed the terminals of the simulated part, by the trapezoidal rule over all time steps.</summary>
/// <param name="stateOfChargeAtStart">0 to 1.</param>
/// <param name="capacity">Between a state of charge of 0 and of 1 [A s].</param>
public struct PassedCharge(double stateOfChargeAtStart, double capacity)
{
    private double _time = 0, _current = 0, _total = 0, _atStep = 0;

    /// <summary>∫ I dt since the start of the protocol step [A s]; positive when charged.</summary>
    public readonly double OfStep => _total - _atStep;

    /// <summary>∫ I dt since the start of the run [A s].</summary>
    public readonly double Total => _total;

    /// <summary>Charge taken out of the cell since the start of the run, what is put in not counted [A s].</summary>
    public double Discharged { readonly get; private set; }

    /// <summary>0 to 1.</summary>
    public readonly double StateOfCharge => stateOfChargeAtStart + (_total / capacity);

    /// <summary>All that decides what follows.</summary>
    /// <exception cref="ArgumentException">What is set does not come from one like this.</exception>
    public double[] State
    {
        readonly get => [_time, _current, _total, _atStep, Discharged];
        set
        {
            if (value is not [double time, double current, double total, double atStep, double discharged])
                throw new ArgumentException($"{value.Length} numbers are not those of a charge.", nameof(value));
            (_time, _current, _total, _atStep, Discharged) = (time, current, total, atStep, discharged);
        }
    }

    /// <summary>What the values would be at a later moment of the same step.</summary>
    public readonly PassedCharge At(double time, double current)
    {
        PassedCharge later = this;
        later.Add(time, current);
        return later;
    }

    /// <summary>Goes on to an accepted state.</summary>
    /// <param name="time">[s].</param>
    /// <param name="current">I at that time [A].</param>
    public void Add(double time, double current)
    {
        double passed = 0.5 * (time - _time) * (_current + current);
        _total += passed;
        Discharged += Math.Max(0, -passed);
        (_time, _current) = (time, current);
    }

    /// <summary>Begins a protocol step, after the switch to its current.</summary>
    /// <param name="time">[s].</param>
    /// <param name="current">I right after the switch [A].</param>
    public void BeginStep(double time, double current)
    {
        _atStep = _total;
        Jump(time, current);
    }

    /// <summary>Takes a jump of the current into account.</summary>
    public void Jump(double time, double current) => (_time, _current) = (time, current);
}
