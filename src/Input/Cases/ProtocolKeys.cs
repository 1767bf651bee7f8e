using Cell3D.Input.Keys;
using Cell3D.Input.Protocols;

namespace Cell3D.Input.Cases;

/// <summary>Section Protocol of a case file.</summary>
internal static class ProtocolKeys
{
    /// <summary>Drive cycles that a case may name.</summary>
    public const int MostCycles = 100;

    private static readonly Interval Volts = new(0, 10);

    public static readonly ChoiceKey<CaseShare> CurrentRefersTo = new("Current refers to",
        "whole cell: currents, powers, resistances and charges are those of the cell of the BPX file and the simulated part carries its share by electrode area; simulated pairs: they are taken as given. C-rates always refer to the cell.",
        [("whole cell", CaseShare.WholeCell), ("simulated pairs", CaseShare.SimulatedPairs)])
    { Default = CaseShare.WholeCell };
    public static readonly NumberKey LowerCutOff = new("Lower voltage cut-off [V]", "Ends any discharge; default: that of the BPX file.", Volts);
    public static readonly NumberKey UpperCutOff = new("Upper voltage cut-off [V]", "Ends any charge; default: that of the BPX file.", Volts);

    public static readonly NumberKey HighestTemperature = new("Highest temperature [K]", "Of any place in the cell.", CoolingKeys.Kelvin);
    public static readonly NumberKey LowestTemperature = new("Lowest temperature [K]", "Of any place in the cell.", CoolingKeys.Kelvin);
    public static readonly NumberKey LowestMargin = new("Lowest lithium margin [V]", "Smallest φ_s − φ_e of the negative electrode; below 0 lithium can plate.", new(-10, 10));
    public static readonly NumberKey LowestSalt = new("Lowest salt concentration [mol.m-3]", "Of any place in the electrolyte.", new(0, 1e5));
    public static readonly NumberKey HighestNegative = new("Highest stoichiometry of the negative electrode", "At the surface of any particle.", Interval.Fraction);
    public static readonly NumberKey HighestPositive = new("Highest stoichiometry of the positive electrode", "At the surface of any particle.", Interval.Fraction);
    public static readonly NumberKey LowestVoltage = new("Lowest voltage [V]", "Of the terminals, whatever the step.", Volts);
    public static readonly NumberKey HighestVoltage = new("Highest voltage [V]", "Of the terminals, whatever the step.", Volts);
    public static readonly NumberKey LargestCurrent = new("Largest current [A]", "By magnitude; of the cell that Current refers to.", new(0, 1e6, AboveMinimum: true));
    public static readonly NumberKey LargestPower = new("Largest power [W]", "By magnitude; of the cell that Current refers to.", new(0, 1e9, AboveMinimum: true));

    /// <summary>Safety limits, the quantity of each and from which side it is met.</summary>
    public static readonly IReadOnlyList<(NumberKey Key, EndQuantity Quantity, Crossing Crossing)> Limits =
    [
        (HighestTemperature, EndQuantity.MaximumTemperature, Crossing.Rising), (LowestTemperature, EndQuantity.MinimumTemperature, Crossing.Falling),
        (LowestMargin, EndQuantity.LithiumMargin, Crossing.Falling), (LowestSalt, EndQuantity.MinimumSalt, Crossing.Falling),
        (HighestNegative, EndQuantity.NegativeStoichiometry, Crossing.Rising), (HighestPositive, EndQuantity.PositiveStoichiometry, Crossing.Rising),
        (LowestVoltage, EndQuantity.Voltage, Crossing.Falling), (HighestVoltage, EndQuantity.Voltage, Crossing.Rising),
        (LargestCurrent, EndQuantity.Current, Crossing.Rising), (LargestPower, EndQuantity.Power, Crossing.Rising),
    ];

