using Cell3D.Input.Protocols;

namespace Cell3D.Simulation.Protocols;

/// <summary>What ends a protocol step: a condition of its own, a cut-off of the cell, a limit of the whole run.</summary>
/// <param name="Quantity">What is watched.</param>
/// <param name="Value">Where it ends, in the quantity's unit.</param>
/// <param name="IsRising">Whether it is met from below.</param>
/// <param name="IsNamed">Whether the step asked to be ended by it: its target, or the cut-off where it names neither time nor target.</param>
/// <param name="Name">What it is, e.g. "lower cut-off of 2.7 V".</param>
public sealed record StepLimit(EndQuantity Quantity, double Value, bool IsRising, bool IsNamed, string Name)
{
    /// <summary>Name of the place of <see cref="EndQuantity.ProbeTemperature"/>; empty for others.</summary>
    public string Probe { get; init; } = "";

    /// <summary>Sign of the current at which it counts: a cut-off ends discharges or charges; 0 for any.</summary>
    public int CurrentSign { get; init; }

    /// <summary>Whether it ends the run wherever it is met.</summary>
    public bool EndsRun { get; init; }

    /// <summary>Said when it is met.</summary>
    public string Words => $"{Name} reached";

    /// <summary>How closely it is located, over how closely at the default tolerances.</summary>
    public double Closeness { get; init; } = 1;

    /// <summary>How closely it is located, in the quantity's unit.</summary>
    public double Accuracy => Closeness * Quantity switch
    {
        EndQuantity.Voltage or EndQuantity.LithiumMargin => 1e-7,
        EndQuantity.MaximumTemperature or EndQuantity.MinimumTemperature or EndQuantity.MeanTemperature or EndQuantity.ProbeTemperature => 1e-5,
        EndQuantity.MinimumSalt => 1e-4,
        EndQuantity.StateOfCharge or EndQuantity.NegativeStoichiometry or EndQuantity.PositiveStoichiometry => 1e-8,
        _ => 1e-6 * Math.Abs(Value),
    };

    /// <summary>Beyond by more than round-off: how far the quantity has come past the value; negative before.</summary>
    /// <param name="value">Of the quantity.</param>
    /// <param name="current">I [A].</param>
    public double Passed(double value, double current) =>
        CurrentSign * current < 0 || (CurrentSign != 0 && current == 0) ? double.NegativeInfinity : IsRising ? value - Value : Value - value;

    /// <summary>Whether it is met, as closely as it is located.</summary>
    public bool IsMet(double passed) => passed >= -2 * Accuracy;
}
