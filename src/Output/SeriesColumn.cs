namespace Cell3D.Output;

/// <summary>One column of a time series: <c>Name / unit</c> as its header.</summary>
/// <param name="Name">What it is, for instance <c>Maximum temperature</c>.</param>
/// <param name="Unit">SI or accepted unit; "1" for a pure number, empty where a measured file names none.</param>
public sealed record SeriesColumn(string Name, string Unit)
{
    /// <summary>Time since the start of the run.</summary>
    public static readonly SeriesColumn Time = new("Test Time", "s");

    /// <summary>Terminal voltage.</summary>
    public static readonly SeriesColumn Voltage = new("Voltage", "V");

    /// <summary>Terminal current, positive while charging.</summary>
    public static readonly SeriesColumn Current = new("Current", "A");

    /// <summary>Current of the whole cell, where a part of it is simulated.</summary>
    public static readonly SeriesColumn CellCurrent = new("Cell current", "A");

    /// <summary>Number of the cycle.</summary>
    public static readonly SeriesColumn CycleCount = new("Cycle Count", "1");

    /// <summary>Steps of the protocol that have begun.</summary>
    public static readonly SeriesColumn StepCount = new("Step Count", "1");

    /// <summary>Number of the step in the protocol as written.</summary>
    public static readonly SeriesColumn StepIndex = new("Step Index", "1");

    /// <summary>State of charge, 0 to 1.</summary>
    public static readonly SeriesColumn StateOfCharge = new("State of charge", "1");

    /// <summary>Charge put in since the start, ∫max(I, 0) dt.</summary>
    public static readonly SeriesColumn ChargingCapacity = new("Charging Capacity", "Ah");

    /// <summary>Charge taken out since the start, ∫max(−I, 0) dt.</summary>
    public static readonly SeriesColumn DischargingCapacity = new("Discharging Capacity", "Ah");

    /// <summary>Energy put in since the start, ∫max(V I, 0) dt.</summary>
    public static readonly SeriesColumn ChargingEnergy = new("Charging Energy", "Wh");

    /// <summary>Energy taken out since the start, ∫max(−V I, 0) dt.</summary>
    public static readonly SeriesColumn DischargingEnergy = new("Discharging Energy", "Wh");

    /// <summary>Open-circuit voltage at the mean stoichiometries.</summary>
    public static readonly SeriesColumn OpenCircuitVoltage = new("Open-circuit voltage", "V");

    /// <summary>Lowest temperature of all cells.</summary>
    public static readonly SeriesColumn MinimumTemperature = new("Minimum temperature", "K");

    /// <summary>Volume-averaged temperature.</summary>
    public static readonly SeriesColumn MeanTemperature = new("Mean temperature", "K");

    /// <summary>Highest temperature of all cells.</summary>
    public static readonly SeriesColumn MaximumTemperature = new("Maximum temperature", "K");

    /// <summary>Joule heat of the electrons in solids, ∫−i_s·∇φ_s.</summary>
    public static readonly SeriesColumn ElectronicHeat = new("Electronic ohmic heat", "W");

    /// <summary>Joule heat of the ions, ∫−i_e·∇φ_e.</summary>
    public static readonly SeriesColumn IonicHeat = new("Ionic ohmic heat", "W");

    /// <summary>Heat of the reaction's overpotential, ∫Σ a j (φ_s − φ_e − U).</summary>
    public static readonly SeriesColumn ReactionHeat = new("Reaction heat", "W");

    /// <summary>Reversible heat, ∫Σ a j T dU/dT.</summary>
    public static readonly SeriesColumn ReversibleHeat = new("Reversible heat", "W");

    /// <summary>Heat of contacts, welds and tabs.</summary>
    public static readonly SeriesColumn ContactHeat = new("Contact heat", "W");

    /// <summary>Heat of internal shorts, ΣI²R.</summary>
    public static readonly SeriesColumn ShortHeat = new("Short heat", "W");

    /// <summary>Whether the column is a part of the heat production: unit W and a name that ends in "heat".</summary>
    public bool IsHeat => Unit == "W" && Name.EndsWith(" heat", StringComparison.OrdinalIgnoreCase);

    /// <summary>The header as the Battery Data Format writes it.</summary>
    public string Header => Unit.Length == 0 ? Name : $"{Name} / {Unit}";
}