    public static readonly SectionKey SafetyLimits = new("Safety limits", "What ends the run in any step.", new([.. Limits.Select(limit => limit.Key)]));
    public static readonly ChoiceKey<Infeasible> WhenInfeasible = new("When infeasible",
        "What follows a step that cannot be carried out, or is cut short by a cut-off: stop the run, or skip to the next step.", [("stop", Infeasible.Stop), ("skip", Infeasible.Skip)])
    { Default = Infeasible.Stop };

    public static readonly TextKey CycleFile = new("File", "CSV file beside the case or in a folder below; default: the name of the entry.");
    public static readonly ChoiceKey<CycleQuantity> Quantity = new("Quantity", "What the values are; default: what the heading of the file or the sentence says, else current.", [("current", CycleQuantity.Current), ("power", CycleQuantity.Power)]);
    public static readonly ChoiceKey<PositiveValues> Positive = new("Positive values", "What positive values do; by default they charge, as in Battery Data Format files.", [("charge", PositiveValues.Charge), ("discharge", PositiveValues.Discharge)]) { Default = PositiveValues.Charge };
    public static readonly ChoiceKey<BetweenSamples> Between = new("Between samples", "Lines between samples, or each value held until the next.", [("linear", BetweenSamples.Linear), ("held", BetweenSamples.Held)]) { Default = BetweenSamples.Linear };
    public static readonly IntegerKey CycleRepeats = new("Repeats", "Times that the samples are run through.", 1, 1_000_000) { Default = 1 };
    public static readonly NumberKey Scale = new("Scale", "Factor of all values.", new(0, 1e6, AboveMinimum: true)) { Default = 1 };
    public static readonly NumberListKey Times = new("Times [s]", "Instead of a file: strictly rising, since the start of the step.", new(0, 1e9)) { Fewest = 2, Most = DriveCycleFile.MostSamples };
    public static readonly NumberListKey Values = new("Values", "Instead of a file: as many currents [A] or powers [W].", new(-1e9, 1e9)) { Most = DriveCycleFile.MostSamples };
    public static readonly MapKey Cycles = new("Drive cycles", "Samples for sentences that begin with Run, each under the name by which it is run.",
        new SectionKey("Cycle", "Samples of current or power.", new(CycleFile, Quantity, Positive, Between, CycleRepeats, Scale, Times, Values)));

    public static readonly IntegerKey Repeat = new("Repeat", "Rounds.", 1, ProtocolSteps.Most) { Required = true };
    public static readonly StepsKey Steps = new("Steps", "Sentences such as Charge at 1C until 4.2 V, objects of PyBaMM's Experiment.to_config(), loops, and lists of these.") { Required = true };
    public static readonly TextListKey LoopUntil = new("Until", "Ends the loop behind a round: a charge that a round no longer takes out of the cell, as 2 A.h, or a condition with < or >.") { Most = 20 };
    public static readonly Section Loop = new(Repeat, Steps, LoopUntil);

    public static readonly SectionKey Protocol = new("Protocol", "What the cell is made to do.", new(CurrentRefersTo, LowerCutOff, UpperCutOff, SafetyLimits, WhenInfeasible, Cycles, Steps)) { Required = true };
}

/// <summary>What follows a step that cannot be carried out.</summary>
internal enum Infeasible
{
    /// <summary>The end of the run.</summary>
    Stop,

    /// <summary>The next step.</summary>
    Skip,
}

/// <summary>What the values of a drive cycle are.</summary>
internal enum CycleQuantity
{
    /// <summary>[A].</summary>
    Current,

    /// <summary>[W].</summary>
    Power,
}

/// <summary>What positive values of a drive cycle do.</summary>
internal enum PositiveValues
{
    /// <summary>As in Battery Data Format files.</summary>
    Charge,

    /// <summary>As in PyBaMM.</summary>
    Discharge,
}

/// <summary>What holds between the samples of a drive cycle.</summary>
internal enum BetweenSamples
{
    /// <summary>Lines.</summary>
    Linear,

    /// <summary>The last sample.</summary>
    Held,
}
