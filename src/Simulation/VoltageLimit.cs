using Cell3D.Input.Protocols;

namespace Cell3D.Simulation;

/// <summary>The voltage that ends a protocol step: its own target or the cell's cut-off, whichever comes first in the direction of the current.</summary>
/// <param name="Voltage">[V]; infinite when nothing limits the step.</param>
/// <param name="Falling">Whether the limit is met from above (discharge).</param>
/// <param name="IsNamed">Whether the step asked to be ended by it: its target, or the cut-off where it names neither time nor target.</param>
/// <param name="Name">What it is, e.g. "lower cut-off of 2.7 V".</param>
public sealed record VoltageLimit(double Voltage, bool Falling, bool IsNamed, string Name)
{
    private const double Margin = 2e-7;

    /// <summary>Said when it is met.</summary>
    public string Words { get; } = $"{Name} reached";

    /// <summary>The limit of a step; rest has none.</summary>
    public static VoltageLimit Of(ProtocolStep step, Protocol protocol)
    {
        double current = step.Drive is Drive.Current drive ? drive.Amperes : 0;
        if (current == 0)
            return new(double.NegativeInfinity, true, true, "");
        bool falling = current < 0;
        double cutOff = falling ? protocol.LowerCutOff : protocol.UpperCutOff;
        double? until = step.Until.FirstOrDefault(end => end.Quantity == EndQuantity.Voltage)?.Value;
        if (until is { } target && (falling ? target >= cutOff : target <= cutOff))
            return new(target, falling, true, FormattableString.Invariant($"target of {target:g6} V"));
        return new(cutOff, falling, step.Duration is null && until is null, FormattableString.Invariant($"{(falling ? "lower" : "upper")} cut-off of {cutOff:g6} V"));
    }

    public bool Reached(double voltage) => Falling ? voltage <= Voltage + Margin : voltage >= Voltage - Margin;
}
