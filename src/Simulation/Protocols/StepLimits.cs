using Cell3D.Input.Protocols;

namespace Cell3D.Simulation.Protocols;

/// <summary>Everything that ends a protocol step, conditions that it names itself first.</summary>
public static class StepLimits
{
    /// <summary>The limits of a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="protocol">Gives the cut-offs.</param>
    /// <param name="atStart">The quantity of a condition right after the switch to the step; tells from which side a value is met that is met from either.</param>
    public static IReadOnlyList<StepLimit> Of(ProtocolStep step, Protocol protocol, Func<EndCondition, double> atStart) =>
    [
        .. step.Until.Select(condition => new StepLimit(condition.Quantity, condition.Value, IsRising(condition, step.Drive, atStart), true, $"target of {InWords(condition)}") { Probe = condition.Probe }),
        .. CutOffs(step, protocol),
        .. protocol.SafetyLimits.Select(condition => new StepLimit(condition.Quantity, condition.Value, IsRising(condition, step.Drive, atStart), false, $"safety limit of {InWords(condition)}") { EndsRun = true, Probe = condition.Probe }),
    ];

    /// <summary>The voltage that ends a step at the latest [V]: a target or a cut-off; infinite where none does.</summary>
    public static double Voltage(ProtocolStep step, Protocol protocol)
    {
        int sign = SignOf(step.Drive);
        if (sign == 0)
            return double.NegativeInfinity;
        double cutOff = sign < 0 ? protocol.LowerCutOff : protocol.UpperCutOff;
        double target = step.Until.FirstOrDefault(end => end.Quantity == EndQuantity.Voltage)?.Value ?? cutOff;
        return sign < 0 ? Math.Max(target, cutOff) : Math.Min(target, cutOff);
    }

    /// <summary>A condition as a user writes it, e.g. "4.2 V".</summary>
    public static string InWords(EndCondition condition)
    {
        double value = condition.Value;
        return condition.Quantity switch
        {
            EndQuantity.Voltage => FormattableString.Invariant($"{value:g6} V"),
            EndQuantity.Current => FormattableString.Invariant($"{value:g6} A"),
            EndQuantity.Power => FormattableString.Invariant($"{value:g6} W"),
            EndQuantity.Capacity => FormattableString.Invariant($"{value / 3600:g6} A.h"),
            EndQuantity.StateOfCharge => FormattableString.Invariant($"{100 * value:g6} % SOC"),
            EndQuantity.LithiumMargin => FormattableString.Invariant($"a lithium margin of {1e3 * value:g6} mV"),
            EndQuantity.MinimumSalt => FormattableString.Invariant($"a salt concentration of {value:g6} mol.m-3"),
            EndQuantity.NegativeStoichiometry => FormattableString.Invariant($"a stoichiometry of {value:g6} in the negative electrode"),
            EndQuantity.PositiveStoichiometry => FormattableString.Invariant($"a stoichiometry of {value:g6} in the positive electrode"),
            EndQuantity.MeanTemperature => FormattableString.Invariant($"a mean temperature of {value:g6} K"),
            EndQuantity.ProbeTemperature => FormattableString.Invariant($"{value:g6} K at {condition.Probe}"),
            EndQuantity.MinimumTemperature => FormattableString.Invariant($"a lowest temperature of {value:g6} K"),
            _ => FormattableString.Invariant($"{value:g6} K"),
        };
    }

    /// <summary>A discharge ends at the lower cut-off, a charge at the upper one; a step at rest or at a held voltage at none.</summary>
    private static IEnumerable<StepLimit> CutOffs(ProtocolStep step, Protocol protocol)
    {
        int sign = SignOf(step.Drive);
        bool isNamed = step.Duration is null && step.Until.Count == 0 && step.Drive is not Drive.Cycle, both = step.Drive is Drive.Cycle;
        if (sign < 0 || both)
            yield return new(EndQuantity.Voltage, protocol.LowerCutOff, false, isNamed, FormattableString.Invariant($"lower cut-off of {protocol.LowerCutOff:g6} V")) { CurrentSign = both ? -1 : 0 };
        if (sign > 0 || both)
            yield return new(EndQuantity.Voltage, protocol.UpperCutOff, true, isNamed, FormattableString.Invariant($"upper cut-off of {protocol.UpperCutOff:g6} V")) { CurrentSign = both ? 1 : 0 };
    }

    /// <summary>+1 for a charge, −1 for a discharge, 0 where the drive does not say.</summary>
    public static int SignOf(Drive drive) => drive switch
    {
        Drive.Current current => Math.Sign(current.Amperes),
        Drive.Power power => Math.Sign(power.Watts),
        Drive.Resistance => -1,
        Drive.LithiumMargin => 1,
        _ => 0,
    };

    private static bool IsRising(EndCondition condition, Drive drive, Func<EndCondition, double> atStart) => condition.Crossing switch
    {
        Crossing.Rising => true,
        Crossing.Falling => false,
        _ => (condition.Quantity, SignOf(drive)) switch
        {
            (EndQuantity.Voltage or EndQuantity.StateOfCharge, not 0 and int sign) => sign > 0,
            (EndQuantity.Current or EndQuantity.Power, _) => false,
            (EndQuantity.Capacity, _) => true,
            (EndQuantity.LithiumMargin or EndQuantity.MinimumSalt, _) => false,
            _ => atStart(condition) < condition.Value,
        },
    };
}
