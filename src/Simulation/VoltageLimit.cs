using Cell3D.Input.Protocols;

namespace Cell3D.Simulation;

/// <summary>The voltage that ends a protocol step: its own target or the cell's cut-off, whichever comes first in the direction of the current.</summary>
/// <param name="Voltage">[V]; infinite when nothing limits the step.</param>
/// <param name="Falling">Whether the limit is met from above (discharge).</param>
/// <param name="EndsRun">Whether meeting it ends the whole run: true for a cut-off that the step did not ask for.</param>
/// <param name="Words">Said to the user when met.</param>
public sealed record VoltageLimit(double Voltage, bool Falling, bool EndsRun, string Words)
{
    private const double Margin = 2e-7;

    /// <summary>The limit of a step; rest has none.</summary>
    public static VoltageLimit Of(ProtocolStep step, Protocol protocol)
    {
        if (step.Current == 0)
            return new(double.NegativeInfinity, true, false, "");
        bool falling = step.Current < 0;
        double cutOff = falling ? protocol.LowerCutOff : protocol.UpperCutOff;
        bool own = step.UntilVoltage is { } target && (falling ? target >= cutOff : target <= cutOff);
        double voltage = own ? step.UntilVoltage!.Value : cutOff;
        string words = own ? $"target of {voltage:g6} V reached" : FormattableString.Invariant($"{(falling ? "lower" : "upper")} cut-off of {voltage:g6} V reached");
        return new(voltage, falling, !own, words);
    }

    public bool Reached(double voltage) => Falling ? voltage <= Voltage + Margin : voltage >= Voltage - Margin;
}
