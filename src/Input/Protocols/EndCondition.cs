namespace Cell3D.Input.Protocols;

/// <summary>A quantity that may end a protocol step or a loop.</summary>
public enum EndQuantity
{
    /// <summary>Terminal voltage [V].</summary>
    Voltage,

    /// <summary>|I| of the simulated part [A].</summary>
    Current,

    /// <summary>|P| of the simulated part [W].</summary>
    Power,

    /// <summary>Highest temperature of the cell [K].</summary>
    MaximumTemperature,

    /// <summary>Mean temperature of the cell, by volume [K].</summary>
    MeanTemperature,

    /// <summary>Lowest temperature of the cell [K].</summary>
    MinimumTemperature,

    /// <summary>Temperature at a named place [K].</summary>
    ProbeTemperature,

    /// <summary>Charge that has passed the terminals of the simulated part since the start of the step, by magnitude [A s].</summary>
    Capacity,

    /// <summary>State of charge, 0 to 1, by the charge that has passed.</summary>
    StateOfCharge,

    /// <summary>Smallest φ_s − φ_e of the negative electrode [V]; below 0 lithium can plate.</summary>
    LithiumMargin,

    /// <summary>Smallest salt concentration [mol/m³].</summary>
    MinimumSalt,

    /// <summary>Largest stoichiometry at the surface of any particle of the negative electrode.</summary>
    NegativeStoichiometry,

    /// <summary>Largest stoichiometry at the surface of any particle of the positive electrode.</summary>
    PositiveStoichiometry,
}

/// <summary>From which side a value is met.</summary>
public enum Crossing
{
    /// <summary>From the side where the quantity is at the start of the step.</summary>
    Either,

    /// <summary>From below.</summary>
    Rising,

    /// <summary>From above.</summary>
    Falling,
}

/// <summary>What ends a protocol step or a loop: a quantity meets a value.</summary>
/// <param name="Quantity">The quantity.</param>
/// <param name="Value">The value, in the quantity's unit and of the simulated part.</param>
/// <param name="Crossing">From which side.</param>
public sealed record EndCondition(EndQuantity Quantity, double Value, Crossing Crossing = Crossing.Either)
{
    /// <summary>Name of the place of <see cref="EndQuantity.ProbeTemperature"/>; empty for others.</summary>
    public string Probe { get; init; } = "";
}
