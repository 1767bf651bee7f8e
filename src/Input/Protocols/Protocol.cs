namespace Cell3D.Input.Protocols;

/// <summary>One step of a protocol. It ends at the first of its duration, its end conditions and the cell's cut-offs.</summary>
/// <param name="Text">The step as written.</param>
/// <param name="Drive">What drives the terminals of the simulated part.</param>
public sealed record ProtocolStep(string Text, Drive Drive)
{
    /// <summary>[s]; null without a limit.</summary>
    public double? Duration { get; init; }

    /// <summary>What else ends it; the first that is met does.</summary>
    public IReadOnlyList<EndCondition> Until { get; init; } = [];

    /// <summary>Interval of rows in the time series [s]; null for one per time step.</summary>
    public double? Period { get; init; }

    /// <summary>Temperature of the surroundings during the step [K]; null for that of the case.</summary>
    public double? Ambient { get; init; }

    /// <summary>When it ends at the latest, since the start of the experiment of PyBaMM that it is in [s]: the next start time; null where none is given.</summary>
    public double? Latest { get; init; }

    /// <summary>Whether it only waits for <see cref="Latest"/>: a rest that is left out where that has come.</summary>
    public bool IsPadding { get; init; }

    /// <summary>Whether it is left out, or else ends the run, where what it names as its end holds from the start; null where the protocol says.</summary>
    public bool? SkipsIfMet { get; init; }

    /// <summary>Number of the sentence or object in the protocol as written, 1 for the first; 0 where none is written.</summary>
    public int Number { get; init; }

    /// <summary>Number of the round of the outermost loop that it is in, 1 for the first; 0 outside of loops.</summary>
    public int Round { get; init; }

    /// <summary>A step at constant current.</summary>
    /// <param name="text">The step as written.</param>
    /// <param name="amperes">I [A], positive when charging.</param>
    /// <param name="duration">[s]; null without a limit.</param>
    /// <param name="untilVoltage">[V]; null without a target.</param>
    public static ProtocolStep AtCurrent(string text, double amperes, double? duration = null, double? untilVoltage = null) =>
        new(text, new Drive.Current(amperes)) { Duration = duration, Until = untilVoltage is { } volts ? [new(EndQuantity.Voltage, volts)] : [] };
}

/// <summary>Steps in order, the rounds of loops written out.</summary>
/// <param name="Steps">At least one.</param>
/// <param name="CurrentShare">Simulated current over the current of the whole cell: the simulated electrode area over the cell's.</param>
/// <param name="LowerCutOff">Voltage that ends any discharge [V].</param>
/// <param name="UpperCutOff">Voltage that ends any charge [V].</param>
public sealed record Protocol(IReadOnlyList<ProtocolStep> Steps, double CurrentShare, double LowerCutOff, double UpperCutOff)
{
    /// <summary>State of charge at the start, 0 to 1.</summary>
    public double StateOfChargeAtStart { get; init; } = double.NaN;

    /// <summary>Charge of the simulated part between a state of charge of 0 and of 1 [A s].</summary>
    public double Capacity { get; init; } = double.NaN;

    /// <summary>The steps as written, loops not written out; of a long protocol the first.</summary>
    public string InWords { get; init; } = "";

    /// <summary>Conditions that end the run wherever they are met.</summary>
    public IReadOnlyList<EndCondition> SafetyLimits { get; init; } = [];

    /// <summary>Loops that may end before their rounds are over or keep to a clock, by ascending first step, the outer ones first.</summary>
    public IReadOnlyList<ProtocolLoop> Loops { get; init; } = [];

    /// <summary>Whether a step that cannot be carried out, since what ends it holds from the start, is left out; otherwise it ends the run unless it names that end itself.</summary>
    public bool SkipsInfeasible { get; init; }
}
